package dev.tightship.yaml;

import dev.tightship.text.Span;
import dev.tightship.text.TextEdit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Another text for a scalar that is written on several lines: only the words that differ are
 * spliced, so that its lines stay.
 */
final class Rewording {

  private final YamlFile file;
  private final Node.Scalar scalar;
  private final String fix;

  Rewording(YamlFile file, Node.Scalar scalar, String fix) {
    this.file = file;
    this.scalar = scalar;
    this.fix = fix;
  }

  /** The splices, in the order of the file; null where the scalar has to be written anew. */
  @Nullable List<TextEdit> parts(String after) {
    String written = scalar.span().of(file.text());
    String[] old = scalar.text().split("\n", -1);
    String[] now = after.split("\n", -1);
    boolean several = written.indexOf('\n') >= 0 || written.indexOf('\r') >= 0;
    if (!several || old.length != now.length) {
      return null;
    }
    var parts = new ArrayList<TextEdit>();
    int from = 0;
    for (int i = 0; i < old.length; i++) {
      if (!old[i].equals(now[i])) {
        TextEdit part = part(written, from, old[i], now[i]);
        if (part == null) {
          return null;
        }
        parts.add(part);
        from = part.span().end() - scalar.span().start();
      }
    }
    return parts;
  }

  /** The words of a line that differ, where they stand only once in what follows. */
  private @Nullable TextEdit part(String written, int from, String old, String now) {
    int start = 0;
    while (start < Math.min(old.length(), now.length()) && old.charAt(start) == now.charAt(start)) {
      start++;
    }
    int end = 0;
    while (end < Math.min(old.length(), now.length()) - start
        && old.charAt(old.length() - 1 - end) == now.charAt(now.length() - 1 - end)) {
      end++;
    }
    // whole words, so that it is not some letter that is looked for
    while (start > 0 && old.charAt(start - 1) > ' ') {
      start--;
    }
    while (end > 0 && old.charAt(old.length() - end) > ' ') {
      end--;
    }
    String before = old.substring(start, old.length() - end);
    String after = now.substring(start, now.length() - end);
    int at = before.isEmpty() ? -1 : written.indexOf(before, from);
    boolean once = at >= 0 && written.indexOf(before, at + 1) < 0;
    return once && isPlain(after)
        ? new TextEdit(
            new Span(scalar.span().start() + at, scalar.span().start() + at + before.length()),
            after,
            fix)
        : null;
  }

  /** Whether it may stand there without quotes or escapes more than there are. */
  private boolean isPlain(String text) {
    return switch (scalar.style()) {
      case LITERAL, FOLDED -> true;
      case SINGLE -> text.indexOf('\'') < 0;
      case DOUBLE -> text.indexOf('"') < 0 && text.indexOf('\\') < 0;
      case PLAIN -> !text.contains(": ") && !text.contains(" #");
    };
  }
}
