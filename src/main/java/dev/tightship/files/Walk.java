package dev.tightship.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** The regular files below a folder. Links are neither followed nor among them. */
public sealed interface Walk {

  /**
   * @param path from the root, with {@code /}
   */
  record File(String path, long bytes) {}

  /**
   * @param files all of them, in the order of their paths
   */
  record Whole(List<File> files) implements Walk {}

  /**
   * Not all of them can be told, and then none is.
   *
   * @param reason reads on after the name of the folder
   */
  record Partial(String reason) implements Walk {}

  /**
   * @param base where the folder really is
   * @param name the folder from the root; empty for the root
   * @param enter whether to look into a folder, by its path from the root
   * @param most entries that are looked at, files and folders together
   */
  static Walk below(Path base, String name, Predicate<String> enter, int most) {
    record Folder(Path path, String name) {}
    var files = new ArrayList<File>();
    var folders = new ArrayDeque<Folder>(List.of(new Folder(base, name)));
    int left = most;
    try {
      while (!folders.isEmpty()) {
        Folder folder = folders.pop();
        try (var entries = Files.newDirectoryStream(folder.path)) {
          for (Path entry : entries) {
            if (--left < 0) {
              return new Partial("holds more than " + most + " files and folders");
            }
            var attributes =
                Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            String own = Names.of(folder.path, entry);
            if (own == null) {
              return new Partial("holds a name that is not UTF-8");
            }
            String path = folder.name.isEmpty() ? own : folder.name + "/" + own;
            if (attributes.isRegularFile()) {
              files.add(new File(path, attributes.size()));
            } else if (attributes.isDirectory() && enter.test(path)) {
              folders.push(new Folder(entry, path));
            }
          }
        }
      }
    } catch (IOException e) {
      return new Partial("cannot be looked through: " + Reasons.of(e));
    } catch (DirectoryIteratorException e) {
      return new Partial("cannot be looked through");
    }
    files.sort(Comparator.comparing(File::path));
    return new Whole(List.copyOf(files));
  }
}
