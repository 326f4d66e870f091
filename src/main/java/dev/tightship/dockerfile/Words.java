package dev.tightship.dockerfile;

import java.util.ArrayList;
import java.util.List;

/** Splits the text of an instruction into words, in the two ways that builders do it. */
final class Words {

  private Words() {}

  /** Words between blanks; quotes mean nothing. For FROM, COPY, ADD, EXPOSE and VOLUME. */
  static List<Word> plain(LogicalText source) {
    String text = source.text();
    var words = new ArrayList<Word>();
    int start = -1;
    for (int i = 0; i <= text.length(); i++) {
      boolean gap = i == text.length() || Blanks.isSeparator(text.charAt(i));
      if (gap && start >= 0) {
        words.add(source.word(start, i));
        start = -1;
      } else if (!gap && start < 0) {
        start = i;
      }
    }
    return List.copyOf(words);
  }

  /** Words between spaces that stand outside quotes; quotes stay. For ARG, ENV and LABEL. */
  static List<Word> quoted(LogicalText source, char escape) {
    return quotedParts(source, escape).stream().map(LogicalText::word).toList();
  }

  static List<LogicalText> quotedParts(LogicalText source, char escape) {
    String text = source.text();
    var words = new ArrayList<LogicalText>();
    int at = Blanks.skip(text, 0, text.length());
    while (at < text.length()) {
      int end = wordEnd(text, at, escape);
      words.add(source.part(at, end));
      at = Blanks.skip(text, end, text.length());
    }
    return List.copyOf(words);
  }

  /** Where the word that begins at {@code start} ends: at a space outside quotes, or the end. */
  private static int wordEnd(String text, int start, char escape) {
    char quote = 0;
    int at = start;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (quote == 0 && Blanks.isSpace(c)) {
        return at;
      }
      // Nothing can be escaped between single quotes.
      if (c == escape && quote != '\'') {
        at++;
      } else if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      }
      at++;
    }
    return text.length();
  }
}
