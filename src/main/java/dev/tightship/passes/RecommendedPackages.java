package dev.tightship.passes;

import dev.tightship.compose.Project;
import dev.tightship.dockerfile.Dockerfile;
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
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Installs what is named and what that needs, and not what the distribution recommends with it. */
final class RecommendedPackages implements StagePass {

  private static final String MESSAGE =
      "packages that nobody asked for are installed, as others recommend them";

  /** Programs that only recommend it in Debian and Ubuntu, and take no https without it. */
  private static final Set<String> NEED_CERTIFICATES = Set.of("curl", "wget", "git");

  private static final String CERTIFICATES = "ca-certificates";

  private static final Set<String> INSTALL = Set.of("install", "in");

  @Override
  public String id() {
    return "recommended-packages";
  }

  @Override
  public List<Remark> remarks(Project project, Dockerfile file, Stage stage) {
    if (!BuiltStages.isInImage(project, file, stage)) {
      return StagePass.onlyCopied(file, stage);
    }
    Set<Integer> below =
        BuildContext.chain(file, stage).stream().map(Stage::index).collect(Collectors.toSet());
    var installed = new HashSet<String>();
    var remarks = new ArrayList<Remark>();
    String text = file.text().toLowerCase(Locale.ROOT);
    for (ShellScripts.Script script : ShellScripts.of(file)) {
      if (script.instruction().is("RUN")
          && below.contains(script.stage().index())
          && script.script() instanceof ShellScript.Known known) {
        List<ShellCommand.Program> programs = programs(known);
        programs.forEach(p -> installed.addAll(InstalledPackages.of(p)));
        if (script.stage().index() == stage.index()) {
          Remark remark = remark(file, stage, script.instruction(), programs, installed, text);
          if (remark != null) {
            remarks.add(remark);
          }
        }
      }
    }
    return StagePass.orFine(
        remarks, file, stage, "it is not seen to install what is only recommended");
  }

  private static List<ShellCommand.Program> programs(ShellScript.Known script) {
    var programs = new ArrayList<ShellCommand.Program>();
    for (ShellCommand command : script.commands()) {
      ShellCommand.Program program = command.program();
      if (program != null) {
        programs.add(program);
      }
    }
    return programs;
  }

  private static @Nullable Remark remark(
      Dockerfile file,
      Stage stage,
      Instruction run,
      List<ShellCommand.Program> programs,
      Set<String> installed,
      String text) {
    Subject subject = StagePass.subject(file, stage, run);
    var words = new Rewording(file, stage, run);
    var switches = new LinkedHashSet<String>();
    var without = new LinkedHashSet<String>();
    boolean placed = true;
    for (ShellCommand.Program program : programs) {
      String option = option(program, text);
      ShellWord install = option == null ? null : Options.first(program, INSTALL);
      if (option != null && install != null) {
        switches.add(option);
        placed &= words.behind(Options.lastOf(program, install), option);
        if (program.name().startsWith("apt")) {
          InstalledPackages.of(program).stream()
              .filter(NEED_CERTIFICATES::contains)
              .forEach(without::add);
        }
      }
    }
    if (switches.isEmpty()) {
      return null;
    }
    String option = String.join(", ", switches);
    if (!without.isEmpty() && !installed.contains(CERTIFICATES)) {
      return Remark.advice(
          subject,
          Severity.LOW,
          MESSAGE,
          "name %s as well, without which %s takes no https, then add %s"
              .formatted(CERTIFICATES, without.iterator().next(), option));
    }
    return placed
        ? Remark.finding(
            subject,
            Severity.LOW,
            MESSAGE,
            Fix.of(
                "install only what is named, and what that needs",
                Risk.BREAKING,
                "the image may use what was only recommended: what is missing then has to be named",
                words.edit()))
        : Remark.advice(subject, Severity.LOW, MESSAGE, "add " + option);
  }

  /** The option that leaves them out; null where it is decided, or may be. */
  private static @Nullable String option(ShellCommand.Program program, String text) {
    String option =
        switch (program.name()) {
          case "apt", "apt-get" ->
              text.contains("apt::install-recommends") ? null : "--no-install-recommends";
          case "dnf", "dnf5" ->
              text.contains("install_weak_deps") ? null : "--setopt=install_weak_deps=False";
          case "zypper" -> text.contains("solver.onlyrequires") ? null : "--no-recommends";
          default -> null;
        };
    boolean decided =
        Options.mayHave(
            program,
            "--no-install-recommends",
            "--install-recommends",
            "--no-recommends",
            "--recommends");
    return decided ? null : option;
  }
}
