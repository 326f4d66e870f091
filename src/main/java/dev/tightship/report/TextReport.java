package dev.tightship.report;

import dev.tightship.engine.Step;
import dev.tightship.engine.Step.Status;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Page;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Remark.Finding;
import dev.tightship.pass.Risk;
import dev.tightship.pass.Subject;
import dev.tightship.text.LineDiff.Row;
import dev.tightship.text.Lines.Position;
import dev.tightship.text.Patch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The report for people: a diff in which each hunk has its why, and a summary of each service. */
public final class TextReport {

  /** Where what is said of a pass begins. */
  private static final int COLUMN = 32;

  /** Where it goes on when it is long. */
  private static final int INDENT = 14;

  private final Report report;
  private final Colors colors;
  private final List<Patch> patches;

  public TextReport(Report report, Colors colors) {
    this.report = report;
    this.colors = colors;
    this.patches = report.shown();
  }

  /** The diff, one that {@code git apply} takes; empty when nothing changed. */
  public String diff() {
    Map<String, Step> steps =
        report.outcome().steps().stream().collect(Collectors.toMap(Step::id, s -> s));
    Map<String, String> shared = shared();
    var out = new StringBuilder();
    for (Patch patch : patches) {
      Header.of(patch).lines().forEach(line -> out.append(colors.bold(line)).append('\n'));
      for (Patch.Hunk hunk : patch.hunks()) {
        out.append(colors.cyan(hunk.header()))
            .append(' ')
            .append(why(hunk, steps, shared))
            .append('\n');
        hunk.rows().forEach(row -> out.append(row(patch, row)));
      }
    }
    return out.toString();
  }

  private String row(Patch patch, Row row) {
    String line = patch.line(row);
    int end = line.indexOf('\n');
    return switch (row.change()) {
      case KEPT -> line;
      case REMOVED -> colors.red(line.substring(0, end)) + line.substring(end);
      case ADDED -> colors.green(line.substring(0, end)) + line.substring(end);
    };
  }

  /** What the fixes of a hunk do, by subject: {@code web: forbid new privileges, limit ...}. */
  private String why(Patch.Hunk hunk, Map<String, Step> steps, Map<String, String> shared) {
    var titles = new LinkedHashMap<String, Set<String>>();
    for (String id : hunk.fixes()) {
      Step step = steps.get(id);
      Fix fix = step != null && step.remark() instanceof Finding finding ? finding.fix() : null;
      if (step != null && fix != null) {
        titles
            .computeIfAbsent(
                shared.getOrDefault(id, name(step.remark().subject())), s -> new LinkedHashSet<>())
            .add(report.masked(fix.title()));
      }
    }
    return titles.entrySet().stream()
        .map(e -> (e.getKey().isEmpty() ? "" : e.getKey() + ": ") + String.join(", ", e.getValue()))
        .map(Escape::text)
        .collect(Collectors.joining("; "));
  }

  /** By id of a step that is written once for several services, their names. */
  private Map<String, String> shared() {
    Map<List<Object>, List<Step>> together =
        report.outcome().steps(Status.APPLIED).stream()
            .filter(step -> !step.written().isEmpty())
            .collect(Collectors.groupingBy(step -> List.of(step.pass(), step.written())));
    var names = new HashMap<String, String>();
    for (List<Step> steps : together.values()) {
      String all =
          steps.stream()
              .map(step -> name(step.remark().subject()))
              .collect(Collectors.joining(", "));
      steps.forEach(step -> names.put(step.id(), all));
    }
    return names;
  }

  private static String name(Subject subject) {
    return subject instanceof Subject.OfService service ? service.service() : "";
  }

  /**
   * What was done, what was not and because of what, and what is to decide, by service.
   *
   * @param verbose whether what needed nothing is named as well
   */
  public String summary(boolean verbose) {
    var out = new StringBuilder();
    List<Step> applied = report.outcome().steps(Status.APPLIED);
    String head = Escape.text(report.name()) + ": ";
    if (!report.changes()) {
      out.append(colors.bold(head)).append(nothing()).append('\n');
    } else {
      out.append(colors.bold(head))
          .append(count(applied.size(), "fix", "fixes"))
          .append(" in ")
          .append(report.isOverlaid() ? "an overlay" : count(patches.size(), "file", "files"))
          .append(" at level ")
          .append(report.outcome().level().word())
          .append('\n');
    }
    for (String note : report.notes()) {
      Wrap.append(out.append("  note  "), 8, 8, List.of(Escape.text(report.masked(note))));
    }
    for (String file : report.kept()) {
      String note =
          file
              + " holds a secret: -i and -o make it, and tightship secrets does in a clone; no diff"
              + " and no patch shows it";
      Wrap.append(out.append("  note  "), 8, 8, List.of(Escape.text(note)));
    }
    reach(out);
    Map<String, List<String>> disabled = report.disabled();
    subjects(verbose)
        .forEach(
            (subject, steps) -> section(out, subject, enabledBy(disabled, steps.get(0)), steps));
    checks(out, applied);
    applying(out);
    return out.toString();
  }

