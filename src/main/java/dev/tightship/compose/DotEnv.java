package dev.tightship.compose;

import dev.tightship.text.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A {@code .env} file, or an {@code env_file:}, as Compose reads it: {@code KEY=value}, {@code KEY:
 * value}, {@code export}, comments, quotes over several lines, and variables in values. Messages
 * never hold a value, since it may be a secret.
 */
public final class DotEnv {

  private DotEnv() {}

  /** How a value is written. */
  public enum Quote {
    NONE,
    SINGLE,
    DOUBLE
  }

  /**
   * One assignment.
   *
   * @param key as written; empty in a line such as {@code =x}, which Compose accepts
   * @param value after quotes, escapes and variables; null for a key alone on its line whose value
   *     comes from outside and isn't there
   * @param keySpan where the key stands
   * @param valueSpan where the value stands, its quotes included, without blanks around it and
   *     without comment; empty where nothing is written
   * @param quote how the value is quoted
   * @param inherited whether the key stands alone, so that the value comes from outside
   * @param unset variables that the value asked for and that were not set
   * @param blank those of them that have no default, so that nothing stands in their place
   */
  public record Entry(
      String key,
      @Nullable String value,
      Span keySpan,
      Span valueSpan,
      Quote quote,
      boolean inherited,
      List<String> unset,
      List<String> blank) {

    public Entry {
      unset = List.copyOf(unset);
      blank = List.copyOf(blank);
    }
  }

  /** What came of a file. */
  public sealed interface Result {}

  /**
   * The assignments in the order of the file; of two for one key the later counts.
   *
   * @param entries all of them
   */
  public record Read(List<Entry> entries) implements Result {

    public Read {
      entries = List.copyOf(entries);
    }

    /**
     * Keys and values, without the keys that have no value, in the order of their first mention.
     */
    public Map<String, String> values() {
      var values = new LinkedHashMap<String, String>();
      for (Entry entry : entries) {
        if (entry.value() != null) {
          values.put(entry.key(), entry.value());
        }
      }
      return values;
    }

    /**
     * What a Compose file that is read beside this {@code .env} sees: a variable of the environment
     * wins over one of the file.
     *
     * @param environment value of a variable of the shell, or null where it is not set
     */
    public Function<String, @Nullable String> over(Function<String, @Nullable String> environment) {
      Map<String, String> values = values();
      return name -> {
        String outside = environment.apply(name);
        return outside != null ? outside : values.get(name);
      };
    }
  }

  /**
   * Compose refuses the file, and with it the project.
   *
   * @param line from 1, where the faulty assignment begins
   * @param at char in the text
   * @param reason what is wrong, without any value
   */
  public record Refused(int line, int at, String reason) implements Result {}

  /**
   * Reads a file. Takes time in proportion to the text and the values it makes.
   *
   * @param environment value of a variable from outside, or null where it is not set; it wins over
   *     the file's own keys where a value uses a variable
   */
  public static Result read(String text, Function<String, @Nullable String> environment) {
    return read(text, environment, Map.of());
  }

  /**
   * Reads what is written, whatever has a value outside: each variable counts as set. The values of
   * what asks for one mean nothing then.
   */
  public static Result written(String text) {
    return read(text, name -> "set");
  }

  /**
   * The same behind other files.
   *
   * @param earlier values of the files that were read before, as if they stood above
   */
  public static Result read(
      String text, Function<String, @Nullable String> environment, Map<String, String> earlier) {
    return new DotEnvReader(text, environment, earlier).read();
  }
}
