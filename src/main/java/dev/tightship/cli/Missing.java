package dev.tightship.cli;

import dev.tightship.compose.Needs;
import dev.tightship.compose.Project;
import dev.tightship.files.Disk;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a project lacks on this disk.
 *
 * @param needs all that it needs
 * @param elsewhere secrets whose files are not looked at, since they lie outside of the root
 */
record Missing(Needs needs, List<Lacked> all, Set<String> elsewhere) {

  static Missing of(Loaded loaded) {
    Project project = loaded.project();
    Needs needs = Needs.of(project);
    var all = new ArrayList<Lacked>();
    var elsewhere = new LinkedHashSet<>(needs.elsewhere());
    for (String file : needs.files()) {
      switch (loaded.disk().kind(file)) {
        case MISSING, FOLDER -> all.add(new Lacked(file, null));
        case OUTSIDE -> elsewhere.add(file);
        case FILE, OTHER -> {} // a pipe or a device holds what it holds
      }
    }
    String home = project.envFiles().home(project.directory());
    for (String variable : needs.variables()) {
      all.add(new Lacked(home == null ? "" : home, variable));
    }
    return new Missing(needs, List.copyOf(all), elsewhere);
  }

  /** Whether a folder is there for secrets alone, so that nobody else needs to look into it. */
  boolean isOnlyForSecrets(String folder, Loaded loaded) {
    var known = new LinkedHashSet<>(List.of(".gitignore", ".gitkeep", "README.md"));
    for (String file : needs.files()) {
      if (file.startsWith(folder + "/")) {
        known.add(file.substring(folder.length() + 1));
      }
    }
    boolean mounted =
        loaded.project().named().binds().stream().anyMatch(bind -> bind.path().equals(folder));
    return !folder.isEmpty()
        && !mounted
        && loaded.disk().kind(folder) == Disk.Kind.FOLDER
        && known.containsAll(loaded.disk().list(folder));
  }
}
