package dev.tightship.passes;

import dev.tightship.analysis.LockFile;
import dev.tightship.dockerfile.ShellCommand;
import dev.tightship.dockerfile.ShellWord;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A command that installs what a package.json wishes for.
 *
 * @param at the word that is replaced, or behind which the option belongs
 */
record LockedInstall(ShellCommand.Program program, boolean npm, ShellWord at) {

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

  /** Null where it is none, or already follows the lock file. */
  static @Nullable LockedInstall of(ShellCommand.Program program) {
    List<ShellWord> arguments = program.arguments();
    if (program.name().equals("npm")) {
      ShellWord install = Options.first(program, Set.of("install", "i"));
      return install == null || isNamed(arguments, install)
          ? null
          : new LockedInstall(program, true, install);
    }
    if (!program.name().equals("yarn")) {
      return null;
    }
    ShellWord install = Options.subcommand(program, 0, "install");
    boolean plain =
        install != null
            || arguments.stream().allMatch(w -> w.literal() != null && w.literal().startsWith("-"));
    boolean decided =
        arguments.stream()
            .map(Runs::written)
            .anyMatch(
                w ->
                    w.matches(
                        "--(?:no-)?(?:frozen-lockfile|immutable|pure-lockfile|lockfile|version)\\b.*"
                            + "|-v|--help|-h|--offline"));
    return plain && !decided
        ? new LockedInstall(program, false, install == null ? program.word() : install)
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
