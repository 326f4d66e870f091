package dev.tightship.move;

import dev.tightship.compose.Paths;
import dev.tightship.compose.Project;
import dev.tightship.compose.Sources.Source;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Place;
import dev.tightship.edit.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The folder with the files that hold secrets: the one that the project has, else {@code secrets}
 * beside its Compose files.
 */
final class SecretFolder {

  private static final String IGNORE = "*\n!.gitignore\n!README.md\n";

  private static final String README =
      """
      # Secrets

      Each file here holds one secret and nothing else, not even a line break behind it. Git leaves them out.
      A fresh clone gets them from somebody who has them, or from the version that held them (`tightship secrets`).
      For new and empty volumes new ones do as well:

          printf %s 'the secret' > db_password.txt
          chmod 444 db_password.txt

      Containers read the files with whatever user they have; the folder itself is for its owner alone (mode 700).
      Whoever changes a secret changes it in the service that keeps it too, and the old one stays in the history.

      | file | holds | who reads it |
      | --- | --- | --- |
      """;

  /** How the name of a secret ends that is a file of settings. */
  static final String SETTINGS = "_conf";

  private final Project project;
  private final BuildFolders folders;
  private final Map<String, String> files = new LinkedHashMap<>();
  private final String written;
  private final String ending;
  private final boolean hyphens;

  SecretFolder(Project project, BuildFolders folders) {
    this.project = project;
    this.folders = folders;
    String folder = null;
    String end = ".txt";
    boolean one = true;
    project.secretFiles().forEach((name, path) -> path.ifPresent(at -> files.put(name, at)));
    for (String path : files.values()) {
      String its = Paths.folder(path);
      one &= folder == null || folder.equals(its);
      folder = its;
      String name = path.substring(its.isEmpty() ? 0 : its.length() + 1);
      end = name.indexOf('.') > 0 ? ".txt" : "";
    }
    String base = project.directory().isEmpty() ? "" : project.directory() + "/";
    boolean below = folder != null && one && folder.startsWith(base) && !folder.equals(base);
    written =
        below && folder != null && !folder.isEmpty() ? folder.substring(base.length()) : "secrets";
    ending = written.equals("secrets") && folder == null ? ".txt" : end;
    Set<String> names = project.names("secrets");
    hyphens =
        names.stream().anyMatch(name -> name.contains("-"))
            && names.stream().noneMatch(name -> name.contains("_"));
  }

  /** A name in the way in which the project names its secrets. */
  String styled(String name) {
    return hyphens ? name.replace('_', '-') : name;
  }

  /** Whether a name is free for a secret with this text: its file holds nothing else. */
  boolean isFree(String name, String text) {
    Source source = project.read(path(name));
    boolean same = source instanceof Source.Text present && present.text().equals(text);
    return !project.names("secrets").contains(name) && (source instanceof Source.Missing || same);
  }

  /** A secret of the project whose file holds this very text; null where there is none. */
  @Nullable String holding(String text) {
    for (Map.Entry<String, String> file : files.entrySet()) {
      if (project.read(file.getValue()) instanceof Source.Text present
          && present.text().equals(text)) {
        return file.getKey();
      }
    }
    return null;
  }

  /** The path of the file of a secret that the project has already, from the root. */
  String present(String name) {
    return Objects.requireNonNull(files.get(name));
  }

  /** The path of the file of a new secret, from the root. */
  String path(String name) {
    String base = project.directory().isEmpty() ? "" : project.directory() + "/";
    return base + written + "/" + file(name);
  }

  private String file(String name) {
    boolean settings = ending.equals(".txt") && name.endsWith(SETTINGS);
    return settings
        ? name.substring(0, name.length() - SETTINGS.length()) + ".conf"
        : name + ending;
  }

  /**
   * The goals that make a secret and the file that holds it.
   *
   * @param compose the file that shall name it
   * @param holds what it is, for people
   * @param readers who reads it, for people
   */
  List<Edit> edits(String compose, String name, String text, String holds, String readers) {
    var edits = new ArrayList<Edit>();
    String path = path(name);
    edits.add(
        new Edit.Set(
            Place.of(compose, "secrets", name, "file"),
            Value.string("./%s/%s".formatted(written, file(name)))));
    edits.add(new Edit.Keep(path, text));
    String folder = Paths.folder(path);
    String ignore = folder + "/.gitignore";
    if (!project.exists(ignore)) {
      edits.add(new Edit.Create(ignore, IGNORE));
    } else if (!(project.read(ignore) instanceof Source.Text present)
        || present.text().lines().noneMatch("*"::equals)) {
      edits.add(new Edit.Line(ignore, "", "/" + path.substring(folder.length() + 1)));
    }
    edits.add(
        new Edit.Line(
            folder + "/README.md",
            README,
            "| `%s` | %s | %s |".formatted(path.substring(folder.length() + 1), holds, readers)));
    edits.addAll(folders.keepOut(folder));
    return edits;
  }
}
