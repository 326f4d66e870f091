package dev.tightship.compose.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as Compose reads them (go-str2duration: with days and weeks) and Go prints them. */
final class Durations {

  private static final long MICROSECOND = 1_000;
  private static final long MILLISECOND = 1_000 * MICROSECOND;
  private static final long SECOND = 1_000 * MILLISECOND;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;

  private static final Map<String, Long> UNITS =
      Map.of(
          "ns", 1L,
          "us", MICROSECOND,
          "µs", MICROSECOND,
          "μs", MICROSECOND,
          "ms", MILLISECOND,
          "s", SECOND,
          "m", MINUTE,
          "h", HOUR,
          "d", 24 * HOUR,
          "w", 168 * HOUR);

  private static final Pattern PART = Pattern.compile("([0-9]*)(?:\\.([0-9]*))?([^0-9.]+)");
  private static final int MOST_DIGITS = 18;

  private Durations() {}

  /** Nanoseconds. */
  static long parse(String text) throws Refused {
    boolean signed = text.startsWith("-") || text.startsWith("+");
    String rest = signed ? text.substring(1) : text;
    if (rest.equals("0")) {
      return 0;
    }
    long total = 0;
    Matcher part = PART.matcher(rest);
    int at = 0;
    while (at < rest.length() && part.find(at) && part.start() == at) {
      total = sum(total, part);
      at = part.end();
    }
    if (at == 0 || at < rest.length()) {
      throw new Refused("a time that is none");
    }
    return text.startsWith("-") ? -total : total;
  }

  private static long sum(long total, Matcher part) throws Refused {
    String whole = part.group(1);
    String fraction = part.group(2) == null ? "" : part.group(2);
    Long unit = UNITS.get(part.group(3));
    String digits = whole.replaceFirst("^0+(?=.)", "");
    if (unit == null || whole.length() + fraction.length() == 0 || digits.length() > MOST_DIGITS) {
      throw new Refused("a time that is none");
    }
    long value = digits.isEmpty() ? 0 : Long.parseLong(digits);
    if (value > Long.MAX_VALUE / unit) {
      throw new Refused("a time that is too long");
    }
    value = value * unit + fraction(fraction, unit);
    if (value < 0 || total + value < 0) {
      throw new Refused("a time that is too long");
    }
    return total + value;
  }

  private static long fraction(String digits, long unit) {
    String kept = digits.substring(0, Math.min(digits.length(), MOST_DIGITS));
    if (kept.isEmpty()) {
      return 0;
    }
    return (long) (Long.parseLong(kept) * (unit / Math.pow(10, kept.length())));
  }

  /** {@code 1h0m0s}, {@code 1.5s}, {@code 100ms}, {@code 0s}. */
  static String print(long nanoseconds) {
    if (nanoseconds == 0) {
      return "0s";
    }
    String sign = nanoseconds < 0 ? "-" : "";
    BigInteger size = BigInteger.valueOf(nanoseconds).abs();
    if (below(size, SECOND)) {
      String text =
          below(size, MICROSECOND)
              ? size + "ns"
              : below(size, MILLISECOND)
                  ? fixed(size, MICROSECOND) + "µs"
                  : fixed(size, MILLISECOND) + "ms";
      return sign + text;
    }
    String text = fixed(size.mod(BigInteger.valueOf(MINUTE)), SECOND) + "s";
    long minutes = size.divide(BigInteger.valueOf(MINUTE)).longValueExact();
    if (minutes > 0) {
      text = minutes % 60 + "m" + text;
    }
    if (minutes >= 60) {
      text = minutes / 60 + "h" + text;
    }
    return sign + text;
  }

  private static boolean below(BigInteger size, long unit) {
    return size.compareTo(BigInteger.valueOf(unit)) < 0;
  }

  private static String fixed(BigInteger nanoseconds, long unit) {
    var value =
        new BigDecimal(nanoseconds).divide(BigDecimal.valueOf(unit), 9, RoundingMode.UNNECESSARY);
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
