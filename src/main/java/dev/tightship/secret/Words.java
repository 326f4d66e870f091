package dev.tightship.secret;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of a command line as a shell reads them, forgiving: quotes and backslashes are taken
 * away, operators end a command, and whatever else there is stays as text.
 */
final class Words {

  private final Located source;
  private final String text;
  private final List<List<Located>> commands = new ArrayList<>();
  private List<Located> command = new ArrayList<>();
  private Located.Builder word = new Located.Builder();
  private boolean begun;

  private Words(Located source) {
    this.source = source;
    this.text = source.text();
  }

  /** The simple commands of a script. */
  static List<List<Located>> commands(Located script) {
    var words = new Words(script);
    words.read();
    return words.commands;
  }

  private void read() {
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        if (text.charAt(i + 1) != '\n') {
          add(i + 1);
        }
        i += 2;
      } else if (c == '\'') {
        i = single(i + 1);
      } else if (c == '"') {
        i = dual(i + 1);
      } else if (c == '$' && i + 1 < text.length() && "({".indexOf(text.charAt(i + 1)) >= 0) {
        i = group(i);
      } else if (c == ' ' || c == '\t' || c == '\r') {
        endWord();
        i++;
      } else if (";&|\n()<>".indexOf(c) >= 0) {
        endWord();
        endCommand();
        i++;
      } else if (c == '#' && !begun) {
        int feed = text.indexOf('\n', i);
        i = feed < 0 ? text.length() : feed;
      } else {
        add(i++);
      }
    }
    endWord();
    endCommand();
  }

  private void add(int index) {
    word.add(source, index);
    begun = true;
  }

  private int single(int from) {
    begun = true;
    int i = from;
    while (i < text.length() && text.charAt(i) != '\'') {
      add(i++);
    }
    return i + 1;
  }

  private int dual(int from) {
    begun = true;
    int i = from;
    while (i < text.length() && text.charAt(i) != '"') {
      char c = text.charAt(i);
      boolean escape =
          c == '\\' && i + 1 < text.length() && "\"\\$`\n".indexOf(text.charAt(i + 1)) >= 0;
      i += escape ? 1 : 0;
      if (!escape && c == '$' && i + 1 < text.length() && text.charAt(i + 1) == '(') {
        i = group(i);
      } else {
        add(i++);
      }
    }
    return i + 1;
  }

  /** {@code $(…)} and {@code ${…}} stay as they are, blanks and quotes within them included. */
  private int group(int from) {
    char open = text.charAt(from + 1);
    char close = open == '(' ? ')' : '}';
    int depth = 0;
    int i = from;
    while (i < text.length()) {
      char c = text.charAt(i);
      add(i++);
      depth += c == open ? 1 : c == close ? -1 : 0;
      if (depth == 0 && c == close) {
        break;
      }
    }
    return i;
  }

  private void endWord() {
    if (begun) {
      command.add(word.build());
      word = new Located.Builder();
      begun = false;
    }
  }

  private void endCommand() {
    if (!command.isEmpty()) {
      commands.add(command);
      command = new ArrayList<>();
    }
  }
}
