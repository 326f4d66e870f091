package dev.tightship.passes;

import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.ShellCommand;
import dev.tightship.dockerfile.ShellScript;
import dev.tightship.dockerfile.ShellWord;
import dev.tightship.dockerfile.Word;
import dev.tightship.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One program with words that no shell changes.
 *
 * @param words the program and what it is given
 * @param replaces whether the shell is told to be replaced by it
 */
record PlainCommand(List<Placed> words, boolean replaces) {

  /**
   * A word, and where it stands in the text of its instruction.
   *
   * @param literal what the program is given
   */
  record Placed(String literal, int start, int end) {}

  /** What dash, bash or BusyBox do themselves, whatever programs there are. */
  private static final Set<String> OF_SHELL =
      Set.of(
          (". : [ [[ ]] { } ! alias bg bind break builtin caller case cd chdir command compgen"
                  + " complete compopt continue coproc declare dirs disown do done echo elif else"
                  + " enable esac eval exec exit export false fc fg fi for function getopts hash"
                  + " help history if in jobid jobs kill let local logout mapfile newgrp popd"
                  + " printf pushd pwd read readarray readonly return select set shift shopt"
                  + " source suspend test then time times trap true type typeset ulimit umask"
                  + " unalias unset until wait while")
              .split(" ", -1));

  PlainCommand {
    words = List.copyOf(words);
  }

  /** Anything else, with the reason: half a sentence. */
  static final class Other extends Exception {
    private static final long serialVersionUID = 1L;

    Other(String because) {
      super(because, null, false, false);
    }

    String because() {
      return String.valueOf(getMessage());
    }
  }

  /**
   * What an instruction in shell form starts.
   *
   * @throws Other where a shell has more to do
   */
  static PlainCommand of(Instruction instruction, ShellScript script) throws Other {
    if (script instanceof ShellScript.Unknown unknown) {
      throw new Other(unknown.why());
    }
    var known = (ShellScript.Known) script;
    if (known.commands().size() != 1) {
      throw new Other("more than one command needs a shell");
    }
    ShellCommand command = known.commands().get(0);
    if (known.hides()
        || command.negated()
        || command.block() != null
        || !command.assignments().isEmpty()
        || !command.redirections().isEmpty()) {
      throw new Other("it needs a shell");
    }
    Word source = command.source();
    if (source == null || !source.text().equals(instruction.arguments().text())) {
      throw new Other("there is more in it than the command");
    }
    var words = new ArrayList<Placed>();
    for (ShellWord word : command.words()) {
      String literal = word.literal();
      if (literal == null) {
        throw new Other("a shell fills in %s".formatted(written(word)));
      }
      if (literal.chars().anyMatch(c -> c < ' ')) {
        throw new Other("it needs a shell");
      }
      Span place = java.util.Objects.requireNonNull(word.source()).span();
      int start = instruction.whole().offsetOf(place.start());
      words.add(new Placed(literal, start, instruction.whole().offsetOf(place.end() - 1) + 1));
    }
    boolean replaces = words.size() > 1 && words.get(0).literal.equals("exec");
    if (replaces) {
      words.remove(0);
    }
    String program = words.isEmpty() ? "" : words.get(0).literal;
    if (program.isEmpty() || program.startsWith("-") || (!replaces && OF_SHELL.contains(program))) {
      throw new Other("%s is for a shell to do".formatted(program.isEmpty() ? "it" : program));
    }
    return new PlainCommand(words, replaces);
  }

  private static String written(ShellWord word) {
    Word source = word.source();
    return source == null ? "a word" : source.text();
  }

  String program() {
    return words.get(0).literal;
  }

  /** The instruction with the words as a list; what stands between them stays. */
  String asList(Instruction instruction) {
    String before = instruction.whole().text();
    var after = new StringBuilder(before.substring(0, before.length() - length(instruction)));
    int end = -1;
    for (Placed word : words) {
      after
          .append(end < 0 ? "[" : "," + before.substring(end, word.start))
          .append('"')
          .append(word.literal.replace("\\", "\\\\").replace("\"", "\\\""))
          .append('"');
      end = word.end;
    }
    return after.append(']').toString();
  }

  private static int length(Instruction instruction) {
    return instruction.arguments().text().length();
  }
}
