package dev.tightship.compose;

import dev.tightship.dockerfile.Copy;
import dev.tightship.edit.Place;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.yaml.Node;
import dev.tightship.yaml.YamlFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One service, as all files of the project together define it. */
public final class Service {

  private final Project project;
  private final String name;
  private final List<Definition> definitions;
  private final @Nullable Build build;
  private @Nullable Origin origin;
  private @Nullable List<Mount> mounts;

  /** What one file says of the service. */
  record Definition(YamlFile file, Node node) {}

  Service(Project project, String name, List<Definition> definitions) {
    this.project = project;
    this.name = name;
    this.definitions = List.copyOf(definitions);
    this.build = Build.of(this);
  }

  public String name() {
    return name;
  }

  public Project project() {
    return project;
  }

  /** How the image is built; empty for a service that pulls it. */
  public Optional<Build> build() {
    return Optional.ofNullable(build);
  }

  /** Where the image comes from, and what is known of it. */
  public Origin origin() {
    if (origin == null) {
      origin = Origin.of(this);
    }
    return origin;
  }

  /** What the project says at a path of keys below the service. */
  public Answer find(String... path) {
    String tag = null;
    for (int i = definitions.size() - 1; i >= 0; i--) {
      Definition definition = definitions.get(i);
      var hit = Merged.find(definition.node, path);
      tag = tag == null ? tag(definition.node, path) : tag;
      if (tag != null) {
        return new Answer.Unknown("the tag " + tag + " is not understood yet");
      }
      if (hit != null && !isNull(hit.node())) {
        return new Answer.Known(hit.node(), definition.file, hit.own());
      }
    }
    return inheritance() == null ? new Answer.Absent() : new Answer.Unknown(inheritance());
  }

  private static @Nullable String tag(Node from, String... path) {
    for (int i = 1; i <= path.length; i++) {
      var hit = Merged.find(from, Arrays.copyOf(path, i));
      if (hit != null && hit.node().tag() != null) {
        return hit.node().tag();
      }
    }
    return null;
  }

  private static boolean isNull(Node node) {
    return node instanceof Node.Scalar scalar && scalar.isNull();
  }

  /** Whether a mapping, or a list of {@code KEY=value}, names a key, whatever its value. */
  public boolean mentions(String key, String... path) {
    if (find(path) instanceof Answer.Unknown) {
      return true;
    }
    for (Definition definition : definitions) {
      var hit = Merged.find(definition.node, path);
      if (hit != null && names(hit.node(), key)) {
        return true;
      }
    }
    return false;
  }

  private static boolean names(Node node, String key) {
    if (node instanceof Node.Mapping) {
      return Merged.find(node, key) != null;
    }
    return node instanceof Node.Sequence list
        && list.items().stream()
            .map(Merged::resolve)
            .filter(Node.Scalar.class::isInstance)
            .map(item -> ((Node.Scalar) item).text())
            .anyMatch(text -> text.equals(key) || text.startsWith(key + "="));
  }

  /** Whether any file sets the path. */
  public boolean has(String... path) {
    return find(path) instanceof Answer.Known;
  }

  /** Why this service is not yet understood as a whole, or null. */
  public @Nullable String inheritance() {
    for (Definition definition : definitions) {
      if (Merged.find(definition.node, "extends") != null) {
        return "the service extends another one, which is not followed yet";
      }
    }
    return null;
  }

  /** The text at a path with its variables filled in; empty where it is absent or not known. */
  public Optional<String> text(String... path) {
    return find(path) instanceof Answer.Known known && known.node() instanceof Node.Scalar scalar
        ? project.interpolated(scalar)
        : Optional.empty();
  }

  /**
   * The words of a command: of {@code command}, {@code entrypoint} or the test of a health check;
   * null where it is not set, or cannot be told without the value of a variable.
   */
  public @Nullable List<String> words(String... path) {
    return find(path) instanceof Answer.Known known ? CommandWords.of(project, known.node()) : null;
  }

  /**
   * A command at a path as one line, its words joined by blanks; empty where it is absent. A
   * variable without a value stays as it is written.
   */
  public Optional<String> line(String... path) {
    if (!(find(path) instanceof Answer.Known known)) {
      return Optional.empty();
    }
    List<Node> words =
        known.node() instanceof Node.Sequence list ? list.items() : List.of(known.node());
    return Optional.of(
        words.stream()
            .map(Merged::resolve)
            .filter(Node.Scalar.class::isInstance)
            .map(Node.Scalar.class::cast)
            .map(word -> project.interpolated(word).orElse(word.text()))
            .collect(Collectors.joining(" ")));
  }

  /** The variables that its containers get, those of the image left out. */
  public Environment environment() {
    return Environment.of(this);
  }

  /** All items of a list, over all files. A text that stands for a list counts as its item. */
  public List<Node> items(String key) {
    var items = new ArrayList<Node>();
    for (Definition definition : definitions) {
      var hit = Merged.find(definition.node, key);
      if (hit != null && hit.node() instanceof Node.Sequence list) {
        list.items().forEach(i -> items.add(Merged.resolve(i)));
      } else if (hit != null && !isNull(hit.node())) {
        items.add(hit.node());
      }
    }
    return items;
  }

