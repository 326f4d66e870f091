package dev.tightship.passes;

import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.ShellCommand;
import dev.tightship.dockerfile.ShellWord;
import dev.tightship.pass.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells of sudo: used where a build needs none, or left in the image for what breaks in. */
final class SudoInBuild implements ScriptPass {

  private static final Set<String> PACKAGES = Set.of("sudo", "sudo-ldap", "doas", "opendoas");

  private static final String NO_NEED =
      "leave it out: put what needs root before the USER instruction, or between USER root and the"
          + " next USER";

  private static final String INSTALLED =
      "leave it out: root has no need of it, and with no-new-privileges nobody else gets root by it";

  private static final String START =
      "name the user in a USER instruction; where the start needs root first, let it step down with"
          + " exec setpriv, gosu or su-exec";

  @Override
  public String id() {
    return "sudo-in-build";
  }

  @Override
  public String nothing() {
    return "it uses no sudo";
  }

  @Override
  public String nothingSeen() {
    return "nothing of it that can be told uses sudo";
  }

  @Override
  public boolean inImageOnly() {
    return true;
  }

  @Override
  public List<Against> against(StageInBuild in, Instruction instruction, @Nullable Runs runs) {
    boolean uses = false;
    boolean installs = false;
    boolean grants = false;
    boolean changes = false;
    for (ShellCommand command : runs == null ? List.<ShellCommand>of() : runs.commands()) {
      uses |= startsWith(command, "sudo") || startsWith(command, "doas");
      changes |= startsWith(command, "su");
      ShellCommand.Program program = command.program();
      if (program != null) {
        installs |= InstalledPackages.of(program).stream().anyMatch(PACKAGES::contains);
        grants |= grants(program);
      }
    }
    var all = new ArrayList<Against>();
    if (grants) {
      all.add(
          new Against(
              Severity.HIGH,
              "a user of the image becomes root without a password",
              "take the line out of the sudoers: what breaks into the program is root then"));
    }
    if (installs) {
      all.add(new Against(Severity.MEDIUM, "sudo is installed in the image", INSTALLED));
    }
    boolean starts = instruction.is("CMD") || instruction.is("ENTRYPOINT");
    if (starts && (uses || changes)) {
      all.add(
          new Against(
              Severity.MEDIUM,
              uses
                  ? "the start needs sudo, which no-new-privileges forbids"
                  : "the start changes its user with su, which stays as its parent",
              START));
    } else if (uses) {
      all.add(new Against(Severity.LOW, "a build needs no sudo", NO_NEED));
    }
    return all;
  }

  private static boolean startsWith(ShellCommand command, String name) {
    List<ShellWord> words = command.words();
    String first = words.isEmpty() ? null : words.get(0).literal();
    return first != null && (first.equals(name) || first.endsWith("/" + name));
  }

  /** {@code echo "app ALL=(ALL) NOPASSWD: ALL"}, which goes to a file of the sudoers. */
  private static boolean grants(ShellCommand.Program program) {
    boolean writes = Set.of("echo", "printf", "sed").contains(program.name());
    return writes
        && program.arguments().stream().map(Runs::written).anyMatch(w -> w.contains("NOPASSWD"));
  }
}
