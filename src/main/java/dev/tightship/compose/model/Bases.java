package dev.tightship.compose.model;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files that services extend, each read once for one frame. */
final class Bases {

  /**
   * The services among which one extends another.
   *
   * @param services by name; one that was extended takes the place of what was written
   * @param resets what the document takes away from its bases
   */
  record Siblings(Map<String, Data> services, Resets resets) {}

  private final Loader loader;
  private final Frame frame;
  private final Map<String, Document> read = new HashMap<>();

  Bases(Loader loader, Frame frame) {
    this.loader = loader;
    this.frame = frame;
  }

  /**
   * The services of another file.
   *
   * @param path as {@code extends.file} has it
   */
  Siblings in(String path) throws Refused {
    String place = frame.locate(path);
    Document base = read.get(place);
    if (base == null) {
      String folder =
          FilePath.isAbsolute(path)
              ? FilePath.folder(place)
              : FilePath.join(frame.absolute(), FilePath.folder(path));
      base = loader.base(place, frame.relative(folder), frame);
      read.put(place, base);
    }
    return new Siblings(new LinkedHashMap<>(((Data.Mapping) base.data()).entries()), base.resets());
  }
}
