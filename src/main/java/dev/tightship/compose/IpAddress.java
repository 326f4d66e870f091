package dev.tightship.compose;

import org.jspecify.annotations.Nullable;

/**
 * Which texts are addresses to Compose: no names, no zones, no leading zeros in an IPv4 address.
 */
final class IpAddress {

  private static final int GROUPS = 8;

  private IpAddress() {}

  /** The text without the brackets around it; null where an opening one has no counterpart. */
  static @Nullable String unbracketed(String text) {
    if (!text.startsWith("[")) {
      return text;
    }
    boolean whole = text.indexOf(']') == text.length() - 1 && text.lastIndexOf('[') == 0;
    return whole ? text.substring(1, text.length() - 1) : null;
  }

  static boolean isValid(String text) {
    return text.indexOf(':') < 0 ? isV4(text) : isV6(text);
  }

  private static boolean isV4(String text) {
    String[] fields = text.split("\\.", -1);
    if (fields.length != 4) {
      return false;
    }
    for (String field : fields) {
      if (!field.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(field) > 255) {
        return false;
      }
    }
    return true;
  }

  private static boolean isV6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text, true) == GROUPS;
    }
    String before = text.substring(0, gap);
    String after = text.substring(gap + 2);
    int first = before.isEmpty() ? 0 : groups(before, false);
    int second = after.isEmpty() ? 0 : groups(after, true);
    return first >= 0 && second >= 0 && first + second < GROUPS;
  }

  /** How many groups of 16 bits the text has, or -1; an IPv4 address at the end counts as two. */
  private static int groups(String text, boolean end) {
    String[] groups = text.split(":", -1);
    int count = 0;
    for (int i = 0; i < groups.length; i++) {
      boolean last = i == groups.length - 1;
      if (groups[i].matches("[0-9a-fA-F]{1,4}")) {
        count++;
      } else if (last && end && isV4(groups[i])) {
        count += 2;
      } else {
        return -1;
      }
    }
    return count;
  }
}
