package dev.tightship.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.edit.Edit;
import dev.tightship.edit.Place.Segment;
import dev.tightship.edit.Value;
import dev.tightship.text.Span;
import dev.tightship.text.TextEdit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CommentEvent;
import org.snakeyaml.engine.v2.events.Event;

/**
 * What became of a file when goals were reached, those that fit together at once, the others after.
 *
 * @param waves what was spliced into each version of the file
 * @param held why goals could not be reached
 */
record Reached(
    YamlFile before, YamlFile after, List<Edit.Yaml> goals, List<Wave> waves, List<String> held) {

  /** Edits of one version of the file, and the goals they serve. */
  record Wave(YamlFile file, List<Edit.Yaml> goals, List<TextEdit> edits) {}

  static YamlFile read(String text) {
    try {
      return YamlFile.read(Given.FILE, text);
    } catch (YamlException e) {
      throw new AssertionError(e.line() + ":" + e.column() + " " + e.getMessage() + "\n" + text, e);
    }
  }

  static Value data(String text) {
    return data(read(text));
  }

  static Value data(YamlFile file) {
    Node root = file.root();
    return root == null ? new Value.Mapping(Map.of()) : root.value();
  }

  static Reached from(YamlFile before, List<Edit.Yaml> goals) {
    YamlFile at = before;
    var open = new ArrayList<>(goals);
    var waves = new ArrayList<Wave>();
    var held = new ArrayList<String>();
    while (!open.isEmpty()) {
      var later = new ArrayList<Edit.Yaml>();
      var now = new ArrayList<Edit.Yaml>();
      var locks = new HashSet<Plan.Lock>();
      var splices = new ArrayList<Plan.Splice>();
      for (Edit.Yaml goal : open) {
        Plan plan = Splicer.plan(at, goal, "fix");
        if (plan instanceof Plan.Held no) {
          held.add(no.reason());
        } else if (((Plan.Ready) plan).locks().stream().anyMatch(locks::contains)) {
          later.add(goal);
        } else {
          if (!((Plan.Ready) plan).splices().isEmpty()) {
            now.add(goal);
          }
          locks.addAll(((Plan.Ready) plan).locks());
          splices.addAll(((Plan.Ready) plan).splices());
        }
      }
      splices.sort(Comparator.comparingInt((Plan.Splice s) -> -s.depth()));
      List<TextEdit> edits = splices.stream().map(Plan.Splice::edit).toList();
      waves.add(new Wave(at, now, edits));
      at = read(TextEdit.apply(at.text(), edits));
      open = later;
    }
    return new Reached(before, at, goals, waves, held);
  }

  /** The laws that hold for every edit of every file. */
  void obeysTheLaws() {
    YamlFile at = before;
    for (int i = 0; i < waves.size(); i++) {
      Wave wave = waves.get(i);
      YamlFile next = i + 1 < waves.size() ? waves.get(i + 1).file() : after;
      meansWhatWasWanted(wave, next);
      keepsLines(wave, next.text());
      keepsComments(wave, next.text());
      at = next;
    }
    assertThat(at).isSameAs(after);
    asksForNothingMore();
  }

  private static void meansWhatWasWanted(Wave wave, YamlFile next) {
    Value wanted = Goals.reached(wave.file(), wave.goals());
    assertThat(data(next)).as("data of\n%s", next.text()).isEqualTo(wanted);
    // equal maps may differ in the order of their keys, which the words show
    assertThat(data(next)).hasToString(wanted.toString());
  }

  private static void keepsLines(Wave wave, String after) {
    List<String> lines = after.replace("\ufeff", "").lines().toList();
    int at = 0;
    for (String line : untouched(wave)) {
      int found = lines.subList(at, lines.size()).indexOf(line);
      assertThat(found)
          .as("the line `%s` is still there, in order, in\n%s", line, after)
          .isNotNegative();
      at += found + 1;
    }
  }

  private static List<String> untouched(Wave wave) {
    var lines = wave.file().lines();
    var kept = new ArrayList<String>();
    for (int line = 0; line < lines.count(); line++) {
      int start = lines.start(line);
      int end = lines.contentEnd(line);
      boolean touched =
          wave.edits().stream()
              .anyMatch(
                  e ->
                      e.span().isEmpty()
                          ? e.span().start() > start
                              && (e.span().start() < end
                                  || (e.span().start() == end && !startsLine(e.text())))
                          : e.span().start() < end && e.span().end() > start);
      if (!touched && end > start) {
        kept.add(lines.content(line).replace("\ufeff", ""));
      }
    }
    return kept;
  }

  private static boolean startsLine(String text) {
    return text.startsWith("\n") || text.startsWith("\r");
  }

  private static void keepsComments(Wave wave, String after) {
    String text = wave.file().text();
    var taken = new ArrayList<Span>();
    for (Edit.Yaml goal : wave.goals()) {
      if (goal instanceof Edit.Remove) {
        wave.edits().stream().map(TextEdit::span).forEach(taken::add);
      }
    }
    if (taken.isEmpty()) {
      assertThat(comments(after)).as("comments of\n%s", after).isEqualTo(comments(text));
      return;
    }
    // what a removal takes along stood inside the value, on lines of its own
    var left = new ArrayList<>(comments(text));
    comments(after).forEach(left::remove);
    assertThat(left)
        .as("comments that went, of\n%s", text)
        .allMatch(c -> taken.stream().anyMatch(span -> span.of(text).contains(c)));
  }

  /** The comments as a parser sees them, which knows better than we what is none. */
  static List<String> comments(String text) {
    var settings =
        LoadSettings.builder()
            .setParseComments(true)
            .setBufferSize(Math.max(1024, text.length() + 1))
            .build();
    var comments = new ArrayList<String>();
    for (Event event : new Parse(settings).parseString(text.replace("\ufeff", ""))) {
      if (event instanceof CommentEvent comment && !comment.getValue().isBlank()) {
        comments.add(comment.getValue().strip());
      }
    }
    return comments;
  }

  private void asksForNothingMore() {
    if (!held.isEmpty()) {
      return;
    }
    for (Edit.Yaml goal : goals) {
      Plan again = Splicer.plan(after, goal, "fix");
      if (again instanceof Plan.Held no && leadsThroughAnItem(goal)) {
        // the item that the place names is another one now
        assertThat(no.reason()).contains("item");
        continue;
      }
      assertThat(again)
          .as("%s, planned again on\n%s", goal, after.text())
          .isEqualTo(new Plan.Ready(List.of(), java.util.Set.of()));
    }
  }

  private static boolean leadsThroughAnItem(Edit.Yaml goal) {
    List<Segment> path = Objects.requireNonNull(goal.at()).path();
    return path.subList(0, path.size() - 1).stream().anyMatch(s -> s instanceof Segment.Item);
  }
}
