package dev.tightship.move;

import dev.tightship.compose.DotEnv;
import dev.tightship.compose.DotEnv.Quote;
import dev.tightship.edit.Place;
import dev.tightship.text.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A variable of an {@code env_file}, which may go over several lines.
 *
 * @param key of the variable, of which the file has no other line
 * @param text the value as it is written, its quotes included
 * @param start where that stands in the file
 * @param line from 1
 */
record EnvLine(String file, String key, String text, int start, Quote quote, int line) {

  /** A part of the text that becomes another one. */
  record Change(Span span, String text) {}

  /** Stands for the variable of Compose, whose name nobody knows yet. */
  private static final String VARIABLE = "A_SECRET_OF_COMPOSE";

  Place place() {
    return Place.of(file, key);
  }

  /** Where a part of the file stands in the text. */
  Span in(Span span) {
    return new Span(span.start() - start, span.end() - start);
  }

  /** Its value; null where it asks for variables. */
  @Nullable String value() {
    return text.indexOf('$') >= 0 && quote != Quote.SINGLE ? null : read(text, "");
  }

  /**
   * What puts a variable of Compose in the place of a secret, so that it is read as before: single
   * quotes become double ones, since nothing is filled in between them. Null where it would be read
   * in another way.
   *
   * @param span of the secret in the text
   * @param reference {@code ${NAME:?}}
   */
  @Nullable List<Change> with(Span span, String secret, String reference) {
    var change = new Change(span, reference);
    int last = text.length() - 1;
    List<Change> changes =
        quote == Quote.SINGLE
            ? List.of(
                new Change(new Span(0, 1), "\""),
                change,
                new Change(new Span(last, text.length()), "\""))
            : List.of(change);
    var trial = new StringBuilder();
    int at = 0;
    for (Change each : changes) {
      String with = each.equals(change) ? "${" + VARIABLE + ":?}" : each.text;
      trial.append(text, at, each.span.start()).append(with);
      at = each.span.end();
    }
    trial.append(text, at, text.length());
    String before = read(text, secret);
    return before != null && before.equals(read(trial.toString(), secret)) ? changes : null;
  }

  /** What a value is read as; null where it is none. */
  private @Nullable String read(String written, String secret) {
    return DotEnv.read(
                    key + "=" + written + "\n", name -> name.equals(VARIABLE) ? secret : "<" + name)
                instanceof DotEnv.Read read
            && read.entries().size() == 1
        ? read.entries().get(0).value()
        : null;
  }

  /** Without the text, which holds a secret. */
  @Override
  public String toString() {
    return "%s:%d".formatted(file, line);
  }
}
