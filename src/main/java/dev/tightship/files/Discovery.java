package dev.tightship.files;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the Compose files of a project as {@code docker compose} does. Measured with Compose 5.6.0:
 * the order of both lists, that any override goes with any base file, that a link to nothing counts
 * as absent and a folder does not, and that the first folder upwards that holds a base file counts.
 * Here the walk ends at the root.
 */
public final class Discovery {

  static final List<String> BASES =
      List.of("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml");

  private static final List<String> OVERRIDES =
      List.of(
          "compose.override.yml",
          "compose.override.yaml",
          "docker-compose.override.yml",
          "docker-compose.override.yaml");

  private Discovery() {}

  /**
   * The Compose files of a project.
   *
   * @param folder where they lie, from the root; empty when that is the root itself
   * @param files in the order in which they are loaded, from the root with {@code /}
   * @param passedOver files of other names that Compose knows too but does not load beside these
   */
  public record Found(String folder, List<String> files, List<String> passedOver) {

    public Found {
      files = List.copyOf(files);
      passedOver = List.copyOf(passedOver);
    }
  }

  /**
   * @throws ProjectException if neither the folder nor one above it, up to the root, has a Compose
   *     file
   */
  public static Found of(ProjectRoot project) throws ProjectException {
    if (project.isFile()) {
      return new Found(project.projectFolder(), List.of(project.project()), List.of());
    }
    Disk disk = new Disk(project);
    String folder = project.project();
    while (true) {
      Found found = in(disk, folder);
      if (found != null) {
        return found;
      }
      if (folder.isEmpty()) {
        throw new ProjectException(
            project.project().isEmpty() ? null : project.project(),
            "no Compose file in this folder or above it (" + String.join(", ", BASES) + ")");
      }
      folder = folder.substring(0, Math.max(0, folder.lastIndexOf('/')));
    }
  }

  /**
   * The Compose files of one folder alone; null where it has none.
   *
   * @param folder from the root; empty for the root itself
   */
  public static @Nullable Found in(Tree tree, String folder) {
    List<String> bases = present(tree, folder, BASES);
    return bases.isEmpty() ? null : found(folder, bases, present(tree, folder, OVERRIDES));
  }

  /** All paths in a folder at which Compose files are found, whether they exist or not. */
  public static List<String> candidates(String folder) {
    var all = new ArrayList<String>();
    BASES.forEach(name -> all.add(path(folder, name)));
    OVERRIDES.forEach(name -> all.add(path(folder, name)));
    return all;
  }

  /**
   * Why a further file of this name would take the place of one that Compose loads from its folder;
   * null where it would not. Reads on after the name of the file.
   */
  public static @Nullable String obstacle(Path file) {
    String name = String.valueOf(file.getFileName());
    if (BASES.contains(name)) {
      return "has a name by which Docker Compose would load it instead of the project";
    }
    if (!OVERRIDES.contains(name)) {
      return null;
    }
    for (String other : OVERRIDES) {
      if (!other.equals(name) && Files.exists(file.resolveSibling(other))) {
        return "lies beside %s, and Docker Compose loads only one of both".formatted(other);
      }
    }
    return null;
  }

  private static Found found(String folder, List<String> bases, List<String> overrides) {
    var files = new ArrayList<String>();
    var passedOver = new ArrayList<String>();
    for (List<String> candidates : List.of(bases, overrides)) {
      if (!candidates.isEmpty()) {
        files.add(candidates.get(0));
        passedOver.addAll(candidates.subList(1, candidates.size()));
      }
    }
    return new Found(folder, files, passedOver);
  }

  private static List<String> present(Tree tree, String folder, List<String> names) {
    return names.stream()
        .map(name -> path(folder, name))
        .filter(path -> tree.kind(path) != Disk.Kind.MISSING)
        .toList();
  }

  private static String path(String folder, String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }
}
