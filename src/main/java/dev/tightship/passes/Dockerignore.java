package dev.tightship.passes;

import dev.tightship.compose.Build;
import dev.tightship.compose.Paths;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.compose.Sources.File;
import dev.tightship.compose.Sources.Source;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.Stage;
import dev.tightship.edit.Edit;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Risk;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import dev.tightship.yaml.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps out of images what lies in the folder that they are built in and does not belong into them:
 * the history of the repository, modules that the build installs itself, files that the services
 * get in another way. What an instruction names, and what a program may read, is left in.
 */
final class Dockerignore implements Pass {

  private static final String NAME = ".dockerignore";
  private static final String MODULES = "node_modules";

  /** Bytes of a file that is looked at, and of all of them together. */
  private static final int MOST_OF_ONE = 64 << 10;

  private static final int MOST_OF_ALL = 2 << 20;

  /** Folders with modules of their own. */
  private static final int MOST_MODULES = 100;

  /** What installs the modules of a project, not one for the whole machine. */
  private static final Pattern INSTALLS =
      Pattern.compile(
          "\\b(?:npm (?:ci|i|install|clean-install)|yarn install|(?:pnpm|bun) (?:i|install))\\b"
              + "(?![^&;\\n]{0,200} (?:-g|--global)\\b)"
              + "|(?:^RUN|&&|;)\\s{1,40}yarn\\s{0,40}(?:--|&&|;|$)",
          Pattern.MULTILINE | Pattern.CASE_INSENSITIVE);

  /** What reads the repository while something is built. */
  private static final Pattern READS_HISTORY =
      Pattern.compile(
          "\\bgit (?:-|describe|rev-|log|ls-|show|tag|status|submodule|archive|config|diff|branch|name-rev|lfs"
              + "|fetch|checkout|pull|worktree|shortlog|blame)|(?<![\\w-])\\.git\\b|setuptools.scm|hatch.vcs"
              + "|versioneer|versioningit|dynamic.versioning|\\bpbr\\b|git.commit.id|git.properties|gitversion"
              + "|\\bminver\\b|nerdbank|vergen|git.?rev|git.?describe|git.?info|jgit|axion|buildvcs|buildnumber|git2"
              + "|simple.git|isomorphic.git|gitpython|pre-commit|propose-version|showlastupdate|last.modified",
          Pattern.CASE_INSENSITIVE);

  /** Files that say how something is built. */
  private static final Pattern RECIPE =
      Pattern.compile(
          "(?:.*/)?(?:[^/]*\\.(?:sh|bash|mk|toml|cfg|gradle|kts|gemspec|csproj|fsproj|props|targets|cmake|sbt|rake"
              + "|nimble|cabal)|[^/]*\\.config\\.[cm]?[jt]s|package\\.json|pom\\.xml|composer\\.json|makefile"
              + "|gnumakefile|justfile|rakefile|taskfile\\.ya?ml|setup\\.py|build\\.rs|build\\.zig|mix\\.exs"
              + "|cmakelists\\.txt|meson\\.build|gulpfile\\.js|gruntfile\\.js|magefile\\.go|version\\.py|conf\\.py"
              + "|requirements[^/]*\\.txt|(?:hugo|config|_config|mkdocs)\\.ya?ml)");

  /** Names of variables that bundlers write into what they build. */
  private static final Pattern BUNDLED =
      Pattern.compile(
          "(?m)^\\s*(?:export\\s+)?(?:VITE|NEXT|REACT_APP|VUE_APP|NUXT|PUBLIC|EXPO|GATSBY|SNOWPACK|PARCEL|STORYBOOK|MIX)_");

  /** Folders with examples, keys for tests among them. */
  private static final Pattern FOR_TESTS =
      Pattern.compile(
          "(?:.*/)?(?:tests?|__tests__|specs?|fixtures|testdata|examples?|samples?|docs?)/.*");

  private static final Pattern PLAIN = Pattern.compile("[\\w.@+/-]+(?: [\\w.@+/-]+)*");

