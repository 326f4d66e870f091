package dev.tightship.files;

import dev.tightship.text.Lines;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Bytes to text and never a guess: what is not UTF-8 is refused, with the place. */
final class Utf8 {

  private Utf8() {}

  /** The text, or why it is none; never {@link Read.Missing}. */
  static Read decode(byte[] bytes) {
    String other = otherEncoding(bytes);
    if (!other.isEmpty()) {
      return new Read.Refused("is " + other + ", save it as UTF-8");
    }
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    // UTF-8 never yields more chars than it has bytes.
    CharBuffer chars = CharBuffer.allocate(bytes.length);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    boolean bad = decoder.decode(in, chars, true).isError();
    String text = chars.flip().toString();
    if (!bad) {
      return new Read.Text(text);
    }
    Lines.Position at = new Lines(text).position(text.length());
    String reason = String.format("is not UTF-8: byte 0x%02X", bytes[in.position()] & 0xFF);
    return new Read.Refused(reason, at.line(), at.column());
  }

  /**
   * The name of the encoding that a byte order mark or the place of the NUL bytes gives away, or an
   * empty text.
   */
  private static String otherEncoding(byte[] bytes) {
    int mark = 0;
    int nuls = 0;
    for (int i = 0; i < 4; i++) {
      int b = i < bytes.length ? bytes[i] & 0xFF : 0xFF;
      mark = mark << 8 | b;
      nuls = nuls << 1 | (b == 0 ? 1 : 0);
    }
    if (mark == 0x0000FEFF || mark == 0xFFFE0000 || nuls == 0b1110 || nuls == 0b0111) {
      return "UTF-32";
    }
    boolean marked = bytes.length >= 2 && (mark >>> 16 == 0xFEFF || mark >>> 16 == 0xFFFE);
    if (marked || nuls == 0b1010 || nuls == 0b0101) {
      return "UTF-16";
    }
    return "";
  }
}
