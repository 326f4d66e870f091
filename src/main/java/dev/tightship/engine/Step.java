package dev.tightship.engine;

import dev.tightship.edit.Edit;
import dev.tightship.pass.Remark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One remark of one pass, and what came of it.
 *
 * @param id of the step, unique in its outcome: what a changed line names as its why
 * @param pass id of the pass
 * @param reason why it was not applied, or why there is nothing to do; for what was applied, where
 *     it is written where that is not the service itself, else null
 * @param written the edits as they were spliced, where they stand elsewhere than the fix says: in
 *     what services share, or with what an alias brought written out; else empty
 */
public record Step(
    String id,
    String pass,
    Remark remark,
    Status status,
    @Nullable String reason,
    List<Edit> written) {

  /** The id of a step: its pass and a number. */
  static String idOf(String pass, int number) {
    return pass + "#" + number;
  }

  /** The pass in the id of a step. */
  static String passOf(String id) {
    return id.substring(0, id.indexOf('#'));
  }

  /** The same step, its fix taken back. */
  Step held(String because) {
    return new Step(id, pass, remark, Status.HELD, because, List.of());
  }

  /** What came of a remark. */
  public enum Status {
    /** The fix is in the result. */
    APPLIED,
    /**
     * The fix was wanted, but not without a risk: for the text, or for a variant of the project. Or
     * an overlay cannot say it.
     */
    HELD,
    /** There is a fix, which this level does not apply. */
    OFFERED,
    /** There is no fix: a person must look. */
    ADVISED,
    /** The project says that it shall stay so. */
    SUPPRESSED,
    /** There is nothing to do. */
    FINE;

    /** The name as reports write it. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
