package dev.tightship.compose.model;

import java.util.ArrayList;
import java.util.List;

/**
 * A command's text as words, the way Compose splits it (mattn/go-shellwords): blanks, quotes and
 * the backslash count as in a shell, and the first {@code ; & | < >} outside of quotes ends the
 * command, with all that stands behind it.
 */
final class ShellWords {

  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean begun;
  private boolean single;
  private boolean dual;
  private boolean back;
  private boolean dollar;

  private ShellWords() {}

  static List<String> split(String text) throws Refused {
    return new ShellWords().read(text);
  }

  private List<String> read(String text) throws Refused {
    boolean escaped = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (escaped) {
        add(c);
        escaped = false;
      } else if (c == '\\' && !single) {
        escaped = true;
      } else if (c == '\\') {
        word.append(c);
      } else if (" \t\r\n".indexOf(c) >= 0) {
        blank(c);
      } else if (c == '"' && !single && !dollar) {
        begun |= dual;
        dual = !dual;
      } else if (c == '\'' && !dual && !dollar) {
        begun |= single;
        single = !single;
      } else if (";&|<>".indexOf(c) >= 0 && !quoted()) {
        // a digit before > is the number of a stream and no word
        boolean stream = c == '>' && word.length() > 0 && isDigit(word.charAt(0));
        begun &= !stream;
        break;
      } else {
        sign(c);
      }
    }
    if (escaped || quoted()) {
      throw new Refused("a command with a quote that does not end");
    }
    if (begun) {
      words.add(word.toString());
    }
    return words;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private boolean quoted() {
    return single || dual || back || dollar;
  }

  private void add(char c) {
    word.append(c);
    begun = true;
  }

  private void blank(char c) {
    if (quoted()) {
      word.append(c);
    } else if (begun) {
      words.add(word.toString());
      word.setLength(0);
      begun = false;
    }
  }

  /** Backticks and {@code $(…)} are kept as they are; other parentheses are refused. */
  private void sign(char c) throws Refused {
    if (c == '`' && !single && !dual && !dollar) {
      back = !back;
    } else if (c == ')' && !single && !dual && !back) {
      dollar = !dollar;
    } else if (c == '(' && !single && !dual && !back) {
      if (dollar || word.length() == 0 || word.charAt(word.length() - 1) != '$') {
        throw new Refused("a command with a parenthesis");
      }
      dollar = true;
      word.append(c);
      return;
    }
    add(c);
  }
}
