package dev.tightship.passes;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A size of memory as Compose writes it (Compose specification, "Specifying byte values"). */
final class MemorySize {

  private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?) ?(?:([kmgt])i?)?b?");

  private MemorySize() {}

  /** In MiB, rounded up; null for what is no size. A number alone counts bytes. */
  static @Nullable Long mebibytes(String text) {
    Double bytes = bytes(text);
    return bytes == null ? null : (long) Math.ceil(bytes / (1024 * 1024));
  }

  /** In bytes; null for what is no size. */
  static @Nullable Double bytes(String text) {
    Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!form.matches()) {
      return null;
    }
    String unit = form.group(2);
    return Double.parseDouble(form.group(1))
        * (unit == null ? 1 : Math.pow(1024, "kmgt".indexOf(unit) + 1.0));
  }

  /** In the largest unit that gives a whole number, {@code 512m} or {@code 2g}. */
  static String write(long mebibytes) {
    return mebibytes % 1024 == 0 ? mebibytes / 1024 + "g" : mebibytes + "m";
  }
}
