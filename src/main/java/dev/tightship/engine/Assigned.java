package dev.tightship.engine;

import dev.tightship.compose.DotEnv;
import dev.tightship.compose.Project;
import dev.tightship.compose.Sources.Source;
import dev.tightship.edit.Edit;
import dev.tightship.text.Span;
import dev.tightship.text.TextEdit;
import dev.tightship.yaml.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Assignments of a file of variables that say something else; all around them stays. */
final class Assigned {

  private Assigned() {}

  /**
   * What a file says, as it is written.
   *
   * @param alone whether there is no value, which comes from outside
   */
  private record Said(String key, String value, boolean alone) {}

  /** Of two goals for one variable the second one finds the first. */
  static Plan plan(Project project, Edit.Assign edit, String fix) {
    String path = edit.file();
    if (project.file(path) != null || project.dockerfile(path) != null) {
      return new Plan.Held("%s is no file of variables alone".formatted(path));
    }
    Source source = project.read(path);
    if (!(source instanceof Source.Text text)) {
      String reason = source instanceof Source.Refused refused ? refused.reason() : "is gone";
      return new Plan.Held("%s %s".formatted(path, reason));
    }
    if (!(DotEnv.written(text.text()) instanceof DotEnv.Read read)) {
      return new Plan.Held("%s cannot be read".formatted(path));
    }
    var splices = new ArrayList<Plan.Splice>();
    boolean named = false;
    for (DotEnv.Entry entry : read.entries()) {
      named |= entry.key().equals(edit.name()) || entry.key().equals(edit.key());
      if (entry.key().equals(edit.name()) && !entry.inherited()) {
        replace(text.text(), entry.keySpan(), edit.key(), fix, splices);
        replace(text.text(), entry.valueSpan(), edit.text(), fix, splices);
      }
    }
    return named
        ? new Plan.Ready(splices, Set.of(new Plan.Lock(-1, path + "\n" + edit.name())))
        : new Plan.Held("%s gives %s no value".formatted(path, edit.name()));
  }

  private static void replace(
      String text, Span span, String with, String fix, List<Plan.Splice> splices) {
    if (!span.of(text).equals(with)) {
      splices.add(new Plan.Splice(new TextEdit(span, with, fix), 0));
    }
  }

  /** Whether a file says what the goals make of what it said before, and nothing else. */
  static boolean means(Source before, Source after, List<Edit> wanted) {
    var goals =
        wanted.stream().filter(Edit.Assign.class::isInstance).map(Edit.Assign.class::cast).toList();
    if (goals.isEmpty()) {
      return true;
    }
    List<Said> said = said(before);
    if (said == null) {
      return false;
    }
    for (Edit.Assign goal : goals) {
      said.replaceAll(
          each ->
              each.key.equals(goal.name()) && !each.alone
                  ? new Said(goal.key(), goal.text(), false)
                  : each);
    }
    return said.equals(said(after));
  }

  private static @Nullable List<Said> said(Source source) {
    if (!(source instanceof Source.Text text)
        || !(DotEnv.written(text.text()) instanceof DotEnv.Read read)) {
      return null;
    }
    var said = new ArrayList<Said>();
    for (DotEnv.Entry entry : read.entries()) {
      said.add(new Said(entry.key(), entry.valueSpan().of(text.text()), entry.inherited()));
    }
    return said;
  }
}
