package dev.tightship.cli;

import dev.tightship.compose.Sources;
import dev.tightship.files.Read;
import dev.tightship.files.Tree;
import dev.tightship.files.Walk;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The files of a project on a disk, or in a version that git holds, each read once: many ask for
 * the same ones, and all of a run are to see the same text.
 */
final class InTree implements Sources {

  private final Tree tree;
  private final Map<String, Source> known = new HashMap<>();

  InTree(Tree tree) {
    this.tree = tree;
  }

  @Override
  public Source read(String path) {
    Source source = known.get(path);
    if (source == null) {
      source = source(tree.read(path));
      known.put(path, source);
    }
    return source;
  }

  private static Source source(Read read) {
    if (read instanceof Read.Text text) {
      return new Source.Text(text.text());
    }
    return read instanceof Read.Refused refused
        ? new Source.Refused(refused.line(), refused.column(), refused.reason())
        : new Source.Missing();
  }

  @Override
  public Tracking tracking(String path) {
    return switch (tree.tracking(path)) {
      case TRACKED -> Tracking.TRACKED;
      case IGNORED -> Tracking.IGNORED;
      case UNTRACKED -> Tracking.UNTRACKED;
      case UNKNOWN -> Tracking.UNKNOWN;
    };
  }

  @Override
  public Listing files(String folder, Predicate<String> enter, int most) {
    Walk walk = tree.walk(folder, enter, most);
    return walk instanceof Walk.Whole whole
        ? new Listing.Files(
            whole.files().stream().map(file -> new File(file.path(), file.bytes())).toList())
        : new Listing.Partial(((Walk.Partial) walk).reason());
  }
}
