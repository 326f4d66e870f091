package dev.tightship.cli;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A way to break a line of a YAML file, a Dockerfile or a file of variables.
 *
 * @param before what is written before the value
 * @param change what is done to the line as a whole
 */
record Breakage(String before, UnaryOperator<String> change) {

  static final List<Breakage> ALL =
      List.of(
          before("\""),
          before("'"),
          before("["),
          before("{"),
          before("*"),
          before("&"),
          before("!x"),
          before("%"),
          before("@"),
          before("`"),
          before("\\x"),
          before("#"),
          before("$"),
          before("${"),
          before("${X:?"),
          before("${A-"),
          line(line -> "\t" + line),
          line(line -> " " + line),
          line(line -> line.replaceFirst(" ", "")),
          line(line -> line + "\n" + line),
          line(line -> line + ": x: y"),
          line(line -> line + "\u0007"),
          line(line -> line + "\u2028"),
          line(line -> line + "\0"),
          line(line -> line.replaceFirst("^( *)", "$1<<: ")),
          line(line -> line.replaceFirst("^( *)", "$1? ")),
          line(line -> line.replaceFirst("^( *)", "$1[")),
          line(line -> line.replaceFirst("^( *)", "$1- ")),
          line(line -> "<<<<<<< " + line),
          line(line -> line.replaceFirst("[:=]", " ")),
          line(line -> "%" + line),
          line(line -> line + "\n\""));

  private static Breakage before(String text) {
    return new Breakage(text, UnaryOperator.identity());
  }

  private static Breakage line(UnaryOperator<String> change) {
    return new Breakage("", change);
  }

  /**
   * The line when it is broken.
   *
   * @param at where the value begins
   */
  String of(String line, int at) {
    return change.apply(line.substring(0, at) + before + line.substring(at));
  }
}
