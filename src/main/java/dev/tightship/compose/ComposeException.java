package dev.tightship.compose;

/** A project that cannot be read at all. */
public final class ComposeException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  ComposeException(Problem problem) {
    super(problem.describe());
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
