package dev.tightship.secret;

import java.util.regex.Pattern;

/** What a value says by itself: that it is no secret, whatever its name. */
final class LiteralValues {

  private static final int LONGEST = 4_096;

  /** Words that stand for no value, and ways to authenticate. */
  private static final Pattern NOTHING =
      Pattern.compile(
          "\"\"|''|\\[\\s*\\]|\\{\\s*\\}|-+|n/?a|nil|undefined|unset|empty|invalid|default|auto|user_provided|evaluation|nopass"
              + "|enable|disable|allow|deny|always|never|prefer|external|internal|inherit",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern WAY =
      Pattern.compile(
          "(?:htpasswd|ldap|oidc|oauth2?|saml|sasl|scram(?:-sha-\\d+)?|ntlm|kerberos|gssapi|jwt|token|plain|login"
              + "|cram-md5|digest-md5|xoauth2?|native|password|md5|trust|peer|cert|ident|header|proxy|static|file"
              + "|local|database|db|cookie|session|apikey|bearer|none|anonymous)",
          Pattern.CASE_INSENSITIVE);

  /** A place, a reference to a store of secrets, or a template that something else fills in. */
  private static final Pattern ELSEWHERE =
      Pattern.compile(
          "(?s)[a-z][a-z0-9+.-]{0,30}://.*|(?:arn|vault|ssm|awssm|gcpsm|secretsmanager|ref\\+\\w{1,20}|env|file):\\S.*"
              + "|.*(?:\\{\\{|<%|#\\{|%\\(|__file__).*"
              + "|[\\w./%~-]{1,200}\\.(?:pem|key|crt|cer|p12|pfx|jks|keystore|json|txt|ya?ml|env|toml|ini|conf|cfg|creds|pass)"
              + "|\\w{0,100}_creds?|/[\\w.-]{1,100}(?:/[\\w.-]{1,100})+",
          Pattern.CASE_INSENSITIVE);

  /** A variable that the program or a shell fills in. */
  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\{?[A-Z_][A-Z0-9_]{0,99}\\}?|\\$\\{[\\w.:-]{1,99}\\}|%[A-Z_]{1,99}%");

  private LiteralValues() {}

  /** Whether a value can be a secret under a name. */
  static boolean isPlausible(String name, String value) {
    String text = value.strip();
    return !text.isEmpty()
        && text.length() <= LONGEST
        && text.indexOf(Located.UNKNOWN) < 0
        && !isNothing(text)
        && !ELSEWHERE.matcher(text).matches()
        && !VARIABLE.matcher(text).matches()
        && !LiteralNames.isAmount(name, text)
        && !SecretNames.isMeasure(name, text)
        && (!LiteralNames.isLogin(name) || !WAY.matcher(text).matches());
  }

  private static boolean isNothing(String text) {
    boolean quoted =
        text.length() > 2
            && "\"'".indexOf(text.charAt(0)) >= 0
            && text.endsWith(text.substring(0, 1));
    String bare = quoted ? text.substring(1, text.length() - 1) : text;
    return NOTHING.matcher(bare).matches()
        || (bare.indexOf('$') < 0 && SecretFinder.isHarmless(bare));
  }

  /** Whether a shell makes something else of a word: it names a variable, or runs a command. */
  static boolean isComputed(String word) {
    for (int i = word.indexOf('$'); i >= 0; i = word.indexOf('$', i + 1)) {
      char next = i + 1 < word.length() ? word.charAt(i + 1) : ' ';
      if (next == '(' || next == '{' || next == '_' || (next < 128 && Character.isLetter(next))) {
        return true;
      }
    }
    return word.indexOf('`') >= 0;
  }
}
