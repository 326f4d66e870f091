package dev.tightship.analysis;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A sign that a text writes to files.
 *
 * @param sign what stands in the text
 * @param path the argument that tells where it writes to; below 0 where none does
 * @param when what must hold for the arguments that follow
 * @param says half a sentence; {@code %s} stands for the sign as it is written
 */
record Rule(Pattern sign, int path, Predicate<List<String>> when, String says) {

  private static final int NOWHERE = -1;

  /** A call with these names, whose argument {@code path} tells where it writes to. */
  static Rule call(int path, String names) {
    return new Rule(Pattern.compile(names), path, arguments -> true, "calls %s");
  }

  static Rule call(int path, String names, Predicate<List<String>> when) {
    return new Rule(Pattern.compile(names), path, when, "calls %s");
  }

  /** A call that writes to a place which is not among its arguments. */
  static Rule call(String names) {
    return call(NOWHERE, names);
  }

  static Rule call(String names, Predicate<List<String>> when) {
    return call(NOWHERE, names, when);
  }

  /** Something in the text, whatever follows. */
  static Rule sign(String sign, String says) {
    return new Rule(Pattern.compile(sign), NOWHERE, arguments -> true, says);
  }

  /** A setting that is followed by the place. */
  static Rule place(String sign, String says) {
    return new Rule(Pattern.compile(sign), 0, arguments -> !arguments.isEmpty(), says);
  }

  boolean allowed(List<String> arguments, Places places) {
    return path >= 0 && path < arguments.size() && places.holds(arguments.get(path));
  }
}
