package dev.tightship.files;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds the Compose files that lie beside those of a project and may be merged over them, by their
 * names: {@code docker-compose.prod.yml}, {@code compose-dev.yaml}, {@code prod.compose.yml}. A
 * file that is loaded by its name alone, such as {@code compose.yaml}, is merged over no other;
 * where there is one, the others lie over that, and over no file that was named instead.
 */
public final class Siblings {

  /** The most that are looked at; what comes later in the alphabet is left out. */
  static final int MOST = 20;

  private static final Pattern NAME =
      Pattern.compile("((.+[._-])?(docker-)?compose)([._-].+)?[.]ya?ml");

  private Siblings() {}

  /**
   * @param found the siblings, from the root, in the order of their names
   * @param more how many there are beyond the bound
   */
  public record Found(List<String> found, int more) {

    public Found {
      found = List.copyOf(found);
    }
  }

  /**
   * @param loaded the Compose files of the project, from the root, in the order in which they are
   *     merged
   */
  public static Found of(Disk disk, List<String> loaded) {
    String first = loaded.get(0);
    String folder = first.substring(0, first.lastIndexOf('/') + 1);
    List<String> names = disk.list(folder, Siblings::isNamedSo);
    boolean hasBase = names.stream().anyMatch(Discovery.BASES::contains);
    if (hasBase && !Discovery.BASES.contains(first.substring(folder.length()))) {
      return new Found(List.of(), 0);
    }
    List<String> all =
        names.stream()
            .filter(name -> !Discovery.BASES.contains(name) && !loaded.contains(folder + name))
            .map(name -> folder + name)
            .filter(path -> disk.kind(path) == Disk.Kind.FILE)
            .toList();
    int most = Math.min(MOST, all.size());
    return new Found(all.subList(0, most), all.size() - most);
  }

  private static boolean isNamedSo(String name) {
    return name.contains("compose") && NAME.matcher(name).matches();
  }
}
