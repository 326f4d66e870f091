package dev.tightship.knowledge;

import java.util.List;

/** A list of words. */
final class WordsForm implements FactForm<List<String>> {

  /** Between the words of the compiled form; none of them may hold it. */
  private final String separator;

  private WordsForm(String separator) {
    this.separator = separator;
  }

  /** Words without blanks. */
  static WordsForm plain() {
    return new WordsForm(" ");
  }

  /** Words that may hold blanks, {@code stats socket}. */
  static WordsForm withBlanks() {
    return new WordsForm(PART);
  }

  @Override
  public String write(List<String> value) {
    return String.join(separator, value);
  }

  @Override
  public List<String> read(String text) {
    return FactForm.split(text, separator);
  }

  @Override
  public String words(List<String> value) {
    return value.isEmpty() ? "none" : String.join(", ", value);
  }

  /** The word {@code none} says that the list is known to be empty. */
  @Override
  public List<String> from(FactFields fields) {
    if (!fields.isList("value")) {
      String none = fields.text("value");
      if (!none.equals("none")) {
        throw new IllegalArgumentException("a list or none is expected, not " + none);
      }
      return List.of();
    }
    List<String> words = fields.texts("value");
    for (String word : words) {
      if (word.contains(separator)) {
        throw new IllegalArgumentException("a blank in: " + word);
      }
    }
    return words;
  }
}
