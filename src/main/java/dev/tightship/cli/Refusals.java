package dev.tightship.cli;

import dev.tightship.compose.Problem;
import dev.tightship.files.ProjectException;
import dev.tightship.report.Redactor;
import dev.tightship.report.Report;
import java.util.ArrayList;
import java.util.List;

/** What kept projects, or parts of them, from being read: said at once, and remembered. */
final class Refusals {

  private final Terminal terminal;
  private final List<Problem> all = new ArrayList<>();
  private boolean failed;
  private boolean faulty;

  Refusals(Terminal terminal) {
    this.terminal = terminal;
  }

  /** A project, or something that was to be written for one, is refused. */
  void add(ProjectException e) {
    String path = e.path() == null ? null : Redactor.line(e.path());
    String message = Redactor.error(String.valueOf(e.getMessage()));
    all.add(new Problem(path == null ? "" : path, e.line(), e.column(), message));
    failed = true;
    terminal.error(new ProjectException(path, e.line(), e.column(), message).describe());
  }

  /** A fault of ours in one project does not stop the others. */
  void fault(String project, Throwable why) {
    faulty = true;
    add(new ProjectException(project, Tightship.describe(why)));
  }

  /** Says what of a project could not be read although the rest was. */
  void problems(Loaded loaded, Report report) {
    for (Problem problem : loaded.project().problems()) {
      failed = true;
      String path = report.masked(loaded.shown(problem.path()));
      String message = report.maskedError(problem.message());
      terminal.error(new Problem(path, problem.line(), problem.column(), message).describe());
    }
  }

  /** Something failed, and that was said already. */
  void fail() {
    failed = true;
  }

  /** The projects that were refused, for programs. */
  List<Problem> all() {
    return all;
  }

  /**
   * @param otherwise the exit code where nothing failed
   */
  int exitCode(int otherwise) {
    return faulty ? ExitCode.FAULT : failed ? ExitCode.USAGE : otherwise;
  }
}
