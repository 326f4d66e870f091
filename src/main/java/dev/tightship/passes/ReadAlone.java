package dev.tightship.passes;

import dev.tightship.compose.Mount;
import dev.tightship.compose.Service;
import java.util.regex.Pattern;

/** What a container is given to read: configuration, keys, pages, scripts for the first start. */
final class ReadAlone {

  private static final Pattern CONFIGURATION =
      Pattern.compile(
          "(.*/)?([^/]+\\.(conf|cnf|cfg|ini|ya?ml|toml|json|xml|properties|template|vcl"
              + "|pem|crt|cer|key|sql)|Caddyfile|\\.?htpasswd)");

  private static final Pattern PLACES = Pattern.compile("(/usr/local)?/etc/.+");

  private static final String FIRST_START = "/docker-entrypoint-initdb.d";
  private static final Pattern SCRIPTS = Pattern.compile(".+\\.(sh|sql|sql\\.(gz|xz|zst)|js)");

  /** Folders that a web server only reads. */
  private static final Pattern PAGES =
      Pattern.compile(
          "/usr/share/nginx/html(/.*)?|/usr/local/apache2/htdocs(/.*)?"
              + "|/etc/nginx/(conf\\.d|templates|snippets|certs|ssl)(/.*)?"
              + "|/etc/(ssl|certs|letsencrypt)(/.*)?");

  /**
   * Files that programs write although they look like configuration: read in start scripts and
   * documentation of the images that use these places.
   */
  private static final Pattern WRITTEN =
      Pattern.compile(
          ".*/[^/]*(sentinel|redis|valkey|odoo)[^/]*\\.conf|.*/[^/]*acme[^/]*\\.json"
              + "|/etc/(acme\\.sh|aerospike|bitwarden|cassandra|confluent|crowdsec|dnsmasq\\.d"
              + "|gitea|gitlab|kafka|letsencrypt|openvpn|pgbouncer|pihole|postgresql-custom"
              + "|redpanda|searxng|ssh|temporal|wireguard|zabbix)/.*"
              + "|/etc/resolv\\.conf|/usr/local/etc/php-fpm\\.d/www\\.conf");

  private static final String SITES = "/etc/nginx/conf.d";
  private static final String TEMPLATES = "/etc/nginx/templates";

  private ReadAlone() {}

  /** Whether a file is configuration, a key or a script, and lies where programs look for such. */
  static boolean isFile(String source, String target) {
    return target.startsWith(FIRST_START + "/")
        ? SCRIPTS.matcher(source).matches()
        : CONFIGURATION.matcher(source).matches() && PLACES.matcher(target).matches();
  }

  /** Whether a folder holds what the image of a database runs once. */
  static boolean isFirstStart(String target) {
    return target.equals(FIRST_START);
  }

  /** Whether what lies here is read by a web server alone. */
  static boolean isOfWebServer(String target) {
    return PAGES.matcher(target).matches();
  }

  /** Whether something is known to write there. */
  static boolean isWritten(Service service, String target) {
    return WRITTEN.matcher(target).matches()
        // the start script of the image fills the one folder from the other
        || (target.startsWith(SITES)
            && service.mounts().stream()
                .map(Mount::target)
                .anyMatch(t -> t != null && t.startsWith(TEMPLATES)));
  }
}