  /** What each file says at a path, in the order of the files; those that say nothing left out. */
  List<Node> all(String... path) {
    var nodes = new ArrayList<Node>();
    for (Definition definition : definitions) {
      var hit = Merged.find(definition.node, path);
      if (hit != null && !isNull(hit.node())) {
        nodes.add(hit.node());
      }
    }
    return nodes;
  }

  /** The lists under a key, each with the place where it stands in its own file. */
  public List<PlacedList> lists(String key) {
    var lists = new ArrayList<PlacedList>();
    for (Definition definition : definitions) {
      var hit = Merged.find(definition.node, key);
      if (hit != null && hit.node() instanceof Node.Sequence list) {
        Place place = Place.of(definition.file.path(), "services", name, key);
        lists.add(new PlacedList(place, list, hit.own()));
      }
    }
    return lists;
  }

  /**
   * @param own whether it stands in the service itself
   */
  public record PlacedList(Place place, Node.Sequence list, boolean own) {}

  /** What it mounts, over all files; a later file takes the place of an earlier one by target. */
  public List<Mount> mounts() {
    if (mounts == null) {
      mounts = Mounts.of(this);
    }
    return mounts;
  }

  /**
   * A secret or config of this service that Docker Compose writes into the container's root, as it
   * has no file: {@code the secret token}. Null when there is none.
   */
  public @Nullable String fileless() {
    return Fileless.of(this);
  }

  /** Whether an image expects configuration of the project's own at a path. */
  public boolean isExpected(String path, ImageProfile profile) {
    return Mounts.isExpected(path, profile);
  }

  /** Whether a file or folder at this path takes the place of what an image brings. */
  public boolean replacesImage(String path, ImageProfile profile) {
    return Mounts.replaces(path, profile);
  }

  /**
   * What in the configuration that is mounted lets an image write elsewhere than usual, or cannot
   * be read: half a sentence. Null where nothing does.
   */
  public @Nullable String configuredToWrite(ImageProfile profile) {
    return Configured.writes(this, profile);
  }

  /** The same for what its Dockerfile copies into the configuration of its base image. */
  public @Nullable String configuredToWrite(ImageProfile base, Copy copy) {
    return Configured.writes(this, base, copy);
  }

  /**
   * Where a setting of this service is written: in the file that sets it, else in the one that
   * defines its image or build.
   */
  public Place at(String... path) {
    return place(writtenIn(path), path);
  }

  /**
   * Where a new item of a list is written that Compose adds up over all files: in the file that
   * defines the image or build, so that it holds without the other files too.
   */
  public Place atHome(String... path) {
    return place(home(), path);
  }

  private Place place(Definition definition, String... path) {
    var keys = new ArrayList<>(List.of("services", name));
    keys.addAll(List.of(path));
    return Place.of(definition.file.path(), keys.toArray(String[]::new));
  }

  /** The last file that sets the path, else the one that defines the image or build. */
  private Definition writtenIn(String... path) {
    for (int i = definitions.size() - 1; i >= 0; i--) {
      var hit = Merged.find(definitions.get(i).node, path);
      if (hit != null && !isNull(hit.node())) {
        return definitions.get(i);
      }
    }
    return home();
  }

  private Definition home() {
    for (Definition definition : definitions) {
      if (Merged.find(definition.node, "image") != null
          || Merged.find(definition.node, "build") != null) {
        return definition;
      }
    }
    return definitions.get(0);
  }

  /**
   * Why nothing can be written {@link #at} a path without reaching further, or null. A key set
   * beside a merge key hides all that the merge brings under it; a service that another one extends
   * hands its edits on.
   */
  public @Nullable String obstacle(String... path) {
    return obstacle(writtenIn(path), path);
  }

  /** The same for {@link #atHome}. */
  public @Nullable String obstacleAtHome(String... path) {
    return obstacle(home(), path);
  }

  /**
   * Why a setting that is taken away {@link #at} its place would not be gone, or could not be taken
   * away, or null: another file, or a merge key behind it, may set it as well.
   */
  public @Nullable String obstacleToRemoval(String... path) {
    Definition definition = writtenIn(path);
    String key = path[path.length - 1];
    if (all(path).size() > 1) {
      return "%s is set in more than one file".formatted(key);
    }
    return Merged.isHidden(definition.node, path)
        ? "a merge key brings another %s, which would count then".formatted(key)
        : obstacle(definition, path);
  }

  private @Nullable String obstacle(Definition definition, String... path) {
    if (inheritance() != null) {
      return inheritance();
    }
    String heir = project.heirOf(name);
    if (heir != null) {
      return "service %s extends this one, and would change with it".formatted(heir);
    }
    if (find("image") instanceof Answer.Absent && find("build") instanceof Answer.Absent) {
      // the file that it overrides gets the same, and some lists must not hold an item twice
      return "it has neither image nor build here: name the file that has as well, with -f";
    }
    for (int i = 1; i <= path.length; i++) {
      var hit = Merged.find(definition.node, Arrays.copyOf(path, i));
      if (hit == null) {
        return null;
      }
      if (!hit.own()) {
        return "%s comes from an anchor that other places share".formatted(path[i - 1]);
      }
    }
    return null;
  }
}
