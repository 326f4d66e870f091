package dev.tightship.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;

/** What tests do to a folder, and what they see in it. */
record Folder(Path path) {

  static Folder at(Path path) throws IOException {
    return new Folder(Files.createDirectories(path).toRealPath());
  }

  Path write(String name, String text) throws IOException {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  Path write(String name, byte[] bytes) throws IOException {
    Path file = path.resolve(name);
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    return Files.write(file, bytes);
  }

  Path link(String name, String target) throws IOException {
    Path link = path.resolve(name);
    Path parent = link.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    return Files.createSymbolicLink(link, Path.of(target));
  }

  Folder folder(String name) throws IOException {
    return at(path.resolve(name));
  }

  String read(String name) throws IOException {
    return Files.readString(path.resolve(name));
  }

  boolean has(String name) {
    return Files.exists(path.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  void mode(String name, String mode) throws IOException {
    Files.setPosixFilePermissions(path.resolve(name), PosixFilePermissions.fromString(mode));
  }

  String mode(String name) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(path.resolve(name), LinkOption.NOFOLLOW_LINKS));
  }

  /** Everything below: text of a file, {@code -> target} of a link, {@code /} for a folder. */
  Map<String, String> tree() throws IOException {
    var tree = new TreeMap<String, String>();
    try (var walk = Files.walk(path)) {
      for (Path entry : (Iterable<Path>) walk::iterator) {
        String name = path.relativize(entry).toString();
        if (Files.isSymbolicLink(entry)) {
          tree.put(name, "-> " + Files.readSymbolicLink(entry));
        } else if (Files.isDirectory(entry)) {
          if (!name.isEmpty()) {
            tree.put(name, "/");
          }
        } else {
          tree.put(name, new String(Files.readAllBytes(entry), StandardCharsets.ISO_8859_1));
        }
      }
    }
    return tree;
  }

  ProjectRoot root() {
    return new ProjectRoot(path, "", false);
  }

  Disk disk() {
    return new Disk(root());
  }
}
