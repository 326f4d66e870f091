package dev.tightship.passes;

import dev.tightship.compose.Project;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Flag;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.ShellCommand;
import dev.tightship.dockerfile.ShellScript;
import dev.tightship.dockerfile.ShellScripts;
import dev.tightship.dockerfile.ShellWord;
import dev.tightship.dockerfile.Stage;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Risk;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Leaves nothing in an image that a package manager only needed while it was built. */
final class PackageCache implements StagePass {

  private static final String MESSAGE = "the image keeps what a package manager has downloaded";

  private static final String UNUSED = "no later step of the build uses what is taken away";

  /** Package managers of one kind: what they leave, and what takes it away. */
  @SuppressWarnings("ImmutableEnumChecker") // sets of constants, never changed
  private enum Manager {
    APK(Set.of("apk"), "/var/cache/apk", "rm -rf /var/cache/apk/*"),
    APT(Set.of("apt-get", "apt"), "/var/lib/apt", "rm -rf /var/lib/apt/lists/*"),
    DNF(Set.of("dnf", "microdnf", "yum"), "/var/cache", " clean all"),
    ZYPPER(Set.of("zypper"), "/var/cache/zypp", " clean --all");

    private final Set<String> names;
    private final String folder;
    private final String clean;

    Manager(Set<String> names, String folder, String clean) {
      this.names = names;
      this.folder = folder;
      this.clean = clean;
    }

    /** The command that takes away what the program of this name left. */
    String clean(String name) {
      return clean.startsWith("rm ") ? clean : name + clean;
    }

    static @Nullable Manager of(String name) {
      for (Manager manager : values()) {
        if (manager.names.contains(name)) {
          return manager;
        }
      }
      return null;
    }
  }

  /** Where it comes from says that it knows the switch. */
  private static final Pattern COMPOSER_2 =
      Pattern.compile(
          "\\bcomposer(?:/composer)?:(?:2|latest|lts)|--from=composer\\s|getcomposer[.]org/installer");

  private static final Pattern COMPOSER_CACHE =
      Pattern.compile("COMPOSER_(?:CACHE_DIR|HOME)|clear-?cache|[.]composer|composer:1|--1\\b");

  private static final Set<String> INSTALLS = Set.of("install", "in", "update", "upgrade");
  private static final Pattern PIP = Pattern.compile("pip(?:3(?:[.]\\d{1,2})?)?");
  private static final Pattern PYTHON = Pattern.compile("python(?:3(?:[.]\\d{1,2})?)?");

  @Override
  public String id() {
    return "package-cache";
  }

  @Override
  public List<Remark> remarks(Project project, Dockerfile file, Stage stage) {
    if (!BuiltStages.isInImage(project, file, stage)) {
      return StagePass.onlyCopied(file, stage);
    }
    List<ShellScripts.Script> scripts = ShellScripts.of(file);
    var remarks = new ArrayList<Remark>();
    for (int i = 0; i < scripts.size(); i++) {
      ShellScripts.Script script = scripts.get(i);
      if (script.stage().index() == stage.index() && script.instruction().is("RUN")) {
        Remark remark = remark(project, file, script, scripts.subList(i + 1, scripts.size()));
        if (remark != null) {
          remarks.add(remark);
        }
      }
    }
    return StagePass.orFine(remarks, file, stage, "no package manager is seen to leave anything");
  }

  private @Nullable Remark remark(
      Project project,
      Dockerfile file,
      ShellScripts.Script script,
      List<ShellScripts.Script> later) {
    Instruction run = script.instruction();
    Subject subject = StagePass.subject(file, script.stage(), run);
    if (!(script.script() instanceof ShellScript.Known known) || !run.heredocs().isEmpty()) {
      return null;
    }
    var words = new Rewording(file, script.stage(), run);
    Risk risk = Risk.NEUTRAL;
    String why = "what was downloaded is not used once it is installed";
    String obstacle = null;
    var cleaned = EnumSet.noneOf(Manager.class);
    for (ShellCommand command : known.commands()) {
      ShellCommand.Program program = command.program();
      if (program == null) {
        continue;
      }
      ShellWord behind = withoutSwitch(file, script.stage(), run, program);
      if (behind != null && !words.behind(behind, noCache(program))) {
        obstacle = "leave nothing there: " + noCache(program);
      }
      Manager manager = Manager.of(program.name());
      if (manager != null && leaves(run, manager, program, known)) {
        String needed = neededLater(manager, later);
        if (cleaned.contains(manager) || isCleaned(manager, known)) {
          continue;
        }
        String clean = manager.clean(program.name());
        if (needed != null) {
          obstacle = needed;
        } else if (!words.then(known, clean)) {
          obstacle = "end the step with " + clean;
        } else {
          cleaned.add(manager);
          risk = Risk.INFERRED;
          why = UNUSED;
        }
      }
    }
    for (String clean : NodeCache.cleaning(project, file, script.stage(), run, known, later)) {
      if (words.then(known, clean)) {
        risk = Risk.INFERRED;
        why = UNUSED;
      } else {
        obstacle = "end the step with " + clean;
      }
    }
    if (!words.isEmpty()) {
      return Remark.finding(
          subject,
          Severity.LOW,
          MESSAGE,
          Fix.of("keep nothing of what was downloaded", risk, why, words.edit()));
    }
    return obstacle == null ? null : Remark.advice(subject, Severity.LOW, MESSAGE, obstacle);
  }

