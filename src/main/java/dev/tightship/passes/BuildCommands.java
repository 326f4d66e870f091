package dev.tightship.passes;

import dev.tightship.compose.Project;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.ShellBlock.Join;
import dev.tightship.dockerfile.ShellCommand;
import dev.tightship.dockerfile.ShellScripts;
import dev.tightship.dockerfile.ShellWord;
import dev.tightship.dockerfile.Stage;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Risk;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Mends commands that are written for a person at a terminal, where a build has none. */
final class BuildCommands implements StagePass {

  /** Of these {@code apt-get} takes the same options and does the same. */
  private static final Set<String> APT =
      Set.of("install", "update", "remove", "purge", "autoremove", "clean");

  private static final Set<String> APT_ASKING =
      Set.of("install", "remove", "purge", "autoremove", "upgrade", "dist-upgrade", "build-dep");

  private static final Set<String> RPM_ASKING =
      Set.of(
          "install",
          "reinstall",
          "localinstall",
          "groupinstall",
          "update",
          "upgrade",
          "remove",
          "erase",
          "autoremove");

  private static final Set<String> ZYPPER_ASKING =
      Set.of(
          "install",
          "in",
          "remove",
          "rm",
          "update",
          "up",
          "patch",
          "dist-upgrade",
          "dup",
          "install-new-recommends");

  /** Letters that answer, or let nothing be asked, alone or among other short options. */
  private static final Pattern ANSWERED =
      Pattern.compile(
          "-[a-zA-Z]{0,4}[yns][a-zA-Z]{0,4}|-[a-zA-Z]{0,4}q[a-zA-Z]{0,2}q[a-zA-Z]{0,4}"
              + "|-q=[2-9]|--(?:yes|assume-?yes|assume-?no|force-yes|quiet=[2-9]|trivial-only"
              + "|non-interactive|no-confirm|no-act|just-print|simulate|dry-run|recon|print-uris)",
          Pattern.CASE_INSENSITIVE);

  /** Settings that answer wherever they stand. */
  private static final Pattern ALWAYS =
      Pattern.compile("assume-?yes[^\\w-]", Pattern.CASE_INSENSITIVE);

  /** From here on the log of last logins has a length that is felt: 292 bytes a uid. */
  private static final int HIGH_UID = 100_000;

  private static final Pattern UID = Pattern.compile("[1-9]\\d{5,9}");

  private static final Set<String> BESIDE_UPDATE = Set.of("set", "echo", "true", ":");

  @Override
  public String id() {
    return "build-commands";
  }

  @Override
  public List<Remark> remarks(Project project, Dockerfile file, Stage stage) {
    var remarks = new ArrayList<Remark>();
    List<Runs> runs =
        ShellScripts.of(file).stream()
            .filter(script -> script.stage().index() == stage.index())
            .map(Runs::of)
            .toList();
    boolean answers = ALWAYS.matcher(file.text().replaceAll("--assume-?yes", "")).find();
    for (Runs run : runs) {
      if (run.instruction().is("RUN")) {
        var found = new Found(new Rewording(file, stage, run.instruction()), answers);
        run.commands().forEach(found::command);
        Subject subject = StagePass.subject(file, stage, run.instruction());
        remarks.addAll(found.remarks(subject));
        String stale = stale(run);
        if (stale != null) {
          remarks.add(
              Remark.advice(
                  subject,
                  Severity.LOW,
                  "lists of packages are fetched in a step of their own, which is cached: a later"
                      + " step installs from old ones",
                  stale));
        }
      }
    }
    if (remarks.isEmpty()) {
      boolean known = runs.stream().allMatch(Runs::known);
      remarks.add(
          Remark.fine(
              StagePass.subject(file, stage),
              known
                  ? "its commands need nobody at a terminal"
                  : "nothing of it that can be told needs somebody at a terminal"));
    }
    return remarks;
  }

  // ---- lists that grow old

  /** What to do where a step fetches lists and installs nothing; null where it does not. */
  private static @Nullable String stale(Runs run) {
    if (!run.known() || isCached(run.instruction())) {
      return null;
    }
    String instead = null;
    for (ShellCommand command : run.commands()) {
      ShellCommand.Program program = command.program();
      String fetches = program == null ? null : fetches(program);
      if (fetches != null) {
        instead = fetches;
      } else if (program == null || !BESIDE_UPDATE.contains(program.name())) {
        return null;
      }
    }
    return instead;
  }

  private static @Nullable String fetches(ShellCommand.Program program) {
    return switch (program.name()) {
      case "apt", "apt-get" ->
          Options.subcommand(program, 0, "update") == null
              ? null
              : "put it before the apt-get install that needs it, in the same RUN";
      case "apk" ->
          Options.subcommand(program, 0, "update") == null
              ? null
              : "take it away: apk add --no-cache fetches them itself";
      case "zypper" ->
          Options.first(program, Set.of("refresh", "ref")) == null
              ? null
              : "put it before the zypper install that needs it, in the same RUN";
      default -> null;
    };
  }

