package dev.tightship.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers as Compose's YAML reader knows them, which is neither YAML 1.1 nor 1.2. */
final class Numbers {

  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger GREATEST = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger GREATEST_UNSIGNED =
      BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  /** As many digits as 64 bits have at most (base 2); leading zeros don't count. */
  private static final int MOST_DIGITS = 64;

  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");

  /** Decimal exponents that are written out. */
  private static final int LEAST_PLAIN = -4;

  private static final int GREATEST_PLAIN = 5;

  private Numbers() {}

  /**
   * A whole number, or null: decimal, {@code 0x}, {@code 0o}, {@code 0b}, octal with a leading
   * zero, underscores anywhere but in front, and no more than 64 bits.
   */
  static @Nullable BigInteger integer(String plain) {
    if (plain.isEmpty() || !startsNumber(plain.charAt(0))) {
      return null;
    }
    if (plain.equals("-0")) {
      return null; // a float, the negative zero
    }
    String text = plain.replace("_", "");
    boolean signed = text.startsWith("+") || text.startsWith("-");
    String digits = signed ? text.substring(1) : text;
    int radix = 10;
    if (digits.length() > 1 && digits.charAt(0) == '0') {
      radix =
          switch (digits.charAt(1)) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            case 'b', 'B' -> 2;
            default -> 0;
          };
      digits = digits.substring(radix == 0 ? 1 : 2);
      radix = radix == 0 ? 8 : radix;
    }
    if (digits.isEmpty() || !digits.chars().allMatch(digitOf(radix))) {
      return null;
    }
    int zeros = 0;
    while (zeros < digits.length() - 1 && digits.charAt(zeros) == '0') {
      zeros++;
    }
    digits = digits.substring(zeros);
    if (digits.length() > MOST_DIGITS) {
      return null; // also keeps a megabyte of digits cheap
    }
    var value = new BigInteger(text.startsWith("-") ? "-" + digits : digits, radix);
    boolean fits =
        value.compareTo(LEAST) >= 0 && value.compareTo(signed ? GREATEST : GREATEST_UNSIGNED) <= 0;
    return fits ? value : null;
  }

  /** A number that is not whole by its form, or too large for 64 bits; null if it is none. */
  static @Nullable Double floating(String plain) {
    Double named = named(plain);
    if (named != null) {
      return named;
    }
    if (plain.isEmpty()) {
      return null;
    }
    boolean dotted = plain.charAt(0) == '.';
    // Behind a leading dot another routine reads, which wants a digit on both sides of each _.
    if (dotted ? !separates(plain) : !startsNumber(plain.charAt(0))) {
      return null;
    }
    String digits = plain.replace("_", "");
    if (!FLOAT.matcher(digits).matches()) {
      return null;
    }
    double value = Double.parseDouble(digits);
    return Double.isInfinite(value) || integer(plain) != null ? null : value;
  }

  private static @Nullable Double named(String plain) {
    return switch (plain) {
      case "-0", "-0.0" -> -0.0;
      case ".nan", ".NaN", ".NAN" -> Double.NaN;
      case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF" -> Double.POSITIVE_INFINITY;
      case "-.inf", "-.Inf", "-.INF" -> Double.NEGATIVE_INFINITY;
      default -> null;
    };
  }

  /**
   * As Go prints a float where Compose wants a string: the fewest digits that mean this number,
   * with an exponent below 1e-4 and from a million on ({@code 1}, {@code 0.5}, {@code 1e+06}).
   */
  static String canonical(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    String sign = value < 0 || 1 / value < 0 ? "-" : "";
    if (value == 0) {
      return sign + "0";
    }
    BigDecimal shortest = shortest(Math.abs(value));
    String digits = shortest.unscaledValue().toString();
    int exponent = digits.length() - shortest.scale() - 1;
    if (exponent < LEAST_PLAIN || exponent > GREATEST_PLAIN) {
      String rest = digits.length() == 1 ? "" : "." + digits.substring(1);
      String power = String.format(Locale.ROOT, "%02d", Math.abs(exponent));
      return sign + digits.charAt(0) + rest + "e" + (exponent < 0 ? "-" : "+") + power;
    }
    return sign + shortest.toPlainString();
  }

  /**
   * Double.toString of Java 17 writes a digit too many now and then. Rounding up is tried too,
   * since a power of two has more room above than below.
   */
  private static BigDecimal shortest(double value) {
    var exact = new BigDecimal(value);
    for (int digits = 1; digits < 17; digits++) {
      for (RoundingMode mode : new RoundingMode[] {RoundingMode.HALF_EVEN, RoundingMode.UP}) {
        BigDecimal rounded = exact.round(new MathContext(digits, mode));
        if (rounded.doubleValue() == value) {
          return rounded.stripTrailingZeros();
        }
      }
    }
    return exact.round(new MathContext(17, RoundingMode.HALF_EVEN)).stripTrailingZeros();
  }

  private static boolean separates(String text) {
    for (int at = text.indexOf('_'); at >= 0; at = text.indexOf('_', at + 1)) {
      if (at + 1 == text.length() || !digit(text.charAt(at - 1)) || !digit(text.charAt(at + 1))) {
        return false;
      }
    }
    return true;
  }

  private static boolean startsNumber(char c) {
    return c == '+' || c == '-' || digit(c);
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  private static IntPredicate digitOf(int radix) {
    // ASCII only: Character.digit would also take other scripts' digits.
    return c -> c < 128 && Character.digit(c, radix) >= 0;
  }
}
