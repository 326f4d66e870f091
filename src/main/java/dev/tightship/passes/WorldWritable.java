package dev.tightship.passes;

import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Flag;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.ShellCommand;
import dev.tightship.dockerfile.ShellWord;
import dev.tightship.dockerfile.Stage;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells of files that everyone may write, and of programs that take their owner's rights. */
final class WorldWritable implements ScriptPass {

  private static final String EVERYONE = "everyone in the container may write it (%s)";

  private static final String SETUID =
      "whoever starts the program gets the rights of its owner (%s)";

  private static final String TEMPORARY =
      "write 1777, so that nobody removes the files of others, as in /tmp";

  private static final String UMASK =
      "take the umask away: with 022 only the owner writes what is made";

  private static final String NO_SETUID =
      "start it as the user whose rights it needs, or give it the one capability with setcap";

  private static final Pattern CLAUSE =
      Pattern.compile("([ugoa]{0,4})((?:[-+=][rwxXstugo]{0,6}){1,4})");

  @Override
  public String id() {
    return "world-writable";
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public List<Remark> remarks(Dockerfile file, Stage stage, List<Runs> runs) {
    var remarks = new ArrayList<Remark>();
    String advice = advice(stage);
    var byInstruction = new IdentityHashMap<Instruction, Runs>();
    runs.forEach(r -> byInstruction.put(r.instruction(), r));
    for (Instruction instruction : stage.instructions()) {
      var found = new Found(advice);
      Runs run = byInstruction.get(instruction);
      if (run != null) {
        run.commands().forEach(found::command);
      } else if (instruction.is("COPY") || instruction.is("ADD")) {
        Flag chmod = instruction.flag("chmod");
        if (chmod != null && chmod.value() != null) {
          found.mode(chmod.value(), "--chmod=" + chmod.value(), false);
        }
      }
      Subject subject = StagePass.subject(file, stage, instruction);
      found.byMessage.forEach(
          (message, what) -> remarks.add(Remark.advice(subject, Severity.MEDIUM, message, what)));
    }
    if (remarks.isEmpty()) {
      boolean known = runs.stream().allMatch(Runs::known);
      remarks.add(
          Remark.fine(
              StagePass.subject(file, stage),
              known
                  ? "it lets nobody write but owners and groups"
                  : "nothing of it that can be told lets everyone write"));
    }
    return remarks;
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

  /** What there is to say of one instruction, each thing once. */
  private static final class Found {

    private final String advice;
    private final Map<String, String> byMessage = new LinkedHashMap<>();

    Found(String advice) {
      this.advice = advice;
    }

    void command(ShellCommand command) {
      ShellCommand.Program program = command.program();
      if (program == null) {
        return;
      }
      List<ShellWord> arguments = program.arguments();
      switch (program.name()) {
        case "chmod" -> chmod(arguments);
        case "find", "xargs" -> {
          for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).is("chmod")) {
              chmod(arguments.subList(i + 1, arguments.size()));
            }
          }
        }
        case "mkdir", "install", "mkfifo" -> option(program.name(), arguments);
        case "umask" -> {
          if (arguments.size() == 1
              && arguments.get(0).literal() != null
              && arguments.get(0).literal().matches("0{1,4}")) {
            byMessage.put(
                "everyone in the container may write what is made here (umask %s)"
                    .formatted(arguments.get(0).literal()),
                UMASK);
          }
        }
        default -> {}
      }
    }

    private void chmod(List<ShellWord> arguments) {
      for (int i = 0; i < arguments.size(); i++) {
        String word = arguments.get(i).literal();
        if (word == null) {
          return;
        }
        // a mode may begin with a minus as well: -x takes from all
        if (!word.matches("-[RvcfhHLP]+|--[a-z-]+|--")) {
          boolean temporary =
              arguments.subList(i + 1, arguments.size()).stream()
                  .anyMatch(w -> w.is("/tmp") || w.is("/var/tmp"));
          mode(word, "chmod " + word, temporary);
          return;
        }
      }
    }

    private void option(String program, List<ShellWord> arguments) {
      for (int i = 0; i < arguments.size(); i++) {
        String word = arguments.get(i).literal();
        String mode = null;
        if (word != null
            && (word.equals("-m") || word.equals("--mode"))
            && i + 1 < arguments.size()) {
          mode = arguments.get(i + 1).literal();
        } else if (word != null && word.startsWith("--mode=")) {
          mode = word.substring("--mode=".length());
        } else if (word != null && word.matches("-m[0-7]+")) {
          mode = word.substring(2);
        }
        if (mode != null) {
          mode(mode, program + " -m " + mode, false);
        }
      }
    }

    void mode(String mode, String by, boolean temporary) {
      Rights rights = Rights.of(mode);
      if (rights == null) {
        return;
      }
      if (rights.everyone && !rights.sticky) {
        byMessage.put(EVERYONE.formatted(by), temporary ? TEMPORARY : advice);
      }
      if (rights.setuid) {
        byMessage.put(SETUID.formatted(by), NO_SETUID);
      }
    }
  }

  /** What a mode gives, whatever was there before. */
  private record Rights(boolean everyone, boolean sticky, boolean setuid) {

    static @Nullable Rights of(String mode) {
      if (mode.matches("[0-7]{1,5}")) {
        int bits = Integer.parseInt(mode, 8);
        return new Rights((bits & 02) != 0, (bits & 01000) != 0, (bits & 04000) != 0);
      }
      if (mode.length() > 60) {
        return null;
      }
      boolean everyone = false;
      boolean sticky = false;
      boolean setuid = false;
      for (String clause : mode.split(",", -1)) {
        var parts = CLAUSE.matcher(clause);
        if (!parts.matches()) {
          return null;
        }
        String who = parts.group(1);
        // without a letter the umask counts, which lets nobody else write
        boolean others = who.contains("o") || who.contains("a");
        boolean owner = who.isEmpty() || who.contains("u") || who.contains("a");
        char sign = ' ';
        for (char c : parts.group(2).toCharArray()) {
          if (c == '+' || c == '-' || c == '=') {
            sign = c;
            everyone &= !(others && sign == '=');
          } else if (c == 'w' && others) {
            everyone = sign != '-';
          } else if (c == 's' && owner) {
            setuid = sign != '-';
          } else if (c == 't') {
            sticky = sign != '-';
          }
        }
      }
      return new Rights(everyone, sticky, setuid);
    }
  }
}
