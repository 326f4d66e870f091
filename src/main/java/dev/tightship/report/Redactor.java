package dev.tightship.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides secrets in lines of Compose files and Dockerfiles, by the name of what they are assigned
 * to, by the place in a URL or a command, and by the shape of well-known tokens. Meant to hide too
 * much rather than too little; whether a value is to be moved out of the file is another question.
 */
public final class Redactor {

  /** What stands in the place of a secret. */
  static final String MASK = "********";

  private static final String NAME =
      "[\\w.-]*(?:passw|passphrase|pwd|secret|token|credential|api[_-]?key|access[_-]?key"
          + "|private[_-]?key|encryption[_-]?key|signing[_-]?key|master[_-]?key|auth[_-]?key|salt"
          + "|_pass\\b|_pw\\b|^pass\\b)[\\w.-]*";

  /**
   * {@code DB_PASSWORD: x}, {@code - DB_PASSWORD=x}, {@code "token": "x"}, {@code ENV PASSWORD x}.
   */
  private static final Pattern ASSIGNED =
      Pattern.compile(
          "(?i)(?<![\\w.-])(" + NAME + ")([\"']?\\s*[:=]\\s*|\\s+(?=\\S+\\s*$))(\\S.*?)(\\s*)$");

  /** {@code scheme://user:password@host}. */
  private static final Pattern URL =
      Pattern.compile("([a-zA-Z][\\w+.-]*://[^\\s:/@\"']*:)([^\\s@/\"']+|[^\\s\"']+?)(@)");

  /** {@code --requirepass x}, {@code --password=x}, {@code redis-cli -a x}. */
  private static final Pattern FLAG =
      Pattern.compile(
          "(?i)(--?(?:requirepass|masterauth|pass(?:word|wd)?|token|secret|[\\w-]*-(?:pass(?:word)?|token|secret|key))"
              + "(?:[= ]|[\"']\\s*,\\s*[\"'])\\s*[\"']?)([^\\s\"',\\]]+)");

  private static final Pattern REDIS =
      Pattern.compile("(?i)(redis-cli\\b.*?\\s-a[\"']?(?:\\s*,)?\\s*[\"']?)([^\\s\"',\\]]+)");

  private static final Pattern MYSQL =
      Pattern.compile(
          "(?i)(\\b(?:mysql|mysqladmin|mariadb|mariadb-admin|mysqldump)\\b.*?\\s-p)([^\\s\"',\\]]+)");

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\\w{20,}|glpat-[\\w-]{16,}|AKIA[0-9A-Z]{12,}"
              + "|xox[abprs]-[\\w-]{10,}|sk[-_](?:live_|test_|proj-|ant-)?[\\w-]{16,}"
              + "|eyJ[\\w-]{10,}\\.[\\w-]{10,}\\.[\\w-]*|AIza[\\w-]{30,}|SG\\.[\\w-]{16,}\\.[\\w-]{16,}"
              + "|npm_[A-Za-z0-9]{30,}|dop_v1_[a-f0-9]{40,})");

  private static final Pattern BASIC =
      Pattern.compile("(?i)(\\b(?:bearer|basic)\\s+)([A-Za-z0-9+/._=-]{8,})");

  private static final Pattern NOT_SECRET =
      Pattern.compile(
          "(?i)(?:true|false|yes|no|on|off|null|~|\\d{1,3}|[|>][-+]?\\d?|\\{|\\[|&\\w+|\\*\\w+|!\\w+)");

  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\{?\\w+(?::?\\?[^}]*)?}?|/run/secrets/\\S*|\\$\\$\\w+");

  private static final Pattern NAMES_A_PLACE =
      Pattern.compile(
          "(?i).*(?:_file|_path|_dir|_url|_uri|_host|_name|_id|_type|_length|_ttl|_expir\\w*|_enabled|_age)$");

  private static final Pattern BLOCK_OF_SECRET =
      Pattern.compile(
          "(?i)^(\\s*)(?:-\\s+)?[\"']?" + NAME + "[\"']?\\s*:\\s*(?:[|>][-+\\d]*)?\\s*$");

  private Redactor() {}

  /** A line with its secrets hidden, or the very line when it has none. */
  public static String line(String line) {
    int end = line.length();
    while (end > 0 && (line.charAt(end - 1) == '\n' || line.charAt(end - 1) == '\r')) {
      end--;
    }
    String content = line.substring(0, end);
    if (content.length() > 4096) {
      // a line that long is no one's to read, and patterns are not for megabytes
      return content.substring(0, 0)
          + MASK
          + " (a line of "
          + content.length()
          + " characters)"
          + line.substring(end);
    }
    String masked = assigned(content);
    masked = groups(URL, masked);
    masked = groups(FLAG, masked);
    masked = groups(REDIS, masked);
    masked = groups(MYSQL, masked);
    masked = groups(BASIC, masked);
    masked = TOKEN.matcher(masked).replaceAll(Matcher.quoteReplacement(MASK));
    return masked.equals(content) ? line : masked + line.substring(end);
  }

  /** The lines of a text that continue a secret which begins on the line above them. */
  static List<String> continuations(String text) {
    var lines = new ArrayList<String>();
    int deeper = -1;
    for (String line : text.split("\n", -1)) {
      int indent = line.length() - line.stripLeading().length();
      if (deeper >= 0 && !line.isBlank() && indent > deeper) {
        lines.add(line);
        continue;
      }
      Matcher block = BLOCK_OF_SECRET.matcher(line.stripTrailing());
      deeper = block.matches() ? block.group(1).length() : -1;
    }
    return lines;
  }

  private static String assigned(String line) {
    Matcher m = ASSIGNED.matcher(line);
    if (!m.find()) {
      return line;
    }
    String name = m.group(1);
    String value = m.group(3);
    String bare = value.replaceAll("\\s+#.*$", "").replaceAll("^[\"']|[\"'],?$", "").strip();
    if (bare.isEmpty()
        || NAMES_A_PLACE.matcher(name).matches()
        || NOT_SECRET.matcher(bare).matches()
        || REFERENCE.matcher(bare).matches()) {
      return line;
    }
    String quote = value.startsWith("\"") || value.startsWith("'") ? value.substring(0, 1) : "";
    return line.substring(0, m.start(3)) + quote + MASK + quote + m.group(4);
  }

  private static String groups(Pattern pattern, String line) {
    Matcher m = pattern.matcher(line);
    if (!m.find()) {
      return line;
    }
    var out = new StringBuilder();
    do {
      String secret = m.group(2);
      boolean plain = !REFERENCE.matcher(secret).matches() && !secret.equals(MASK);
      String after = m.groupCount() > 2 ? m.group(3) : "";
      m.appendReplacement(
          out, Matcher.quoteReplacement(m.group(1) + (plain ? MASK : secret) + after));
    } while (m.find());
    return m.appendTail(out).toString();
  }
}
