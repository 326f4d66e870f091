package dev.tightship.compose;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Where the texts of a project come from: a disk, an archive, or a map in a test. */
public interface Sources {

  /**
   * @param path from the project's root, with {@code /}, without {@code .} and {@code ..}
   */
  Source read(String path);

  /**
   * The regular files below a folder; nothing behind a link, and nothing where there is no such
   * folder.
   *
   * @param folder from the project's root, empty for the root itself
   * @param enter whether to look into a folder, by its path from the root
   * @param most entries that are looked at, files and folders together
   */
  Listing files(String folder, Predicate<String> enter, int most);

  /**
   * What version control does with a path, whether something is there or not.
   *
   * @param path from the project's root
   */
  default Tracking tracking(String path) {
    return Tracking.UNKNOWN;
  }

  /** The same with other texts for some files. */
  static Sources with(Sources sources, Map<String, String> texts) {
    return new Sources() {
      @Override
      public Source read(String path) {
        String text = texts.get(path);
        return text == null ? sources.read(path) : new Source.Text(text);
      }

      @Override
      public Listing files(String folder, Predicate<String> enter, int most) {
        return sources.files(folder, enter, most);
      }

      @Override
      public Tracking tracking(String path) {
        return sources.tracking(path);
      }
    };
  }

  /** What version control does with a path. */
  enum Tracking {
    /** It is a version of the project that holds it. */
    TRACKED,
    /** It is left out on purpose. */
    IGNORED,
    /** It could be added by accident. */
    UNTRACKED,
    /** There is no version control, or it does not say. */
    UNKNOWN
  }

  /** What there is at a path. */
  sealed interface Source {

    /**
     * @param text decoded; a byte order mark stays its first char
     */
    record Text(String text) implements Source {}

    record Missing() implements Source {}

    /**
     * @param line from 1, or 0 where there is none
     * @param column from 1, or 0 where there is none
     * @param reason a sentence for people, without a full stop
     */
    record Refused(int line, int column, String reason) implements Source {}
  }

  /** The files below a folder. */
  sealed interface Listing {

    /**
     * @param files all of them, in the order of their paths
     */
    record Files(List<File> files) implements Listing {}

    /**
     * Not all of them can be told, and then none is.
     *
     * @param because reads on after the name of the folder
     */
    record Partial(String because) implements Listing {}
  }

  /**
   * @param path from the project's root
   */
  record File(String path, long bytes) {}
}
