package dev.tightship.passes;

import dev.tightship.analysis.LockFile;
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
import dev.tightship.dockerfile.ShellScripts;
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

/** Installs the versions that a lock file names, and tells of what has no version at all. */
final class LockedPackages implements StagePass {

  private static final String MESSAGE = "each build may install other versions of its packages";

  private static final String WHY =
      "the lock file fits package.json, so that the same versions are installed as now";

  /** Options that {@code npm ci} and {@code npm install} take alike. */
  private static final Pattern NPM_OPTION =
      Pattern.compile(
          "--production(?:=true|=false)?|--only=prod(?:uction)?|--(?:omit|include)=(?:dev|optional|peer)"
              + "|--no-(?:audit|fund|optional|progress|update-notifier)"
              + "|--(?:audit|fund|progress|update-notifier)=false|--ignore-scripts"
              + "|--foreground-scripts|--prefer-offline|--legacy-peer-deps|--strict-peer-deps"
              + "|--silent|--quiet|--verbose|-s|-q|-d|--loglevel=\\w+|--unsafe-perm(?:=true)?");

  private static final Pattern YARN_OPTION =
      Pattern.compile(
          "--production(?:=true)?|--prod|--ignore-(?:scripts|optional|engines|platform)"
              + "|--non-interactive|--no-progress|--silent|-s|--network-timeout=?|\\d+"
              + "|--network-concurrency|--prefer-offline|--link-duplicates|--check-files");

  /** npm takes the first one that is there. */
  private static final List<String> NPM_LOCKS = List.of("npm-shrinkwrap.json", "package-lock.json");

  /** Names of releases of Node.js that came with an npm that reads no lock file of today. */
  private static final Pattern OLD_NODE =
      Pattern.compile("(?:argon|boron|carbon|dubnium|erbium|fermium)\\b.*");

  private static final Pattern MAJOR = Pattern.compile("(\\d{1,3})(?:[.-].*)?");

  private static final Pattern OTHER_NPM = Pattern.compile("\\bnpm@(?!latest)");

  @Override
  public String id() {
    return "locked-packages";
  }

  @Override
  public List<Remark> remarks(Project project, Dockerfile file, Stage stage) {
    var remarks = new ArrayList<Remark>();
    var before = new ArrayList<Instruction>();
    Set<Integer> chain = new LinkedHashSet<>();
    BuildContext.chain(file, stage).forEach(s -> chain.add(s.index()));
    for (ShellScripts.Script script : ShellScripts.of(file)) {
      if (!script.instruction().is("RUN") || !chain.contains(script.stage().index())) {
        continue;
      }
      if (script.stage().index() == stage.index()
          && script.script() instanceof ShellScript.Known known) {
        var step = new Step(project, file, stage, script.instruction(), List.copyOf(before));
        remarks.addAll(step.remarks(known));
      }
      before.add(script.instruction());
    }
    return StagePass.orFine(
        remarks, file, stage, "it is not seen to install versions that change from day to day");
  }

