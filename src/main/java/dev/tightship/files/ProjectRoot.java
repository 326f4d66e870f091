package dev.tightship.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a project lies, and how far its root reaches. Nothing outside of the root is read or
 * written.
 *
 * @param folder the root, a real path
 * @param project the folder or the Compose file that was named, from the root with {@code /}; empty
 *     when it is the root itself. Bytes that are not UTF-8 stand as U+FFFD
 * @param isFile whether a Compose file was named, so that it is loaded alone
 */
public record ProjectRoot(Path folder, String project, boolean isFile) {

  /**
   * The root is {@code root} where it is given, else the top of the git tree around the project,
   * else the project's folder.
   *
   * @param project a folder or a Compose file; a link to a file keeps its own place, since Compose
   *     resolves paths from the folder of the link
   * @throws ProjectException if one of them does not exist, or the project is not in {@code root}
   */
  public static ProjectRoot of(Path project, @Nullable Path root) throws ProjectException {
    Path real = real(project);
    boolean isFile = !Files.isDirectory(real);
    Path folder = isFile ? parent(real) : real;
    Path top = root == null ? gitTop(folder) : real(root);
    if (!Files.isDirectory(top)) {
      throw new ProjectException(String.valueOf(root), "is not a folder, so it is no root");
    }
    if (!real.startsWith(top)) {
      throw new ProjectException(project.toString(), "is not inside the root " + root);
    }
    return new ProjectRoot(top, Names.text(top, real), isFile);
  }

  /** The folder of the project, from the root with {@code /}; empty when it is the root itself. */
  public String projectFolder() {
    return isFile ? project.substring(0, Math.max(0, project.lastIndexOf('/'))) : project;
  }

  /**
   * Whether a file of the project is this one, wherever that lies.
   *
   * @param file from the root with {@code /}
   */
  public boolean isSame(String file, Path other) {
    byte[] name = Names.utf8(file);
    try {
      return name != null && Files.isSameFile(Names.below(folder, name), other);
    } catch (IOException e) {
      return false; // one of them is not there
    }
  }

  /**
   * A path as it is seen from the root, with {@code /}, and with {@code ..} where it lies outside.
   *
   * @param path absolute and real but for its last name
   */
  public String seen(Path path) {
    var up = new StringBuilder();
    Path at = folder;
    while (!path.startsWith(at)) {
      up.append("../");
      at = parent(at);
    }
    return up + Names.text(at, path);
  }

  private static Path real(Path path) throws ProjectException {
    try {
      Path real = path.toRealPath();
      Path name = path.getFileName();
      if (name == null || !Files.isSymbolicLink(path) || Files.isDirectory(real)) {
        return real;
      }
      return parent(path.toAbsolutePath()).toRealPath().resolve(name);
    } catch (IOException e) {
      throw new ProjectException(path.toString(), Reasons.of(e));
    }
  }

  private static Path gitTop(Path folder) {
    for (Path at = folder; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(".git"), LinkOption.NOFOLLOW_LINKS)) {
        return at;
      }
    }
    return folder;
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    return parent == null ? path : parent;
  }
}
