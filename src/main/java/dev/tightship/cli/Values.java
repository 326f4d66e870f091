package dev.tightship.cli;

import dev.tightship.compose.Project;
import dev.tightship.edit.Edit;
import dev.tightship.engine.Hardener;
import dev.tightship.engine.Level;
import dev.tightship.engine.Options;
import dev.tightship.engine.Step;
import dev.tightship.pass.Remark;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The secrets that hardening takes out of the files of a project.
 *
 * @param files by path from its root, those that become files
 * @param variables by name, those that variables give
 */
record Values(Map<String, String> files, Map<String, String> variables) {

  private static final Options OPTIONS =
      new Options(Level.STANDARD, Set.of("inline-secrets"), Set.of(), Set.of(), false, false);

  static Values of(Project project, Hardener hardener) {
    var values = new Values(new LinkedHashMap<>(), new LinkedHashMap<>());
    for (Step step : hardener.harden(project, OPTIONS).steps(Step.Status.APPLIED)) {
      if (step.remark() instanceof Remark.Finding finding && finding.fix() != null) {
        finding.fix().edits().forEach(values::take);
      }
    }
    return values;
  }

  private void take(Edit edit) {
    if (edit instanceof Edit.Keep keep) {
      files.put(keep.file(), keep.secret());
    } else if (edit instanceof Edit.Variable variable) {
      variables.put(variable.name(), variable.secret());
    }
  }

  /** These and others, without what they do not agree on. */
  Values agreeing(Values others) {
    return new Values(agreeing(files, others.files), agreeing(variables, others.variables));
  }

  private static Map<String, String> agreeing(Map<String, String> some, Map<String, String> more) {
    var all = new LinkedHashMap<>(some);
    all.putAll(more);
    all.entrySet()
        .removeIf(
            each -> !each.getValue().equals(some.getOrDefault(each.getKey(), each.getValue())));
    return all;
  }

  /** The names alone. */
  @Override
  public String toString() {
    return "Values[files=%s, variables=%s]".formatted(files.keySet(), variables.keySet());
  }
}
