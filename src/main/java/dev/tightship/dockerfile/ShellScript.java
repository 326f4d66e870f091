package dev.tightship.dockerfile;

import java.util.List;

/**
 * What a RUN, CMD, ENTRYPOINT or HEALTHCHECK gives to a shell, or starts without one. It is read as
 * dash and bash read it both (POSIX.1-2017, Shell Command Language). What they do not read alike,
 * and what is not certainly understood, makes the whole of it unknown: {@code case}, functions,
 * documents inside, {@code eval}, {@code .}, aliases, redirected blocks, and more.
 */
public sealed interface ShellScript {

  /**
   * @param commands all simple commands in order, those of blocks included; those inside words are
   *     not (see {@link ShellWord#runs()})
   * @param hides whether there are any inside words, also in the words of a loop, which are in none
   *     of the commands
   */
  record Known(List<ShellCommand> commands, boolean hides) implements ShellScript {
    public Known {
      commands = List.copyOf(commands);
    }
  }

  /**
   * @param why half a sentence
   */
  record Unknown(String why) implements ShellScript {}

  /** The shell of images for Linux, where no SHELL says otherwise. */
  List<String> DEFAULT_SHELL = List.of("/bin/sh", "-c");

  /**
   * Reads the text of an instruction, in time linear in it. A document that is all there is of a
   * RUN is the script itself, and its places are those in the document.
   *
   * @param instruction a RUN, CMD, ENTRYPOINT or HEALTHCHECK; any other is unknown
   * @param file the text of the Dockerfile
   * @param shell the strings of the SHELL that is in force, or {@link #DEFAULT_SHELL}
   */
  static ShellScript of(Instruction instruction, String file, List<String> shell) {
    if (!ShellSource.KEYWORDS.contains(instruction.keyword())) {
      return new Unknown(instruction.keyword() + " runs nothing");
    }
    List<String> json = instruction.json();
    return json != null ? ofWords(json) : ShellSource.read(instruction, file, shell);
  }

  /**
   * Reads the words of a command that is started without a shell. Where they call a shell with
   * {@code -c}, the text after it is the script. Nothing of it has a place in a file.
   */
  static ShellScript ofWords(List<String> words) {
    if (words.isEmpty()) {
      return new Known(List.of(), false);
    }
    ShellProgram shell = ShellProgram.of(words);
    if (shell == null || shell.script() == ShellProgram.NONE) {
      return new Known(List.of(command(words)), false);
    }
    if (shell.script() < 0 || shell.script() >= words.size()) {
      return new Unknown("it calls a shell in an unusual way");
    }
    return ShellReader.read(words.get(shell.script()), null, shell.bash());
  }

  private static ShellCommand command(List<String> words) {
    List<ShellWord> literal = words.stream().map(w -> new ShellWord(w, false, null)).toList();
    return new ShellCommand(
        List.of(), literal, List.of(), ShellBlock.Join.START, false, null, null);
  }
}
