package dev.tightship.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Writes files that are read together, such as the patches of a series, into a folder that the user
 * named; it may lie anywhere.
 */
public final class OutputFolder {

  private OutputFolder() {}

  /**
   * Makes the folder with what is missing above it, and replaces or makes the files, each in one
   * step once all are written. A link in it is replaced, never followed. Without files nothing is
   * made.
   *
   * @param ending of the names of all files of the kind
   * @param files texts by name
   * @throws ProjectException if the folder has other files of that kind, which whoever reads all of
   *     them would take for some of these, or is none: then nothing was written; or if writing
   *     fails: then each file is whole, be it the old one or the new
   */
  public static void write(Path folder, String ending, Map<String, String> files)
      throws ProjectException {
    try {
      requireOwn(folder, ending, files.keySet());
      if (!files.isEmpty()) {
        Files.createDirectories(folder);
        replace(folder.toRealPath(), files);
      }
    } catch (FileAlreadyExistsException e) {
      throw new ProjectException(folder.toString(), "is a file, so no folder was made");
    } catch (DirectoryIteratorException e) {
      throw new ProjectException(
          folder.toString(), "cannot be read: " + Reasons.of(Objects.requireNonNull(e.getCause())));
    } catch (IOException e) {
      throw new ProjectException(folder.toString(), "cannot be written: " + Reasons.of(e));
    }
  }

  private static void requireOwn(Path folder, String ending, Set<String> names)
      throws IOException, ProjectException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<String> others = new ArrayList<>();
    try (var entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        boolean isFolder = Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
        if (name.endsWith(ending) && (isFolder || !names.contains(name))) {
          others.add(name);
        }
      }
    }
    if (!others.isEmpty()) {
      Collections.sort(others);
      String more = others.size() == 1 ? "" : " and %s more".formatted(others.size() - 1);
      throw new ProjectException(
          folder.toString(),
          "holds what would not be written now (%s%s): take that away, or name another folder"
              .formatted(others.get(0), more));
    }
  }

  private static void replace(Path folder, Map<String, String> files) throws IOException {
    var fresh = new LinkedHashMap<Path, Path>();
    try {
      for (Map.Entry<String, String> file : files.entrySet()) {
        Path at = folder.resolve(Change.PREFIX + UUID.randomUUID() + ".new");
        fresh.put(at, folder.resolve(file.getKey()));
        byte[] bytes = file.getValue().getBytes(StandardCharsets.UTF_8);
        Files.write(at, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      }
      for (Map.Entry<Path, Path> file : fresh.entrySet()) {
        Files.move(
            file.getKey(),
            file.getValue(),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      for (Path at : fresh.keySet()) {
        Files.deleteIfExists(at);
      }
    }
  }
}
