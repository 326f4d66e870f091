package dev.tightship.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Texts and edits as awkward as they can be. */
final class RandomEdits {

  private static final List<String> LINES =
      List.of(
          "a\n",
          "b\n",
          "a\r\n",
          "\n",
          "\r\n",
          "c\rd\n",
          "\r\n",
          "x y\n",
          "\ud83d\ude80\n",
          "-a\n",
          "+b\n",
          "@@ -1 +1 @@\n",
          "\\ No newline\n",
          "password: hunter2\n");

  private static final List<String> PIECES =
      List.of(
          "",
          "",
          "a",
          "new\n",
          "one\ntwo\n",
          "\n",
          "\r",
          "\r\n",
          "x",
          "\ud83d\ude80",
          "password: new\n");

  private RandomEdits() {}

  private static <T> T any(Random random, List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  static String text(Random random) {
    var text = new StringBuilder();
    for (int i = random.nextInt(random.nextInt(3) == 0 ? 40 : 8); i > 0; i--) {
      text.append(any(random, LINES));
    }
    return text.append(random.nextInt(3) == 0 ? "end" : "").toString();
  }

  /** Edits that do not overlap, in no order. */
  static List<TextEdit> edits(String text, Random random) {
    var edits = new ArrayList<TextEdit>();
    int at = 0;
    while (random.nextInt(4) > 0) {
      int start = whole(text, at + random.nextInt(Math.min(12, text.length() - at + 1)));
      int length =
          random.nextBoolean() ? 0 : random.nextInt(Math.min(9, text.length() - start + 1));
      int end = whole(text, start + length);
      String fix = "f" + random.nextInt(4);
      edits.add(new TextEdit(new Span(start, end), any(random, PIECES), fix));
      at = end;
      if (at == text.length()) {
        break;
      }
    }
    // insertions at one point keep their order, so only the places are shuffled
    edits.sort(Comparator.comparingInt(e -> (e.span().start() * 7919) % 101));
    return edits;
  }

  /** The offset, or the one after it where it would cut a pair of surrogates. */
  private static int whole(String text, int offset) {
    boolean inside = offset < text.length() && Character.isLowSurrogate(text.charAt(offset));
    return inside ? offset + 1 : offset;
  }

  static Traced traced(Random random) {
    Traced traced = Traced.of(text(random));
    for (int i = random.nextInt(4); i > 0; i--) {
      traced = traced.apply(edits(traced.text(), random));
    }
    return traced;
  }
}
