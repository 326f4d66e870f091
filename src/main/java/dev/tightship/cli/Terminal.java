package dev.tightship.cli;

import dev.tightship.report.Escape;
import java.io.PrintWriter;

/** Where a command writes: its result, and what there is to say about it. */
final class Terminal {

  private final PrintWriter out;
  private final PrintWriter err;
  private boolean quiet;

  Terminal(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  /** From now on nothing is said but what went wrong. */
  void beQuiet() {
    quiet = true;
  }

  /** The result. */
  void print(String text) {
    out.print(text);
    out.flush();
  }

  /** What a person wants to know, beside the result. */
  void note(String text) {
    if (!quiet) {
      err.print(text);
      err.flush();
    }
  }

  /** One line about something that went wrong. */
  void error(String message) {
    err.print("tightship: " + Escape.text(message) + "\n");
    err.flush();
  }
}
