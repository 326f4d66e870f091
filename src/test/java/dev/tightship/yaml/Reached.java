package dev.tightship.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

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
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CommentEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What became of a file when goals were reached, those that fit together at once, the others after.
 *
 * @param waves what was spliced into each version of the file
 * @param held why goals could not be reached
 * @param apart how often goals had to be reached one by one
 */
record Reached(
    YamlFile before,
    YamlFile after,
    List<Edit.Yaml> goals,
    List<Wave> waves,
    List<String> held,
    int apart) {

  private static final String NONE = "the engine cannot tell";

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
    var waves = new ArrayList<Wave>();
    var held = new ArrayList<String>();
    YamlFile at = before;
    List<Edit.Yaml> open = goals;
    int apart = 0;
    while (!open.isEmpty()) {
      var later = new ArrayList<Edit.Yaml>();
      var no = new ArrayList<String>();
      Wave wave = wave(at, open, later, no);
      YamlFile next = spliced(wave);
      if (next == null) {
        // splices that overlap, or change each other's meaning, are tried one by one
        later.clear();
        no.clear();
        wave = wave(at, wave.goals.subList(0, 1), later, no);
        later.addAll(open);
        later.removeAll(wave.goals);
        next = Objects.requireNonNull(spliced(wave));
        apart++;
      }
      held.addAll(no);
      waves.add(wave);
      at = next;
      open = later;
    }
    return new Reached(before, at, goals, waves, held, apart);
  }

  /** The file after a wave; null when several goals together did not come to what was wanted. */
  private static @Nullable YamlFile spliced(Wave wave) {
    boolean single = wave.goals.size() < 2;
    try {
      YamlFile next = YamlFile.read(Given.FILE, TextEdit.apply(wave.file.text(), wave.edits));
      return single || data(next).equals(Goals.reached(wave.file, wave.goals)) ? next : null;
    } catch (YamlException | IllegalArgumentException e) {
      if (single) {
        throw new AssertionError(
            e.getMessage() + "\n" + TextEdit.apply(wave.file.text(), wave.edits), e);
      }
      return null;
    }
  }

  /** Plans as many goals as can be reached in one splice of the file; the others come later. */
  private static Wave wave(
      YamlFile at, List<Edit.Yaml> open, List<Edit.Yaml> later, List<String> held) {
    var now = new ArrayList<Edit.Yaml>();
    var locks = new HashSet<Plan.Lock>();
    var splices = new ArrayList<Plan.Splice>();
    for (Edit.Yaml goal : open) {
      Plan plan = Splicer.plan(at, goal, "fix");
      if (plan instanceof Plan.Held no) {
        held.add(no.reason());
        continue;
      }
      var ready = (Plan.Ready) plan;
      if (ready.locks().stream().anyMatch(locks::contains)) {
        later.add(goal);
      } else if (!ready.splices().isEmpty()) {
        now.add(goal);
        locks.addAll(ready.locks());
        splices.addAll(ready.splices());
      }
    }
    splices.sort(Comparator.comparingInt((Plan.Splice s) -> -s.depth()));
    return new Wave(at, now, splices.stream().map(Plan.Splice::edit).toList());
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
      if (found < 0) {
        fail("the line `%s` is not there any more, or not in its place, in\n%s", line, after);
      }
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
    if (comments(text).contains(NONE)) {
      return;
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

  /**
   * The comments as the engine sees them, which knows better than we what is none; {@link #NONE} is
   * among them where it stumbles over one, as it does behind a question mark.
   */
  static List<String> comments(String text) {
    var settings =
        LoadSettings.builder()
            .setParseComments(true)
            .setBufferSize(Math.max(1024, text.length() + 1))
            .build();
    var comments = new ArrayList<String>();
    try {
      for (Event event : new Parse(settings).parseString(text.replace("\ufeff", ""))) {
        if (event instanceof CommentEvent comment && !comment.getValue().isBlank()) {
          comments.add(comment.getValue().strip());
        }
      }
    } catch (YamlEngineException e) {
      comments.add(NONE);
    }
    return comments;
  }

  private void asksForNothingMore() {
    if (!held.isEmpty()) {
      return;
    }
    for (Edit.Yaml goal : goals) {
      Plan again = Splicer.plan(after, goal, "fix");
      if (again instanceof Plan.Held && leadsThroughAnItem(goal)) {
        continue; // the item that the place names is another one now
      }
      assertThat(again)
          .as("%s, planned again on\n%s", goal, after.text())
          .isEqualTo(new Plan.Ready(List.of(), java.util.Set.of()));
    }
  }

  static boolean leadsThroughAnItem(Edit.Yaml goal) {
    List<Segment> path = Objects.requireNonNull(goal.at()).path();
    int last = goal instanceof Edit.Ensure ? path.size() : Math.max(0, path.size() - 1);
    return path.stream().limit(last).anyMatch(s -> s instanceof Segment.Item);
  }
}
