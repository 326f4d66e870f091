package dev.tightship.analysis;

import dev.tightship.compose.Mount;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.compose.Sources.File;
import dev.tightship.compose.Sources.Listing;
import dev.tightship.compose.Sources.Source;
import dev.tightship.dockerfile.Dockerignore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a build context that may take part when the program runs. What tests, documents and
 * builds need is left out, and so are libraries, which are known by their names, and what a {@code
 * .dockerignore} keeps out of the context.
 */
public final class SourceTree {

  private static final int MOST_ENTRIES = 10_000;
  private static final int MOST_FILES = 400;
  private static final int MOST_BYTES_OF_ONE = 256 << 10;
  private static final int MOST_BYTES = 4 << 20;

  private static final Set<String> NOT_ENTERED =
      Set.of(
          "node_modules",
          "bower_components",
          "vendor",
          "dist",
          "build",
          "out",
          "target",
          "obj",
          "coverage",
          "__pycache__",
          "venv",
          "env",
          "site-packages",
          "test",
          "tests",
          "__tests__",
          "__mocks__",
          "testdata",
          "spec",
          "specs",
          "e2e",
          "cypress",
          "docs",
          "doc",
          "examples",
          "migrations",
          "alembic");

  /** Scripts for people who build or deploy. One of them is looked at when something starts it. */
  private static final Pattern TOOLS =
      Pattern.compile("(.*/)?(scripts|tools|hack|ci|deploy|k8s|helm|terraform|ansible)/.*");

  /** What a browser runs. */
  private static final Pattern IN_BROWSER =
      Pattern.compile(
          "(.*/)?(public|static|assets|wwwroot|www/js)/.*\\.(js|mjs|ts|json|xml)|.*\\.min\\.js");

  private static final Pattern TO_TEST_OR_BUILD =
      Pattern.compile(
          ".*\\.(test|spec|stories|config|conf|d)\\.[cm]?[jt]sx?|(gulpfile|gruntfile)\\..*"
              + "|test_.*\\.py|.*_test\\.(py|go)|conftest\\.py|setup\\.py"
              + "|.*tests?\\.(java|kt|scala|cs|php)|.*_spec\\.rb"
              + "|(docker-)?compose.*\\.ya?ml|pnpm-lock\\.yaml|(?!appsettings).*\\.json");

  /** Languages whose calls are not known here, and programs without their sources. */
  private static final Set<String> NOT_UNDERSTOOD =
      Set.of(
          "c", "cc", "cpp", "cxx", "ex", "exs", "erl", "clj", "cljs", "hs", "ml", "fs", "vb", "pl",
          "pm", "lua", "dart", "swift", "r", "jl", "nim", "zig", "cr", "d", "pas", "cob", "lisp",
          "rkt", "v", "jar", "war", "ear", "dll", "exe", "so", "pyc", "phar", "wasm");

  private static final Pattern SHELL_SCRIPT = Pattern.compile("#!.{0,40}\\b(ba|da|a|z)?sh\\b");
  private static final Set<String> SCRIPTS = Set.of("sh", "bash", "ash", "zsh");

  private final Project project;
  private final List<File> files;

  private SourceTree(Project project, List<File> files) {
    this.project = project;
    this.files = files;
  }

  /** Half a sentence for a tree that cannot be looked at. */
  static final class TooMuch extends Exception {
    private static final long serialVersionUID = 1L;

