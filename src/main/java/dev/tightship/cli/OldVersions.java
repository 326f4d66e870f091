package dev.tightship.cli;

import dev.tightship.compose.ComposeException;
import dev.tightship.compose.Paths;
import dev.tightship.compose.Service;
import dev.tightship.engine.Hardener;
import dev.tightship.files.Discovery;
import dev.tightship.files.Disk;
import dev.tightship.files.GitHistory;
import dev.tightship.files.ProjectException;
import dev.tightship.files.ProjectRoot;
import dev.tightship.files.Tree;
import dev.tightship.knowledge.Images;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks through older versions of a project for the secrets that it lacks. */
final class OldVersions {

  /** Versions that are looked at; whoever knows an older one can name it. */
  static final int MOST = 300;

  /** Digits of a commit that people see. */
  private static final int SHORT = 10;

  private final Loaded now;
  private final Hardener hardener;
  private final Images images;
  private final Set<Lacked> open;
  private final Map<Lacked, Found> found = new LinkedHashMap<>();
  private final List<String> passedOver = new ArrayList<>();
  private String because = "";

  /**
   * @param lacking what to look for
   */
  OldVersions(Loaded now, Hardener hardener, Images images, Collection<Lacked> lacking) {
    this.now = now;
    this.hardener = hardener;
    this.images = images;
    this.open = new LinkedHashSet<>(lacking);
  }

  /**
   * A secret that was found.
   *
   * @param version that has it, for people
   */
  record Found(String secret, String version) {
    @Override
    public String toString() {
      return "Found[version=" + version + "]";
    }
  }

  /** What was found, in the order of the versions. */
  Map<Lacked, Found> found() {
    return found;
  }

  /** Versions that could not be read, a sentence each. */
  List<String> passedOver() {
    return passedOver;
  }

  /** Why the rest was not found, half a sentence. */
  String because() {
    return because;
  }

  /**
   * Looks through the history of the Compose files, the newest version first.
   *
   * @throws ProjectException if git cannot tell the history
   */
  void lookBack() throws ProjectException {
    GitHistory history = GitHistory.of(now.root());
    if (history == null) {
      because = "there is no git here that knows older versions: name one with --from-folder";
      return;
    }
    List<String> commits = history.commits(files(), MOST);
    int looked = 0;
    for (String commit : commits) {
      if (open.isEmpty() || history.isSpent()) {
        break;
      }
      String name = name(commit);
      try {
        looked += look(name, history.version(commit), now.project().directory()) ? 1 : 0;
      } catch (ComposeException e) {
        passedOver.add(name + ":" + e.problem().describe());
      } catch (ProjectException e) {
        passedOver.add(name + " " + e.getMessage());
      }
    }
    boolean all = commits.size() < MOST && !history.isSpent();
    because =
        "%s%s%s"
            .formatted(
                looked == 0
                    ? "no older version of the Compose files is in git"
                    : "it is in none of the versions that were looked at (%d)".formatted(looked),
                all ? "" : ", name an older one with --from",
                history.isShallow() ? ", and this clone has no older ones (it is shallow)" : "");
  }

  /** All paths at which its Compose files lie, or may have lain, and the files of variables. */
  private Set<String> files() {
    var paths = new LinkedHashSet<String>();
    now.project().allFiles().forEach(file -> paths.add(file.path()));
    for (Service service : now.project().services()) {
      service.environmentFiles().forEach(file -> paths.add(file.path()));
    }
    if (now.chosen().found()) {
      paths.addAll(Discovery.candidates(Paths.folder(now.chosen().request().files().get(0))));
    }
    return paths;
  }

  /**
   * Looks at one version that git holds.
   *
   * @throws ProjectException if there is none, or it cannot be read
   */
  void lookAt(String revision) throws ProjectException {
    GitHistory history = GitHistory.of(now.root());
    if (history == null) {
      throw new ProjectException(now.name(), "there is no git here that knows " + revision);
    }
    String commit = history.commit(revision);
    only(name(commit), history.version(commit), now.project().directory());
  }

  /**
   * Looks at a folder with an older version.
   *
   * @throws ProjectException if there is none, or it cannot be read
   */
  void lookInto(Path folder) throws ProjectException {
    Path place = Here.of(folder);
    if (Files.exists(place) && !Files.isDirectory(place)) {
      throw new ProjectException(folder.toString(), "is not a folder");
    }
    ProjectRoot root = ProjectRoot.of(place, null);
    only(folder.toString(), new Disk(root), root.project());
  }

  private void only(String name, Tree tree, String directory) throws ProjectException {
    try {
      if (!look(name, tree, directory)) {
        throw new ProjectException(now.name(), name + " has no Compose file of this project");
      }
    } catch (ComposeException e) {
      throw new ProjectException(now.name(), name + ":" + e.problem().describe());
    }
    because = "%s does not have it".formatted(name);
  }

  private boolean look(String name, Tree tree, String directory) throws ComposeException {
    var version = new OldVersion(now, tree, directory);
    Values values = version.values(hardener, images);
    if (values == null) {
      return false;
    }
    for (Lacked lacked : List.copyOf(open)) {
      String secret = version.secret(values, lacked);
      if (secret != null) {
        found.put(lacked, new Found(secret, name));
        open.remove(lacked);
      }
    }
    return true;
  }

  private static String name(String commit) {
    return commit.substring(0, Math.min(SHORT, commit.length()));
  }
}