  /** One RUN. */
  private record Step(
      Project project, Dockerfile file, Stage stage, Instruction run, List<Instruction> before) {

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
        Install install = Install.of(program);
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

    private static final Set<String> CHANGING =
        Set.of("cd", "pushd", "git", "npx", "bun", "tar", "unzip");

    /** Words of files and folders that an install reads or writes. */
    private static final Pattern OWN =
        Pattern.compile(
            "package(?:-lock)?[.*]|package-lock|shrinkwrap|[.]lock\\b|node_modules|^(?:[.]/)?[*]");

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

    /** Calls that install nothing for the project. */
    private static final Set<String> ASIDE =
        Set.of("-g", "--global", "global", "config", "cache", "enable", "-v", "--version");

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
                ? whereThereIs(
                    "composer.lock", "call composer install, which follows the lock file")
                : null;
        default -> null;
      };
    }

    private static final Pattern CI = Pattern.compile("\\bCI[= ](?:true|1)\\b");

    private static final Pattern FROZEN =
        Pattern.compile("frozen|deployment", Pattern.CASE_INSENSITIVE);

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

    private Set<Build> builds() {
      Set<Build> builds = new LinkedHashSet<>();
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
     * Why the lock file is not made to count, empty where there is nothing to say, and null where
     * it can be.
     *
     * @param first whether nothing in the script comes before that matters
     */
    private @Nullable String obstacle(
        Install install, ShellCommand.Program program, boolean first) {
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
        Install install, ShellCommand.Program program, WorkingFolder folder, Build build) {
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
          run.flags().stream()
              .anyMatch(f -> f.value() != null && f.value().contains("node_modules"));
      if (mounted) {
        return "the mount";
      }
      for (Instruction instruction : before) {
        String text = Accounts.text(file, instruction);
        boolean installs =
            OWN.matcher(text).find()
                || INSTALLS.matcher(GLOBAL.matcher(text).replaceAll("")).find();
        if (installs) {
          return "line " + instruction.line();
        }
      }
      return null;
    }

    private static final Pattern GLOBAL =
        Pattern.compile(
            "\\b(?:npm\\s+(?:-g|--global)?\\s*(?:install|i|add)\\s+(?:-g|--global)|yarn\\s+global"
                + "|npm\\s+(?:config|set|cache)|(?:npm|yarn)\\s+(?:-v|--version))[^&;|]*");

    private static final Pattern INSTALLS =
        Pattern.compile("(?<![\\w./@-])(?:npm|npx|yarn|pnpm|bun)\\s");

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

  /**
   * A command that installs what a package.json wishes for.
   *
   * @param at the word that is replaced, or behind which the option belongs
   */
  private record Install(ShellCommand.Program program, boolean npm, ShellWord at) {

    /** Null where it is none, or already follows the lock file. */
    static @Nullable Install of(ShellCommand.Program program) {
      List<ShellWord> arguments = program.arguments();
      if (program.name().equals("npm")) {
        ShellWord install = Options.first(program, Set.of("install", "i"));
        return install == null || isNamed(arguments, install)
            ? null
            : new Install(program, true, install);
      }
      if (!program.name().equals("yarn")) {
        return null;
      }
      ShellWord install = Options.subcommand(program, 0, "install");
      boolean plain =
          install != null
              || arguments.stream()
                  .allMatch(w -> w.literal() != null && w.literal().startsWith("-"));
      boolean decided =
          arguments.stream()
              .map(Runs::written)
              .anyMatch(
                  w ->
                      w.matches(
                          "--(?:no-)?(?:frozen-lockfile|immutable|pure-lockfile|lockfile|version)\\b.*"
                              + "|-v|--help|-h|--offline"));
      return plain && !decided
          ? new Install(program, false, install == null ? program.word() : install)
          : null;
    }

    /** Whether packages are named, or it is not for the project. */
    private static boolean isNamed(List<ShellWord> arguments, ShellWord install) {
      for (ShellWord word : arguments) {
        String literal = word.literal();
        boolean other =
            literal == null
                ? !word.equals(install)
                : literal.equals("-g")
                    || literal.equals("--global")
                    || literal.startsWith("--location")
                    || literal.startsWith("--prefix")
                    || literal.equals("-C")
                    || literal.startsWith("--package-lock")
                    || literal.startsWith("--no-package-lock")
                    || (!literal.startsWith("-") && !word.equals(install));
        if (other) {
          return true;
        }
      }
      return false;
    }

    String lock() {
      return npm ? "package-lock.json" : "yarn.lock";
    }

    String title() {
      return npm ? "install with npm ci" : "install with yarn --frozen-lockfile";
    }

    Pattern option() {
      return npm ? NPM_OPTION : YARN_OPTION;
    }

    List<ShellWord> options(ShellCommand.Program program) {
      return program.arguments().stream().filter(w -> !w.equals(at)).toList();
    }

    /** Whether the program is of the kind that wrote the lock file. */
    boolean isSure(String manifest, String lock, String dockerfile) {
      String manager = LockFile.manager(manifest);
      return npm
          || (LockFile.isYarnClassic(lock)
              && (manager == null || manager.startsWith("yarn@1."))
              && !NodeCache.OTHER_YARN.matcher(dockerfile).find());
    }

    String otherwise() {
      return "add --immutable, as yarn 2 and later have it, or --frozen-lockfile for yarn 1";
    }

    @Nullable String differs(String name, String manifest, String lock) {
      return npm ? LockFile.npm(name, manifest, lock) : LockFile.yarnClassic(manifest, lock);
    }

    boolean locks(Rewording words) {
      return npm ? words.instead(at, "ci") : words.behind(at, "--frozen-lockfile");
    }
  }
}
