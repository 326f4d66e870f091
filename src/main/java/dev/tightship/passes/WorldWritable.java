package dev.tightship.passes;

import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.ShellCommand;
import dev.tightship.dockerfile.Stage;
import dev.tightship.pass.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells of files that everyone may write. */
final class WorldWritable implements ScriptPass {

  private static final String EVERYONE = "everyone in the container may write it (%s)";

  private static final String UMASK_ZERO =
      "everyone in the container may write what is made here (umask %s)";

  private static final String TEMPORARY =
      "write 1777, so that nobody removes the files of others, as in /tmp";

  private static final String UMASK =
      "take the umask away: with 022 only the owner writes what is made";

  @Override
  public String id() {
    return "world-writable";
  }

  @Override
  public String nothing() {
    return "it lets nobody write but owners and groups";
  }

  @Override
  public String nothingSeen() {
    return "nothing of it that can be told lets everyone write";
  }

  @Override
  public List<Against> against(StageInBuild in, Instruction instruction, @Nullable Runs runs) {
    var all = new ArrayList<Against>();
    if (!in.reaches(instruction)) {
      return all;
    }
    for (ModeChange change : ModeChange.inImage(in, instruction, runs)) {
      Rights rights = Rights.of(change.mode());
      if (rights != null && rights.everyone() && !rights.sticky()) {
        boolean temporary = change.files().stream().anyMatch(Set.of("/tmp", "/var/tmp")::contains);
        all.add(
            new Against(
                Severity.MEDIUM,
                EVERYONE.formatted(change.by()),
                temporary ? TEMPORARY : advice(in.stage())));
      }
    }
    for (ShellCommand command : runs == null ? List.<ShellCommand>of() : runs.commands()) {
      String umask = umask(command);
      if (umask != null) {
        all.add(new Against(Severity.MEDIUM, UMASK_ZERO.formatted(umask), UMASK));
      }
    }
    return all;
  }

  /** The one that is set to nothing, or null. */
  private static @Nullable String umask(ShellCommand command) {
    ShellCommand.Program program = command.program();
    if (program == null || !program.name().equals("umask") || program.arguments().size() != 1) {
      return null;
    }
    String mask = program.arguments().get(0).literal();
    return mask != null && mask.matches("0{1,4}") ? mask : null;
  }

  /** What to do instead: as the user of the image, if the stage names it. */
  private static String advice(Stage stage) {
    Instruction user = stage.last("USER");
    String name = user == null ? "" : user.arguments().text();
    boolean other =
        name.matches("[\\w.-]{1,64}(?::[\\w.-]{1,64})?") && !name.matches("(?:root|0)(?::.*)?");
    return other
        ? "let nobody else write (755 for folders and programs, 644 for files), and give what the"
            + " program writes to its user: chown %s".formatted(name)
        : "let nobody else write (755 for folders and programs, 644 for files), and give what the"
            + " program writes to the user that it runs as, with chown";
  }
}
