package dev.tightship.passes;

import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.ShellBlock.Join;
import dev.tightship.dockerfile.ShellCommand;
import dev.tightship.dockerfile.ShellScript;
import dev.tightship.dockerfile.ShellScripts;
import dev.tightship.dockerfile.ShellWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one instruction runs.
 *
 * @param scripts the commands of each script that is known: that of the instruction, and those that
 *     its commands hand to a shell with {@code -c}
 * @param known whether that is all of it
 */
record Runs(Instruction instruction, List<List<ShellCommand>> scripts, boolean known) {

  private static final Set<String> SHELLS =
      Set.of("sh", "bash", "ash", "dash", "zsh", "ksh", "busybox");

  private static final Set<String> SUMS =
      Set.of(
          "md5sum",
          "sha1sum",
          "sha224sum",
          "sha256sum",
          "sha384sum",
          "sha512sum",
          "shasum",
          "b2sum");

  Runs {
    scripts = List.copyOf(scripts);
  }

  static Runs of(ShellScripts.Script script) {
    var scripts = new ArrayList<List<ShellCommand>>();
    boolean known = false;
    if (script.script() instanceof ShellScript.Known read) {
      known = true;
      scripts.add(read.commands());
      for (ShellCommand command : read.commands()) {
        known &= inner(command, scripts);
      }
    }
    return new Runs(script.instruction(), scripts, known);
  }

  /** Adds the script that a command hands to a shell; false where it has one that is not known. */
  private static boolean inner(ShellCommand command, List<List<ShellCommand>> scripts) {
    ShellCommand.Program program = command.program();
    if (program == null || !isShell(program.name())) {
      return true;
    }
    var words = new ArrayList<String>();
    words.add(program.name());
    for (ShellWord word : program.arguments()) {
      if (word.literal() == null) {
        return !words.contains("-c");
      }
      words.add(word.literal());
    }
    if (words.stream().noneMatch(w -> w.matches("-[a-z]*c"))) {
      return true;
    }
    if (ShellScript.ofWords(words) instanceof ShellScript.Known read) {
      scripts.add(read.commands());
      return true;
    }
    return false;
  }

  static boolean isShell(String name) {
    return SHELLS.contains(name);
  }

  /** All commands of all scripts. */
  List<ShellCommand> commands() {
    return scripts.stream().flatMap(List::stream).toList();
  }

  /** The commands of a script that pipes join, each list with one or more. */
  static List<List<ShellCommand>> pipelines(List<ShellCommand> script) {
    var pipelines = new ArrayList<List<ShellCommand>>();
    ShellCommand before = null;
    for (ShellCommand command : script) {
      // the sides of a pipe stand in the same block; a block on either side is not followed
      if (before != null
          && command.join() == Join.PIPE
          && Objects.equals(command.block(), before.block())) {
        pipelines.get(pipelines.size() - 1).add(command);
      } else {
        pipelines.add(new ArrayList<>(List.of(command)));
      }
      before = command;
    }
    return pipelines;
  }

  /** Whether a script compares a file with a sum or a signature, whichever file that is. */
  static boolean verifies(List<ShellCommand> script) {
    return script.stream().map(ShellCommand::program).anyMatch(Runs::isCheck);
  }

  private static boolean isCheck(ShellCommand.@Nullable Program program) {
    if (program == null) {
      return false;
    }
    String name = program.name();
    List<ShellWord> arguments = program.arguments();
    if (SUMS.contains(name)) {
      return arguments.stream()
          .map(ShellWord::literal)
          .anyMatch(a -> a != null && a.matches("-[a-z]*c[a-z]*|--check.*"));
    }
    return switch (name) {
      case "gpgv", "minisign", "signify", "cosign", "slsa-verifier" -> true;
      case "gpg", "gpg2" ->
          arguments.stream()
              .map(ShellWord::literal)
              .anyMatch(a -> a != null && (a.equals("--verify") || a.equals("--decrypt")));
      case "openssl" -> arguments.stream().anyMatch(a -> a.is("-verify") || a.is("dgst"));
      // a sum that is taken and compared by hand
      case "[", "test" -> arguments.stream().anyMatch(a -> written(a).contains("sum "));
      default -> false;
    };
  }

  /**
   * A word as it stands in the file, without quotes around it; what it comes to where it has no
   * place.
   */
  static String written(ShellWord word) {
    if (word.literal() != null) {
      return word.literal();
    }
    String text = word.source() == null ? "" : word.source().text();
    boolean quoted =
        text.length() > 1 && text.charAt(0) == '"' && text.charAt(text.length() - 1) == '"';
    return quoted ? text.substring(1, text.length() - 1) : text;
  }
}
