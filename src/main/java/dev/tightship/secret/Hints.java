package dev.tightship.secret;

/**
 * Whether it is worth to look for secrets in a line, and for which: most lines have none, and the
 * patterns cost more than all else that a report does.
 *
 * @param name a word that may say that a value is a secret
 * @param url the sign of a URL, or of a login
 * @param option one of the short options that take a password
 * @param shape what a token or a hash begins with, and a run of chars as long as the shortest one
 */
public record Hints(boolean name, boolean url, boolean option, boolean shape) {

  /** Of what was not looked at. */
  public static final Hints ALL = new Hints(true, true, true, true);

  private static final int SHORTEST_TOKEN = 11;

  private static final String[] A = {"auth", "alias", "add_user"};
  private static final String[] B = {"bearer", "basic"};
  private static final String[] C = {"cred", "cookie"};
  private static final String[] H = {"host add"};
  private static final String[] I = {"identified"};
  private static final String[] K = {"key"};
  private static final String[] M = {"mnemonic"};
  private static final String[] P = {"pa", "psk", "pw", "pe", "pin"};
  private static final String[] S = {"secret", "salt"};
  private static final String[] T = {"token"};
  private static final String[] NONE = {};

  public static Hints of(String line) {
    boolean name = false;
    boolean option = false;
    boolean shape = false;
    int run = 0;
    int longest = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      run = c <= ' ' ? 0 : run + 1;
      longest = Math.max(longest, run);
      shape = shape || isShape(line, i, c) || isLongShape(line, i, c);
      name = name || isWord(line, i, c);
      option = option || (c == '-' && isOption(line, i));
    }
    return new Hints(
        name,
        line.contains("://") || line.indexOf('@') >= 0,
        option,
        shape && longest >= SHORTEST_TOKEN);
  }

  /** Whether a word stands in a text that may say that a value is a secret. */
  static boolean hasWord(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isWord(text, i, text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  boolean none() {
    return !name && !url && !option && !shape;
  }

  private static boolean isWord(String line, int at, char c) {
    for (String word : words((char) (c | 0x20))) {
      if (line.regionMatches(true, at, word, 0, word.length())) {
        return true;
      }
    }
    return false;
  }

  /** Whether a token or the hash of a password may begin here, by its first two chars. */
  private static boolean isShape(String line, int at, char c) {
    String second =
        switch (c) {
          case '$' -> "a12567y$";
          case '{' -> "S";
          case 'A' -> "KSI";
          case 'S' -> "G";
          case 'd' -> "oc";
          case 'e' -> "y";
          case 'g' -> "hil";
          case 'h' -> "fv";
          case 'n' -> "p";
          case 'p' -> "y";
          case 'r', 's' -> "k";
          case 'w' -> "h";
          case 'x' -> "o";
          default -> "";
        };
    return !second.isEmpty() && at + 1 < line.length() && second.indexOf(line.charAt(at + 1)) >= 0;
  }

  /** The same for those whose first two chars begin many words. */
  private static boolean isLongShape(String line, int at, char c) {
    return switch (c) {
      case ':' -> line.startsWith("AA", at + 1);
      case 'c' -> line.startsWith("laim-", at + 1);
      case 'h' -> line.startsWith("ooks.slack", at + 1);
      case 's' -> line.startsWith("hp", at + 1);
      case 't' -> line.startsWith("skey-", at + 1);
      case 'x' -> line.startsWith("app-", at + 1);
      case 'A' -> line.startsWith("GE-SECRET", at + 1);
      case 'G' -> line.startsWith("OCSPX-", at + 1);
      case 'w' -> line.startsWith("ebhooks/", at + 1);
      case 'S' -> line.startsWith("K", at + 1) && isHex(line, at + 2);
      case 'M', 'N', 'O' ->
          isDot(line, at + 23)
              || isDot(line, at + 24)
              || isDot(line, at + 26)
              || isDot(line, at + 27);
      default -> false;
    };
  }

  private static boolean isDot(String line, int at) {
    return at < line.length() && line.charAt(at) == '.';
  }

  private static boolean isHex(String line, int at) {
    return at < line.length() && "0123456789abcdef".indexOf(line.charAt(at)) >= 0;
  }

  private static boolean isOption(String line, int at) {
    boolean begins = at == 0 || " \t\"'[,".indexOf(line.charAt(at - 1)) >= 0;
    boolean known = at + 1 < line.length() && "apwPu-".indexOf(line.charAt(at + 1)) >= 0;
    return begins && known;
  }

  /** By their first letter, which a switch finds faster than a pattern. */
  private static String[] words(char lower) {
    return switch (lower) {
      case 'a' -> A;
      case 'b' -> B;
      case 'c' -> C;
      case 'h' -> H;
      case 'i' -> I;
      case 'k' -> K;
      case 'm' -> M;
      case 'p' -> P;
      case 's' -> S;
      case 't' -> T;
      default -> NONE;
    };
  }
}
