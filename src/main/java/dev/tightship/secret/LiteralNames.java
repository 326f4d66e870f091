package dev.tightship.secret;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the words of a name say of its value. Masking hides whatever has a suspicious word in its
 * name ({@link SecretNames}); here the last word that carries the meaning decides, so that {@code
 * TOKEN_TTL}, {@code PASSWORD_POLICY} and {@code PUBLIC_KEY} are no secrets.
 */
final class LiteralNames {

  private static final int LONGEST = 200;

  private static final Pattern CAMEL = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
  private static final Pattern BETWEEN = Pattern.compile("[^A-Za-z0-9]+");

  /** Words behind the one that counts which change nothing. */
  private static final Set<String> KEPT =
      Set.of(
          ("base value plain plaintext text hash hashed bcrypt default initial init dev development prod"
                  + " production staging test testing local new old current previous next ro rw read only"
                  + " write readonly live sandbox encoded b64 hex hs256 string override")
              .split(" "));

  /** Ends of words: {@code dbpassword}, {@code rpcpassword}, {@code adminpass}. */
  private static final Pattern SECRET =
      Pattern.compile(
          ".*(?:password|passwd|passphrase|passcode|passwort|secret|token|apikey|secretkey|privatekey|accesskey"
              + "|masterkey|encryptionkey|signingkey|authkey|appkey|licensekey)s?"
              + "|.*pwd|.*(?<!com|by|tres|sur|encom|under|over|multi|single)pass"
              + "|(?:db|mysql|my|sql|root|user|admin|sa|rcon)?pw|psk|requirepass|masterauth"
              + "|salts?|pepper|pin|pat|credentials?|creds?|mnemonic|(?:basic)?auth");

  /** What stands before a key that is secret. */
  private static final Set<String> KEYED =
      Set.of(
          ("api access secret private encryption encrypt enc signing sign signature master auth"
                  + " authentication authorization app application session cookie jwt hmac webhook deploy"
                  + " license licence account shared preshared secure crypt crypto cipher storage admin"
                  + " security salt apikey nonce join seal gossip logged in service role kms"
                  + " field database db tunnel agent instrumentation")
              .split(" "));

  /** Words before a key or token that is for everyone to see. */
  private static final Set<String> PUBLIC = Set.of("public", "pub", "publishable", "site", "anon");

  /** Names of things that hold secrets: a secret of Kubernetes, a file beside a store of keys. */
  private static final Pattern NAME_OF =
      Pattern.compile(
          "(?:tls|pull|docker|external)_secrets?|(?:keystore|truststore|ssl_?key|key)_(?:credentials?|creds)");

  private static final Set<String> AMOUNTS =
      Set.of(
          "max", "min", "num", "limit", "limiter", "rate", "count", "length", "maximum", "minimum");

  private static final Pattern KEY = Pattern.compile("keys?");
  private static final Pattern SEVERAL = Pattern.compile(".*(?:tokens|passwords|secrets)");
  private static final Pattern LENGTH =
      Pattern.compile(".*(?:min|max)(?:imum)?(?:_?chars?|_?len(?:gth)?)", Pattern.CASE_INSENSITIVE);
  private static final Pattern DIGITS = Pattern.compile("\\d+$");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  private LiteralNames() {}

  /** Whether a value under this name is a secret, if it is none by itself. */
  static boolean isSecret(String name) {
    if (name.length() > LONGEST || !Hints.hasWord(name)) {
      return false;
    }
    List<String> words = words(name);
    int last = last(words);
    if (last < 0) {
      return false;
    }
    String word = words.get(last);
    boolean key = KEY.matcher(word).matches();
    if ((key || word.endsWith("token"))
        && words.subList(0, last).stream().anyMatch(PUBLIC::contains)) {
      return false;
    }
    if (last > 0 && NAME_OF.matcher(words.get(last - 1) + "_" + word).matches()) {
      return false;
    }
    return key ? isKey(words, last) : SECRET.matcher(word).matches();
  }

  /** Whether the name asks for {@code user:password}, or for a way to authenticate. */
  static boolean isLogin(String name) {
    List<String> words = words(name);
    int last = last(words);
    return last >= 0 && words.get(last).endsWith("auth");
  }

  /** Whether a value is a number that the name asks for. */
  static boolean isAmount(String name, String value) {
    if (!NUMBER.matcher(value).matches()) {
      return false;
    }
    List<String> words = words(name);
    return words.stream().anyMatch(AMOUNTS::contains)
        || (!words.isEmpty() && SEVERAL.matcher(words.get(words.size() - 1)).matches())
        || LENGTH.matcher(name).matches();
  }

  /** Whether it is the public half of a pair: {@code S3_ACCESS_KEY} beside a secret key. */
  static boolean isIdentity(String name, Set<String> beside) {
    String upper = name.toUpperCase(Locale.ROOT);
    if (!upper.endsWith("ACCESS_KEY") || upper.endsWith("SECRET_ACCESS_KEY")) {
      return false;
    }
    String prefix = upper.substring(0, upper.length() - "ACCESS_KEY".length());
    return beside.stream()
        .map(other -> other.toUpperCase(Locale.ROOT))
        .anyMatch(
            other ->
                other.equals(prefix + "SECRET_KEY")
                    || other.equals(prefix + "SECRET_ACCESS_KEY")
                    || other.equals(prefix + "ACCESS_SECRET")
                    || other.equals(prefix + "ACCESS_KEY_SECRET"));
  }

  private static boolean isKey(List<String> words, int last) {
    if (last == 0) {
      return false;
    }
    String before = words.get(last - 1);
    return KEYED.contains(before)
        || before.endsWith("secret")
        || words.subList(0, last).contains("apikey");
  }

  /** The index of the last word that is not {@link #KEPT} or a number; -1 without one. */
  private static int last(List<String> words) {
    int last = words.size() - 1;
    while (last >= 0 && (KEPT.contains(words.get(last)) || words.get(last).isEmpty())) {
      last--;
    }
    return last;
  }

  /** In lower case, digits at their ends left out. */
  private static List<String> words(String name) {
    var words = new ArrayList<String>();
    for (String part : BETWEEN.split(name, -1)) {
      for (String word : CAMEL.split(part, -1)) {
        words.add(DIGITS.matcher(word).replaceAll("").toLowerCase(Locale.ROOT));
      }
    }
    return words;
  }
}
