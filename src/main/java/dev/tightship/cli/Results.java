package dev.tightship.cli;

import dev.tightship.files.ProjectException;
import dev.tightship.report.Report;

/** Writes what was asked for. */
final class Results {

  private final OutputOptions options;
  private final Terminal terminal;

  Results(OutputOptions options, Terminal terminal) {
    this.options = options;
    this.terminal = terminal;
  }

  void write(Loaded loaded, Report report) throws ProjectException {
    if (options.inPlace) {
      terminal.note("");
    }
  }

  /** Writes what all projects have together; whether that went well. */
  boolean finish() {
    return true;
  }
}
