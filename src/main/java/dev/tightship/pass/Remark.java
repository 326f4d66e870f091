package dev.tightship.pass;

import org.jspecify.annotations.Nullable;

/** What a pass says of one subject. It says something of each, so that nothing is left unsaid. */
public sealed interface Remark {

  Subject subject();

  /**
   * There is nothing to do.
   *
   * @param because half a sentence
   */
  record Fine(Subject subject, String because) implements Remark {}

  /**
   * Something that should not stay as it is.
   *
   * @param message one sentence about this place, without a full stop
   * @param fix how to mend it, or null
   * @param unfixed why there is no fix, what to do or to find out; null when there is one
   */
  record Finding(
      Subject subject,
      Severity severity,
      String message,
      @Nullable Fix fix,
      @Nullable String unfixed)
      implements Remark {

    public Finding {
      if ((fix == null) == (unfixed == null)) {
        throw new IllegalArgumentException("a finding has a fix, or a reason why it has none");
      }
    }
  }

  static Remark fine(Subject subject, String because) {
    return new Fine(subject, because);
  }

  /** A finding with a fix. */
  static Remark finding(Subject subject, Severity severity, String message, Fix fix) {
    return new Finding(subject, severity, message, fix, null);
  }

  /** A finding that a person must answer. */
  static Remark advice(Subject subject, Severity severity, String message, String unfixed) {
    return new Finding(subject, severity, message, null, unfixed);
  }
}
