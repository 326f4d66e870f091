package dev.tightship.compose;

import dev.tightship.compose.Sources.File;
import dev.tightship.compose.Sources.Listing;
import dev.tightship.compose.Sources.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Looks for small files of a project by their names: at its top, and in folders that are called as
 * such files' folders mostly are.
 *
 * @param folders names of folders that are entered, wherever they lie
 * @param names what the path of a file matches
 * @param mostBytes a larger file is passed over
 * @param mostFiles that are taken; those beyond are passed over
 */
public record SmallTexts(Set<String> folders, Pattern names, int mostBytes, int mostFiles) {

  private static final int MOST_ENTRIES = 2_000;

  /** A file and what it holds. */
  public record Text(String path, String text) {}

  /**
   * The files of a project, none where it has too many entries to look at.
   *
   * @param wanted of the files that match, those that are taken
   */
  public List<Text> in(Project project, Predicate<Text> wanted) {
    Listing listing =
        project.filesBelow(
            "",
            folder -> folders.contains(folder.substring(folder.lastIndexOf('/') + 1)),
            MOST_ENTRIES);
    var found = new ArrayList<Text>();
    if (listing instanceof Listing.Files all) {
      for (File file : all.files()) {
        if (file.bytes() <= mostBytes
            && names.matcher(file.path()).matches()
            && found.size() < mostFiles
            && project.read(file.path()) instanceof Source.Text read) {
          var text = new Text(file.path(), read.text());
          if (wanted.test(text)) {
            found.add(text);
          }
        }
      }
    }
    return List.copyOf(found);
  }
}
