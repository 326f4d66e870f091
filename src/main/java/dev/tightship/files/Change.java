package dev.tightship.files;

import java.nio.file.Path;

/**
 * One change of a transaction. The names of its helper files follow from the transaction's id, so
 * that a journal cannot name others.
 *
 * @param target a real path: no component of it is a link
 * @param fresh where the new bytes wait, beside the target
 * @param kept where the old file is kept until the end, beside the target
 * @param oldHash of the bytes before; empty unless something is replaced
 * @param newHash of the bytes after; empty for a folder
 */
record Change(Kind kind, Path target, Path fresh, Path kept, String oldHash, String newHash) {

  /** How every helper file begins. */
  static final String PREFIX = ".tightship-";

  enum Kind {
    FOLDER,
    REPLACE,
    CREATE
  }

  static Change of(Kind kind, Path target, String id, int index, String oldHash, String newHash) {
    String name = PREFIX + id + "-" + index;
    return new Change(
        kind,
        target,
        target.resolveSibling(name + ".new"),
        target.resolveSibling(name + ".old"),
        oldHash,
        newHash);
  }

  Path folder() {
    Path parent = target.getParent();
    return parent == null ? target : parent;
  }
}
