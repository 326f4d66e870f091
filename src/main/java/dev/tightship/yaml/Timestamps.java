package dev.tightship.yaml;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times as Compose's YAML reader knows them: {@code 2001-1-2}, {@code 2001-1-2 3:4:5.6}
 * without a zone, {@code 2001-1-2T3:4:5.6Z} with one.
 */
final class Timestamps {

  private static final String DATE = "([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})";
  private static final String TIME = "([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,]([0-9]+))?";
  private static final Pattern FORM =
      Pattern.compile(
          DATE + "(?:[Tt]" + TIME + "(?:Z|([+-])([0-9]{2}):([0-9]{2}))" + "| +" + TIME + ")?");

  /** Nine digits are kept; more are read and dropped. */
  private static final int NANO_DIGITS = 9;

  private Timestamps() {}

  static boolean matches(String plain) {
    return canonical(plain) != null;
  }

  /** As Go prints a time, {@code 2001-12-14 21:59:43.1 +0000 UTC}; null if this is none. */
  static @Nullable String canonical(String plain) {
    if (plain.length() < 8 || plain.charAt(4) != '-') {
      return null;
    }
    Matcher m = FORM.matcher(plain);
    if (!m.matches()) {
      return null;
    }
    int year = Integer.parseInt(m.group(1));
    int month = Integer.parseInt(m.group(2));
    int day = Integer.parseInt(m.group(3));
    if (month < 1 || month > 12 || day < 1 || day > days(month, year)) {
      return null;
    }
    int first = m.group(4) != null ? 4 : 11;
    int hour = number(m.group(first));
    int minute = number(m.group(first + 1));
    int second = number(m.group(first + 2));
    if (hour > 23 || minute > 59 || second > 59) {
      return null;
    }
    String zone = zone(m.group(8), number(m.group(9)), number(m.group(10)));
    if (zone == null) {
      return null;
    }
    return String.format(
        Locale.ROOT,
        "%04d-%02d-%02d %02d:%02d:%02d%s %s",
        year,
        month,
        day,
        hour,
        minute,
        second,
        fraction(m.group(first + 3)),
        zone);
  }

  /** The range is as lenient as the reader's: 24 hours and 60 minutes are still an offset. */
  private static @Nullable String zone(@Nullable String sign, int hours, int minutes) {
    if (hours > 24 || minutes > 60) {
      return null;
    }
    int offset = hours * 60 + minutes;
    if (sign == null || offset == 0) {
      return "+0000 UTC";
    }
    String text = String.format(Locale.ROOT, "%s%02d%02d", sign, offset / 60, offset % 60);
    return text + " " + text;
  }

  private static String fraction(@Nullable String digits) {
    if (digits == null) {
      return "";
    }
    int end = Math.min(digits.length(), NANO_DIGITS);
    while (end > 0 && digits.charAt(end - 1) == '0') {
      end--;
    }
    return end == 0 ? "" : "." + digits.substring(0, end);
  }

  private static int number(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private static int days(int month, int year) {
    boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return switch (month) {
      case 2 -> leap ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }
}
