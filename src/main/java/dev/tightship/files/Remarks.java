package dev.tightship.files;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What there is to tell about a copy, each thing once. */
final class Remarks {

  private final Path root;
  private final Set<ProjectCopy.Remark> remarks = new LinkedHashSet<>();

  Remarks(Path root) {
    this.root = root;
  }

  void add(Path path, String sentence) {
    add(Names.text(root, path), sentence);
  }

  /** Something that should be in the copy is not. */
  void trouble(Path path, String sentence) {
    remarks.add(new ProjectCopy.Remark(Names.text(root, path), sentence, true));
  }

  void add(String path, String sentence) {
    remarks.add(new ProjectCopy.Remark(path, sentence));
  }

  List<ProjectCopy.Remark> sorted() {
    return remarks.stream()
        .sorted(
            Comparator.comparing(ProjectCopy.Remark::path)
                .thenComparing(ProjectCopy.Remark::sentence))
        .toList();
  }
}
