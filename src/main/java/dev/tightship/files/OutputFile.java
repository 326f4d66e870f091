package dev.tightship.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a file that the user named, such as a patch or a report; it may lie anywhere. */
public final class OutputFile {

  private OutputFile() {}

  /**
   * Replaces the file in one step, or makes it. A link is followed, and a device or pipe is written
   * to, never replaced. A file that is replaced keeps its mode.
   *
   * @throws ProjectException if it is a folder, its folder does not exist, or writing fails; an
   *     existing file is as it was then
   */
  public static void write(Path file, String text) throws ProjectException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      if (Files.isDirectory(file)) {
        throw new ProjectException(file.toString(), "is a folder, so no file was written");
      }
      Path target = target(file);
      if (Files.exists(target) && !Files.isRegularFile(target)) {
        Files.write(target, bytes, StandardOpenOption.WRITE);
      } else {
        replace(target, bytes);
      }
    } catch (NoSuchFileException e) {
      throw new ProjectException(file.toString(), "lies in a folder that does not exist");
    } catch (IOException e) {
      throw new ProjectException(file.toString(), "cannot be written: " + Reasons.of(e));
    }
  }

  private static void replace(Path target, byte[] bytes) throws IOException {
    Path folder = target.getParent();
    if (folder == null) {
      throw new NoSuchFileException(target.toString());
    }
    // Made by its own name rather than as a temporary file, whose mode would be private.
    Path fresh = folder.resolve(Change.PREFIX + UUID.randomUUID() + ".new");
    OpenOption[] options = {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};
    try {
      Files.write(fresh, bytes, options);
      if (Modes.SUPPORTED && Files.exists(target)) {
        Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(target));
      }
      Files.move(
          fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static Path target(Path file) throws IOException {
    if (Files.exists(file)) {
      return file.toRealPath();
    }
    if (Files.isSymbolicLink(file)) {
      throw new IOException("is a symbolic link to something that does not exist");
    }
    Path name = file.getFileName();
    Path folder = file.toAbsolutePath().getParent();
    if (name == null || folder == null || !Files.isDirectory(folder)) {
      throw new NoSuchFileException(file.toString());
    }
    return folder.toRealPath().resolve(name);
  }
}
