package dev.tightship.secret;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How easily a secret is guessed. */
final class Strength {

  private static final int SHORTEST = 8;
  private static final int FEWEST_CHARS = 4;

  /** What is longer is not made of these words, or has enough of them. */
  private static final int LONGEST = 64;

  private static final int LONGEST_WORD = 13;

  private static final Pattern QUOTES = Pattern.compile("^[\"']|[\"']$");
  private static final Pattern AROUND = Pattern.compile("^[^A-Za-z@$]+|[^A-Za-z]+$");

  /** What default passwords are put together from. */
  private static final Set<String> WORDS =
      Set.of(
          ("my your our the a an this is some any super very really top not insecure unsafe secure strong secret"
                  + " default demo example sample dummy fake test testing dev development prod production local"
                  + " admin administrator root user guest public private password word passwd pass pwd pw passphrase"
                  + " token key keys api app auth jwt session login welcome hello world letmein qwerty abc"
                  + " change changeme changeit replace me please with to in for of and it use string value random"
                  + " long at least chars characters generate generated here choose set enter openssl rand base hex"
                  + " db database sql mysql mariadb postgres postgresql pg mongo mongodb redis rabbit rabbitmq"
                  + " minio grafana elastic elasticsearch kibana keycloak wordpress wp nextcloud airflow docker"
                  + " server client service data master main cookie encryption sa toor foo bar baz xyz x something"
                  + " node gateway access web website invalid none provided - _ . : <")
              .split(" "));

  private Strength() {}

  static boolean isWeak(String value) {
    String plain = QUOTES.matcher(value.strip()).replaceAll("");
    if (plain.length() < SHORTEST
        || Placeholders.is(plain)
        || plain.chars().distinct().count() < FEWEST_CHARS) {
      return true;
    }
    String core =
        AROUND
            .matcher(plain)
            .replaceAll("")
            .toLowerCase(Locale.ROOT)
            .replace('@', 'a')
            .replace('$', 's')
            .replace('0', 'o')
            .replace('3', 'e')
            .replaceAll("\\d", "");
    return core.length() < FEWEST_CHARS || (core.length() <= LONGEST && isOfWords(core));
  }

  private static boolean isOfWords(String text) {
    boolean[] reached = new boolean[text.length() + 1];
    reached[0] = true;
    for (int start = 0; start < text.length(); start++) {
      for (int length = 1; reached[start] && length <= LONGEST_WORD; length++) {
        int end = start + length;
        if (end <= text.length() && WORDS.contains(text.substring(start, end))) {
          reached[end] = true;
        }
      }
    }
    return reached[text.length()];
  }
}