  private static boolean isCached(Instruction run) {
    return run.flags().stream()
        .anyMatch(f -> f.value() != null && f.value().contains("type=cache"));
  }

  // ---- commands that are mended

  /** What is found in one instruction. */
  private static final class Found {

    private final Rewording words;
    private final boolean answers;
    private final Set<String> messages = new LinkedHashSet<>();
    private final Set<String> titles = new LinkedHashSet<>();
    private final Set<String> missing = new LinkedHashSet<>();
    private final Set<String> missingTitles = new LinkedHashSet<>();

    /**
     * @param answers whether a setting may answer for all commands
     */
    Found(Rewording words, boolean answers) {
      this.words = words;
      this.answers = answers;
    }

    List<Remark> remarks(Subject subject) {
      var remarks = new ArrayList<Remark>();
      if (!words.isEmpty()) {
        remarks.add(
            Remark.finding(
                subject,
                Severity.LOW,
                String.join("; ", messages),
                Fix.of(
                    String.join(", ", titles),
                    Risk.NEUTRAL,
                    "a build that went through does the same",
                    words.edit())));
      }
      if (!missing.isEmpty()) {
        remarks.add(
            Remark.advice(
                subject,
                Severity.LOW,
                String.join("; ", missing),
                String.join(", ", missingTitles)));
      }
      return remarks;
    }

    private void add(boolean placed, String message, String title) {
      (placed ? messages : missing).add(message);
      (placed ? titles : missingTitles).add(title);
    }

    void command(ShellCommand command) {
      ShellCommand.Program program = command.program();
      if (program == null) {
        return;
      }
      switch (program.name()) {
        case "apt" -> {
          apt(program);
          answer(command, program, APT_ASKING);
        }
        case "apt-get" -> answer(command, program, APT_ASKING);
        case "dnf", "dnf5", "yum" -> answer(command, program, RPM_ASKING);
        case "zypper" -> answer(command, program, ZYPPER_ASKING);
        case "useradd" -> useradd(program);
        default -> {}
      }
    }

    private void apt(ShellCommand.Program program) {
      String first = firstCommand(program);
      if (program.word().is("apt") && first != null && APT.contains(first)) {
        add(
            words.instead(program.word(), "apt-get"),
            "apt is made for people, and says that its options may change",
            "call apt-get");
      }
    }

    /** The first argument that is no option. */
    private static @Nullable String firstCommand(ShellCommand.Program program) {
      for (ShellWord word : program.arguments()) {
        if (word.literal() == null || !word.literal().startsWith("-")) {
          return word.literal();
        }
      }
      return null;
    }

    private void answer(ShellCommand command, ShellCommand.Program program, Set<String> asking) {
      ShellWord subcommand = Options.first(program, asking);
      boolean answered =
          answers
              || command.join() == Join.PIPE
              || command.redirections().stream().anyMatch(r -> r.operator().startsWith("<"))
              || Options.mayHaveMore(program)
              || program.arguments().stream().anyMatch(Found::answers);
      if (subcommand != null && !answered) {
        boolean zypper = program.name().equals("zypper");
        String option = zypper ? "--non-interactive" : "-y";
        add(
            words.behind(zypper ? program.word() : subcommand, option),
            "%s %s asks before it goes on, and in a build nobody answers"
                .formatted(program.name(), subcommand.literal()),
            "answer with " + option);
      }
    }

    private static boolean answers(ShellWord word) {
      String text = Runs.written(word);
      return ANSWERED.matcher(text).matches()
          || text.toLowerCase(Locale.ROOT).matches(".*assume-?yes.*");
    }

    private void useradd(ShellCommand.Program program) {
      String uid = null;
      List<ShellWord> arguments = program.arguments();
      for (int i = 0; i < arguments.size(); i++) {
        String word = arguments.get(i).literal();
        if (word == null) {
          return;
        }
        if (word.equals("--no-log-init") || word.matches("-[mMNrUo]{0,5}l[mMNrUo]{0,5}[a-zA-Z]?")) {
          return;
        }
        if (word.startsWith("--uid=")) {
          uid = word.substring(6);
        } else if ((word.equals("--uid") || word.matches("-[mMNrUo]{0,6}u"))
            && i + 1 < arguments.size()) {
          uid = arguments.get(i + 1).literal();
        }
      }
      if (uid != null && UID.matcher(uid).matches() && Long.parseLong(uid) >= HIGH_UID) {
        add(
            words.behind(program.word(), "--no-log-init"),
            "useradd makes room in the log of logins for all uids up to " + uid,
            "add it with --no-log-init");
      }
    }
  }
}
