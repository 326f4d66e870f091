package dev.tightship.secret;

import java.util.Locale;
import java.util.regex.Pattern;

/** What the name of a variable, key or option says of its value. */
public final class SecretNames {

  /** Parts that say it wherever they stand in a name. */
  private static final String[] PARTS = {
    "passw", "passphrase", "passcode", "pwd", "secret", "token", "credential", "bearer"
  };

  /** The same for those that say it only together with what stands before them. */
  private static final Pattern TOGETHER =
      Pattern.compile(
          "(?:erlang|node)__?cookie"
              + "|(?:api|access|private|encryption|encrypt|enc|salt|signing|master|auth|app|session|cookie|jwt"
              + "|hmac|webhook|deploy|ssh|rsa|tls|ssl|license|account|shared|secure|crypt|cipher|vapid|storage|admin)"
              + "[_.-]?key(?!store|board|word|stone|pair|cloak)",
          Pattern.CASE_INSENSITIVE);

  /** What {@link #TOGETHER} ends with. */
  private static final String[] ENDS = {"key", "cookie"};

  /** Words that say it only when they stand for themselves. */
  private static final Pattern WORD =
      Pattern.compile(
          "(?:^|[_.-])(?:pass|pw|pin|salt|pepper|pat|auth|basicauth|requirepass|masterauth)\\d*$"
              + "|(?<!com|by|tres|sur)pass$|rconpw$",
          Pattern.CASE_INSENSITIVE);

  /** {@code smtpPass}, {@code dbPw}. */
  private static final Pattern CAMEL = Pattern.compile("[a-z](?:Pass|Pw|Salt|Auth)$");

  /** Where the secret is, or what it is called: a value of this kind is none itself. */
  private static final Pattern PLACE =
      Pattern.compile(
          "(?:[_.-](?:file|path|dir|directory|url|uri|endpoint|host|name|names|id|type|header|prefix|field|issuer"
              + "|audience|realm|algorithm|alg|provider|backend|policy|scheme|method|format|mode|spec|filename|location|class|callback)"
              + "|File|Path|Url)$|^(?:proxy|fastcgi|uwsgi|grpc|scgi|memcached)_pass$",
          Pattern.CASE_INSENSITIVE);

  /** A limit or a duration, which is a number. */
  private static final Pattern MEASURE =
      Pattern.compile(
          "(?:ttl|length|expir\\w*|age|lifetime|duration|timeout|interval|validity|days|hours|minutes|seconds|size|bits"
              + "|rounds|iterations|cost|count|limit|min|max|minimum|maximum|tokens|retries|version)$"
              + "|^(?:max|min|num)[_.-]",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern NUMBER =
      Pattern.compile(
          "\\d{1,12}(?:\\.\\d{1,6})?[a-z]{0,7}(?:/[a-z]{1,9})?", Pattern.CASE_INSENSITIVE);

  /** One of these stands in what {@link #WORD} and {@link #CAMEL} find. */
  private static final String[] WORDS = {"pass", "pw", "pin", "salt", "pepper", "pat", "auth"};

  private SecretNames() {}

  /** Whether a value under this name is to be hidden, unless it is harmless by itself. */
  public static boolean isSecret(String name) {
    if (name.length() > 200) {
      return true; // no one's name; patterns are not for that
    }
    return says(name, name.toLowerCase(Locale.ROOT)) && !PLACE.matcher(name).find();
  }

  /** The patterns cost far more than the look whether it is worth to ask them. */
  private static boolean says(String name, String lower) {
    return holds(lower, PARTS)
        || (holds(lower, ENDS) && TOGETHER.matcher(name).find())
        || (holds(lower, WORDS) && (WORD.matcher(name).find() || CAMEL.matcher(name).find()));
  }

  /** Whether one of these stands in a text. */
  static boolean holds(String text, String[] parts) {
    for (String part : parts) {
      if (text.contains(part)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the name asks for a number and the value is one: {@code TOKEN_TTL: 3600}. */
  public static boolean isMeasure(String name, String value) {
    return NUMBER.matcher(value).matches() && MEASURE.matcher(name).find();
  }
}
