package dev.tightship.files;

import java.nio.file.FileSystems;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** POSIX modes as numbers, {@code 0644}; only the nine bits of reading, writing and running. */
final class Modes {

  /** For what only its owner may see. */
  static final int PRIVATE = 0600;

  /** Whether files have modes, owners and link counts here. */
  static final boolean SUPPORTED =
      FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

  private static final String LETTERS = "rwxrwxrwx";

  private Modes() {}

  static String text(int mode) {
    var text = new StringBuilder(LETTERS);
    for (int i = 0; i < LETTERS.length(); i++) {
      if ((mode >> (LETTERS.length() - 1 - i) & 1) == 0) {
        text.setCharAt(i, '-');
      }
    }
    return text.toString();
  }

  static int number(Set<PosixFilePermission> permissions) {
    String text = PosixFilePermissions.toString(permissions);
    int mode = 0;
    for (int i = 0; i < text.length(); i++) {
      mode = mode << 1 | (text.charAt(i) == '-' ? 0 : 1);
    }
    return mode;
  }

  static Set<PosixFilePermission> permissions(int mode) {
    return PosixFilePermissions.fromString(text(mode));
  }

  /** For making a file or folder; empty where the system has no such modes. */
  static FileAttribute<?>[] attributes(int mode) {
    return SUPPORTED
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions(mode))}
        : new FileAttribute<?>[0];
  }
}
