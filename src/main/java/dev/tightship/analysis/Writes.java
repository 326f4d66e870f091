package dev.tightship.analysis;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whether a program writes to the file system of its own container, other than to {@code /tmp} and
 * to what is mounted.
 */
public sealed interface Writes {

  /**
   * A look at all that there is found nothing. That is no proof.
   *
   * @param files how many source files were looked at
   * @param because half a sentence
   */
  record NoneSeen(int files, String because) implements Writes {}

  /**
   * @param file from the project's root
   * @param line from 1
   * @param what half a sentence that reads on after the place: {@code calls fs.writeFile}
   */
  record Seen(String file, int line, String what) implements Writes {

    /** The place and what is there, {@code api/upload.js, line 12, calls fs.writeFile}. */
    public String describe() {
      return "%s, line %s, %s".formatted(file, line, what);
    }
  }

  /**
   * A look at all that there is found only writes to folders that hold nothing of the program, and
   * that are written out. That is no proof that there are no others.
   *
   * @param folders from the root, each with the first thing that writes there
   */
  record OnlyTo(SortedMap<String, Seen> folders) implements Writes {
    public OnlyTo {
      folders = Collections.unmodifiableSortedMap(new TreeMap<>(folders));
    }
  }

  /**
   * @param because half a sentence
   */
  record CannotTell(String because) implements Writes {}
}
