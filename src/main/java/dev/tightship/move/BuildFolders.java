package dev.tightship.move;

import dev.tightship.compose.Build;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.compose.Sources.Source;
import dev.tightship.dockerfile.Dockerignore;
import dev.tightship.edit.Edit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The folders that images of the project are built in: what lies there may end in an image. */
final class BuildFolders {

  private static final String IGNORE = ".dockerignore";
  private static final String HEADING = "# Secrets, which no image should hold.\n";

  private final Project project;
  private final Map<String, List<Edit>> known = new HashMap<>();

  BuildFolders(Project project) {
    this.project = project;
  }

  /**
   * A folder that images are built in, with the file that says what stays out.
   *
   * @param inside the path as seen from there
   */
  private record Around(Service service, String ignore, String inside) {}

  private List<Around> around(String path) {
    var all = new ArrayList<Around>();
    for (Service service : project.services()) {
      Build build = service.build().orElse(null);
      String context = build == null ? null : build.context();
      if (build == null || context == null) {
        continue;
      }
      String folder = context.isEmpty() ? "" : context + "/";
      if (path.startsWith(folder)) {
        String own = build.dockerfile() + IGNORE;
        String ignore = project.exists(own) ? own : folder + IGNORE;
        all.add(new Around(service, ignore, path.substring(folder.length())));
      }
    }
    return all;
  }

  private boolean isOut(Around around, String inside) {
    if (!(project.read(around.ignore) instanceof Source.Text text)) {
      return false;
    }
    Set<String> out = Dockerignore.read(text.text()).leftOut(List.of(inside));
    return out != null && out.contains(inside);
  }

  /** Why a file that exists may be part of an image, half a sentence; null where it is of none. */
  @Nullable String open(String path) {
    if (!project.exists(path)) {
      return null;
    }
    for (Around around : around(path)) {
      if (!isOut(around, around.inside)) {
        return "it could only go to %s, which lies in the build context of service %s"
            .formatted(path, around.service.name());
      }
    }
    return null;
  }

  /** The goals that keep a new file, or all that will lie in a new folder, out of images. */
  List<Edit> keepOut(String path) {
    return known.computeIfAbsent(path, this::lines);
  }

  private List<Edit> lines(String path) {
    var edits = new ArrayList<Edit>();
    for (Around around : around(path)) {
      if (!isOut(around, around.inside) && !isOut(around, around.inside + "/x")) {
        Edit line = new Edit.Line(around.ignore, HEADING, around.inside);
        if (!edits.contains(line)) {
          edits.add(line);
        }
      }
    }
    return edits;
  }
}