  /** One line where the run changes who can reach whom, or who is open to whom. */
  private void reach(StringBuilder out) {
    ReachChange change = ReachChange.of(report.outcome());
    List<String> parts = change == null ? List.of() : change.parts();
    if (!parts.isEmpty()) {
      String line = Escape.text(report.masked(String.join("; ", parts)));
      Wrap.append(out.append("  reach  "), 9, 9, List.of(line));
    }
  }

  private String nothing() {
    long open =
        report.outcome().steps().stream()
            .filter(s -> s.status() != Status.FINE && s.status() != Status.SUPPRESSED)
            .count();
    return "nothing to do at level "
        + report.outcome().level().word()
        + (open == 0 ? "" : ", " + count(open, "finding", "findings") + " left");
  }

  /** What there is to say, by subject: files first, then the services in the order of the files. */
  private Map<String, List<Step>> subjects(boolean verbose) {
    var subjects = new LinkedHashMap<String, List<Step>>();
    for (boolean services : new boolean[] {false, true}) {
      for (Step step : report.outcome().steps()) {
        if (step.remark().subject() instanceof Subject.OfService == services) {
          var steps =
              subjects.computeIfAbsent(step.remark().subject().describe(), s -> new ArrayList<>());
          if (verbose || step.status() != Status.FINE) {
            steps.add(step);
          }
        }
      }
    }
    subjects.values().removeIf(List::isEmpty);
    return subjects;
  }

  /** What stands behind the name of a service that does not start with the project. */
  private static String enabledBy(Map<String, List<String>> disabled, Step step) {
    List<String> profiles =
        step.remark().subject() instanceof Subject.OfService service
            ? disabled.getOrDefault(service.service(), List.of())
            : List.of();
    return profiles.isEmpty()
        ? ""
        : " (not enabled: needs profile %s)".formatted(String.join(" or ", profiles));
  }

  private void section(StringBuilder out, String subject, String behind, List<Step> steps) {
    out.append("  ").append(colors.bold(Escape.text(subject)));
    out.append(Escape.text(report.masked(behind))).append('\n');
    for (Step step : steps) {
      out.append("    ").append(word(step)).append("  ").append("%-19s ".formatted(step.pass()));
      List<String> parts =
          parts(step).stream().map(part -> Escape.text(report.masked(part))).toList();
      Wrap.append(out, COLUMN, INDENT, parts);
    }
  }

  private String word(Step step) {
    return switch (step.status()) {
      case APPLIED -> colors.green("done  ");
      case HELD -> colors.yellow("held  ");
      case OFFERED -> colors.yellow("offer ");
      case ADVISED -> colors.yellow("decide");
      case SUPPRESSED -> colors.dim("keep  ");
      case FINE -> colors.dim("fine  ");
    };
  }

  /** What there is to say of a step, cut where a line may best end. */
  private List<String> parts(Step step) {
    if (step.remark() instanceof Remark.Fine fine) {
      return List.of(fine.because());
    }
    var finding = (Finding) step.remark();
    Fix fix = finding.fix();
    if (step.status() == Status.APPLIED && fix != null) {
      return List.of(fix.title(), Report.risk(step, fix));
    }
    Position at = report.outcome().position(step);
    String place = at == null ? "" : "line " + at.line() + ": ";
    var parts = new ArrayList<>(List.of(place + finding.message() + ";"));
    parts.add(String.valueOf(step.reason()));
    if (fix != null) {
      parts.add("[" + fix.title() + "]");
    }
    return parts;
  }

  /** How to check and undo what may change how the project behaves, once a pass. */
  private void checks(StringBuilder out, List<Step> applied) {
    var passes = new TreeMap<String, Page>();
    for (Step step : applied) {
      Fix fix = ((Finding) step.remark()).fix();
      if (fix != null && fix.risk().compareTo(Risk.INFERRED) >= 0) {
        passes.put(step.pass(), report.page(step));
      }
    }
    if (!passes.isEmpty()) {
      out.append("  ").append(colors.bold("what follows from reading alone")).append('\n');
    }
    passes.forEach(
        (id, page) -> {
          out.append("    ").append(id).append('\n');
          Wrap.append(out.append("      "), 6, 13, List.of("check: " + page.check()));
          Wrap.append(out.append("      "), 6, 12, List.of("undo: " + page.undo()));
        });
  }

  /** What to know before the diff is given to git. */
  private void applying(StringBuilder out) {
    for (Patch patch : patches) {
      String path = Escape.text(patch.path());
      if (patch.isMasked()) {
        out.append("  note  ");
        Wrap.append(
            out,
            8,
            8,
            List.of(
                "git cannot apply the diff of " + path + ":",
                "a changed line is not shown as it is; -i, -o and --patch write it"));
      } else if (patch.needsUnidiffZero()) {
        out.append("  note  ");
        Wrap.append(
            out,
            8,
            8,
            List.of(
                "to apply the diff of " + path + ": git apply --unidiff-zero",
                "(a line beside a change is not shown)"));
      }
    }
  }

  private static String count(long count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }
}
