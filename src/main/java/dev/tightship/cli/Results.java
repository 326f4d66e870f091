package dev.tightship.cli;

import dev.tightship.engine.Outcome;
import dev.tightship.files.GitTree;
import dev.tightship.files.OutputFile;
import dev.tightship.files.ProjectException;
import dev.tightship.files.Transaction;
import dev.tightship.report.Report;
import dev.tightship.text.Patch;
import dev.tightship.text.Traced;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what was asked for: in place, as a copy, or as a patch. */
final class Results {

  private final OutputOptions options;
  private final Terminal terminal;
  private final Map<String, String> patches = new LinkedHashMap<>();
  private @Nullable Path patchRoot;

  Results(OutputOptions options, Terminal terminal) {
    this.options = options;
    this.terminal = terminal;
  }

  /**
   * @throws ProjectException if it could not be written, or not all of it; nothing is half written
   */
  void write(Loaded loaded, Report report) throws ProjectException {
    if (options.inPlace) {
      inPlace(loaded, report.outcome());
    } else if (options.directory != null) {
      new CopyOfProject(loaded, terminal).write(report.outcome(), options.directory);
    } else if (options.patch != null) {
      patch(loaded, report);
    }
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
    List<String> dirty = options.force ? List.of() : GitTree.uncommitted(loaded.root(), List.of());
    if (!dirty.isEmpty()) {
      throw new ProjectException(
          loaded.name(),
          "the git tree has uncommitted changes (%s%s): commit them, or say --force"
              .formatted(dirty.get(0), dirty.size() > 1 ? " and others" : ""));
    }
    var transaction = new Transaction(loaded.disk());
    changed(outcome).forEach(transaction::replace);
    outcome.after().created().forEach(transaction::create);
    transaction.commit().forEach(note -> terminal.error(note));
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
    for (Patch patch : report.patches()) {
      if (patch.isMasked()) {
        secret = patch.path();
        continue;
      }
      String earlier = patches.put(patch.path(), patch.text());
      if (earlier != null && !earlier.equals(patch.text())) {
        patches.put(patch.path(), earlier);
        throw new ProjectException(
            loaded.shown(patch.path()),
            "two of the projects change this file, and not in the same way: make two patches");
      }
      if (patch.needsUnidiffZero()) {
        terminal.error(
            "%s: a line beside a change holds a secret and is left out: apply the patch with git"
                    .formatted(loaded.shown(patch.path()))
                + " apply --unidiff-zero");
      }
    }
    if (secret != null) {
      throw new ProjectException(
          loaded.shown(secret),
          "a line to change holds a secret, which no patch may show: use -i or -o for this file");
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
