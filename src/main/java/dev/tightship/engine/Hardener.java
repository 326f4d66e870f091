package dev.tightship.engine;

import dev.tightship.compose.Project;
import dev.tightship.edit.Edit;
import dev.tightship.engine.Step.Status;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Remark.Finding;
import dev.tightship.pass.Subject;
import dev.tightship.text.Traced;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One sweep over the passes, in their order. Each pass looks at the project as the steps before its
 * own left it; its fixes are one step, with those of the passes that join it. A pure function:
 * texts in, texts out.
 */
public final class Hardener {

  private final List<Pass> passes;

  public Hardener(List<Pass> passes) {
    this.passes = List.copyOf(passes);
  }

  /** Is told what each step of a run did. */
  private interface Listener {

    /**
     * @param fixes of the step, by id
     * @param applied what came of them
     */
    void step(Batch.State before, Map<String, Fix> fixes, Application applied);
  }

  /**
   * Hardens a project as far as the options allow; the outcome says of each remark what came of it.
   */
  public Outcome harden(Project project, Options options) {
    return harden(project, options, (before, fixes, applied) -> {});
  }

  /** The same run, with what each of its passes changed. */
  public Series series(Project project, Options options) {
    var changes = new Changes();
    Outcome outcome = harden(project, options, changes::add);
    return new Series(outcome, changes.list());
  }

  private Outcome harden(Project project, Options options, Listener listener) {
    var texts = new LinkedHashMap<String, Traced>();
    project.allFiles().forEach(f -> texts.put(f.path(), Traced.of(f.text())));
    project.dockerfiles().stream()
        .filter(f -> project.inline(f.path()) == null)
        .forEach(f -> texts.put(f.path(), Traced.of(f.text())));
    var state = new Batch.State(project, texts);
    var suppressions = options.untrusted() ? Suppressions.NONE : Suppressions.of(project);
    var positions = new Positions(project);
    var variants = new Variants(project, options.level());
    var steps = new ArrayList<Step>();
    for (List<Pass> step : steps(options)) {
      var drafts = new ArrayList<Draft>();
      var fixes = new LinkedHashMap<String, Fix>();
      var unfit = new LinkedHashMap<String, String>();
      for (Pass pass : step) {
        var findings = new LinkedHashMap<String, Finding>();
        int number = 0;
        for (Remark remark : pass.inspect(state.project()).toList()) {
          if (!wanted(remark.subject(), options)) {
            continue;
          }
          String id = Step.idOf(pass.id(), ++number);
          Draft draft = draft(pass.id(), id, remark, options, suppressions, positions);
          drafts.add(draft);
          if (draft.fix != null) {
            fixes.put(id, draft.fix);
            findings.put(id, (Finding) remark);
          }
        }
        unfit.putAll(variants.against(state.project(), pass, findings));
      }
      fixes.keySet().removeAll(unfit.keySet());
      var applied = new Application(state);
      applied.apply(fixes);
      listener.step(state, fixes, applied);
      state = applied.state();
      for (Draft draft : drafts) {
        steps.add(draft.unless(unfit.get(draft.id)).step(applied));
      }
    }
    return new Outcome(project, state.project(), options.level(), steps, Map.copyOf(state.texts()));
  }

  /** The passes that run, those together whose fixes are spliced together. */
  private List<List<Pass>> steps(Options options) {
    var steps = new ArrayList<List<Pass>>();
    boolean open = false;
    for (Pass pass : passes) {
      open &= pass.joins();
      if (options.runs(pass.id())) {
        if (!open) {
          steps.add(new ArrayList<>());
        }
        steps.get(steps.size() - 1).add(pass);
        open = true;
      }
    }
    return steps;
  }

  private static boolean wanted(Subject subject, Options options) {
    return options.services().isEmpty()
        || (subject instanceof Subject.OfService s && options.services().contains(s.service()));
  }

  /** A remark and what is to be done about it. */
  private record Draft(
      String pass,
      String id,
      Remark remark,
      Status status,
      @Nullable String reason,
      @Nullable Fix fix) {

    /** The same, held where it does not hold in a variant. */
    Draft unless(@Nullable String unfit) {
      return unfit == null ? this : new Draft(pass, id, remark, Status.HELD, unfit, null);
    }

    Step step(Application applied) {
      Status now = status;
      String why = reason;
      List<Edit> written = List.of();
      if (fix != null && applied.held(id) != null) {
        now = Status.HELD;
        why = applied.held(id);
      } else if (fix != null && applied.isIdle(id)) {
        now = Status.FINE;
        why = "another fix did it already";
      } else if (fix != null) {
        why = applied.note(id);
        written = applied.written(id);
      }
      return new Step(id, pass, remark, now, why, written);
    }
  }

  private static Draft draft(
      String pass,
      String id,
      Remark remark,
      Options options,
      Suppressions suppressions,
      Positions positions) {
    if (remark instanceof Remark.Fine fine) {
      return new Draft(pass, id, remark, Status.FINE, fine.because(), null);
    }
    var finding = (Finding) remark;
    String suppressed = suppressions.reason(pass, finding.subject(), positions);
    if (suppressed != null) {
      return new Draft(pass, id, remark, Status.SUPPRESSED, suppressed, null);
    }
    Fix fix = finding.fix();
    if (fix == null) {
      return new Draft(pass, id, remark, Status.ADVISED, finding.unfixed(), null);
    }
    if (!options.level().allows(fix.risk())) {
      String from = Level.of(fix.risk()).word();
      String reason = "applied from level %s on: %s".formatted(from, fix.why());
      return new Draft(pass, id, remark, Status.OFFERED, reason, null);
    }
    String unsaid = options.overlay() ? Unsayable.reason(fix) : null;
    return unsaid == null
        ? new Draft(pass, id, remark, Status.APPLIED, null, fix)
        : new Draft(pass, id, remark, Status.HELD, unsaid, null);
  }
}
