package dev.tightship.cli;

import dev.tightship.compose.Project;
import dev.tightship.files.Discovery;
import dev.tightship.files.ProjectException;
import dev.tightship.files.ProjectRoot;
import dev.tightship.report.OverlayText;
import dev.tightship.yaml.YamlFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file that an overlay is written to. One of an earlier run is no part of the project, even
 * where Docker Compose reads it by itself: else the second run would find nothing left to say.
 */
final class OverlayFile {

  private OverlayFile() {}

  /**
   * The files of a project but the overlay.
   *
   * @throws ProjectException if the file is there and is none that this program wrote, or would
   *     take the place of one that Docker Compose loads
   */
  static List<String> without(Path overlay, ProjectRoot root, List<String> files)
      throws ProjectException {
    requireOwn(overlay);
    String obstacle = Discovery.obstacle(overlay);
    if (obstacle != null) {
      throw new ProjectException(overlay.toString(), obstacle + ": name another file");
    }
    List<String> others = files.stream().filter(f -> !root.isSame(f, overlay)).toList();
    if (others.isEmpty()) {
      throw new ProjectException(overlay.toString(), "is all that there is of the project");
    }
    return others;
  }

  /**
   * The words behind {@code docker compose} that put the overlay to use, from the first file's
   * folder.
   */
  static OverlayText.Use use(Loaded loaded, @Nullable Path overlay) {
    Project project = loaded.project();
    String first = project.files().get(0).path();
    String folder = first.substring(0, Math.max(0, first.lastIndexOf('/')));
    var files = new ArrayList<String>();
    for (YamlFile file : project.files()) {
      files.add(Seen.relative(folder, file.path()));
    }
    boolean usual = project.directory().equals(folder);
    return new OverlayText.Use(
        usual ? null : Seen.relative(folder, project.directory()),
        files,
        overlay == null ? "FILE" : from(folder, loaded.root().seen(real(overlay))));
  }

  /** What is seen from the root, from a folder in it. */
  private static String from(String folder, String path) {
    boolean outside = path.startsWith("../") && !folder.isEmpty();
    return outside ? Seen.relative(folder, "") + "/" + path : Seen.relative(folder, path);
  }

  private static Path real(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    Path folder = absolute.getParent();
    try {
      return folder == null ? absolute : folder.toRealPath().resolve(absolute.getFileName());
    } catch (IOException e) {
      return absolute; // writing it will say why
    }
  }

  private static void requireOwn(Path file) throws ProjectException {
    if (!Files.isRegularFile(file)) {
      return; // not there, or a pipe or device; a folder is refused where it is written
    }
    byte[] mark = OverlayText.MARK.getBytes(StandardCharsets.UTF_8);
    try (InputStream in = Files.newInputStream(file)) {
      byte[] begin = in.readNBytes(mark.length);
      if (begin.length > 0 && !Arrays.equals(begin, mark)) {
        throw new ProjectException(
            file.toString(), "is there, and is no overlay of Tightship's: name another file");
      }
    } catch (IOException e) {
      throw new ProjectException(file.toString(), "cannot be read");
    }
  }
}
