package dev.tightship.move;

import dev.tightship.analysis.LiteralSecret.InCompose;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Place;
import dev.tightship.text.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Parts of texts that become other ones; each text is written once. */
final class TextChanges {

  private record Change(Span span, String text) {}

  private final Map<Place, String> texts = new LinkedHashMap<>();
  private final Map<Place, EnvLine> lines = new LinkedHashMap<>();
  private final Map<Place, TreeMap<Integer, Change>> changes = new LinkedHashMap<>();

  void put(InCompose where, Span span, String text) {
    put(where.place(), where.text(), span, text);
  }

  void put(EnvLine line, EnvLine.Change change) {
    lines.put(line.place(), line);
    put(line.place(), line.text(), change.span(), change.text());
  }

  /**
   * @param before what stands at the place
   * @param span in that
   */
  void put(Place place, String before, Span span, String text) {
    texts.put(place, before);
    changes
        .computeIfAbsent(place, p -> new TreeMap<>())
        .putIfAbsent(span.start(), new Change(span, text));
  }

  /** The goals, in the order in which the places were named. */
  List<Edit> edits() {
    var edits = new ArrayList<Edit>();
    changes.forEach(
        (place, all) -> {
          String before = texts.getOrDefault(place, "");
          var after = new StringBuilder();
          int at = 0;
          for (Change change : all.values()) {
            if (change.span.start() >= at) {
              after.append(before, at, change.span.start()).append(change.text);
              at = change.span.end();
            }
          }
          after.append(before, at, before.length());
          EnvLine line = lines.get(place);
          edits.add(
              line == null
                  ? new Edit.Text(place, after.toString())
                  : new Edit.Assign(line.file(), line.key(), line.key(), after.toString()));
        });
    return edits;
  }
}
