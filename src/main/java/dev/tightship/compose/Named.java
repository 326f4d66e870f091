package dev.tightship.compose;

import dev.tightship.yaml.Node;
import dev.tightship.yaml.YamlFile;
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
    project.files().forEach(f -> files.add(f.path()));
    files.addAll(project.imageFiles());
    for (Service service : project.services()) {
      Build build = service.build().orElse(null);
      if (build != null && build.context() != null) {
        contexts.add(build.context());
      }
      if (build != null && build.dockerfile() != null) {
        files.add(build.dockerfile());
      }
      service.items("env_file").forEach(item -> add(files, project, pathOf(project, item, "path")));
      for (Node item : service.items("volumes")) {
        Bind bind = bind(project, service, item);
        if (bind != null) {
          binds.add(bind);
        }
      }
    }
    for (YamlFile file : project.files()) {
      for (String section : List.of("secrets", "configs")) {
        sources(project, file, section).forEach(path -> add(files, project, path));
      }
    }
    return new Named(files, contexts, binds);
  }

  private static List<String> sources(Project project, YamlFile file, String section) {
    var sources = new ArrayList<String>();
    Node root = file.root();
    var hit = root == null ? null : Merged.find(root, section);
    if (hit != null && hit.node() instanceof Node.Mapping mapping) {
      for (String name : mapping.entries().keySet()) {
        var source = Merged.find(mapping, name, "file");
        String text = source == null ? null : text(project, source.node());
        if (text != null) {
          sources.add(text);
        }
      }
    }
    return sources;
  }

  private static void add(Set<String> paths, Project project, @Nullable String path) {
    String resolved = path == null ? null : Paths.resolve(project.directory(), path);
    if (resolved != null) {
      paths.add(resolved);
    }
  }

  private static @Nullable String text(Project project, Node node) {
    return node instanceof Node.Scalar scalar ? project.interpolated(scalar).orElse(null) : null;
  }

  /** A text, or what stands under a key of the long form. */
  private static @Nullable String pathOf(Project project, Node node, String key) {
    if (node instanceof Node.Mapping) {
      var hit = Merged.find(node, key);
      return hit == null ? null : text(project, hit.node());
    }
    return text(project, node);
  }

  private static @Nullable Bind bind(Project project, Service service, Node item) {
    if (item instanceof Node.Mapping) {
      String source = pathOf(project, item, "source");
      boolean isBind = "bind".equals(pathOf(project, item, "type"));
      boolean readOnly = "true".equals(pathOf(project, item, "read_only"));
      String target = pathOf(project, item, "target");
      return isBind && source != null
          ? at(project, service, source, target == null ? "" : target, !readOnly)
          : null;
    }
    String text = text(project, item);
    if (text == null || !(text.startsWith(".") || text.startsWith("/"))) {
      return null;
    }
    String[] parts = text.split(":", -1);
    boolean readOnly = parts.length > 2 && List.of(parts[2].split(",", -1)).contains("ro");
    return parts.length < 2 ? null : at(project, service, parts[0], parts[1], !readOnly);
  }

  private static @Nullable Bind at(
      Project project, Service service, String source, String target, boolean writable) {
    String path = Paths.resolve(project.directory(), source);
    return path == null ? null : new Bind(path, target, writable, service);
  }
}
