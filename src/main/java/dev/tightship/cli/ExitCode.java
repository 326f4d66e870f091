package dev.tightship.cli;

/** What the exit code of the program says. */
final class ExitCode {

  /** Done, or nothing to do. */
  static final int DONE = 0;

  /** Changes are pending under {@code --check}, or secrets are missing. */
  static final int PENDING = 1;

  /** Bad usage, or input that could not be read; the rest was still done. */
  static final int USAGE = 2;

  /** A fault of Tightship itself. */
  static final int FAULT = 3;

  private ExitCode() {}
}
