package dev.tightship.passes;

import dev.tightship.analysis.WorkingFolder;
import dev.tightship.compose.Build;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Base;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.ShellBlock.Join;
import dev.tightship.dockerfile.ShellBlock.Kind;
import dev.tightship.dockerfile.ShellCommand;
import dev.tightship.dockerfile.ShellRedirection;
import dev.tightship.dockerfile.ShellScript;
import dev.tightship.dockerfile.ShellWord;
import dev.tightship.dockerfile.Stage;
import dev.tightship.knowledge.ImageReference;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Risk;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A RUN that may install packages, with what the image has run before it. */
record LockedStep(
    Project project, Dockerfile file, Stage stage, Instruction run, List<Instruction> before) {

  private static final String MESSAGE = "each build may install other versions of its packages";

  private static final String WHY =
      "the lock file fits package.json, so that the same versions are installed as now";

  /** npm takes the first one that is there. */
  private static final List<String> NPM_LOCKS = List.of("npm-shrinkwrap.json", "package-lock.json");

  /** Names of releases of Node.js that came with an npm that reads no lock file of today. */
  private static final Pattern OLD_NODE =
      Pattern.compile("(?:argon|boron|carbon|dubnium|erbium|fermium)\\b.*");

  private static final Pattern MAJOR = Pattern.compile("(\\d{1,3})(?:[.-].*)?");

  private static final Pattern OTHER_NPM = Pattern.compile("\\bnpm@(?!latest)");

  private static final Set<String> CHANGING =
      Set.of("cd", "pushd", "git", "npx", "bun", "tar", "unzip");

  /** Words of files and folders that an install reads or writes. */
  private static final Pattern OWN =
      Pattern.compile(
          "package(?:-lock)?[.*]|package-lock|shrinkwrap|[.]lock\\b|node_modules|^(?:[.]/)?[*]");

  /** Calls that install nothing for the project. */
  private static final Set<String> ASIDE =
      Set.of("-g", "--global", "global", "config", "cache", "enable", "-v", "--version");

  private static final Pattern CI = Pattern.compile("\\bCI[= ](?:true|1)\\b");

  private static final Pattern FROZEN =
      Pattern.compile("frozen|deployment", Pattern.CASE_INSENSITIVE);

  private static final Pattern GLOBAL =
      Pattern.compile(
          "\\b(?:npm\\s+(?:-g|--global)?\\s*(?:install|i|add)\\s+(?:-g|--global)|yarn\\s+global"
              + "|npm\\s+(?:config|set|cache)|(?:npm|yarn)\\s+(?:-v|--version))[^&;|]*");

  private static final Pattern INSTALLS =
      Pattern.compile("(?<![\\w./@-])(?:npm|npx|yarn|pnpm|bun)\\s");

  List<Remark> remarks(ShellScript.Known script) {
    Subject subject = StagePass.subject(file, stage, run);
    var words = new Rewording(file, stage, run);
    var titles = new LinkedHashSet<String>();
    var obstacles = new LinkedHashSet<String>();
    var names = new LinkedHashSet<String>();
    var instead = new LinkedHashSet<String>();
    boolean first = true;
    for (ShellCommand command : script.commands()) {
      ShellCommand.Program program = command.program();
      if (program == null) {
        first = false;
        continue;
      }
      Unpinned unpinned = Unpinned.of(program);
      if (unpinned != null) {
        names.addAll(unpinned.names());
        instead.add(unpinned.instead());
      }
      LockedInstall install = LockedInstall.of(program);
      boolean always =
          command.join() != Join.OR
              && (command.block() == null || command.block().kind() == Kind.GROUP);
      if (install == null || !always) {
        String follow = always && first ? toFollow(program) : null;
        if (follow != null) {
          obstacles.add(follow);
        }
        first &= !changes(command, program);
        continue;
      }
      String obstacle = obstacle(install, program, first);
      if (obstacle == null) {
        titles.add(install.title());
        if (!install.locks(words)) {
          obstacles.add(install.title());
        }
      } else if (!obstacle.isEmpty()) {
        obstacles.add(obstacle);
      }
      first = false;
    }
    var remarks = new ArrayList<Remark>();
    if (!obstacles.isEmpty()) {
      remarks.add(Remark.advice(subject, Severity.LOW, MESSAGE, obstacles.iterator().next()));
    } else if (!words.isEmpty()) {
      remarks.add(
          Remark.finding(
              subject,
              Severity.LOW,
              MESSAGE,
              Fix.of(String.join(", ", titles), Risk.INFERRED, WHY, words.edit())));
    }
    if (!names.isEmpty()) {
      remarks.add(
          Remark.advice(
              subject,
              Severity.LOW,
              "each build may install another version of " + some(names),
              "name the version that was tested: " + String.join(", ", instead)));
    }
    return remarks;
  }

  /** Whether what follows in the same script may be in another folder, or find other files. */
  private static boolean changes(ShellCommand command, ShellCommand.Program program) {
    String name = program.name();
    Stream<ShellWord> words =
        Stream.concat(
            program.arguments().stream(),
            command.redirections().stream().map(ShellRedirection::target));
    if (words.anyMatch(w -> OWN.matcher(Runs.written(w)).find())) {
      return true;
    }
    boolean aside =
        program.arguments().stream()
            .anyMatch(w -> w.literal() != null && ASIDE.contains(w.literal()));
    return CHANGING.contains(name)
        || (Set.of("npm", "yarn", "pnpm", "corepack").contains(name) && !aside);
  }

  /** What to do where a lock file is there and may be passed by, for programs that stay. */
  private @Nullable String toFollow(ShellCommand.Program program) {
    List<String> words = program.arguments().stream().map(Runs::written).toList();
    boolean decided =
        words.stream().anyMatch(w -> w.matches("--(?:no-)?(?:frozen.*|lockfile.*|offline|lock)"));
    String first = words.isEmpty() ? "" : words.get(0);
    return switch (program.name()) {
      case "pnpm" ->
          !decided && first.matches("i|install") && !CI.matcher(file.text()).find()
              ? whereThereIs("pnpm-lock.yaml", "add --frozen-lockfile")
              : null;
      case "bundle", "bundler" ->
          first.matches("|install") && !FROZEN.matcher(file.text()).find()
              ? whereThereIs("Gemfile.lock", "set BUNDLE_FROZEN to true before it, with ENV")
              : null;
      case "composer" ->
          !decided && first.matches("update|upgrade")
              ? whereThereIs("composer.lock", "call composer install, which follows the lock file")
              : null;
      default -> null;
    };
  }

  private @Nullable String whereThereIs(String lock, String advice) {
    for (Build build : builds()) {
      try {
        if (WorkingFolder.of(project, build, file, stage, run).path(lock) != null) {
          return advice;
        }
      } catch (WorkingFolder.Untold e) {
        // then it may not be there
      }
    }
    return null;
  }

  private List<Build> builds() {
    var builds = new ArrayList<Build>();
    for (Service service : project.services()) {
      Build build = service.build().orElse(null);
      if (build != null && file.path().equals(build.dockerfile())) {
        builds.add(build);
      }
    }
    return builds;
  }

  private static String some(Set<String> names) {
    List<String> all = List.copyOf(names);
    return all.size() < 5
        ? String.join(", ", all)
        : String.join(", ", all.subList(0, 3)) + " and %s more".formatted(all.size() - 3);
  }

  /**
   * Why the lock file is not made to count, empty where there is nothing to say, and null where it
   * can be.
   *
   * @param first whether nothing in the script comes before that matters
   */
  private @Nullable String obstacle(
      LockedInstall install, ShellCommand.Program program, boolean first) {
    if (!first) {
      return ""; // in another folder there are other files
    }
    String found = null;
    for (Build build : builds()) {
      String why;
      try {
        WorkingFolder folder = WorkingFolder.of(project, build, file, stage, run);
        why = obstacle(install, program, folder, build);
      } catch (WorkingFolder.Untold e) {
        why =
            "%s, if its lock file is there, which can't be told: %s"
                .formatted(install.title(), e.because());
      }
      if (why != null && (found == null || found.isEmpty())) {
        found = why;
      }
    }
    return found;
  }

  private @Nullable String obstacle(
      LockedInstall install, ShellCommand.Program program, WorkingFolder folder, Build build) {
    String manifest = folder.path("package.json");
    String text = manifest == null ? null : folder.text(manifest);
    if (text == null) {
      return "";
    }
    String name = install.lock();
    String lock = null;
    for (String each : install.npm() ? NPM_LOCKS : List.of(name)) {
      String path = folder.path(each);
      if (path != null && lock == null) {
        name = each;
        lock = folder.text(path);
      }
    }
    if (lock == null && install.npm() && folder.beside("yarn.lock") != null) {
      return "";
    }
    if (lock == null) {
      return folder.beside(name) != null
          ? "copy %s as well, and then %s".formatted(name, install.title())
          : "there is no %s: make one by an install outside of the build, and put it under version"
                  .formatted(name)
              + " control";
    }
    String earlier = earlier();
    String differs = install.differs(name, text, lock);
    String settings = folder.path(install.npm() ? ".npmrc" : ".yarnrc.yml");
    String setting = settings == null ? null : folder.text(settings);
    if (setting != null && (!install.npm() || setting.contains("package-lock"))) {
      return install.npm()
          ? "%s, if %s allows a lock file".formatted(install.title(), settings)
          : install.otherwise();
    }
    if (!install.isSure(text, lock, file.text())) {
      return CI.matcher(file.text()).find() ? "" : install.otherwise();
    }
    if (differs != null) {
      return differs;
    }
    for (ShellWord word : install.options(program)) {
      if (word.literal() == null || !install.option().matcher(word.literal()).matches()) {
        return "%s, unless %s says otherwise".formatted(install.title(), Runs.written(word));
      }
    }
    if (earlier != null) {
      return "%s, if %s leaves node_modules and the lock file as they are"
          .formatted(install.title(), earlier);
    }
    return install.npm() ? oldNpm(build) : null;
  }

  /** What may have put something into node_modules before, or changed the lock file; or null. */
  private @Nullable String earlier() {
    boolean mounted =
        run.flags().stream().anyMatch(f -> f.value() != null && f.value().contains("node_modules"));
    if (mounted) {
      return "the mount";
    }
    for (Instruction instruction : before) {
      String text = Accounts.text(file, instruction);
      boolean installs =
          OWN.matcher(text).find() || INSTALLS.matcher(GLOBAL.matcher(text).replaceAll("")).find();
      if (installs) {
        return "line " + instruction.line();
      }
    }
    return null;
  }

  private @Nullable String oldNpm(Build build) {
    Base base = file.build(build.args()).image(stage).base();
    ImageReference image =
        base instanceof Base.Image known
            ? ImageReference.parse(known.reference()).orElse(null)
            : null;
    boolean other = before.stream().anyMatch(i -> OTHER_NPM.matcher(i.whole().text()).find());
    return image != null && image.familiarName().equals("node") && isNew(image) && !other
        ? null
        : "npm ci in its place, if the image has npm 7 or later";
  }

  /** Whether its npm reads the lock files of today: Node.js 16 and later. */
  private static boolean isNew(ImageReference image) {
    String tag = image.tag().orElse(image.digest().isEmpty() ? "latest" : "0");
    Matcher major = MAJOR.matcher(tag);
    return major.matches()
        ? Integer.parseInt(major.group(1)) >= 16
        : !OLD_NODE.matcher(tag).matches() && tag.indexOf('$') < 0;
  }
}
