package dev.tightship.secret;

/** Words that nobody made up: no name, no word of a language, no number. */
public final class RandomWord {

  private static final int SHORTEST = 8;

  /** Chars of one that needs no capital to look so. */
  private static final int LONG = 16;

  private RandomWord() {}

  /** Whether a run of letters and digits is one. */
  public static boolean is(String word) {
    boolean lower = false;
    boolean upper = false;
    boolean digit = false;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      lower |= Character.isLowerCase(c);
      upper |= Character.isUpperCase(c);
      digit |= Character.isDigit(c);
      if (!Character.isLetterOrDigit(c)) {
        return false;
      }
    }
    return word.length() >= SHORTEST && digit && lower && (upper || word.length() >= LONG);
  }
}
