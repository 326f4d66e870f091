package dev.tightship.move;

import dev.tightship.analysis.LiteralSecret.InCompose;
import dev.tightship.compose.Service;
import dev.tightship.compose.Texts;
import dev.tightship.compose.Texts.Text;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Place;
import dev.tightship.edit.Value;
import dev.tightship.text.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A test that is run without a shell, {@code ["CMD", "redis-cli", "-a", "...", "ping"]}. Where a
 * word of it has to be read from a file, a shell runs it.
 *
 * @param at of the list
 * @param words behind the first, as they are written
 */
record ExecTest(Place at, List<String> words) {

  /** The test of a service, where one file says all of it in a list; else null. */
  static @Nullable ExecTest of(Service service) {
    List<Texts> all = service.texts("healthcheck", "test");
    if (all.size() != 1 || !all.get(0).listed()) {
      return null;
    }
    List<String> words = all.get(0).all().stream().map(Text::scalar).map(s -> s.text()).toList();
    return words.size() > 1 && words.get(0).equals("CMD")
        ? new ExecTest(service.at("healthcheck", "test"), words.subList(1, words.size()))
        : null;
  }

  /** Whether the text of a place is one of the words, and only once. */
  boolean holds(InCompose where) {
    return words.stream().filter(where.text()::equals).count() == 1;
  }

  /**
   * The goal that a shell runs it.
   *
   * @param reading what stands for the secret in the script, as Compose reads it
   */
  Edit edit(InCompose where, Span span, String reading) {
    var script = new ArrayList<String>();
    for (String word : words) {
      script.add(
          word.equals(where.text())
              ? quoted(word.substring(0, span.start()))
                  + reading
                  + quoted(word.substring(span.end()))
              : word.isEmpty() ? "''" : quoted(word));
    }
    return new Edit.Set(
        at, Value.sequence(Value.string("CMD-SHELL"), Value.string(String.join(" ", script))));
  }

  private static String quoted(String word) {
    return word.isEmpty() || Scripts.ONE_WORD.matcher(word).matches()
        ? word
        : "'" + word.replace("'", "'\\''") + "'";
  }
}
