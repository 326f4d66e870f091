package dev.tightship.cli;

import dev.tightship.compose.Paths;
import dev.tightship.files.Disk;
import dev.tightship.files.GitTree;
import dev.tightship.files.Read;
import org.jspecify.annotations.Nullable;

/** Tells whether a secret may be written to a place. */
final class SecretPlace {

  private SecretPlace() {}

  /**
   * Why not, half a sentence that reads on after the name: it could end in a version, or there is
   * something that is no file. Null where it may.
   *
   * @param file from the root; empty for none
   */
  static @Nullable String refusal(Loaded loaded, String file) {
    if (file.isEmpty()) {
      return "the run reads no file of variables, to which it could go";
    }
    Disk disk = loaded.disk();
    if (disk.read(file) instanceof Read.Refused refused) {
      return refused.reason();
    }
    for (String at = Paths.folder(file); !at.isEmpty(); at = Paths.folder(at)) {
      if (disk.kind(at + "/.git") != Disk.Kind.MISSING) {
        return "lies in a git tree of its own, %s: run this there".formatted(at);
      }
    }
    return switch (disk.tracking(file)) {
      case IGNORED -> null;
      case TRACKED -> "git tracks it, and would commit the value: take it out of git first";
      case UNTRACKED -> "git does not ignore it, and could commit the value: add it to .gitignore";
      case UNKNOWN ->
          GitTree.isAround(loaded.root()) ? "git does not tell whether it ignores it" : null;
    };
  }
}
