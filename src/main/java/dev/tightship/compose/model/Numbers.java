package dev.tightship.compose.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers as Go reads and prints them: floats, sizes in bytes, durations. */
final class Numbers {

  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?");

  private static final List<Character> POWERS = List.of('k', 'm', 'g', 't', 'p');

  /** Chars of a size; also keeps a megabyte of digits cheap. */
  private static final int LONGEST = 400;

  private Numbers() {}

  static double parse(String text) throws Refused {
    if (!DECIMAL.matcher(text).matches()) {
      throw new Refused("a text that is no number");
    }
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value)) {
      throw new Refused("a number that is too large");
    }
    return value;
  }

  /**
   * The fewest digits that mean the number.
   *
   * @param single whether of those of 32 bits
   */
  static String print(double value, boolean single) {
    double exact = single ? (float) value : value;
    if (exact == 0) {
      return "0";
    }
    var decimal = new BigDecimal(exact);
    for (int digits = 1; digits < 18; digits++) {
      BigDecimal rounded = decimal.round(new MathContext(digits));
      if (single ? rounded.floatValue() == (float) value : rounded.doubleValue() == value) {
        return rounded.stripTrailingZeros().toPlainString();
      }
    }
    return decimal.toPlainString();
  }

  /**
   * A size, {@code 1.5gb} (docker/go-units, RAMInBytes): units of 1024, in any case, with or
   * without b, and one blank before them.
   */
  static BigInteger bytes(String text) throws Refused {
    if (text.length() > LONGEST) {
      throw new Refused("a size that is none");
    }
    if (text.matches("[-+]?[0-9]+")) {
      return new BigInteger(text.startsWith("+") ? text.substring(1) : text);
    }
    int last = text.length() - 1;
    while (last >= 0 && "0123456789. ".indexOf(text.charAt(last)) < 0) {
      last--;
    }
    if (last < 0) {
      throw new Refused("a size without a number");
    }
    String suffix = text.substring(last + 1).toLowerCase(Locale.ROOT);
    double value = parse(text.substring(0, text.charAt(last) == ' ' ? last : last + 1));
    if (value < 0 || !suffix.matches("|b|[kmgtp](i?b)?")) {
      throw new Refused("a size that is none");
    }
    int power = suffix.isEmpty() ? -1 : POWERS.indexOf(suffix.charAt(0));
    return new BigDecimal(value * Math.pow(1024, power + 1)).toBigInteger();
  }
}
