package dev.tightship.passes;

import dev.tightship.compose.Build;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.compose.Sources.File;
import dev.tightship.compose.Sources.Listing;
import dev.tightship.compose.Sources.Source;
import dev.tightship.dockerfile.Base;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.DockerfileException;
import dev.tightship.dockerfile.Flag;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.Stage;
import dev.tightship.dockerfile.Word;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A folder that is sent to the builder, and what the Dockerfiles that are built in it take from it.
 *
 * @param folder from the project's root; empty for the root itself
 * @param services that are built in it, and obey a {@code .dockerignore} at its top
 * @param files all Dockerfiles that may be built in it, those that no service names included
 * @param folders those that are copied with all that lies in them, as seen from the context; the
 *     empty one is the context itself
 * @param named files, folders and patterns that are copied, as seen from the context
 * @param mounted what some RUN sees, in the same way
 * @param content the files in it but those that others made; null where they cannot be told
 */
record BuildContext(
    Project project,
    String folder,
    List<Service> services,
    List<Dockerfile> files,
    Set<String> folders,
    Set<String> named,
    Set<String> mounted,
    @Nullable List<File> content) {

  private static final int MOST_ENTRIES = 10_000;

  /** With more names than that in its Dockerfiles, all of it counts as needed. */
  private static final int MOST_NAMES = 1_000;

  /** With more stages than that, it is not told what a file does. */
  private static final int MOST_STAGES = 200;

  /** Folders that hold what others made, and no Dockerfile of the project. */
  private static final Set<String> NOT_ENTERED =
      Set.of(
          ".git", "node_modules", "vendor", "bower_components", ".venv", "venv", "site-packages");

  /** The contexts of a project, in the order of its services. */
  static List<BuildContext> of(Project project) {
    Map<String, List<Service>> services = new LinkedHashMap<>();
    for (Service service : project.services()) {
      Build build = service.build().orElse(null);
      String file = build == null ? null : build.dockerfile();
      // builders take a file of this name in the place of the other
      if (build != null
          && build.context() != null
          && file != null
          && !project.exists(file + ".dockerignore")) {
        services.computeIfAbsent(build.context(), f -> new ArrayList<>()).add(service);
      }
    }
    return services.entrySet().stream().map(e -> of(project, e.getKey(), e.getValue())).toList();
  }

  private static BuildContext of(Project project, String folder, List<Service> services) {
    Map<String, Dockerfile> files = new LinkedHashMap<>();
    for (Service service : services) {
      String path = service.build().map(Build::dockerfile).orElse("");
      Dockerfile file = project.dockerfile(path);
      if (file != null) {
        files.put(path, file);
      }
    }
    var taken = new Taken();
    files.values().forEach(file -> built(project, file).forEach(taken::add));
    var folders = Set.copyOf(taken.folders);
    var all = new LinkedHashMap<>(files);
    List<File> content = list(project, folder);
    addOthers(project, content, all);
    all.values().forEach(file -> file.stages().forEach(taken::add));
    return new BuildContext(
        project,
        folder,
        services,
        List.copyOf(all.values()),
        folders,
        Set.copyOf(taken.named),
        Set.copyOf(taken.mounted),
        content);
  }

  private static List<Stage> built(Project project, Dockerfile file) {
    BuiltStages built = BuiltStages.of(project, file);
    return file.stages().stream().filter(built::contains).toList();
  }

  /** Adds the Dockerfiles that no service names, but that somebody may build in the folder. */
  private static void addOthers(
      Project project, @Nullable List<File> content, Map<String, Dockerfile> files) {
    for (File other : content == null ? List.<File>of() : content) {
      String name = other.path().substring(other.path().lastIndexOf('/') + 1);
      boolean is =
          name.startsWith("Dockerfile") || name.toLowerCase(Locale.ROOT).endsWith(".dockerfile");
      if (is
          && !name.endsWith(".dockerignore")
          && !files.containsKey(other.path())
          && project.read(other.path()) instanceof Source.Text text) {
        try {
          files.put(other.path(), Dockerfile.read(other.path(), text.text()));
        } catch (DockerfileException e) {
          // nobody can build it, so that it is none
        }
      }
    }
  }

  private static @Nullable List<File> list(Project project, String folder) {
    return project.filesBelow(folder, BuildContext::isEntered, MOST_ENTRIES)
            instanceof Listing.Files listing
        ? listing.files()
        : null;
  }

  private static boolean isEntered(String path) {
    return !NOT_ENTERED.contains(path.substring(path.lastIndexOf('/') + 1));
  }

  /** A path from the root as seen from the context. */
  String inside(String path) {
    return folder.isEmpty() ? path : path.substring(folder.length() + 1);
  }

  /** A path of the context as seen from the root. */
  String outside(String path) {
    return folder.isEmpty() ? path : folder + "/" + path;
  }

  /** Whether some image gets all that lies in the folder in which a path lies. */
  boolean isCopied(String path) {
    return lies(path, folders);
  }

  private static boolean lies(String path, Set<String> folders) {
    for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      if (folders.contains(path.substring(0, slash))) {
        return true;
      }
    }
    return folders.contains("");
  }

  /** Whether some instruction may need a path: it copies it by its name, or sees it in a mount. */
  boolean isNeeded(String path) {
    return named.size() + mounted.size() > MOST_NAMES
        || named.stream().anyMatch(name -> meets(name, path))
        || mounted.stream()
            .anyMatch(m -> m.isEmpty() || meets(m, path) || path.startsWith(m + "/"));
  }

  /** Whether a path is what is named, or holds it. */
  static boolean meets(String name, String path) {
    String[] names = name.split("/", -1);
    String[] parts = path.split("/", -1);
    for (int i = 0; i < parts.length; i++) {
      if (i == names.length) {
        return false; // it lies in what is named
      }
      if (names[i].equals("**") || names[i].indexOf('$') >= 0) {
        return true;
      }
      if (!matches(names[i], parts[i])) {
        return false;
      }
    }
    return true;
  }

  /** Whether a pattern may mean a name; one with more than stars and question marks always may. */
  static boolean matches(String pattern, String name) {
    if (pattern.chars().anyMatch(c -> c == '[' || c == '\\')) {
      return true;
    }
    int p = 0;
    int n = 0;
    int star = -1;
    int from = 0;
    while (n < name.length()) {
      char c = p < pattern.length() ? pattern.charAt(p) : 0;
      if (c == '*') {
        star = p++;
        from = n;
      } else if (p < pattern.length() && (c == '?' || c == name.charAt(n))) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++from;
      } else {
        return false;
      }
    }
    return pattern.substring(p).chars().allMatch(c -> c == '*');
  }

  /** Whether no file has so many stages that it is not told what it does. */
  boolean isSmall() {
    return files.stream().allMatch(file -> file.stages().size() <= MOST_STAGES);
  }

  /** The stages of a file that some service builds. */
  List<Stage> built(Dockerfile file) {
    return built(project, file);
  }

  /** Whether an instruction copies the folder in which a path lies. */
  static boolean copies(Instruction instruction, String path) {
    var taken = new Taken();
    taken.add(instruction);
    return lies(path, taken.folders);
  }

  /** A stage and those of the file that it is built on. */
  static List<Stage> chain(Dockerfile file, Stage stage) {
    var chain = new ArrayList<Stage>();
    var build = file.build(Map.of());
    Stage at = stage;
    chain.add(at);
    while (build.base(at) instanceof Base.EarlierStage earlier) {
      at = file.stages().get(earlier.index());
      chain.add(at);
    }
    return chain;
  }

  /** Without slashes around it, and without {@code ./}. */
  static String plain(String path) {
    int start = 0;
    int end = path.length();
    while (path.startsWith("/", start) || path.startsWith("./", start)) {
      start += path.charAt(start) == '/' ? 1 : 2;
    }
    while (end > start && (path.charAt(end - 1) == '/' || path.startsWith("/.", end - 2))) {
      end -= path.charAt(end - 1) == '/' ? 1 : 2;
    }
    String plain = path.substring(Math.min(start, end), Math.max(start, end));
    return start >= end || plain.equals(".") ? "" : plain;
  }

  /** What instructions take from the context. */
  private static final class Taken {
    private final Set<String> folders = new LinkedHashSet<>();
    private final Set<String> named = new LinkedHashSet<>();
    private final Set<String> mounted = new LinkedHashSet<>();

    void add(Stage stage) {
      stage.instructions().forEach(this::add);
    }

    void add(Instruction instruction) {
      if (instruction.is("RUN")) {
        instruction.flags().forEach(this::mount);
      } else if ((instruction.is("COPY") || instruction.is("ADD"))
          && instruction.flag("from") == null) {
        sources(instruction).forEach(this::source);
      }
    }

    private static List<String> sources(Instruction instruction) {
      List<String> json = instruction.json();
      List<String> words =
          json != null ? json : instruction.words().stream().map(Word::text).toList();
      return words.isEmpty() ? words : words.subList(0, words.size() - 1);
    }

    private void source(String written) {
      String path = plain(written);
      int last = path.lastIndexOf('/');
      if (path.isEmpty() || path.equals("*")) {
        folders.add("");
      } else if (path.endsWith("/*") && !isPattern(path.substring(0, last))) {
        folders.add(path.substring(0, last));
      } else {
        named.add(path);
        if (!isPattern(path)) {
          folders.add(path); // nothing lies in it where it is a file
        }
      }
    }

    private static boolean isPattern(String path) {
      return path.chars().anyMatch(c -> "*?[\\$".indexOf(c) >= 0);
    }

    /** A bind mount shows what it names, and without a name the whole context. */
    private void mount(Flag flag) {
      String value = flag.value();
      if (!flag.name().equals("mount") || value == null) {
        return;
      }
      String source = "";
      boolean bind = true;
      for (String part : value.split(",", -1)) {
        String after = part.substring(part.indexOf('=') + 1);
        bind &= !part.startsWith("from=") && (!part.startsWith("type=") || after.equals("bind"));
        source = part.startsWith("source=") || part.startsWith("src=") ? after : source;
      }
      if (bind) {
        mounted.add(plain(source));
      }
    }
  }
}