  @Override
  public String id() {
    return "dockerignore";
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public Stream<Remark> inspect(Project project) {
    Set<String> secrets = secrets(project);
    String hindrance = hindrance(project);
    return BuildContext.of(project).stream()
        .flatMap(context -> remarks(context, secrets, hindrance).stream());
  }

  /**
   * What is to stay out.
   *
   * @param lines of a {@code .dockerignore}
   * @param paths the same, one that each line keeps out
   * @param open files with secrets that some program may read
   */
  private record Out(List<String> lines, List<String> paths, List<String> open) {
    void add(String line, String path) {
      lines.add(line);
      paths.add(path);
    }
  }

  private static List<Remark> remarks(
      BuildContext context, Set<String> secrets, @Nullable String hindrance) {
    Subject subject = Subject.of(context.services().get(0), "build");
    List<File> files = context.content();
    if (files == null) {
      return List.of(Remark.fine(subject, "not all that lies in its build context can be told"));
    }
    Out out = out(context, files, secrets);
    String path = context.outside(NAME);
    Source present = context.project().read(path);
    if (!(present instanceof Source.Missing)) {
      return present(subject, present, out);
    }
    var remarks = new ArrayList<Remark>();
    if (!out.lines.isEmpty()) {
      remarks.add(absent(context, subject, path, out, hindrance));
    }
    if (!out.open.isEmpty()) {
      remarks.add(open(subject, out.open));
    }
    return remarks.isEmpty()
        ? List.of(Remark.fine(subject, "nothing that should stay out of the image was found"))
        : remarks;
  }

  private static Remark absent(
      BuildContext context, Subject subject, String path, Out out, @Nullable String hindrance) {
    String names = String.join(", ", out.lines);
    String message =
        "the image gets all that lies in the folder, and nothing keeps %s out".formatted(names);
    Severity severity =
        out.lines.stream().allMatch(line -> line.endsWith(MODULES))
            ? Severity.LOW
            : Severity.MEDIUM;
    String why = hindrance;
    for (Service service : context.services()) {
      Build build = service.build().orElse(null);
      String file = build == null ? null : build.dockerfile();
      if (file == null || context.project().dockerfile(file) == null) {
        why = "the Dockerfile of service %s could not be read".formatted(service.name());
      }
    }
    if (why != null) {
      return Remark.advice(
          subject, severity, message, "write them into %s: %s".formatted(path, why));
    }
    String text =
        "# Nothing of this is needed to build, and no image should hold it.\n"
            + String.join("\n", out.lines)
            + "\n";
    return Remark.finding(
        subject,
        severity,
        message,
        Fix.of(
            "write a .dockerignore",
            Risk.INFERRED,
            "no instruction names what it keeps out, and no build was seen to read it",
            new Edit.Create(path, text)));
  }

  private static List<Remark> present(Subject subject, Source present, Out out) {
    if (!(present instanceof Source.Text text)) {
      return List.of(Remark.fine(subject, "its .dockerignore cannot be read"));
    }
    var ignored = new IgnoreFile(text.text());
    var missing = new ArrayList<String>();
    for (int i = 0; i < out.lines.size(); i++) {
      if (!ignored.mayKeepOut(out.paths.get(i))) {
        missing.add(out.lines.get(i));
      }
    }
    var remarks = new ArrayList<Remark>();
    if (!missing.isEmpty()) {
      remarks.add(
          Remark.advice(
              subject,
              Severity.LOW,
              "its .dockerignore does not keep %s out of the image"
                  .formatted(String.join(", ", missing)),
              "add a line for each"));
    }
    List<String> open = out.open.stream().filter(file -> !ignored.mayKeepOut(file)).toList();
    if (!open.isEmpty()) {
      remarks.add(open(subject, open));
    }
    return remarks.isEmpty()
        ? List.of(Remark.fine(subject, "its .dockerignore keeps out what should stay out"))
        : remarks;
  }

  private static Remark open(Subject subject, List<String> files) {
    return Remark.advice(
        subject,
        Severity.MEDIUM,
        "the image gets %s, and the secrets in there".formatted(String.join(", ", files)),
        "bring them when the service starts, and name them in its .dockerignore");
  }

  // What is to stay out

  private static Out out(BuildContext context, List<File> files, Set<String> secrets) {
    var out = new Out(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    if (isRepository(context) && isFree(context, ".git") && !readsHistory(context, files)) {
      out.add(".git", ".git");
    }
    List<String> modules =
        files.stream()
            .map(file -> context.inside(file.path()))
            .filter(path -> path.equals("package.json") || path.endsWith("/package.json"))
            .map(path -> path.substring(0, path.length() - "package.json".length()) + MODULES)
            .filter(context::isCopied)
            .toList();
    boolean few = !modules.isEmpty() && modules.size() <= MOST_MODULES && context.isSmall();
    if (few && modules.stream().allMatch(path -> isInstalled(context, path))) {
      out.add(modules.size() == 1 ? modules.get(0) : "**/" + MODULES, modules.get(0));
    }
    for (File file : files) {
      String path = context.inside(file.path());
      boolean delivered = secrets.contains(file.path());
      if ((delivered || isSecret(context.project(), path, file)) && isFree(context, path)) {
        boolean plain = PLAIN.matcher(path).matches();
        if (plain && (delivered || isEnvironment(context, path, file.path()))) {
          out.add(path, path);
        } else {
          out.open.add(path);
        }
      }
    }
    return out;
  }

  private static boolean isFree(BuildContext context, String path) {
    return context.isCopied(path) && !context.isNeeded(path);
  }

  /** Its top is that of a repository, or of a work tree or submodule, which has a file there. */
  private static boolean isRepository(BuildContext context) {
    return context.project().exists(context.outside(".git/HEAD"))
        || context.project().read(context.outside(".git")) instanceof Source.Text;
  }

  private static boolean readsHistory(BuildContext context, List<File> files) {
    for (Dockerfile file : context.files()) {
      if (READS_HISTORY.matcher(file.text()).find()) {
        return true;
      }
    }
    long left = MOST_OF_ALL;
    for (File file : files) {
      if (RECIPE.matcher(file.path().toLowerCase(Locale.ROOT)).matches()) {
        left -= file.bytes();
        if (left < 0 || file.bytes() > MOST_OF_ONE) {
          return true; // not known
        }
        if (!(context.project().read(file.path()) instanceof Source.Text text)
            || READS_HISTORY.matcher(text.text().replace(".gitignore", "")).find()) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether each stage that copies the folder of the modules installs some itself. */
  private static boolean isInstalled(BuildContext context, String modules) {
    boolean copied = false;
    for (Dockerfile file : context.files()) {
      for (Stage stage : context.built(file)) {
        if (stage.instructions().stream().anyMatch(i -> BuildContext.copies(i, modules))) {
          copied = true;
          boolean installs =
              BuildContext.chain(file, stage).stream()
                  .flatMap(s -> s.instructions().stream())
                  .filter(i -> i.is("RUN"))
                  .anyMatch(run -> INSTALLS.matcher(run.span().of(file.text())).find());
          if (!installs) {
            return false;
          }
        }
      }
    }
    return copied && !context.isNeeded(modules);
  }

  private static boolean isSecret(Project project, String path, File file) {
    if (FOR_TESTS.matcher(path).matches() || file.bytes() > MOST_OF_ONE) {
      return false;
    }
    SecretFiles.Kind kind = SecretFiles.kind(path);
    boolean maybe = SecretFiles.maybeKey(path);
    if (kind == null && !maybe) {
      return false;
    }
    Source source = project.read(file.path());
    return kind == null ? SecretFiles.isKey(path, source) : !SecretFiles.isHarmless(source);
  }

  /** Whether a file is that of variables which all services get anyway, and no build step reads. */
  private static boolean isEnvironment(BuildContext context, String path, String fromRoot) {
    return SecretFiles.isEnvironment(path)
        && context.services().stream().allMatch(service -> takes(service, fromRoot))
        && context.project().read(fromRoot) instanceof Source.Text text
        && !BUNDLED.matcher(text.text()).find()
        && context.isSmall()
        && context.files().stream().allMatch(file -> isLast(context, file, path));
  }

  /** Whether no RUN of a built stage comes after an instruction that copies a path. */
  private static boolean isLast(BuildContext context, Dockerfile file, String path) {
    for (Stage stage : context.built(file)) {
      List<Stage> chain = BuildContext.chain(file, stage);
      boolean copied = false;
      for (int i = chain.size() - 1; i >= 0; i--) {
        for (Instruction instruction : chain.get(i).instructions()) {
          if (copied && instruction.is("RUN")) {
            return false;
          }
          copied |= BuildContext.copies(instruction, path);
        }
      }
    }
    return true;
  }

  private static boolean takes(Service service, String path) {
    String directory = service.project().directory();
    for (Node item : service.items("env_file")) {
      Node named = item instanceof Node.Mapping mapping ? mapping.get("path") : item;
      String written =
          named instanceof Node.Scalar scalar ? service.interpolated(scalar).orElse(null) : null;
      if (written != null && path.equals(Paths.resolve(directory, written))) {
        return true;
      }
    }
    return false;
  }

  /** The files that Compose hands to services as secrets. */
  private static Set<String> secrets(Project project) {
    var files = new HashSet<String>();
    project.secretFiles().values().forEach(path -> path.ifPresent(files::add));
    return files;
  }

  /** Why nobody can tell what all builds need, or null. */
  private static @Nullable String hindrance(Project project) {
    for (Service service : project.services()) {
      Build build = service.build().orElse(null);
      if (build != null && build.dockerfile() == null) {
        return "service %s is built from what could not be read, maybe from this folder"
            .formatted(service.name());
      }
      if (service.has("build", "additional_contexts")) {
        return "service %s takes more folders, which may be this one".formatted(service.name());
      }
    }
    return null;
  }
}
