package dev.tightship.compose;

import dev.tightship.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files and folders inside the root that a project names, so that a copy can be complete. Paths
 * are from the root; what lies outside of it, or depends on a variable without a value, is not
 * among them.
 *
 * @param files Compose files, Dockerfiles, env files, files of secrets and configs, image files
 * @param contexts folders that images are built from
 * @param binds what services mount
 */
public record Named(Set<String> files, Set<String> contexts, List<Bind> binds) {

  /**
   * A file or folder that a service mounts.
   *
   * @param path from the root
   * @param writable whether the service may write to it
   */
  public record Bind(String path, String target, boolean writable, Service service) {}

  static Named of(Project project) {
    var files = new LinkedHashSet<String>();
    var contexts = new LinkedHashSet<String>();
    var binds = new ArrayList<Bind>();
    project.allFiles().forEach(f -> files.add(f.path()));
    files.addAll(project.imageFiles());
    for (Service service : project.services()) {
      Build build = service.build().orElse(null);
      if (build != null && build.context() != null) {
        contexts.add(build.context());
      }
      if (build != null && build.dockerfile() != null && build.inline() == null) {
        files.add(build.dockerfile());
      }
      for (Layers.Found found : service.all("env_file")) {
        Frame frame = found.layer().frame();
        for (Node item : items(found.node())) {
          add(files, frame, pathOf(frame, item, "path"));
        }
      }
      for (Layers.Found found : service.all("volumes")) {
        for (Node item : items(found.node())) {
          Bind bind = bind(found.layer().frame(), service, item);
          if (bind != null) {
            binds.add(bind);
          }
        }
      }
    }
    for (String section : List.of("secrets", "configs")) {
      for (Layers declared : project.section(section).values()) {
        if (declared.find("file") instanceof Answer.Known source) {
          add(files, source.frame(), text(source.frame(), source.node()));
        }
      }
    }
    return new Named(files, contexts, binds);
  }

  private static List<Node> items(Node node) {
    return node instanceof Node.Sequence list
        ? list.items().stream().map(Merged::resolve).toList()
        : List.of(node);
  }

  private static void add(Set<String> paths, Frame frame, @Nullable String path) {
    String resolved = path == null ? null : frame.path(path);
    if (resolved != null) {
      paths.add(resolved);
    }
  }

  private static @Nullable String text(Frame frame, Node node) {
    return node instanceof Node.Scalar scalar ? frame.interpolated(scalar).orElse(null) : null;
  }

  /** A text, or what stands under a key of the long form. */
  private static @Nullable String pathOf(Frame frame, Node node, String key) {
    if (node instanceof Node.Mapping) {
      var hit = Merged.find(node, key);
      return hit == null ? null : text(frame, hit.node());
    }
    return text(frame, node);
  }

  private static @Nullable Bind bind(Frame frame, Service service, Node item) {
    if (item instanceof Node.Mapping) {
      String source = pathOf(frame, item, "source");
      boolean isBind = "bind".equals(pathOf(frame, item, "type"));
      boolean readOnly = "true".equals(pathOf(frame, item, "read_only"));
      String target = pathOf(frame, item, "target");
      return isBind && source != null
          ? at(frame, service, source, target == null ? "" : target, !readOnly)
          : null;
    }
    String text = text(frame, item);
    if (text == null || !(text.startsWith(".") || text.startsWith("/"))) {
      return null;
    }
    String[] parts = text.split(":", -1);
    boolean readOnly = parts.length > 2 && List.of(parts[2].split(",", -1)).contains("ro");
    return parts.length < 2 ? null : at(frame, service, parts[0], parts[1], !readOnly);
  }

  private static @Nullable Bind at(
      Frame frame, Service service, String source, String target, boolean writable) {
    String path = frame.path(source);
    return path == null ? null : new Bind(path, target, writable, service);
  }
}
