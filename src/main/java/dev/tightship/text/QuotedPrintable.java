package dev.tightship.text;

import java.nio.charset.StandardCharsets;

/**
 * A text as mail carries it where its bytes must survive (RFC 2045, chapter 6.7): in lines of at
 * most 76 plain chars, with a carriage return as {@code =0D}.
 */
public final class QuotedPrintable {

  private static final int LONGEST = 76;

  private final StringBuilder out = new StringBuilder();
  private int column;

  private QuotedPrintable() {}

  /** The text, encoded; a line ends with LF here, and a last one that does not end stays open. */
  public static String of(String text) {
    var quoted = new QuotedPrintable();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      boolean last = i + 1 == bytes.length || bytes[i + 1] == '\n';
      quoted.add(bytes[i] & 0xff, last);
    }
    return quoted.out.toString();
  }

  /**
   * @param last whether its line ends behind it
   */
  private void add(int c, boolean last) {
    if (c == '\n') {
      out.append('\n');
      column = 0;
      return;
    }
    boolean blank = c == ' ' || c == '\t';
    boolean plain = (blank && !last) || (c > ' ' && c < 0x7f && c != '=');
    if (column + (plain ? 1 : 3) + (last ? 0 : 1) > LONGEST) {
      out.append("=\n");
      column = 0;
    }
    if (plain && !(column == 0 && c == 'F')) { // a line "From ..." would begin another mail
      out.append((char) c);
      column++;
    } else {
      out.append("=%02X".formatted(c));
      column += 3;
    }
  }
}
