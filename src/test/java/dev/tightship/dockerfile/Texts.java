package dev.tightship.dockerfile;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What the tests of this package share: readers for the test's own texts, and ways to write them.
 */
final class Texts {

  static final String PATH = "app/Dockerfile";

  /** Ways to store one text that mean the same; each takes a text with LF and a last newline. */
  static final List<UnaryOperator<String>> SPELLINGS =
      List.of(
          text -> text,
          text -> text.replace("\n", "\r\n"),
          Texts::withoutLastLineBreak,
          text -> "\ufeff" + text,
          text -> "\ufeff" + withoutLastLineBreak(text).replace("\n", "\r\n"));

  private Texts() {}

  private static String withoutLastLineBreak(String text) {
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }

  static Dockerfile read(String text) {
    try {
      return Dockerfile.read(PATH, text);
    } catch (DockerfileException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  /** Without the spaces that a builder trims, and without a byte order mark. */
  static String trim(String line) {
    int start = Blanks.skip(line, line.startsWith("\ufeff") ? 1 : 0, line.length());
    return line.substring(start, Blanks.trimEnd(line, start, line.length()));
  }

  /**
   * One line an instruction: line number, keyword, options, arguments or JSON strings, heredocs.
   */
  static String outline(Dockerfile file) {
    return file.instructions().stream()
        .map(i -> i.line() + " " + outline(i, file.text()))
        .collect(Collectors.joining("\n"));
  }

  static String outline(Instruction instruction, String text) {
    var line = new StringBuilder(instruction.keyword());
    for (Flag flag : instruction.flags()) {
      line.append(" {").append(flag.name());
      line.append(flag.value() == null ? "" : "=" + flag.value()).append('}');
    }
    if (instruction.json() != null) {
      line.append(" json").append(instruction.json());
    } else if (instruction.inner() != null) {
      line.append(" (").append(outline(instruction.inner(), text)).append(')');
    } else {
      line.append(" ").append(instruction.arguments());
    }
    if (instruction.inner() == null) {
      for (Heredoc heredoc : instruction.heredocs()) {
        line.append(heredoc.expand() ? " <<" : " <<'").append(heredoc.chomp() ? "-" : "");
        line.append(heredoc.delimiter()).append(':');
        line.append(heredoc.body().of(text).replace("\r\n", "\n").replace("\n", "/"));
      }
    }
    return line.toString();
  }
}
