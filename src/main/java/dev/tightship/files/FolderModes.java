package dev.tightship.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Folders that get another mode, and what they had before. */
final class FolderModes {

  private final Path root;
  private final Map<Path, Integer> wanted = new LinkedHashMap<>();
  private final Map<Path, Integer> before = new LinkedHashMap<>();

  FolderModes(Path root) {
    this.root = root;
  }

  /**
   * @param folder a real path
   */
  void add(Path folder, int mode) {
    wanted.put(folder, mode);
  }

  /** Sets them; a sentence for each that may not be changed. */
  List<String> set(Mutations mutations) throws IOException {
    var notes = new ArrayList<String>();
    if (!Modes.SUPPORTED) {
      return notes;
    }
    for (Map.Entry<Path, Integer> folder : wanted.entrySet()) {
      Path path = folder.getKey();
      int mode = Modes.number(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
      try {
        mutations.mode(path, folder.getValue());
        before.put(path, mode);
      } catch (IOException e) {
        String name = Names.text(root, path);
        notes.add("The mode of " + name + " could not be changed: " + Reasons.of(e));
      }
    }
    return notes;
  }

  /** Gives back what they had. A folder that stays too private does no harm. */
  void back(Mutations mutations) {
    before.forEach(
        (path, mode) -> {
          try {
            mutations.mode(path, mode);
          } catch (IOException e) {
            // its owner can give it back
          }
        });
  }
}