  // ---- switches

  private static String noCache(ShellCommand.Program program) {
    return Set.of("apk", "composer").contains(program.name()) ? "--no-cache" : "--no-cache-dir";
  }

  /** The word behind which a switch is missing that keeps the cache out; null where none is. */
  private static @Nullable ShellWord withoutSwitch(
      Dockerfile file, Stage stage, Instruction run, ShellCommand.Program program) {
    if (program.name().equals("composer")) {
      boolean decided =
          Options.mayHave(program, "--no-cache")
              || isCached(run, "type=cache")
              || COMPOSER_CACHE.matcher(file.text()).find();
      return decided || !COMPOSER_2.matcher(file.text()).find()
          ? null
          : Options.first(program, Set.of("install", "require", "create-project"));
    }
    if (program.name().equals("apk")) {
      return Options.mayHave(program, "--no-cache", "--cache-dir")
              || isCached(run, "/var/cache/apk", "/etc/apk")
          ? null
          : Options.subcommand(program, 0, "add");
    }
    ShellWord install = pipInstall(program);
    return install == null
            || Options.mayHave(program, "--no-cache-dir", "--cache-dir")
            || isCached(run, "type=cache")
            || isSet(stage, "PIP_NO_CACHE_DIR")
        ? null
        : install;
  }

  private static @Nullable ShellWord pipInstall(ShellCommand.Program program) {
    if (PIP.matcher(program.name()).matches()) {
      return Options.subcommand(program, 0, "install");
    }
    List<ShellWord> arguments = program.arguments();
    boolean module =
        PYTHON.matcher(program.name()).matches()
            && arguments.size() > 2
            && arguments.get(0).is("-m")
            && arguments.get(1).is("pip");
    return module ? Options.subcommand(program, 2, "install") : null;
  }

  private static boolean isSet(Stage stage, String name) {
    return stage.instructions().stream()
        .filter(i -> i.is("ENV") || i.is("ARG"))
        .flatMap(i -> i.assignments().stream())
        .anyMatch(a -> a.name().equals(name));
  }

  /** Whether one of the folders is kept for the next build, and so is none of the image. */
  private static boolean isCached(Instruction run, String... folders) {
    for (Flag flag : run.flags()) {
      String value = flag.value();
      if (flag.name().equals("mount") && value != null && value.contains("type=cache")) {
        for (String folder : folders) {
          if (value.contains(folder) || value.contains("$")) {
            return true;
          }
        }
      }
    }
    return false;
  }

  // ---- commands that clean up

  private static boolean leaves(
      Instruction run, Manager manager, ShellCommand.Program program, ShellScript.Known script) {
    boolean installs =
        program.arguments().stream()
            .anyMatch(w -> w.literal() != null && INSTALLS.contains(w.literal()));
    if (!installs || isCached(run, manager.folder, "/var/lib", "/var/cache")) {
      return false;
    }
    // apk add has a switch for it, and apt-get install takes its lists from somewhere: without an
    // update they are not of this step
    return switch (manager) {
      case APK -> program.arguments().stream().anyMatch(w -> w.is("update"));
      case APT -> updates(script);
      default -> true;
    };
  }

  private static boolean updates(ShellScript.Known script) {
    return script.commands().stream()
        .map(ShellCommand::program)
        .anyMatch(
            p ->
                p != null
                    && Manager.of(p.name()) == Manager.APT
                    && p.arguments().stream().anyMatch(w -> w.is("update")));
  }

  private static boolean isCleaned(Manager manager, ShellScript.Known script) {
    for (ShellCommand command : script.commands()) {
      ShellCommand.Program program = command.program();
      if (program == null) {
        if (command.words().stream().anyMatch(w -> Runs.written(w).contains(manager.folder))) {
          return true;
        }
        continue;
      }
      boolean removes =
          Set.of("rm", "find").contains(program.name())
              && program.arguments().stream().anyMatch(w -> touches(manager, Runs.written(w)));
      boolean cleans =
          !manager.clean.startsWith("rm ")
              && Manager.of(program.name()) == manager
              && program.arguments().stream().anyMatch(w -> w.is("clean"));
      if (removes || cleans) {
        return true;
      }
    }
    return false;
  }

  private static boolean touches(Manager manager, String path) {
    return path.startsWith(manager.folder)
        || (path.startsWith("/var/") && (path.contains("apt") || path.contains("*")))
        || path.startsWith("/var/cache/yum")
        || path.startsWith("/var/cache/dnf");
  }

  /** Which later step would miss what is taken away, or null. */
  private static @Nullable String neededLater(Manager manager, List<ShellScripts.Script> later) {
    if (manager != Manager.APT && manager != Manager.APK) {
      return null;
    }
    String name = manager == Manager.APT ? "apt" : "apk";
    for (ShellScripts.Script script : later) {
      // apk add fetches its index again, with the switch that it gets here
      boolean needs =
          script.script() instanceof ShellScript.Known known
              ? manager == Manager.APT
                  && !updates(known)
                  && known.commands().stream()
                      .map(ShellCommand::program)
                      .anyMatch(p -> p == null || Manager.of(p.name()) == Manager.APT)
              : true;
      if (needs && script.instruction().whole().text().contains(name)) {
        return "line %s may use it: update and install there, and take it away at the end of each"
            .formatted(script.instruction().line());
      }
    }
    return null;
  }
}
