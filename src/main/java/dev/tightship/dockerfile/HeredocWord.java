package dev.tightship.dockerfile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The announcement of a heredoc in the line of its instruction, {@code 3<<-"EOF"}. */
record HeredocWord(String delimiter, boolean expand, boolean chomp) {

  /** Builders look for heredocs with this one, whatever the file's own escape is. */
  private static final char ESCAPE = '\\';

  /**
   * The heredocs that a line announces. A line whose quotes or references don't match announces
   * none, as the builder decides it.
   *
   * @throws ShellLexer.LexException if the word after the angles can't be read
   */
  static List<HeredocWord> in(String line) throws ShellLexer.LexException {
    if (!line.contains("<<")) {
      return List.of();
    }
    List<String> words;
    try {
      words = ShellLexer.raw(line, ESCAPE, true).words();
    } catch (ShellLexer.LexException e) {
      return List.of();
    }
    var found = new ArrayList<HeredocWord>();
    for (String word : words) {
      HeredocWord heredoc = read(word);
      if (heredoc != null) {
        found.add(heredoc);
      }
    }
    return found;
  }

  /** The heredoc that a line announces and nothing else; null when it holds anything more. */
  static @Nullable HeredocWord alone(String line) {
    try {
      return read(line);
    } catch (ShellLexer.LexException e) {
      return null;
    }
  }

  private static @Nullable HeredocWord read(String word) throws ShellLexer.LexException {
    int at = 0;
    while (at < word.length() && word.charAt(at) >= '0' && word.charAt(at) <= '9') {
      at++;
    }
    if (!word.startsWith("<<", at)) {
      return null;
    }
    at += 2;
    boolean chomp = word.startsWith("-", at);
    at += chomp ? 1 : 0;
    while (at < word.length() && " \t\r\n\f".indexOf(word.charAt(at)) >= 0) {
      at++;
    }
    String rest = word.substring(at);
    // A third angle makes it a here-string of the shell.
    if (rest.isEmpty() || rest.indexOf('<') >= 0) {
      return null;
    }
    List<String> plain = ShellLexer.unquote(rest, ESCAPE).words();
    if (plain.size() != 1) {
      return null;
    }
    List<String> raw = ShellLexer.raw(rest, ESCAPE, false).words();
    if (raw.size() != 1) {
      throw new ShellLexer.LexException("its delimiter is not one word");
    }
    boolean expand = quotes(plain.get(0)) == quotes(raw.get(0));
    return new HeredocWord(plain.get(0), expand, chomp);
  }

  private static long quotes(String text) {
    return text.chars().filter(c -> c == '\'' || c == '"').count();
  }
}
