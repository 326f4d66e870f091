package dev.tightship.cli;

import dev.tightship.engine.Outcome;
import dev.tightship.files.GitTree;
import dev.tightship.files.OutputFile;
import dev.tightship.files.ProjectException;
import dev.tightship.files.ProjectRoot;
import dev.tightship.files.Transaction;
import dev.tightship.report.Escape;
import dev.tightship.report.Report;
import dev.tightship.text.Patch;
import dev.tightship.text.Traced;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Writes what was asked for: in place, as a copy, as a patch or many, or as an overlay. */
final class Results {

  private final OutputOptions options;
  private final Terminal terminal;
  private final Map<String, String> patches = new LinkedHashMap<>();
  private final Map<Path, List<String>> uncommitted = new HashMap<>();
  private @Nullable Path patchRoot;

  Results(OutputOptions options, Terminal terminal) {
    this.options = options;
    this.terminal = terminal;
  }

  /**
   * @return whether all of it could be written
   * @throws ProjectException if nothing of it was written, with the path as the user sees it
   */
  boolean write(Loaded loaded, Report report) throws ProjectException {
    if (options.inPlace) {
      inPlace(loaded, report.outcome());
    } else if (options.directory != null) {
      return new CopyOfProject(loaded, terminal).write(report.outcome(), options.directory);
    } else if (options.patch != null) {
      patch(loaded, report);
    } else if (options.series != null) {
      new SeriesOfProject(loaded, terminal).write(report, Here.of(options.series));
    } else {
      String overlay = report.overlay();
      if (overlay != null) {
        overlay(loaded, overlay);
      }
    }
    return true;
  }

  /** The files that differ, with their new texts. */
  static Map<String, String> changed(Outcome outcome) {
    var changed = new LinkedHashMap<String, String>();
    for (Map.Entry<String, Traced> e : outcome.texts().entrySet()) {
      String text = e.getValue().text();
      if (!text.equals(e.getValue().original())) {
        changed.put(e.getKey(), text);
      }
    }
    return changed;
  }

  private void inPlace(Loaded loaded, Outcome outcome) throws ProjectException {
    if (!outcome.changed()) {
      return;
    }
    List<String> dirty = options.force ? List.of() : uncommitted(loaded.root());
    if (!dirty.isEmpty()) {
      throw new ProjectException(
          loaded.name(),
          "the git tree has uncommitted changes (%s%s): commit them, or say --force"
              .formatted(
                  loaded.shown(dirty.get(0)),
                  dirty.size() > 1 ? " and " + (dirty.size() - 1) + " more" : ""));
    }
    var transaction = new Transaction(loaded.disk());
    Map<String, String> changed = changed(outcome);
    Map<String, String> created = outcome.after().created();
    changed.forEach(transaction::replace);
    created.forEach(transaction::create);
    var kept = KeptFiles.of(outcome);
    kept.write(transaction::folder, transaction::create, transaction::replace);
    try {
      transaction.commit().forEach(note -> terminal.error(note));
    } catch (ProjectException e) {
      throw loaded.seen(e);
    }
    var made = new TreeSet<>(created.keySet());
    made.addAll(kept.made());
    for (Set<String> files : List.of(changed.keySet(), kept.changed(), made)) {
      files.forEach(f -> terminal.note("  written: " + Escape.text(loaded.shown(f)) + "\n"));
    }
  }

  /**
   * What was not committed before this run wrote anything: a project that shares a file with one
   * before it is not refused because of that.
   */
  private List<String> uncommitted(ProjectRoot root) throws ProjectException {
    List<String> known = uncommitted.get(root.folder());
    if (known == null) {
      known = GitTree.uncommitted(root, List.of());
      uncommitted.put(root.folder(), known);
    }
    return known;
  }

  private void patch(Loaded loaded, Report report) throws ProjectException {
    Path root = loaded.root().folder();
    if (patchRoot != null && !patchRoot.equals(root)) {
      throw new ProjectException(
          loaded.name(),
          "lies in another root than the projects before it: make it a patch of its own");
    }
    patchRoot = root;
    String secret = null;
    boolean shown = options.patchOnStandardOutput();
    for (Patch patch : shown ? report.shown() : report.patches()) {
      String text = Report.text(patch);
      if (text == null) {
        secret = patch.path();
        continue;
      }
      String earlier = patches.put(patch.path(), text);
      if (earlier != null && !earlier.equals(text)) {
        patches.put(patch.path(), earlier);
        throw new ProjectException(
            loaded.shown(patch.path()),
            "two of the projects change this file, and not in the same way: make two patches");
      }
      if (patch.isMasked()) {
        terminal.note(
            "  git alone reads this part of the patch, since a line that goes is not shown: %s\n"
                .formatted(Escape.text(loaded.shown(patch.path()))));
      } else if (patch.needsUnidiffZero()) {
        terminal.error(
            "%s: a line beside a change is not shown as it is, so apply the patch with: git apply"
                    .formatted(loaded.shown(patch.path()))
                + " --unidiff-zero");
      }
    }
    if (secret != null) {
      throw new ProjectException(
          loaded.shown(secret),
          shown
              ? "a new line cannot be shown as it is: name a file for --patch, or use -i or -o"
              : "a new line holds a secret, which no patch may show: use -i or -o");
    }
  }

  private void overlay(Loaded loaded, String text) throws ProjectException {
    Path file = options.overlayFile();
    if (file != null) {
      OutputFile.write(file, text);
      terminal.note("  written: " + Escape.text(String.valueOf(options.overlay)) + "\n");
    } else if (Report.isHarmless(text)) {
      terminal.print(text);
    } else {
      throw new ProjectException(
          loaded.name(), "a line cannot be shown as it is: name a file for --overlay");
    }
  }

  /**
   * Writes what all projects have together.
   *
   * @throws ProjectException if it could not be written
   */
  void finish() throws ProjectException {
    if (options.patch == null) {
      return;
    }
    String text = String.join("", patches.values());
    if (options.patchOnStandardOutput()) {
      terminal.print(text);
    } else {
      OutputFile.write(Path.of(options.patch), text);
    }
  }
}
