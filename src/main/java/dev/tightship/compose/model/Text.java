package dev.tightship.compose.model;

import java.util.Comparator;

/** How Go orders strings. */
final class Text {

  /** By their bytes in UTF-8, which is the order of code points and not that of Java's chars. */
  static final Comparator<String> BY_CODE_POINT =
      (a, b) -> {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
          char x = a.charAt(i);
          char y = b.charAt(i);
          if (x != y) {
            boolean mixed = Character.isSurrogate(x) != Character.isSurrogate(y);
            return !mixed ? x - y : Character.isSurrogate(x) ? 1 : -1;
          }
        }
        return a.length() - b.length();
      };

  private Text() {}
}
