package dev.tightship.passes;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A web address in a command, as far as it is written out.
 *
 * @param secure whether it is asked for with https
 * @param host in lower case, without user, password and port
 * @param path after the host, without a query; as far as it holds no variable
 */
record Address(boolean secure, String host, String path) {

  private static final Pattern FORM =
      Pattern.compile(
          "(?i)\\b(https?)://(?:[^\\s/@\"']{0,200}@)?([a-z0-9.-]{1,253}+)(?::\\d{1,5})?"
              + "(?=[/?#\"'\\s)]|$)(/[\\w./~+-]{0,500})?");

  /** The first one in a text, or null. */
  static @Nullable Address in(String text) {
    Matcher found = FORM.matcher(text);
    if (!found.find()) {
      return null;
    }
    String path = found.group(3);
    return new Address(
        found.group(1).equalsIgnoreCase("https"),
        found.group(2).toLowerCase(Locale.ROOT),
        path == null ? "" : path);
  }

  /** Whether it never leaves the machine. */
  boolean isLocal() {
    return host.equals("localhost") || host.startsWith("127.");
  }
}
