package dev.tightship.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.Deflater;

/**
 * The change of one file as git writes it for a binary one: what stays is named by its place in the
 * old file, so that nothing of what is taken away is in it. The forms are those of git's
 * Documentation/gitformat-pack ("Deltified representation") and of its {@code base85.c}; git asks
 * for no way back.
 */
final class GitDelta {

  private static final String BASE85 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";

  /** Bytes of one line of base 85. */
  private static final int LINE = 52;

  /** Bytes that one instruction copies or inserts at most. */
  private static final int MOST_COPIED = 0x10000;

  private static final int MOST_INSERTED = 0x7f;

  private GitDelta() {}

  /** What stands below the first line of a patch of this file. */
  static String of(Traced traced) {
    byte[] before = bytes(traced.original());
    byte[] after = bytes(traced.text());
    byte[] delta = delta(traced, before.length, after.length);
    var out = new StringBuilder();
    out.append("index ").append(id(before)).append("..").append(id(after)).append('\n');
    out.append("GIT binary patch\ndelta ").append(delta.length).append('\n');
    base85(deflated(delta), out);
    return out.append('\n').toString();
  }

  private static byte[] delta(Traced traced, int before, int after) {
    var delta = new ByteArrayOutputStream();
    size(before, delta);
    size(after, delta);
    int chars = 0; // the pieces that are kept ascend, so that each char is counted once
    int offset = 0;
    for (Traced.Piece piece : traced.pieces()) {
      if (piece instanceof Traced.Piece.Kept kept) {
        offset += bytes(traced.original().substring(chars, kept.start())).length;
        int length = bytes(traced.original().substring(kept.start(), kept.end())).length;
        copy(offset, length, delta);
        offset += length;
        chars = kept.end();
      } else {
        insert(bytes(((Traced.Piece.Added) piece).text()), delta);
      }
    }
    return delta.toByteArray();
  }

  /** Seven bits a byte, the lowest first. */
  private static void size(int size, ByteArrayOutputStream out) {
    int rest = size;
    while (rest >= 0x80) {
      out.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }

  /** Only the bytes that are not zero are written; the first one says which. */
  private static void copy(int from, int length, ByteArrayOutputStream out) {
    for (int done = 0; done < length; done += MOST_COPIED) {
      int offset = from + done;
      int size = Math.min(length - done, MOST_COPIED);
      long parts = ((size == MOST_COPIED ? 0L : size) << 32) | offset;
      var operands = new ByteArrayOutputStream();
      int operation = 0x80;
      for (int i = 0; i < 7; i++) {
        int part = (int) (parts >>> (8 * i)) & 0xff;
        if (part != 0) {
          operation |= 1 << i;
          operands.write(part);
        }
      }
      out.write(operation);
      out.writeBytes(operands.toByteArray());
    }
  }

  private static void insert(byte[] text, ByteArrayOutputStream out) {
    for (int done = 0; done < text.length; done += MOST_INSERTED) {
      int size = Math.min(text.length - done, MOST_INSERTED);
      out.write(size);
      out.write(text, done, size);
    }
  }

  private static byte[] deflated(byte[] data) {
    var deflater = new Deflater();
    deflater.setInput(data);
    deflater.finish();
    var out = new ByteArrayOutputStream();
    byte[] buffer = new byte[4096];
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return out.toByteArray();
  }

  /** Lines that begin with their number of bytes: A to Z for 1 to 26, a to z for 27 to 52. */
  private static void base85(byte[] data, StringBuilder out) {
    for (int at = 0; at < data.length; at += LINE) {
      int size = Math.min(data.length - at, LINE);
      out.append((char) (size <= 26 ? 'A' + size - 1 : 'a' + size - 27));
      for (int i = at; i < at + size; i += 4) {
        long group = 0;
        for (int j = i; j < i + 4; j++) {
          group = (group << 8) | (j < data.length ? data[j] & 0xff : 0);
        }
        char[] chars = new char[5];
        for (int j = 4; j >= 0; j--) {
          chars[j] = BASE85.charAt((int) (group % 85));
          group /= 85;
        }
        out.append(chars);
      }
      out.append('\n');
    }
  }

  /** The name that git has for a file with these bytes. */
  private static String id(byte[] file) {
    try {
      var digest = MessageDigest.getInstance("SHA-1");
      digest.update(bytes("blob " + file.length + "\0"));
      return HexFormat.of().formatHex(digest.digest(file));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // each Java has it
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
