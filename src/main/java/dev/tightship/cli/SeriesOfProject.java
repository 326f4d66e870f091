package dev.tightship.cli;

import dev.tightship.files.GitTree;
import dev.tightship.files.OutputFolder;
import dev.tightship.files.ProjectException;
import dev.tightship.report.Escape;
import dev.tightship.report.Letter;
import dev.tightship.report.Report;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the passes changed in a project, as one patch each in a folder. */
final class SeriesOfProject {

  private final Loaded loaded;
  private final Terminal terminal;

  SeriesOfProject(Loaded loaded, Terminal terminal) {
    this.loaded = loaded;
    this.terminal = terminal;
  }

  /**
   * @throws ProjectException if nothing was written, with the path as the user sees it
   */
  void write(Report report, Path folder) throws ProjectException {
    List<Letter> letters = report.letters();
    var texts = new LinkedHashMap<String, String>();
    var forGitAlone = new TreeSet<String>();
    for (Letter letter : letters) {
      String hidden = letter.hidden();
      if (hidden != null) {
        throw new ProjectException(
            loaded.shown(hidden),
            "a new line holds a secret, which no patch may show: use -i or -o");
      }
      texts.put(letter.name(), letter.text());
      forGitAlone.addAll(letter.forGitAlone());
    }
    List<String> uncommitted = uncommitted(report);
    OutputFolder.write(folder, ".patch", texts);
    for (String path : uncommitted) {
      terminal.error(
          loaded.shown(path)
              + ": has changes that are not committed: git am takes the series once they are");
    }
    for (String path : forGitAlone) {
      terminal.note(
          "  git alone reads parts of the series, since a line in or beside a change is not shown: %s\n"
              .formatted(Escape.text(loaded.shown(path))));
    }
    terminal.note(
        letters.isEmpty()
            ? "  no patch written, since no file that one may show changes\n"
            : "  written: %s in %s, for git am\n"
                .formatted(
                    letters.size() == 1 ? "1 patch" : letters.size() + " patches",
                    Escape.text(folder.toString())));
  }

  private List<String> uncommitted(Report report) throws ProjectException {
    Set<String> changed = Results.changed(report.outcome()).keySet();
    return changed.isEmpty() ? List.of() : GitTree.uncommitted(loaded.root(), changed);
  }
}
