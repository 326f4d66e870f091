package dev.tightship.network;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the name of a setting says of its value: {@code DB_HOST} is a host, {@code POSTGRES_USER} is
 * none. The last word that says either counts, so that {@code REDIS_HOST_PASSWORD} is no host.
 */
enum HostKeys {
  HOST,
  OTHER,
  UNTOLD;

  private static final Set<String> HOSTS =
      Set.of(
          ("host hosts hostname hostnames server servers addr addrs address addresses url urls uri"
                  + " uris endpoint endpoints broker brokers bootstrap node nodes upstream upstreams"
                  + " target targets peer peers seed seeds connect remote ip dns ping dsn"
                  + " origin gateway master replica slave primary source sink contact"
                  + " points proxy listener listeners wait collector")
              .split(" ", -1));

  private static final Set<String> OTHERS =
      Set.of(
          ("user users username usr login account owner db dbname database databases name names"
                  + " password passwd pass pwd secret secrets key keys token bucket buckets topic"
                  + " topics queue role roles schema schemas prefix suffix mode type types driver"
                  + " engine adapter provider dialect client connection drivers kind store cache"
                  + " level profile profiles env environment path dir directory file files folder"
                  + " root volume volumes image images tag tags version label labels title group"
                  + " groups realm locale lang format method command cmd entrypoint args module"
                  + " app application project class package namespace tenant org organization"
                  + " vhost domain domains container containers id uuid port ports pid log logs"
                  + " network networks mount message description email from sender subject plugin"
                  + " plugins extension extensions features enabled exporter storage tracing"
                  + " script scripts depends require import workspace workspaces branch theme color feature algorithm")
              .split(" ", -1));

  /** What takes a host as its argument, in settings and in commands. */
  private static final Set<String> TAKES_HOST =
      Set.of(
          ("proxy_pass fastcgi_pass uwsgi_pass grpc_pass scgi_pass memcached_pass reverse_proxy"
                  + " php_fastcgi forward_auth server host ping telnet ssh -h -H")
              .split(" ", -1));

  private static final Pattern SHORT_OPTION = Pattern.compile("-[A-Za-z]");

  private static final Pattern PROXY_OF_ALL = Pattern.compile("(?i)(no|https?|ftp|all)_proxy");

  private static final Pattern WORDS = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z]+");

  /** {@code PGHOST}, {@code baseurl}. */
  private static final Pattern RUN_TOGETHER =
      Pattern.compile("(?!ghost).{2,}(hosts?|hostname|urls?|uri|servers?|addr|address|endpoint)");

  /** Public names of a service itself, which a proxy in front of it answers to. */
  private static final Set<String> PUBLIC =
      Set.of("virtual_host", "letsencrypt_host", "vhost", "virtual_hostname");

  /** Whether what follows a word, with nothing but blanks between, is a host. */
  static boolean takesHost(String word) {
    return TAKES_HOST.contains(word);
  }

  /** What a setting of this name, or an option of a command, holds. */
  static HostKeys of(String key) {
    if (takesHost(key)) {
      return HOST;
    }
    if (SHORT_OPTION.matcher(key).matches() || PROXY_OF_ALL.matcher(key).matches()) {
      return OTHER;
    }
    if (PUBLIC.contains(key.toLowerCase(Locale.ROOT))) {
      return OTHER;
    }
    String[] words = WORDS.split(key, -1);
    for (int i = words.length - 1; i >= 0; i--) {
      String word = words[i].toLowerCase(Locale.ROOT);
      if (HOSTS.contains(word)) {
        return HOST;
      }
      if (OTHERS.contains(word)) {
        return OTHER;
      }
      if (RUN_TOGETHER.matcher(word).matches()) {
        return HOST;
      }
    }
    return UNTOLD;
  }
}
