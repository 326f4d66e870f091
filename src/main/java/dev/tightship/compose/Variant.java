package dev.tightship.compose;

import dev.tightship.compose.Sources.Source;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.edit.Value;
import dev.tightship.yaml.Node;
import dev.tightship.yaml.YamlException;
import dev.tightship.yaml.YamlFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A project as it is when a Compose file that lies beside it, and is not loaded, is merged over it:
 * {@code -f compose.yaml -f compose.prod.yaml}. Where both files together make whole services, it
 * is merged over the first file alone, as one that is found by its name ({@code compose.override})
 * is left out by whoever names files; else over all of them.
 *
 * @param file path of the other file, from the root
 * @param services names of those of which the other file says something
 * @param project what both make
 */
public record Variant(String file, Set<String> services, Project project) {

  /** Larger files are not looked at. */
  private static final int MOST_CHARS = 1 << 20;

  /** A file beside a project, read once. */
  public static final class Sibling {
    private final YamlFile file;
    private final Set<String> services;
    private final List<String> under;
    private final Map<String, Dockerfile> dockerfiles = new HashMap<>();

    /**
     * @param under the files of the project that it is merged over
     */
    Sibling(YamlFile file, Set<String> services, List<String> under) {
      this.file = file;
      this.services = services;
      this.under = under;
    }

    /** The path from the root. */
    public String path() {
      return file.path();
    }

    /** What stands in it. */
    public String text() {
      return file.text();
    }

    /** The variant of a project as its texts stand now; null where they make none any more. */
    public @Nullable Variant of(Project now) {
      try {
        return new Variant(path(), services, now.merging(under, file, dockerfiles));
      } catch (ComposeException e) {
        return null;
      }
    }
  }

  /**
   * The files beside a project that make variants of it.
   *
   * @param paths the files
   * @param refused those that cannot be read; filled by this
   */
  static List<Sibling> beside(Project project, List<String> paths, List<Problem> refused) {
    var siblings = new ArrayList<Sibling>();
    for (String path : paths) {
      YamlFile file = read(project, path, refused);
      Sibling sibling = file == null ? null : over(project, file);
      if (sibling != null) {
        siblings.add(sibling);
      }
    }
    return List.copyOf(siblings);
  }

  private static @Nullable YamlFile read(Project project, String path, List<Problem> refused) {
    Source source = project.read(path);
    if (source instanceof Source.Refused no) {
      refused.add(new Problem(path, no.line(), no.column(), no.reason()));
    }
    if (!(source instanceof Source.Text text)) {
      return null;
    }
    if (text.text().length() > MOST_CHARS) {
      refused.add(new Problem(path, 0, 0, "is larger than 1 MiB"));
      return null;
    }
    try {
      return YamlFile.read(path, text.text());
    } catch (YamlException e) {
      refused.add(new Problem(path, e.line(), e.column(), String.valueOf(e.getMessage())));
      return null;
    }
  }

  private static @Nullable Sibling over(Project project, YamlFile file) {
    Node root = file.root();
    var services = root == null ? null : Merged.find(root, "services");
    if (services == null || !(services.node() instanceof Node.Mapping mapping)) {
      return null;
    }
    Set<String> names = Merged.keys(mapping);
    List<Service> shared =
        project.services().stream().filter(service -> names.contains(service.name())).toList();
    if (shared.isEmpty() || standsAlone(new Sibling(file, names, List.of()), project, shared)) {
      return null;
    }
    List<String> all = project.files().stream().map(YamlFile::path).toList();
    for (List<String> under : all.size() == 1 ? List.of(all) : List.of(all.subList(0, 1), all)) {
      var sibling = new Sibling(file, names, under);
      Variant variant = sibling.of(project);
      if (variant != null && isWhole(variant.project)) {
        return sibling;
      }
    }
    return null;
  }

  /**
   * Whether the file is another project, not one over this: it needs none of the other services,
   * and says again what the project says of one that both have. Who merges two files does not
   * repeat the one in the other; only an image is named twice now and then.
   */
  private static boolean standsAlone(Sibling file, Project project, List<Service> shared) {
    Variant alone = file.of(project);
    if (alone == null || !isWhole(alone.project)) {
      return false;
    }
    for (Service service : shared) {
      Service other = alone.project.service(service.name());
      if (other != null && repeats(service, other)) {
        return true;
      }
    }
    return false;
  }

  private static boolean repeats(Service service, Service other) {
    for (String key : List.of("container_name", "command")) {
      Optional<String> text = service.text(key);
      if (text.isPresent() && text.equals(other.text(key))) {
        return true;
      }
    }
    for (String key : List.of("ports", "volumes", "environment")) {
      List<Value> values = service.items(key).stream().map(Node::value).toList();
      if (other.items(key).stream().map(Node::value).anyMatch(values::contains)) {
        return true;
      }
    }
    return false;
  }

  /** Whether Compose has all that it needs of each service. */
  private static boolean isWhole(Project project) {
    for (Service service : project.services()) {
      boolean started =
          service.inheritance() != null
              || List.of("image", "build", "provider").stream()
                  .anyMatch(key -> !(service.find(key) instanceof Answer.Absent));
      if (!started || !names(service).stream().allMatch(name -> project.service(name) != null)) {
        return false;
      }
    }
    return true;
  }

  /** The services without which Compose refuses this one. */
  private static Set<String> names(Service service) {
    var names = new HashSet<String>();
    for (Layers.Found found : service.all("depends_on")) {
      if (found.node() instanceof Node.Mapping mapping) {
        names.addAll(Merged.keys(mapping));
        names.removeIf(name -> Merged.find(mapping, name, "required") != null);
      } else if (found.node() instanceof Node.Sequence list) {
        list.items().stream()
            .map(Merged::resolve)
            .filter(Node.Scalar.class::isInstance)
            .forEach(item -> names.add(((Node.Scalar) item).text()));
      }
    }
    return names;
  }
}
