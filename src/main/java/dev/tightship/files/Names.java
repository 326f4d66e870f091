package dev.tightship.files;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * File names as bytes. Java turns a name into bytes by the locale of the process, so that under
 * {@code LC_ALL=C} a name like {@code bücher} cannot even be said. A {@code file:} URI carries the
 * bytes themselves, on any machine and in any locale; it is used where a name is not plain ASCII.
 */
final class Names {

  /** What the common file systems allow for one name, in bytes. */
  private static final int LONGEST_NAME = 255;

  /** A little below what Linux allows for a whole path, which is 4096 bytes. */
  private static final int LONGEST_PATH = 4000;

  private static final String PLAIN =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./";

  private Names() {}

  /** The bytes of a text in UTF-8, or null when it holds half a surrogate pair. */
  static byte @Nullable [] utf8(String text) {
    if (isAscii(text)) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] exact = new byte[bytes.remaining()];
      bytes.get(exact);
      return exact;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** Whether no file system would take this path, or one name in it. */
  static boolean isTooLong(byte[] path) {
    int length = 0;
    for (byte b : path) {
      length = b == '/' ? 0 : length + 1;
      if (length > LONGEST_NAME) {
        return true;
      }
    }
    return path.length > LONGEST_PATH;
  }

  /**
   * The path below {@code root} that these bytes name.
   *
   * @param relative without leading slash and without NUL
   */
  static Path below(Path root, byte[] relative) {
    if (isAscii(relative)) {
      return root.resolve(new String(relative, StandardCharsets.US_ASCII));
    }
    String base = root.toUri().toString();
    return Path.of(URI.create((base.endsWith("/") ? base : base + "/") + encode(relative)));
  }

  /** The bytes of the name of {@code path} as seen from {@code root}, with {@code /}. */
  static byte[] bytes(Path root, Path path) {
    String plain = slashed(root.relativize(path));
    byte[] ascii = plain.getBytes(StandardCharsets.UTF_8);
    if (isAscii(ascii)) {
      return ascii;
    }
    byte[] whole = decode(trim(path.toUri().getRawPath()));
    int from = decode(trim(root.toUri().getRawPath())).length;
    while (from < whole.length && whole[from] == '/') {
      from++;
    }
    byte[] rest = new byte[whole.length - from];
    System.arraycopy(whole, from, rest, 0, rest.length);
    return rest;
  }

  /** The name of an entry of a folder, or null where it is not UTF-8. */
  static @Nullable String of(Path folder, Path entry) {
    String name = String.valueOf(entry.getFileName());
    if (isAscii(name) && name.indexOf('\0') < 0) {
      return name;
    }
    return Utf8.decode(bytes(folder, entry)) instanceof Read.Text text ? text.text() : null;
  }

  /** The name of {@code path} as seen from {@code root}; bytes that are not UTF-8 become U+FFFD. */
  static String text(Path root, Path path) {
    return new String(bytes(root, path), StandardCharsets.UTF_8);
  }

  /** Bytes in ASCII: all but letters, digits and {@code -_./} as {@code %XX}. */
  static String encode(byte[] bytes) {
    var out = new StringBuilder(bytes.length + 16);
    for (byte b : bytes) {
      if (PLAIN.indexOf(b) >= 0) {
        out.append((char) b);
      } else {
        out.append('%').append(hex((b >> 4) & 15)).append(hex(b & 15));
      }
    }
    return out.toString();
  }

  /**
   * The reverse of {@link #encode}; other characters stand for themselves.
   *
   * @throws IllegalArgumentException if a {@code %} is not followed by two hexadecimal digits
   */
  static byte[] decode(String text) {
    var out = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '%') {
        out.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
        continue;
      }
      boolean whole = i + 2 < text.length();
      int high = whole ? Character.digit(text.charAt(i + 1), 16) : -1;
      int low = whole ? Character.digit(text.charAt(i + 2), 16) : -1;
      if (high < 0 || low < 0) {
        throw new IllegalArgumentException("not percent-encoded");
      }
      out.write(high * 16 + low);
      i += 2;
    }
    return out.toByteArray();
  }

  private static char hex(int digit) {
    return Character.toUpperCase(Character.forDigit(digit, 16));
  }

  private static String slashed(Path relative) {
    String text = relative.toString();
    String separator = relative.getFileSystem().getSeparator();
    return separator.equals("/") ? text : text.replace(separator, "/");
  }

  private static String trim(String path) {
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 128) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }
}
