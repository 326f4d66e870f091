package dev.tightship.compose;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command's text as words, the way Compose splits it (mattn/go-shellwords): blanks, quotes and
 * the backslash count as in a shell, and the first {@code ; & | < >} outside of quotes ends the
 * command, with all that stands behind it.
 */
public final class ShellWords {

  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean begun;
  private boolean single;
  private boolean dual;
  private boolean back;
  private boolean dollar;

  private ShellWords() {}

  /** The words; null for a text that Compose refuses: an open quote, a parenthesis. */
  public static @Nullable List<String> split(String text) {
    return new ShellWords().read(text);
  }

  private @Nullable List<String> read(String text) {
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
      } else if (!sign(c)) {
        return null;
      }
    }
    if (escaped || quoted()) {
      return null;
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

  /** Backticks and {@code $(…)} are kept as they are; false for another parenthesis. */
  private boolean sign(char c) {
    if (c == '`' && !single && !dual && !dollar) {
      back = !back;
    } else if (c == ')' && !single && !dual && !back) {
      dollar = !dollar;
    } else if (c == '(' && !single && !dual && !back) {
      if (dollar || word.length() == 0 || word.charAt(word.length() - 1) != '$') {
        return false;
      }
      dollar = true;
      word.append(c);
      return true;
    }
    add(c);
    return true;
  }
}
