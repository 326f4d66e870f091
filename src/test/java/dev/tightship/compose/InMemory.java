package dev.tightship.compose;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Files by their path from the root. */
public record InMemory(Map<String, String> texts) implements Sources {

  @Override
  public Source read(String path) {
    String text = texts.get(path);
    return text == null ? new Source.Missing() : new Source.Text(text);
  }

  /** A repository is there where {@link Given#inGit} made one; it ignores names, no patterns. */
  @Override
  public Tracking tracking(String path) {
    String tracked = texts.get(Given.INDEX);
    if (tracked == null) {
      return Tracking.UNKNOWN;
    }
    if (tracked.lines().anyMatch(path::equals)) {
      return Tracking.TRACKED;
    }
    String folder = Paths.folder(path);
    String ignore = texts.getOrDefault((folder.isEmpty() ? "" : folder + "/") + ".gitignore", "");
    String name = path.substring(folder.isEmpty() ? 0 : folder.length() + 1);
    return ignore.lines().anyMatch(line -> line.equals(name) || line.equals("*"))
        ? Tracking.IGNORED
        : Tracking.UNTRACKED;
  }

  @Override
  public Listing files(String folder, Predicate<String> enter, int most) {
    String start = folder.isEmpty() ? "" : folder + "/";
    var files = new ArrayList<File>();
    var entries = new TreeSet<String>();
    new TreeMap<>(texts)
        .forEach(
            (path, text) -> {
              boolean below = path.startsWith(start);
              for (int at = path.indexOf('/', start.length());
                  below && at >= 0;
                  at = path.indexOf('/', at + 1)) {
                entries.add(path.substring(0, at));
                below = enter.test(path.substring(0, at));
              }
              if (below) {
                entries.add(path);
                files.add(new File(path, text.getBytes(StandardCharsets.UTF_8).length));
              }
            });
    return entries.size() > most
        ? new Listing.Partial("holds more than " + most + " files and folders")
        : new Listing.Files(files);
  }
}