    TooMuch(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * A file with its text.
   *
   * @param path from the project's root
   */
  record Text(String path, String text) {

    String name() {
      return path.substring(path.lastIndexOf('/') + 1);
    }

    int line(int at) {
      return 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
    }
  }

  /**
   * @param dockerfile path from the project's root
   * @throws TooMuch if the folder can't be listed as a whole
   */
  static SourceTree of(Service service, String context, String dockerfile) throws TooMuch {
    Project project = service.project();
    Predicate<String> enter = path -> isEntered(name(path));
    Listing listing = project.filesBelow(context, enter, MOST_ENTRIES);
    if (listing instanceof Listing.Partial partial) {
      throw new TooMuch("its build context " + partial.because());
    }
    List<File> files = ((Listing.Files) listing).files();
    return new SourceTree(
        project, present(files, leftOut(files, project, context, dockerfile), service.mounts()));
  }

  /** The file beside the Dockerfile takes the place of that of the context. */
  private static Dockerignore ignored(Project project, String context, String dockerfile) {
    String inContext = context.isEmpty() ? ".dockerignore" : context + "/.dockerignore";
    for (String path : List.of(dockerfile + ".dockerignore", inContext)) {
      Source source = project.read(path);
      if (source instanceof Source.Text text) {
        return Dockerignore.read(text.text());
      }
      if (source instanceof Source.Refused) {
        return Dockerignore.NONE;
      }
    }
    return Dockerignore.NONE;
  }

  /** None when it can't be told: then it is only a longer look. */
  private static Set<String> leftOut(
      List<File> files, Project project, String context, String dockerfile) {
    String prefix = context.isEmpty() ? "" : context + "/";
    Set<String> out =
        ignored(project, context, dockerfile)
            .leftOut(files.stream().map(file -> file.path().substring(prefix.length())).toList());
    return out == null
        ? Set.of()
        : out.stream().map(path -> prefix + path).collect(Collectors.toSet());
  }

  /** What the image gets, and what is mounted from the context, which has it all. */
  private static List<File> present(List<File> files, Set<String> out, List<Mount> mounts) {
    List<String> mounted =
        mounts.stream().flatMap(mount -> Stream.ofNullable(mount.inProject())).toList();
    return files.stream()
        .filter(
            file ->
                !out.contains(file.path())
                    || mounted.stream().anyMatch(folder -> holds(folder, file.path())))
        .toList();
  }

  private static boolean holds(String folder, String path) {
    return folder.isEmpty() || path.equals(folder) || path.startsWith(folder + "/");
  }

  /**
   * The files to look at: programs, settings and lists of libraries.
   *
   * @param started words of what starts the program, which may name one that lies among tools
   * @throws TooMuch if they are too many or too large, or one of them can't be read
   */
  List<Text> texts(Set<String> started) throws TooMuch {
    var wanted = new ArrayList<File>();
    for (File file : files) {
      String name = name(file.path());
      Language language = Language.of(file.path());
      boolean program =
          language != null
              // What is so large holds data.
              && !(language == Language.SETTINGS && file.bytes() > MOST_BYTES_OF_ONE);
      boolean runs = program && (!isAside(file.path()) || started.contains(name));
      if (runs || Libraries.of(file.path()) != null) {
        wanted.add(file);
      }
    }
    return read(wanted);
  }

  /** The lock files of npm, which say what libraries bring along. */
  List<Text> locks() throws TooMuch {
    long bytes = 0;
    var locks = new ArrayList<Text>();
    for (File file : files) {
      if (name(file.path()).equals("package-lock.json")) {
        bytes += file.bytes();
        if (bytes > MOST_BYTES) {
          throw new TooMuch(file.path() + " is too large to look at");
        }
        locks.add(read(file));
      }
    }
    return locks;
  }

  /** The shell scripts that a text names, and those that they name in turn. */
  List<Text> scripts(String started) throws TooMuch {
    var byName = new HashMap<String, List<File>>();
    for (File file : files) {
      String name = name(file.path());
      if (SCRIPTS.contains(Language.extension(name)) || !name.contains(".")) {
        byName.computeIfAbsent(name, n -> new ArrayList<>()).add(file);
      }
    }
    var scripts = new ArrayList<Text>();
    Deque<String> open = new ArrayDeque<>(words(started));
    while (!open.isEmpty()) {
      List<File> named = byName.remove(open.pop());
      if (named != null) {
        for (Text script : read(named)) {
          if (isScript(script)) {
            scripts.add(script);
            open.addAll(words(script.text()));
          }
        }
        if (scripts.stream().mapToLong(script -> script.text().length()).sum() > MOST_BYTES) {
          throw new TooMuch("the scripts that it starts are too large to look at");
        }
      }
    }
    return scripts;
  }

  /** The words of a command, of a path only its last name. */
  static Set<String> words(String text) {
    return new LinkedHashSet<>(List.of(text.split("[^\\w.-]+", -1)));
  }

  private static boolean isScript(Text file) {
    String extension = Language.extension(file.path());
    return SCRIPTS.contains(extension) || SHELL_SCRIPT.matcher(file.text()).lookingAt();
  }

  /** A program that is not understood, or null. */
  @Nullable String notUnderstood() {
    for (File file : files) {
      if (NOT_UNDERSTOOD.contains(Language.extension(file.path()))
          && name(file.path()).contains(".")
          && !isAside(file.path())
          && !name(file.path()).endsWith("-wrapper.jar")) {
        return file.path();
      }
    }
    return null;
  }

  /** Whether a folder of this name is looked into. */
  public static boolean isEntered(String folder) {
    return !folder.startsWith(".") && !NOT_ENTERED.contains(folder.toLowerCase(Locale.ROOT));
  }

  /** Whether a folder of this name, wherever it lies, holds what may be a program. */
  boolean holdsProgram(String folder) {
    for (File file : files) {
      String name = name(file.path());
      String extension = Language.extension(name);
      Language language = Language.of(name);
      boolean program =
          !name.contains(".")
              || (language != null && language != Language.SETTINGS)
              || SCRIPTS.contains(extension)
              || NOT_UNDERSTOOD.contains(extension);
      if (program && ("/" + file.path()).contains("/" + folder + "/")) {
        return true;
      }
    }
    return false;
  }

  /** Whether there is a file of this name at all. */
  boolean has(String name) {
    return files.stream().anyMatch(file -> name(file.path()).equals(name));
  }

  private static boolean isAside(String path) {
    return TOOLS.matcher(path).matches()
        || IN_BROWSER.matcher(path).matches()
        || TO_TEST_OR_BUILD.matcher(name(path).toLowerCase(Locale.ROOT)).matches();
  }

  private List<Text> read(List<File> wanted) throws TooMuch {
    if (wanted.size() > MOST_FILES) {
      throw new TooMuch("it has more than " + MOST_FILES + " source files, too many to look at");
    }
    long bytes = 0;
    for (File file : wanted) {
      if (file.bytes() > MOST_BYTES_OF_ONE) {
        throw new TooMuch(file.path() + " is too large to look at");
      }
      bytes += file.bytes();
    }
    if (bytes > MOST_BYTES) {
      throw new TooMuch("its source files are too large to look at");
    }
    var texts = new ArrayList<Text>();
    for (File file : wanted) {
      texts.add(read(file));
    }
    return texts;
  }

  private Text read(File file) throws TooMuch {
    Source source = project.read(file.path());
    if (source instanceof Source.Text text) {
      return new Text(file.path(), text.text());
    }
    throw new TooMuch(
        file.path()
            + " "
            + (source instanceof Source.Refused refused ? refused.reason() : "is gone meanwhile"));
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
