package dev.tightship.cli;

import dev.tightship.compose.ComposeException;
import dev.tightship.compose.EnvFiles;
import dev.tightship.compose.Paths;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.compose.Sources;
import dev.tightship.engine.Hardener;
import dev.tightship.files.Discovery;
import dev.tightship.files.Disk;
import dev.tightship.files.Read;
import dev.tightship.files.Tree;
import dev.tightship.knowledge.Images;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A version of a project before it was hardened.
 *
 * @param now the project as it is
 * @param tree where the files of the version are
 * @param directory the project directory in there
 */
record OldVersion(Loaded now, Tree tree, String directory) {

  /**
   * The same place in the version; null where there is none.
   *
   * @param path from the root of the project as it is
   */
  private @Nullable String then(String path) {
    String present = "/" + now.project().directory();
    return Paths.resolve(directory, Seen.relative(present, "/" + path));
  }

  /**
   * What Compose would load of it: the very files that were named, else those that it finds in the
   * same folder. Null where the version has no such project.
   */
  private @Nullable List<String> files() {
    List<String> present = now.chosen().request().files();
    if (now.chosen().found()) {
      String folder = then(Paths.folder(present.get(0)));
      Discovery.Found found = folder == null ? null : Discovery.in(tree, folder);
      return found == null ? null : found.files();
    }
    var files = new ArrayList<String>();
    for (String path : present) {
      String file = then(path);
      if (file == null || tree.kind(file) == Disk.Kind.MISSING) {
        return null;
      }
      files.add(file);
    }
    return files;
  }

  private EnvFiles envFiles() {
    EnvFiles present = now.chosen().request().envFiles();
    var paths = new ArrayList<String>();
    for (String path : present.paths()) {
      String file = then(path);
      if (file != null) {
        paths.add(file);
      }
    }
    String usual = Paths.resolve(directory, ".env");
    if (!present.named() && usual != null && !paths.contains(usual)) {
      paths.add(usual);
    }
    return new EnvFiles(paths, present.named());
  }

  /**
   * The secrets that hardening takes out of it; null where the version has no such project. It is
   * hardened as it is, and once more with the files of variables that no version holds, since some
   * of what it says may hang on them.
   *
   * @throws ComposeException where it cannot be read
   */
  @Nullable Values values(Hardener hardener, Images images) throws ComposeException {
    List<String> files = files();
    if (files == null) {
      return null;
    }
    EnvFiles envFiles = envFiles();
    var request =
        new Project.Request(
            files, directory, envFiles, List.of(), now.project().profiles(), List.of(), false);
    Sources sources = new Tracked(new InTree(tree), variableFiles());
    Values values = Values.of(Project.load(sources, images, request), hardener);
    Map<String, String> local = local();
    return local.isEmpty()
        ? values
        : values.agreeing(
            Values.of(Project.load(Sources.with(sources, local), images, request), hardener));
  }

  /**
   * A version that is a folder, of which no git tells what it tracked.
   *
   * @param files those that git is taken to have tracked then, as something has left them
   */
  private record Tracked(Sources sources, Set<String> files) implements Sources {
    @Override
    public Source read(String path) {
      return sources.read(path);
    }

    @Override
    public Listing files(String folder, Predicate<String> enter, int most) {
      return sources.files(folder, enter, most);
    }

    @Override
    public Tracking tracking(String path) {
      Tracking tracking = sources.tracking(path);
      return tracking == Tracking.UNKNOWN && files.contains(path) ? Tracking.TRACKED : tracking;
    }
  }

  /** The files of variables of services that ask for variables of Compose now. */
  private Set<String> variableFiles() {
    var files = new HashSet<String>();
    for (Service service : now.project().services()) {
      for (Service.EnvironmentFile file : service.environmentFiles()) {
        String path = then(file.path());
        if (path != null
            && now.project().read(file.path()) instanceof Sources.Source.Text text
            && text.text().contains(":?}")) {
          files.add(path);
        }
      }
    }
    return files;
  }

  private Map<String, String> local() {
    var texts = new LinkedHashMap<String, String>();
    for (String path : now.envFiles()) {
      String file = then(path);
      if (file != null
          && tree.kind(file) == Disk.Kind.MISSING
          && now.disk().read(path) instanceof Read.Text text) {
        texts.put(file, text.text());
      }
    }
    return texts;
  }

  /** The secret of something that is lacking; null where these values have none of that name. */
  @Nullable String secret(Values values, Lacked lacked) {
    return lacked.variable() == null
        ? values.files().get(then(lacked.file()))
        : values.variables().get(lacked.variable());
  }
}
