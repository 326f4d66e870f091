package dev.tightship.dockerfile;

import dev.tightship.text.Span;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the text that a shell is given by an instruction in shell form. */
final class ShellSource {

  static final Set<String> KEYWORDS = Set.of("RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK");

  /** A first line that calls a shell which reads as POSIX says. */
  private static final Pattern SHEBANG =
      Pattern.compile("#! ?(/usr)?(/local)?/bin/(env )?(sh|bash|ash|dash)( -[elux]{1,4})?");

  private ShellSource() {}

  static ShellScript read(Instruction instruction, String file, List<String> shell) {
    ShellProgram program = ShellProgram.of(shell);
    if (program == null || program.script() != shell.size()) {
      return new ShellScript.Unknown("its shell is not one that is understood");
    }
    if (!instruction.heredocs().isEmpty()) {
      return document(instruction, file, program.bash());
    }
    LogicalText text = instruction.arguments();
    if (instruction.is("HEALTHCHECK")) {
      LogicalText command = healthCommand(text);
      if (command == null) {
        return new ShellScript.Known(List.of(), false);
      }
      text = command;
    }
    return ShellReader.read(text.text(), text, program.bash());
  }

  /** What stands after CMD; null for NONE. */
  private static @Nullable LogicalText healthCommand(LogicalText arguments) {
    String text = arguments.text();
    int end = 0;
    while (end < text.length() && !Blanks.isSeparator(text.charAt(end))) {
      end++;
    }
    int start = Blanks.skip(text, end, text.length());
    boolean command = text.substring(0, end).equalsIgnoreCase("CMD");
    return command ? arguments.part(start, text.length()) : null;
  }

  /**
   * A RUN that is nothing but the announcement of one document runs that document: in its shell, or
   * by what its first line names (BuildKit, dispatchRun in dockerfile2llb/convert.go).
   */
  private static ShellScript document(Instruction instruction, String file, boolean bash) {
    HeredocWord only = HeredocWord.alone(instruction.arguments().text());
    if (only == null || instruction.heredocs().size() != 1) {
      return new ShellScript.Unknown("it holds a document or string of its own");
    }
    Heredoc heredoc = instruction.heredocs().get(0);
    Span body = heredoc.body();
    boolean own = file.startsWith("#!", body.start()) && body.end() > body.start() + 1;
    boolean ownBash = bash;
    if (own) {
      String first = file.substring(body.start(), lineEnd(file, body.start(), body.end()));
      if (!SHEBANG.matcher(first.stripTrailing()).matches()) {
        return new ShellScript.Unknown("its first line names another interpreter");
      }
      ownBash = first.contains("bash");
    }
    var joiner = new LogicalText.Joiner();
    for (int at = body.start(); at < body.end(); ) {
      int end = lineEnd(file, at, body.end());
      int next = Math.min(end + 1, body.end());
      int start = at;
      while (heredoc.chomp() && start < end && file.charAt(start) == '\t') {
        start++;
      }
      joiner.add(file, start, next);
      at = next;
    }
    LogicalText text = joiner.join();
    return ShellReader.read(text.text(), text, ownBash);
  }

  private static int lineEnd(String file, int from, int end) {
    int feed = file.indexOf('\n', from);
    return feed < 0 || feed > end ? end : feed;
  }
}
