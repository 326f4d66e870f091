package dev.tightship.passes;

import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Heredoc;
import dev.tightship.dockerfile.Instruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A user that a RUN makes.
 *
 * @param name as written, which may hold a variable
 */
record CreatedAccount(String name, Instruction by) {

  private static final Pattern BETWEEN_COMMANDS = Pattern.compile("&&|\\|\\||[;|\\n(){}]");

  /** Short options of useradd and of both kinds of adduser that a value follows. */
  private static final String SHORT_WITH_VALUE = "bcdefgGhkKpsuZ";

  /** Long ones whose value may stand in the next word. */
  private static final Pattern LONG_WITH_VALUE =
      Pattern.compile(
          "--(base-dir|comment|home-dir|home|expiredate|inactive|gid|groups|skel|key|password"
              + "|shell|uid|selinux-user|ingroup|gecos|firstuid|lastuid|conf|prefix|root)");

  /** Whether its name can stand in a USER as it is. */
  boolean isPlain() {
    return name.matches("[a-z_][a-z0-9_-]{0,31}");
  }

  /** Those that some RUNs of a file make, in order. */
  static List<CreatedAccount> in(Dockerfile file, List<Instruction> runs) {
    var accounts = new ArrayList<CreatedAccount>();
    for (Instruction run : runs) {
      for (String command : BETWEEN_COMMANDS.split(text(file, run), -1)) {
        String name = name(command.strip().split("\\s+", -1));
        if (name != null && accounts.stream().noneMatch(a -> a.name.equals(name))) {
          accounts.add(new CreatedAccount(name, run));
        }
      }
    }
    return List.copyOf(accounts);
  }

  /** What a RUN runs: its own text, and that of its documents. */
  static String text(Dockerfile file, Instruction run) {
    var text = new StringBuilder(run.arguments().text());
    for (Heredoc document : run.heredocs()) {
      text.append('\n').append(document.body().of(file.text()));
    }
    return text.toString();
  }

  private static @Nullable String name(String[] words) {
    int at = 0;
    while (at < words.length && isBeforeProgram(words[at])) {
      at++;
    }
    if (at == words.length || !isProgram(words[at])) {
      return null;
    }
    boolean adduser = words[at].endsWith("adduser");
    var positional = new ArrayList<String>();
    for (int i = at + 1; i < words.length; i++) {
      String word = words[i];
      if (!word.startsWith("-")) {
        positional.add(word.replaceAll("[\"']", ""));
      } else if (takesNext(word)) {
        i++;
        // the value may be quoted, and hold blanks
        if (i < words.length && words[i].matches("[\"'].*")) {
          char quote = words[i].charAt(0);
          while (i < words.length && !isClosed(words[i], quote)) {
            i++;
          }
        }
      }
    }
    // of two words after adduser the second is a group that the first one joins
    boolean creates = positional.size() == 1 || (!adduser && positional.size() > 1);
    return creates ? positional.get(adduser ? 0 : positional.size() - 1) : null;
  }

  private static boolean isClosed(String word, char quote) {
    return word.length() > 1
        ? word.charAt(word.length() - 1) == quote
        : word.isEmpty() || word.charAt(0) != quote;
  }

  private static boolean isProgram(String word) {
    String program = word.substring(word.lastIndexOf('/') + 1);
    return program.equals("useradd") || program.equals("adduser");
  }

  /** A variable for the program, or a word of the shell. */
  private static boolean isBeforeProgram(String word) {
    return word.indexOf('=') > 0 || Set.of("sudo", "if", "then", "else", "do", "!").contains(word);
  }

  private static boolean takesNext(String word) {
    if (word.startsWith("--")) {
      return LONG_WITH_VALUE.matcher(word).matches();
    }
    for (int i = 1; i < word.length(); i++) {
      if (SHORT_WITH_VALUE.indexOf(word.charAt(i)) >= 0) {
        return i == word.length() - 1;
      }
    }
    return false;
  }
}
