package dev.tightship.passes;

import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.ShellCommand;
import dev.tightship.dockerfile.ShellWord;
import dev.tightship.pass.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells of programs that take the rights of their owner, or capabilities of their own. */
final class SetUidInImage implements ScriptPass {

  private static final String SETUID =
      "whoever starts the program gets the rights of its owner (%s)";

  private static final String AS_USER =
      "start it as the user whose rights it needs: with no-new-privileges the bit has no effect";

  private static final String SETCAP = "whoever starts the program gets a capability (setcap)";

  private static final String PORT =
      "leave it out: in the network of a container every user may take ports below 1024, since"
          + " Docker 20.10";

  private static final String CAPABILITY =
      "leave it out if the program works without; else know that it has no effect with"
          + " no-new-privileges, and that the program does not start where the container lacks the"
          + " capability";

  @Override
  public String id() {
    return "set-uid-in-image";
  }

  @Override
  public String nothing() {
    return "it makes no program that takes rights of its own";
  }

  @Override
  public String nothingSeen() {
    return "nothing of it that can be told makes a program that takes rights of its own";
  }

  @Override
  public List<Against> against(StageInBuild in, Instruction instruction, @Nullable Runs runs) {
    var all = new ArrayList<Against>();
    if (!in.reaches(instruction)) {
      return all;
    }
    for (ModeChange change : ModeChange.inImage(in, instruction, runs)) {
      Rights rights = Rights.of(change.mode());
      if (rights != null && rights.setuid()) {
        all.add(new Against(Severity.MEDIUM, SETUID.formatted(change.by()), AS_USER));
      }
    }
    for (ShellCommand command : runs == null ? List.<ShellCommand>of() : runs.commands()) {
      ShellCommand.Program program = command.program();
      if (program != null && program.name().equals("setcap")) {
        String given = given(program);
        if (given != null) {
          boolean port = given.matches("cap_net_bind_service[=+]+[eip]+");
          all.add(new Against(Severity.LOW, SETCAP, port ? PORT : CAPABILITY));
        }
      }
    }
    return all;
  }

  /** The first word that is no option; null where capabilities are taken away. */
  private static @Nullable String given(ShellCommand.Program setcap) {
    for (ShellWord word : setcap.arguments()) {
      String written = Runs.written(word);
      if (written.equals("-r")) {
        return null;
      }
      if (!written.startsWith("-")) {
        return written.toLowerCase(Locale.ROOT);
      }
    }
    return null;
  }
}
