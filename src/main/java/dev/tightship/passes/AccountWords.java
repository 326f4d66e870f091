package dev.tightship.passes;

import dev.tightship.dockerfile.ShellCommand;
import dev.tightship.dockerfile.ShellWord;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The arguments of a program that makes or removes users or groups: its options, and names. */
final class AccountWords {

  /**
   * Short options that a value follows: of useradd and both kinds of adduser, and of the others.
   */
  private static final String OF_USERS = "bcdefgGhkKpsuZ";

  private static final String OF_OTHERS = "gKpRP";

  /** Long ones whose value may stand in the next word. */
  private static final Pattern LONG_WITH_VALUE =
      Pattern.compile(
          "base-dir|comment|home-dir|home|expiredate|inactive|gid|groups|skel|key|password"
              + "|shell|uid|selinux-user|ingroup|gecos|firstuid|lastuid|firstgid|lastgid|conf|prefix"
              + "|root");

  private record Option(String name, @Nullable String value) {}

  private final List<String> names = new ArrayList<>();
  private final List<Option> options = new ArrayList<>();
  private boolean unsure;

  private AccountWords() {}

  static AccountWords of(ShellCommand.Program program) {
    var words = new AccountWords();
    boolean users = program.name().equals("useradd") || program.name().equals("adduser");
    words.read(program.arguments(), users ? OF_USERS : OF_OTHERS);
    return words;
  }

  /** What is no option, in order, as written. */
  List<String> names() {
    return List.copyOf(names);
  }

  /** Whether a word that is not known may be an option, or more than one name. */
  boolean isUnsure() {
    return unsure;
  }

  boolean has(String... options) {
    return this.options.stream().anyMatch(option -> List.of(options).contains(option.name));
  }

  /** What is given with an option; null where it is not there, or its value is not sure. */
  @Nullable String value(String... options) {
    for (Option option : this.options) {
      if (List.of(options).contains(option.name)) {
        return option.value;
      }
    }
    return null;
  }

  private void read(List<ShellWord> words, String withValue) {
    boolean ended = false;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i).literal();
      if (word == null) {
        unsure = true;
        names.add(Runs.written(words.get(i)));
      } else if (ended || !word.startsWith("-") || word.equals("-")) {
        names.add(word);
      } else if (word.equals("--")) {
        ended = true;
      } else {
        ShellWord next = i + 1 < words.size() ? words.get(i + 1) : null;
        i +=
            word.startsWith("--") ? named(word.substring(2), next) : letters(word, next, withValue);
      }
    }
  }

  /** How many further words belong to it. */
  private int named(String word, @Nullable ShellWord next) {
    int equals = word.indexOf('=');
    boolean takes = equals < 0 && LONG_WITH_VALUE.matcher(word).matches();
    if (equals >= 0) {
      options.add(new Option(word.substring(0, equals), word.substring(equals + 1)));
    } else {
      options.add(new Option(word, takes && next != null ? next.literal() : null));
    }
    return takes ? 1 : 0;
  }

  private int letters(String word, @Nullable ShellWord next, String withValue) {
    for (int i = 1; i < word.length(); i++) {
      String letter = word.substring(i, i + 1);
      if (withValue.contains(letter)) {
        boolean last = i == word.length() - 1;
        String value = last ? (next == null ? null : next.literal()) : word.substring(i + 1);
        options.add(new Option(letter, value));
        return last ? 1 : 0;
      }
      options.add(new Option(letter, null));
    }
    return 0;
  }
}
