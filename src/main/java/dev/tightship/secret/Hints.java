package dev.tightship.secret;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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

  /** Words that may say that a value is a secret, or that one follows. */
  private static final String WORDS =
      "auth|alias|add_user|bearer|basic|cred|cookie|host add|identified|key|mnemonic|"
          + "pa|psk|pw|pe|pin|secret|salt|token";

  /** What tokens begin with, where no letter, digit or {@code _} stands before them. */
  private static final String BEGINNINGS =
      "ghp_|gho_|ghu_|ghs_|ghr_|github_pat_|gl|AKIA|ASIA|AIza|AGE-SECRET|xox|xapp-|"
          + "sk_|sk-|rk_|rk-|shp|whsec_|eyJ|GOCSPX-|SG.|SK|npm_|pypi-|hf_|dop_|doo_|dor_|"
          + "dckr_|hvb.|hvs.|hvr.|claim-|tskey-|MD|MT|Mj|Mz|ND|NT|Nj|Nz|OD|OT|Oj|Oz";

  /** The same wherever they stand: of hashes, and in the middle of tokens and URLs. */
  private static final String PIECES = "$a|$1|$2|$5|$6|$7|$y|$$|{SHA}|:AA|hooks.slack|webhooks/";

  private static final int CHARS = 128;

  /** By two chars, of words in lower case, what may begin with them: most pairs begin nothing. */
  private static final String[][] WORD_BY_PAIR = byPair(WORDS);

  private static final String[][] BEGINNING_BY_PAIR = byPair(BEGINNINGS);
  private static final String[][] PIECE_BY_PAIR = byPair(PIECES);

  private static String[][] byPair(String all) {
    var pairs = new String[CHARS * CHARS][];
    for (String text : all.split("\\|", -1)) {
      int pair = text.charAt(0) * CHARS + text.charAt(1);
      String[] before = pairs[pair];
      String[] now = before == null ? new String[1] : Arrays.copyOf(before, before.length + 1);
      now[now.length - 1] = text;
      pairs[pair] = now;
    }
    return pairs;
  }

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
      char next = i + 1 < line.length() ? line.charAt(i + 1) : ' ';
      if (c < CHARS && next < CHARS) {
        name = name || isWord(line, i, c, next);
        shape = shape || isShape(line, i, c, next);
        option = option || (c == '-' && isOption(line, i, next));
      }
    }
    return new Hints(
        name,
        line.contains("://") || line.indexOf('@') >= 0,
        option,
        shape && longest >= SHORTEST_TOKEN);
  }

  /** Whether a word stands in a text that may say that a value is a secret. */
  static boolean hasWord(String text) {
    for (int i = 0; i + 1 < text.length(); i++) {
      char c = text.charAt(i);
      char next = text.charAt(i + 1);
      if (c < CHARS && next < CHARS && isWord(text, i, c, next)) {
        return true;
      }
    }
    return false;
  }

  boolean none() {
    return !name && !url && !option && !shape;
  }

  private static boolean isWord(String line, int at, char c, char next) {
    String[] words = WORD_BY_PAIR[lower(c) * CHARS + lower(next)];
    if (words != null) {
      for (String word : words) {
        if (line.regionMatches(true, at, word, 0, word.length())) {
          return true;
        }
      }
    }
    return false;
  }

  private static int lower(char c) {
    return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
  }

  /** Whether a token or the hash of a password may begin here. */
  private static boolean isShape(String line, int at, char c, char next) {
    int pair = c * CHARS + next;
    boolean account = c >= 'M' && c <= 'O';
    return isOneOf(PIECE_BY_PAIR[pair], line, at)
        || (BEGINNING_BY_PAIR[pair] != null
            && (at == 0 || !isOfWord(line.charAt(at - 1)))
            && isOneOf(BEGINNING_BY_PAIR[pair], line, at)
            && (!account || isAccount(line, at)));
  }

  private static boolean isOneOf(String @Nullable [] texts, String line, int at) {
    if (texts != null) {
      for (String text : texts) {
        if (line.startsWith(text, at)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isOfWord(char c) {
    return c < CHARS && (Character.isLetterOrDigit(c) || c == '_');
  }

  /** The number of an account, as Base64 has it, and a dot: many words begin with its letters. */
  private static boolean isAccount(String line, int at) {
    return isDot(line, at + 23)
        || isDot(line, at + 24)
        || isDot(line, at + 26)
        || isDot(line, at + 27);
  }

  private static boolean isDot(String line, int at) {
    return at < line.length() && line.charAt(at) == '.';
  }

  private static boolean isOption(String line, int at, char next) {
    boolean begins = at == 0 || " \t\"'[,".indexOf(line.charAt(at - 1)) >= 0;
    return begins && "apwPu-".indexOf(next) >= 0;
  }
}
