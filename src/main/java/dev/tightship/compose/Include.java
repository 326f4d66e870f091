package dev.tightship.compose;

import dev.tightship.yaml.Node;
import dev.tightship.yaml.YamlFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code include}: a project within the project, with a folder and variables of its
 * own.
 *
 * @param paths its files in the order in which they are merged, from the root
 * @param folder from which its paths are seen, from the root
 * @param envFiles with its variables, from the root; null for the {@code .env} of its folder
 * @param outer the variables of the project that includes it
 */
record Include(
    List<String> paths,
    @Nullable String folder,
    @Nullable List<String> envFiles,
    Variables outer,
    YamlFile in,
    Node at) {

  /** The entries of a document that can be followed; of the others the problems tell. */
  static List<Include> of(YamlFile file, Node root, Frame frame, Collection<Problem> problems) {
    var includes = new ArrayList<Include>();
    var hit = Merged.find(root, "include");
    if (hit == null || !(hit.node() instanceof Node.Sequence list)) {
      return includes;
    }
    for (Node item : list.items()) {
      Node entry = Merged.resolve(item);
      var reader = new Reader(file, entry, frame);
      Include include = reader.read();
      if (include != null) {
        includes.add(include);
      } else {
        problems.add(problem(file, entry, "not included: " + reader.why));
      }
    }
    return includes;
  }

  Problem problem(String message) {
    return problem(in, at, "not included: " + message);
  }

  private static Problem problem(YamlFile file, Node at, String message) {
    var position = file.lines().position(at.span().start());
    return new Problem(file.path(), position.line(), position.column(), message);
  }

  /** What Compose fetches: a scheme, {@code git@}, or a host as first part. */
  static boolean isRemote(String path) {
    return path.contains("://")
        || path.startsWith("git@")
        || path.startsWith("github.com/")
        || path.startsWith("oci:");
  }

  private static final class Reader {
    private final YamlFile file;
    private final Node entry;
    private final Frame frame;
    private String why = "";
    private boolean silent;

    Reader(YamlFile file, Node entry, Frame frame) {
      this.file = file;
      this.entry = entry;
      this.frame = frame;
    }

    @Nullable Include read() {
      List<String> paths = entry instanceof Node.Mapping ? paths("path") : path(entry);
      if (paths == null) {
        return null;
      }
      if (paths.isEmpty()) {
        why = "it names no file";
        return null;
      }
      List<String> envFiles =
          Merged.find(entry, "env_file") == null ? List.of() : paths("env_file");
      if (envFiles == null) {
        return null;
      }
      String folder = Paths.folder(paths.get(0));
      var directory = Merged.find(entry, "project_directory");
      if (directory != null && directory.node() instanceof Node.Scalar written) {
        String text = frame.interpolated(written).orElse(null);
        folder = text == null || text.isEmpty() ? folder : frame.path(text);
      }
      return new Include(
          paths, folder, silent ? envFiles : nullIfEmpty(envFiles), frame.variables(), file, entry);
    }

    private static @Nullable List<String> nullIfEmpty(List<String> list) {
      return list.isEmpty() ? null : list;
    }

    /** A text or a list of texts under a key; null where one cannot be told. */
    private @Nullable List<String> paths(String key) {
      var hit = Merged.find(entry, key);
      return hit == null ? List.of() : path(hit.node());
    }

    private @Nullable List<String> path(Node node) {
      List<Node> items = node instanceof Node.Sequence list ? list.items() : List.of(node);
      var paths = new ArrayList<String>();
      for (Node item : items) {
        String text =
            Merged.resolve(item) instanceof Node.Scalar scalar
                ? frame.interpolated(scalar).orElse(null)
                : null;
        if (text == null) {
          why = "the name of the file is not known here";
          return null;
        }
        if (text.equals("/dev/null")) {
          silent = true; // how a project says that there are no variables
          continue;
        }
        String path = isRemote(text) ? null : frame.path(text);
        if (path == null) {
          why =
              isRemote(text)
                  ? "a remote file is never fetched"
                  : "the file is outside of the project";
          return null;
        }
        paths.add(path);
      }
      return paths;
    }
  }
}
