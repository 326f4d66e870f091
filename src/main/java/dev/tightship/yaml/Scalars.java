package dev.tightship.yaml;

import dev.tightship.edit.Value.Kind;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What a plain scalar means to {@code docker compose}, and how a text is written so that every
 * reader takes it for that text. No schema of YAML 1.1 or 1.2 matches Compose: {@code yes} is a
 * string, {@code 0600} is 384, {@code 0o17} is 15, {@code 22:22} is a string. Measured with Compose
 * 5.6.0; the test compares with whatever Compose is there.
 */
public final class Scalars {

  private Scalars() {}

  /**
   * The kind of a scalar that is written plainly, and has no tag. {@code <<} counts as a string,
   * though Compose drops it where it is a value.
   *
   * @param plain the scalar's text, folded if it had several lines
   */
  public static Kind kind(String plain) {
    if (isNull(plain)) {
      return Kind.NULL;
    }
    if (bool(plain).isPresent()) {
      return Kind.BOOL;
    }
    if (Timestamps.matches(plain)) {
      return Kind.TIMESTAMP;
    }
    if (Numbers.integer(plain) != null) {
      return Kind.INT;
    }
    return Numbers.floating(plain) != null ? Kind.FLOAT : Kind.STRING;
  }

  /** The number that a plain scalar of kind INT is; 64 bits, signed or unsigned. */
  public static Optional<BigInteger> integer(String plain) {
    return kind(plain) == Kind.INT ? Optional.ofNullable(Numbers.integer(plain)) : Optional.empty();
  }

  /** The number that a plain scalar of kind INT or FLOAT is. */
  public static OptionalDouble number(String plain) {
    BigInteger integer = Numbers.integer(plain);
    if (integer != null) {
      return OptionalDouble.of(integer.doubleValue());
    }
    Double floating = Numbers.floating(plain);
    return floating != null ? OptionalDouble.of(floating) : OptionalDouble.empty();
  }

  /** The truth value that a plain scalar of kind BOOL is. */
  public static Optional<Boolean> bool(String plain) {
    return switch (plain) {
      case "true", "True", "TRUE" -> Optional.of(true);
      case "false", "False", "FALSE" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /**
   * The truth value of a scalar, quoted or not, in a field that Compose knows as boolean ({@code
   * read_only}, {@code privileged}, …): there {@code yes}, {@code on} and {@code y} are true, in
   * any case. Empty where Compose refuses the text.
   */
  public static Optional<Boolean> boolField(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on", "y" -> Optional.of(true);
      case "false", "no", "off", "n" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /**
   * A plain scalar as the string that Compose makes of it where it wants strings and takes other
   * kinds, as in the mapping form of {@code environment} and {@code labels}: {@code 1.0} is "1",
   * {@code 0600} "384", {@code True} "true", {@code 2001-01-01} "2001-01-01 00:00:00 +0000 UTC".
   * Most other places refuse what is not a string, as do the list forms.
   *
   * @return the string, or null for null, which an environment takes from outside and a label takes
   *     for empty
   */
  public static @Nullable String canonical(String plain) {
    if (isNull(plain)) {
      return null;
    }
    Optional<Boolean> bool = bool(plain);
    if (bool.isPresent()) {
      return bool.get().toString();
    }
    String timestamp = Timestamps.canonical(plain);
    if (timestamp != null) {
      return timestamp;
    }
    BigInteger integer = Numbers.integer(plain);
    if (integer != null) {
      return integer.toString();
    }
    Double floating = Numbers.floating(plain);
    return floating != null ? Numbers.canonical(floating) : plain;
  }

  /**
   * Whether this string, written without quotes on one line as a value in block style, might be
   * read as something else by Compose or by a reader of YAML 1.1 or 1.2. Rather quotes too much:
   * {@code 1.2.3} and {@code 8080:80} want quotes, {@code nginx:1.27} and {@code --appendonly}
   * don't.
   */
  public static boolean needsQuotes(String text) {
    return Quoting.needed(text);
  }

  /** As {@link #needsQuotes}, for an item or value between brackets or braces. */
  public static boolean needsQuotesInFlow(String text) {
    return Quoting.needed(text) || Quoting.neededInFlow(text);
  }

  /** As {@link #needsQuotes}, for a key of a mapping in either style. */
  public static boolean needsQuotesAsKey(String text) {
    return needsQuotesInFlow(text);
  }

  /**
   * The text as a quoted scalar on one line.
   *
   * @param single whether single quotes are wanted; a text that needs escapes gets double ones
   * @throws IllegalArgumentException if the text holds half of a surrogate pair, which no YAML can
   */
  public static String quoted(String text, boolean single) {
    return Quoting.quoted(text, single);
  }

  private static boolean isNull(String plain) {
    return switch (plain) {
      case "", "~", "null", "Null", "NULL" -> true;
      default -> false;
    };
  }
}
