package dev.tightship.compose;

import dev.tightship.dockerfile.Copy;
import dev.tightship.edit.Place;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One service, as all files of the project together define it: those that are merged, those that
 * are included, and the bases that it extends.
 */
public final class Service {

  private final Project project;
  private final String name;
  private final Layers layers;
  private final @Nullable Build build;
  private @Nullable Origin origin;
  private @Nullable Environment environment;
  private @Nullable List<Mount> mounts;
  private @Nullable List<Reference> references;

  Service(Project project, String name, Layers layers) {
    this.project = project;
    this.name = name;
    this.layers = layers;
    this.build = Build.of(this);
  }

  public String name() {
    return name;
  }

  public Project project() {
    return project;
  }

  /** The profiles that it is in, over all files; a variable without a value stays as written. */
  public List<String> profiles() {
    return items("profiles").stream()
        .filter(Node.Scalar.class::isInstance)
        .map(Node.Scalar.class::cast)
        .map(name -> interpolated(name).orElse(name.text()))
        .distinct()
        .toList();
  }

  /**
   * Whether it starts with the project: it is in no profile, or one of its profiles is enabled. Who
   * depends on it enables nothing (measured, Compose 5.6.0). It is hardened in either case.
   */
  public boolean isEnabled() {
    List<String> own = profiles();
    return own.isEmpty()
        || project.profiles().contains("*")
        || own.stream().anyMatch(project.profiles()::contains);
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
    return layers.find(path);
  }

  /** What the documents say of it, from the lowest to the highest. */
  Layers layers() {
    return layers;
  }

  /** Whether a mapping, or a list of {@code KEY=value}, names a key, whatever its value. */
  public boolean mentions(String key, String... path) {
    if (find(path) instanceof Answer.Unknown) {
      return true;
    }
    return layers.at(path).stream().anyMatch(found -> names(found.node(), key));
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

  /** Why not all that the project says of this service is known, or null. */
  public @Nullable String inheritance() {
    return layers.unread();
  }

  /** Whether it says only how it differs from what another file says of it. */
  boolean isOverride() {
    return find("image") instanceof Answer.Absent
        && find("build") instanceof Answer.Absent
        && find("provider") instanceof Answer.Absent;
  }

  /** The text at a path with its variables filled in; empty where it is absent or not known. */
  public Optional<String> text(String... path) {
    return find(path) instanceof Answer.Known known && known.node() instanceof Node.Scalar scalar
        ? known.frame().interpolated(scalar)
        : Optional.empty();
  }

  /**
   * The text of a scalar of this service with its variables filled in; empty where one has no
   * value, or where it depends on the file in which it stands.
   */
  public Optional<String> interpolated(Node.Scalar scalar) {
    Optional<String> text = Optional.empty();
    Variables before = null;
    for (Layer layer : layers.all()) {
      Variables variables = layer.frame().variables();
      if (variables != before) {
        Optional<String> here = layer.frame().interpolated(scalar);
        if (before != null && !here.equals(text)) {
          return Optional.empty();
        }
        text = here;
        before = variables;
      }
    }
    return text;
  }

  /**
   * The words of a command: of {@code command}, {@code entrypoint} or the test of a health check;
   * null where it is not set, or cannot be told without the value of a variable.
   */
  public @Nullable List<String> words(String... path) {
    return find(path) instanceof Answer.Known known
        ? CommandWords.of(known.frame(), known.node())
        : null;
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
            .map(word -> known.frame().interpolated(word).orElse(word.text()))
            .collect(Collectors.joining(" ")));
  }

  /** The variables that its containers get, those of the image left out. */
  public Environment environment() {
    if (environment == null) {
      environment = Environment.of(this);
    }
    return environment;
  }

  /**
   * The texts at a path, over all files from the lowest to the highest, each where it is written.
   * {@link Texts#ITEMS} in the path stands for the items of a list.
   */
  public List<Texts> texts(String... path) {
    return Texts.of(layers, path);
  }

  /** The files that its variables come from, in the order in which Compose reads them. */
  public List<EnvironmentFile> environmentFiles() {
    return ServiceEnvFiles.named(this);
  }

