package dev.tightship.analysis;

import java.util.List;
import java.util.regex.Pattern;

/** How a call opens a file, by its arguments. */
final class Modes {

  private static final Pattern READS =
      Pattern.compile("[\"'](?:r[bt]?|rs)[\"']|(?:\\w+\\.)*O_RDONLY");

  private static final Pattern PYTHON_WRITES =
      Pattern.compile("(?:mode\\s*=\\s*)?[\"'][rbtU]*[wax+][rbtwax+]*(?:[|:]\\w*)?[\"']");
  private static final Pattern LITERAL_OR_NAMED =
      Pattern.compile("[rbuf]?[\"'].*|-?\\d+|\\w+\\s*=(?!=).*", Pattern.DOTALL);
  private static final Pattern FLAGS = Pattern.compile("O_(?:WRONLY|RDWR|CREAT|APPEND)");

  private Modes() {}

  /** Whether a mode is written out and only reads; a mode that is left out reads as well. */
  static boolean reads(List<String> arguments, int index) {
    return arguments.size() <= index || READS.matcher(arguments.get(index)).matches();
  }

  /**
   * Whether a mode that writes is among the arguments, or one that is not written out.
   *
   * @param index of the argument that is the mode where it has no name
   */
  static boolean pythonWrites(List<String> arguments, int index) {
    for (int i = index; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (PYTHON_WRITES.matcher(argument).matches() || FLAGS.matcher(argument).find()) {
        return true;
      }
    }
    return index > 0
        && arguments.size() > index
        && !LITERAL_OR_NAMED.matcher(arguments.get(index)).matches();
  }

  /** Whether the first argument is a value, not a named or unpacked one. */
  static boolean positional(List<String> arguments) {
    return !arguments.isEmpty()
        && !arguments.get(0).startsWith("*")
        && !arguments.get(0).matches("(?s)\\w+\\s*=(?!=).*");
  }
}
