package dev.tightship.compose.model;

import java.util.IdentityHashMap;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one reading may come to. A short text can say a lot through aliases, bases, included files
 * and variables; Compose would take it until the memory is full, we stop far above any real
 * project.
 */
final class Bounds {

  /** Values of a model, each counted as often as it stands there. */
  static final long MOST_VALUES = 2_000_000;

  /** Chars that variables are filled in with, all together. */
  private static final long MOST_CHARS = 1 << 26;

  /** Entries of {@code include} that are followed. */
  private static final int MOST_INCLUDES = 1_000;

  private final Set<String> blank = new TreeSet<>();
  private long chars;
  private int includes;

  /** Names of variables for which nothing stands. */
  Set<String> blank() {
    return blank;
  }

  void filled(String text, Set<String> without) throws Refused {
    blank.addAll(without);
    chars += text.length();
    if (chars > MOST_CHARS) {
      throw new Refused("its variables make it longer than %d chars".formatted(MOST_CHARS));
    }
  }

  void included() throws Refused {
    if (++includes > MOST_INCLUDES) {
      throw new Refused("more than %d files are included".formatted(MOST_INCLUDES));
    }
  }

  /** Refuses a model that is too large, without looking at any of its parts twice. */
  static Data.Mapping checked(Data.Mapping model) throws Refused {
    if (size(model, new IdentityHashMap<>()) > MOST_VALUES) {
      throw new Refused("the model holds more than %d values".formatted(MOST_VALUES));
    }
    return model;
  }

  private static long size(Data data, IdentityHashMap<Data, Long> known) {
    if (data instanceof Data.Scalar) {
      return 1;
    }
    Long before = known.get(data);
    if (before != null) {
      return before;
    }
    long size = 1;
    var inside =
        data instanceof Data.Mapping mapping
            ? mapping.entries().values()
            : ((Data.Sequence) data).items();
    for (Data each : inside) {
      size = Math.min(size + size(each, known), MOST_VALUES + 1);
    }
    known.put(data, size);
    return size;
  }
}