  /** Whether files that are included or extended from name some of them. */
  public boolean takesEnvironmentFilesFromElsewhere() {
    return all("env_file").stream()
        .anyMatch(found -> !project.files().contains(found.layer().file()));
  }

  /**
   * A file of {@code env_file}.
   *
   * @param path from the root
   * @param raw whether its values stand as they are, without quotes, variables and escapes
   */
  public record EnvironmentFile(String path, boolean raw) {}

  /** All items of a list, over all files. A text that stands for a list counts as its item. */
  public List<Node> items(String key) {
    var items = new ArrayList<Node>();
    for (Layers.Found found : layers.at(key)) {
      if (found.node() instanceof Node.Sequence list) {
        list.items().forEach(i -> items.add(Merged.resolve(i)));
      } else {
        items.add(found.node());
      }
    }
    return items;
  }

  /** What each document says at a path, from the lowest to the highest that counts. */
  List<Layers.Found> all(String... path) {
    return layers.at(path);
  }

  /** The lists under a key, each with the place where it stands in its own file. */
  public List<PlacedList> lists(String key) {
    var lists = new ArrayList<PlacedList>();
    for (Layers.Found found : layers.at(key)) {
      if (found.node() instanceof Node.Sequence list) {
        Place place = Place.of(found.layer().file().path(), "services", name, key);
        lists.add(
            new PlacedList(
                place, list, found.layer().frame(), found.own(), found.layer().inherited()));
      }
    }
    return lists;
  }

  /**
   * @param frame from where its paths and variables are seen
   * @param own whether it stands in the service itself, not where an alias or a merge key leads
   * @param inherited whether it is said of a service that this one extends; the place is none then
   */
  public record PlacedList(
      Place place, Node.Sequence list, Frame frame, boolean own, boolean inherited) {}

  /** What it uses that the project has to define elsewhere, over all files. */
  public List<Reference> references() {
    if (references == null) {
      references = References.of(this);
    }
    return references;
  }

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

  Place place(Layer layer, String... path) {
    var keys = new String[path.length + 2];
    keys[0] = "services";
    keys[1] = name;
    System.arraycopy(path, 0, keys, 2, path.length);
    return Place.of(layer.file().path(), keys);
  }

  /** The last document that sets the path itself, else the one that defines the image or build. */
  private Layer writtenIn(String... path) {
    Layers.Found found = layers.last(path);
    return found != null && !found.layer().inherited() ? found.layer() : home();
  }

  /** From where the document is seen that defines its image or build. */
  Frame frame() {
    return home().frame();
  }

  private Layer home() {
    Layer first = null;
    for (Layer layer : layers.all()) {
      if (layer.inherited()) {
        continue;
      }
      if (Merged.find(layer.node(), "image") != null
          || Merged.find(layer.node(), "build") != null) {
        return layer;
      }
      first = first == null ? layer : first;
    }
    return Objects.requireNonNull(first, "a service has a document that names it");
  }

  /**
   * Why nothing that is written {@link #at} a path would count, or null. What is written in a
   * mapping that others share reaches them too, which is not looked at here.
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
    Layer layer = writtenIn(path);
    String key = path[path.length - 1];
    Layers.Found found = layers.last(path);
    if (found != null && found.layer().inherited()) {
      return "%s comes from the service that this one extends".formatted(key);
    }
    if (all(path).size() > 1) {
      return "%s is set in more than one file".formatted(key);
    }
    return Merged.isHidden(layer.node(), path)
        ? "a merge key brings another %s, which would count then".formatted(key)
        : obstacle(layer, path);
  }

  private @Nullable String obstacle(Layer layer, String... path) {
    if (inheritance() != null) {
      return inheritance();
    }
    if (find("image") instanceof Answer.Absent && find("build") instanceof Answer.Absent) {
      // the file that it overrides gets the same, and some lists must not hold an item twice
      return "it has neither image nor build here: name the file that has as well, with -f";
    }
    return layers.cutOff(layer, path);
  }
}
