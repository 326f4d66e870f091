package dev.tightship.passes;

import dev.tightship.analysis.LockFile;
import dev.tightship.analysis.WorkingFolder;
import dev.tightship.compose.Build;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.ShellBlock.Join;
import dev.tightship.dockerfile.ShellBlock.Kind;
import dev.tightship.dockerfile.ShellCommand;
import dev.tightship.dockerfile.ShellScript;
import dev.tightship.dockerfile.ShellScripts;
import dev.tightship.dockerfile.ShellWord;
import dev.tightship.dockerfile.Stage;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What npm and yarn 1 leave in the home of the user: the archives of all that they installed. The
 * cache of later yarns may be what a program is started from, and that of pnpm is what its modules
 * are links to: both stay.
 */
final class NodeCache {

  private static final String NPM = "npm cache clean --force";
  private static final String YARN = "yarn cache clean";

  private static final Set<String> NPM_INSTALLS = Set.of("install", "i", "add", "ci");

  /** Where it is kept for other steps, or elsewhere; set in the file or in a step. */
  private static final Pattern ELSEWHERE =
      Pattern.compile(
          "npm_config_cache|yarn_cache_folder|--cache|npm config set|yarn config set",
          Pattern.CASE_INSENSITIVE);

  /** What takes programs away, perhaps npm itself. */
  private static final Pattern REMOVES =
      Pattern.compile("del|purge|remove|autoremove|erase|uninstall|un|rm");

  /** Steps that bring another yarn than the first one. */
  static final Pattern OTHER_YARN =
      Pattern.compile("\\byarn@(?!1\\b|1[.]|classic)|yarn set version|yarn-berry");

  private NodeCache() {}

  /** The commands that take it away at the end of a step. */
  static Set<String> cleaning(
      Project project,
      Dockerfile file,
      Stage stage,
      Instruction run,
      ShellScript.Known script,
      List<ShellScripts.Script> later) {
    var cleaning = new LinkedHashSet<String>();
    boolean kept =
        run.flags().stream().anyMatch(f -> f.value() != null && f.value().contains("type=cache"))
            || ELSEWHERE.matcher(file.text()).find()
            || isOffline(run)
            || later.stream().map(ShellScripts.Script::instruction).anyMatch(NodeCache::isOffline);
    if (kept) {
      return cleaning;
    }
    for (ShellCommand command : script.commands()) {
      ShellCommand.Program program = command.program();
      boolean always =
          command.join() != Join.OR
              && command.join() != Join.PIPE
              && (command.block() == null || command.block().kind() == Kind.GROUP);
      if (program == null) {
        return Set.of();
      }
      List<ShellWord> words = program.arguments();
      if (isRemoved(program)) {
        return Set.of();
      }
      // with sudo before it, it is the home of another user
      boolean own = always && command.words().get(0).is(program.name());
      if (own && program.name().equals("npm") && Options.first(program, NPM_INSTALLS) != null) {
        cleaning.add(NPM);
      }
      boolean global = words.size() > 1 && words.get(0).is("global") && words.get(1).is("add");
      if (own
          && program.name().equals("yarn")
          && !OTHER_YARN.matcher(file.text()).find()
          && (global || (isInstall(words) && hasClassicLock(project, file, stage, run)))) {
        cleaning.add(YARN);
      }
    }
    return cleaning;
  }

  private static boolean isInstall(List<ShellWord> words) {
    return words.isEmpty()
        || words.get(0).is("install")
        || (words.get(0).literal() != null
            && String.valueOf(words.get(0).literal())
                .matches("--(?:production|prod|frozen-lockfile)"));
  }

  private static boolean isOffline(Instruction run) {
    String text = run.whole().text();
    return text.contains("offline") || text.contains("network=none");
  }

  /** Whether something is taken away: the cache already, or what is needed to do so. */
  private static boolean isRemoved(ShellCommand.Program program) {
    Stream<String> words = program.arguments().stream().map(Runs::written);
    return switch (program.name()) {
      case "npm", "yarn" ->
          program.arguments().stream().anyMatch(w -> w.is("cache"))
              || words.anyMatch(w -> w.equals("uninstall") || w.equals("rm"));
      case "apk", "apt", "apt-get", "dnf", "microdnf", "yum", "zypper" ->
          words.anyMatch(w -> REMOVES.matcher(w).matches());
      case "rm", "find" ->
          words.anyMatch(
              w ->
                  w.matches(
                      ".*(?:[.]npm|_cacache|[.]cache|/root|node|npm|yarn|/usr/local|/opt).*"));
      default -> false;
    };
  }

  /** Whether it is yarn 1 that installs, in each image that is built of it. */
  private static boolean hasClassicLock(
      Project project, Dockerfile file, Stage stage, Instruction run) {
    for (Service service : project.services()) {
      Build build = service.build().orElse(null);
      if (build == null || !file.path().equals(build.dockerfile())) {
        continue;
      }
      try {
        WorkingFolder folder = WorkingFolder.of(project, build, file, stage, run);
        String lock = text(folder, "yarn.lock");
        String manager = LockFile.manager(text(folder, "package.json"));
        boolean classic =
            LockFile.isYarnClassic(lock)
                && (manager == null || manager.startsWith("yarn@1."))
                && folder.path(".yarnrc.yml") == null;
        if (!classic) {
          return false;
        }
      } catch (WorkingFolder.Untold e) {
        return false;
      }
    }
    return true;
  }

  private static String text(WorkingFolder folder, String name) {
    String path = folder.path(name);
    return path == null ? "" : String.valueOf(folder.text(path));
  }
}
