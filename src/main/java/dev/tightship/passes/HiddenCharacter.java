package dev.tightship.passes;

import dev.tightship.compose.Project;
import dev.tightship.edit.Place;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import dev.tightship.passes.HiddenText.Hit;
import dev.tightship.text.Lines.Position;
import dev.tightship.yaml.YamlFile;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells of characters that show as nothing, or as something else than what is read. */
final class HiddenCharacter implements Pass {

  /** Lines that are named, beside the first one. */
  private static final int MOST_LINES = 5;

  @Override
  public String id() {
    return "hidden-character";
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public Stream<Remark> inspect(Project project) {
    return project.files().stream().flatMap(file -> inspect(file).stream());
  }

  private static List<Remark> inspect(YamlFile file) {
    var remarks = new ArrayList<Remark>();
    HiddenText.of(file).forEach((character, hits) -> remarks.add(hidden(file, character, hits)));
    if (remarks.isEmpty()) {
      remarks.add(
          Remark.fine(
              new Subject.OfFile(Place.of(file.path())), "all that it holds is there to be seen"));
    }
    return remarks;
  }

  private static Remark hidden(YamlFile file, int character, List<Hit> hits) {
    HiddenText.Kind kind = hits.get(0).kind();
    boolean worse = hits.stream().anyMatch(hit -> hidesMore(file.text(), hit));
    return Remark.advice(
        new Subject.OfFile(hits.get(0).place()),
        kind == HiddenText.Kind.LINE_END && worse ? Severity.HIGH : severity(kind),
        "U+%04X in %s %s".formatted(character, where(file, hits), meaning(kind)),
        "take it out, or write it as an escape in double quotes where a value has to hold it");
  }

  /** Whether Docker Compose reads something that others take for the rest of a comment. */
  private static boolean hidesMore(String text, Hit hit) {
    int at = hit.offset() + 1;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return at < text.length() && "\r\n\u0085\u2028\u2029".indexOf(text.charAt(at)) < 0;
  }

  private static String where(YamlFile file, List<Hit> hits) {
    Position first = file.lines().position(hits.get(0).offset());
    List<Integer> more =
        hits.stream()
            .map(hit -> file.lines().position(hit.offset()).line())
            .distinct()
            .filter(line -> line != first.line())
            .toList();
    String lines =
        more.stream().limit(MOST_LINES).map(String::valueOf).collect(Collectors.joining(", "));
    String rest =
        more.size() > MOST_LINES ? " and %d more".formatted(more.size() - MOST_LINES) : "";
    return "line %d, column %d%s%s"
        .formatted(
            first.line(),
            first.column(),
            more.isEmpty() ? "" : " (and in " + lines,
            more.isEmpty() ? "" : rest + ")");
  }

  private static Severity severity(HiddenText.Kind kind) {
    return kind == HiddenText.Kind.LINE_END || kind == HiddenText.Kind.MARK
        ? Severity.LOW
        : Severity.MEDIUM;
  }

  private static String meaning(HiddenText.Kind kind) {
    return switch (kind) {
      case LINE_END ->
          "ends the line for Docker Compose and not for other readers: they see two different files";
      case BYTE_ORDER -> "is a byte order mark, which Docker Compose takes for text there";
      case DIRECTION -> "changes the order in which text is shown: what is run is not what is read";
      case MARK -> "is a mark of direction, which shows as nothing";
      case INVISIBLE -> "shows as nothing: names that look alike differ by it";
      case BLANK -> "looks like a blank and is none for Docker Compose";
    };
  }
}
