package dev.tightship.compose;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes a variable into a file of variables so that Compose reads the very same value. */
public final class DotEnvLine {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+,=-]+");

  private DotEnvLine() {}

  /**
   * The line that gives a variable a value, without its line break; null where the format has none,
   * as for a value of several lines.
   */
  public static @Nullable String of(String name, String value) {
    if (value.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
      return null;
    }
    String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("$", "\\$");
    for (String written :
        List.of(
            PLAIN.matcher(value).matches() ? value : "",
            "'" + value + "'",
            "\"" + escaped + "\"")) {
      String line = name + "=" + written;
      if (!written.isEmpty()
          && DotEnv.read(line + "\n", variable -> null) instanceof DotEnv.Read read
          && read.entries().size() == 1
          && read.entries().get(0).key().equals(name)
          && value.equals(read.entries().get(0).value())) {
        return line;
      }
    }
    return null;
  }
}
