package dev.tightship.passes;

import dev.tightship.dockerfile.ShellCommand;
import dev.tightship.dockerfile.ShellRedirection;
import dev.tightship.dockerfile.ShellWord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command that gets something from elsewhere.
 *
 * @param address null where it is not written out
 * @param files that it writes, as they are written; empty where it prints, or where they are not
 *     known
 */
record Fetch(@Nullable Address address, List<String> files) {

  /** Short options of curl 8 that take the next word, or what stands behind them in theirs. */
  private static final String CURL_VALUES = "AbcCdDeEFhHKmoPQrtTuUwxXyYz";

  private static final String WGET_VALUES = "aBDeIiloOPQRtTUwX";

  Fetch {
    files = List.copyOf(files);
  }

  /** What a command fetches, or null when it is no such command. */
  static @Nullable Fetch of(ShellCommand command) {
    ShellCommand.Program program = command.program();
    if (program == null || !(program.name().equals("curl") || program.name().equals("wget"))) {
      return null;
    }
    boolean curl = program.name().equals("curl");
    Address address = null;
    var files = new ArrayList<String>();
    String name = null;
    boolean remoteName = !curl;
    List<ShellWord> arguments = program.arguments();
    for (int i = 0; i < arguments.size(); i++) {
      String written = Runs.written(arguments.get(i));
      Address here = Address.in(written);
      if (here != null) {
        address = address == null ? here : address;
        name = lastSegment(written);
        continue;
      }
      String next = i + 1 < arguments.size() ? Runs.written(arguments.get(i + 1)) : null;
      String file = output(curl, written, next);
      if (file != null) {
        files.add(file);
        remoteName = false;
      }
      remoteName |= curl && (written.equals("--remote-name") || hasFlag(true, written, 'O'));
    }
    for (ShellRedirection redirection : command.redirections()) {
      if (redirection.operator().startsWith(">") && redirection.descriptor() <= 1) {
        files.add(Runs.written(redirection.target()));
        remoteName = false;
      }
    }
    if (remoteName && name != null) {
      files.add(name);
    }
    files.removeIf(f -> f.isEmpty() || f.equals("-") || f.equals("/dev/null"));
    return new Fetch(address, files);
  }

  /** Whether a word of short options holds one, not counting what is the value of another. */
  static boolean hasFlag(boolean curl, String word, char flag) {
    if (word.length() < 2 || word.charAt(0) != '-' || word.charAt(1) == '-') {
      return false;
    }
    for (int i = 1; i < word.length(); i++) {
      if (word.charAt(i) == flag) {
        return true;
      }
      if ((curl ? CURL_VALUES : WGET_VALUES).indexOf(word.charAt(i)) >= 0) {
        return false;
      }
    }
    return false;
  }

  /** The file that an option names, or null. */
  private static @Nullable String output(boolean curl, String word, @Nullable String next) {
    String name = curl ? "--output" : "--output-document";
    if (word.equals(name)) {
      return next;
    }
    if (word.startsWith(name + "=")) {
      return word.substring(name.length() + 1);
    }
    char letter = curl ? 'o' : 'O';
    if (!hasFlag(curl, word, letter)) {
      return null;
    }
    int at = word.indexOf(letter, 1);
    return at + 1 < word.length() ? word.substring(at + 1) : next;
  }

  private static @Nullable String lastSegment(String address) {
    int end = address.indexOf('?');
    String path = end < 0 ? address : address.substring(0, end);
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.isEmpty() ? null : name;
  }
}
