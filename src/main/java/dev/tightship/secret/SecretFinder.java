package dev.tightship.secret;

import dev.tightship.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds secrets in one line of a Compose file, a Dockerfile, a script or a sentence: by the name of
 * what they are assigned to, by the place in a URL or a command, by the shape of well-known tokens.
 * Each step looks at a char a bounded number of times, since the line is an attacker's.
 */
public final class SecretFinder {

  private static final Pattern BASIC =
      Pattern.compile("\\b(?:bearer|basic)\\s+([\\w+/.=-]{8,})", Pattern.CASE_INSENSITIVE);

  /** {@code -a x}, also as two items of a list: what it means depends on the program. */
  private static final Pattern OPTION =
      Pattern.compile("(?:(?<=\\s|[\"'\\[,])|^)-([apwP])(?:\\s+|[\"']\\s*,\\s*(?=[\"']))");

  /** {@code mysql -px}: no blank between. */
  private static final Pattern GLUED =
      Pattern.compile(
          "(?:(?<=\\s|[\"'\\[,])|^)-p(?!ass(?:word|wd)?=)(?=[^\\s\"'=,\\]-]|[\"'][^\\s,\\]])");

  private static final Pattern USER_AND_PASSWORD =
      Pattern.compile(
          "(?:(?<=\\s|[\"'\\[,])|^)(?:-u|--user)(?:[\\s=]+|[\"']\\s*,\\s*)[\"']?([^\\s:\"']{1,200}:)");

  /** {@code user:password@host} without a scheme, or {@code user/password@host:port/name}. */
  private static final Pattern LOGIN =
      Pattern.compile(
          "(?:(?<![\\w/@.-])|(?<=https?:/))[\\w.-]{1,64}(?<sign>[:/])(?!/)(?<password>[^\\s@\"']{1,200})"
              + "@(?<host>(?:tcp|unix)\\(|(?://)?[\\w.-]{1,99}(?<port>:\\d{2,5}(?!\\w))?)");

  private static final String[] HEADERS = {"bearer", "basic"};

  private static final Pattern DOMAIN = Pattern.compile("(?:[\\w-]{1,63}\\.){1,9}[A-Za-z]{2,24}");

  private static final Pattern SQL =
      Pattern.compile("\\b(?:identified\\s+by|password)\\s+(?=['\"])", Pattern.CASE_INSENSITIVE);

  private static final String[] STATEMENTS = {"identified", "password"};

  private static final String[] TAKES_A = {"redis", "valkey", "keydb"};
  private static final String[] TAKES_P = {"mongo", "sshpass", "cqlsh", "rcon"};
  private static final String[] TAKES_GLUED_P = {"mysql", "mariadb", "obclient", "sshpass"};
  private static final Pattern TAKES_UPPER_P = Pattern.compile("sqlcmd|\\bbcp\\b|[it]sql");

  /** Between two words of a command, or two items of a list. */
  private static final String GAP = "(?:\\s{1,9}|[\"']?\\s{0,9},\\s{0,9})";

  private static final String NEXT = GAP + "[\"']?";

  private static final String WORD = "[^\\s;&|,]{1,200}";

  /** Programs that take a password by its position: clients of MinIO, RabbitMQ, Redis and npm. */
  private static final Pattern POSITION =
      Pattern.compile(
          ("\\b(?:(?:alias%2$sset|host%2$sadd)(?:%2$s%3$s){3}"
                  + "|(?:add_user|change_password|authenticate_user)%2$s%3$s"
                  + "|(?i:config%2$sset)%2$s(?:requirepass|masterauth|%3$s_(?:authToken|auth|password)))"
                  + "%1$s(?=[^\\s;&|])")
              .formatted(GAP, NEXT, WORD));

  /** One of these stands in what {@link #POSITION} finds. */
  private static final String[] POSITIONS = {
    "alias", "host", "add_user", "change_password", "authenticate_user", "config"
  };

  private static final String SWITCHES = "(?:-\\w{1,9}\\s{1,9}){0,3}";

  /** Files of passwords: a file, unless it is the standard output, and a user stand before it. */
  private static final Pattern HTPASSWD =
      Pattern.compile(
          "\\b(?:htpasswd|mosquitto_passwd)\\s+%1$s-\\w{0,9}b\\w{0,9}\\s+%1$s(?:[^\\s-]\\S{0,200}\\s+){1,2}"
              .formatted(SWITCHES));

  /** What is given to a program that sets the passwords of accounts. */
  private static final Pattern ACCOUNTS =
      Pattern.compile(
          "\\b(?:echo|printf)\\s{1,9}([^|]{1,500})\\|[^|]{0,200}?\\b(?:chpasswd\\b|passwd\\s{1,9}--stdin)"
              + "|\\bchpasswd\\b[^|;&<]{0,100}<<<\\s{0,9}([^|;&]{1,500})");

  private static final Pattern ACCOUNT =
      Pattern.compile("\\buser(?:add|mod)\\b[^|;&]{0,200}?\\s-p\\s{1,9}(?=[^\\s-])");

  private static final Pattern HARMLESS =
      Pattern.compile(
          "true|false|yes|no|on|off|null|none|~|[01]|disabled|enabled|optional|required|requested|want|need|basic|digest|[|>][-+\\d]{0,2}"
              + "|\\*{8}|\\$(?-i:[A-Z_][A-Z0-9_]{0,99}|[a-z_]{1,99})|\\$\\$\\{?(?-i:[A-Z_][A-Z0-9_]{0,99})}?(?: .{0,400})?"
              + "|\\$\\$?\\((?:cat |<|sed ).{0,400}"
              + "|(?:\\.{1,2}|~|/(?:run|etc|var|usr|opt|home|certs?|secrets?|ssl|app|data|config|keys?|mnt|tmp))"
              + "/[\\w./@+-]{0,200}"
              + "|(?:/|[\\w.-]{1,99}/)[\\w./@+-]{1,200}\\.(?:json|pem|key|crt|txt|ya?ml|conf|jks|p12|env|toml|ini)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern ALIAS = Pattern.compile("\\*[\\w-]{1,99}");

  private static final Pattern KEY_BEGIN = Pattern.compile("-----BEGIN [A-Z ]{0,40}PRIVATE KEY");

  /** Chars that a value has when somebody thought of it. */
  private static final int SHORTEST_CHOSEN = 6;

  private static final String OPENS_AFTER = " \t[{,:=(-!>";

  private final String line;
  private final List<Span> found = new ArrayList<>();
  private final int[] closes;
  private final int comment;
  private final boolean[] flow;

  private SecretFinder(String line) {
    this.line = line;
    this.closes = new int[line.length() + 1];
    this.flow = new boolean[line.length() + 1];
    this.comment = scan();
  }

  /** Whether a value looks like one that somebody thought of, not like a word that may recur. */
  public static boolean isChosen(String value) {
    if (value.length() < SHORTEST_CHOSEN || value.startsWith("/") || value.startsWith("./")) {
      return false;
    }
    int upper = 0;
    int lower = 0;
    int digit = 0;
    int other = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isUpperCase(c)) {
        upper = 1;
      } else if (Character.isLowerCase(c)) {
        lower = 1;
      } else if (Character.isDigit(c)) {
        digit = 1;
      } else if (c != '-' && c != '_' && c != '.' && c != ' ') {
        other = 1;
      }
    }
    return upper + lower + digit + other > 1;
  }

  /** Whether it is one word that nobody takes for one of a language, or for a name. */
  public static boolean isRandom(String value) {
    return isChosen(value)
        && value.chars().anyMatch(Character::isDigit)
        && value.chars().noneMatch(c -> Character.isWhitespace(c) || c == '/');
  }

  /** Whether a value is none that anybody hides: a switch, a place, a variable. */
  static boolean isHarmless(String value) {
    return HARMLESS.matcher(value).matches();
  }

  /** The places of secrets in a line without its line break, ascending, none within another. */
  public static List<Span> find(String line) {
    return find(line, Hints.of(line));
  }

  /** The same, where it is known already what the line is worth to be looked at for. */
  public static List<Span> find(String line, Hints hints) {
    if (hints.none()) {
      return List.of();
    }
    var finder = new SecretFinder(line);
    if (hints.name()) {
      finder.assignments();
      finder.defaults();
      finder.words();
    }
    if (hints.url()) {
      finder.urls();
      finder.logins();
    }
    if (hints.option()) {
      finder.options();
    }
    if (hints.shape()) {
      finder.shapes();
    }
    return joined(finder.found);
  }

  /**
   * Marks for each char where the quotes around it close (0 for none), and whether a flow
   * collection is open.
   *
   * @return where the comment begins; the length of the line when there is none
   */
  private int scan() {
    int depth = 0;
    char mark = ':'; // the last char that is not blank
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      char before = i == 0 ? ' ' : line.charAt(i - 1);
      boolean begins = OPENS_AFTER.indexOf(before) >= 0;
      flow[i] = depth > 0;
      if ((c == '"' || c == '\'') && begins) {
        int close = close(i, line.length());
        for (int at = i + 1; at <= close && at < line.length(); at++) {
          closes[at] = close;
          flow[at] = depth > 0;
        }
        i = close;
      } else if ((c == '[' || c == '{') && begins && ":-,[{".indexOf(mark) >= 0) {
        depth++;
      } else if ((c == ']' || c == '}') && depth > 0) {
        depth--;
      } else if (c == '#' && Character.isWhitespace(before)) {
        return i;
      }
      if (!Character.isWhitespace(c)) {
        mark = c;
      }
    }
    return line.length();
  }

  /** Where the quote that opens at {@code open} closes, or {@code end}. */
  private int close(int open, int end) {
    char quote = line.charAt(open);
    for (int i = open + 1; i < end; i++) {
      char c = line.charAt(i);
      if (c == '\\' && quote == '"') {
        i++;
      } else if (c == quote) {
        if (quote == '\'' && i + 1 < end && line.charAt(i + 1) == quote) {
          i++;
        } else {
          return i;
        }
      }
    }
    return end;
  }

  private char at(int index) {
    return index >= 0 && index < line.length() ? line.charAt(index) : '\n';
  }

  private static boolean isName(char c) {
    return c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-');
  }

  private int blanks(int from) {
    int i = from;
    while (i < line.length() && Character.isWhitespace(line.charAt(i))) {
      i++;
    }
    return i;
  }

  /** The end of what a value that begins here may reach to: its quotes, its comment, the line. */
  private int bound(int from) {
    if (from < line.length() && closes[from] > 0) {
      return closes[from];
    }
    return from < comment ? comment : line.length();
  }

  private void assignments() {
    int i = 0;
    while (i < line.length()) {
      if (!isName(line.charAt(i))) {
        i++;
        continue;
      }
      int start = i;
      while (i < line.length() && isName(line.charAt(i))) {
        i++;
      }
      String name = line.substring(start, i);
      if (name.length() > 1 && SecretNames.isSecret(name)) {
        i = Math.max(i, value(start, i, name));
      }
    }
  }

  /** Finds the value of a name, where one is assigned; where to go on. */
  private int value(int start, int end, String name) {
    int at = end;
    boolean quoted = false;
    if (at(at) == '\\' && (at(at + 1) == '"' || at(at + 1) == '\'')) {
      at++;
    }
    int key = keyStart(start);
    if ((at(at) == '"' || at(at) == '\'') && (at(key - 1) == at(at))) {
      at++;
      quoted = true;
    }
    int next = blanks(at);
    boolean flag = name.startsWith("-");
    boolean inComment = start >= comment;
    char sign = at(next);
    if (sign == '=' || (sign == ':' && at(next + 1) == '=')) {
      int from = next + 1;
      while (at(from) == '=' || at(from) == '>') {
        from++;
      }
      char before = at(start - 1);
      boolean parameter = before == ';' || before == '?' || before == '&';
      return take(name, blanks(from), parameter ? Ends.PARAMETER : flag ? Ends.WORD : Ends.ALL);
    }
    if (sign == ':') {
      char before = at(key - 1);
      boolean assigns =
          quoted || inComment || !(at(next + 1) > ' ') || isForgottenBlank(key, next + 1);
      boolean path = before == '/' || before == '@' || before == ':' || (before == '\\' && !quoted);
      boolean list = name.equals("secrets");
      return assigns && !path && !list ? take(name, blanks(next + 1), Ends.ALL) : end;
    }
    if (flag && sign == ',' && (quoted || flow[start])) {
      return take(name, blanks(next + 1), Ends.WORD);
    }
    if (next == at || next >= line.length()) {
      return end;
    }
    if (flag) {
      boolean option = sign == '-' && at(next + 1) == '-';
      boolean description = line.startsWith("id=", next) || line.startsWith("type=", next);
      return option || description ? end : take(name, next, Ends.WORD);
    }
    String before = line.substring(0, start).strip().toUpperCase(Locale.ROOT);
    if (before.equals("ENV")) {
      return take(name, next, Ends.ALL);
    }
    int wordEnd = word(next, line.length());
    boolean last = blanks(wordEnd) >= line.length();
    if (inComment) {
      String word = line.substring(next, wordEnd);
      if (word.matches("is|was|are|->|=>")) {
        return take(name, blanks(wordEnd), Ends.ALL);
      }
      return last && isChosen(word) ? take(name, next, Ends.ALL) : end;
    }
    boolean alone = before.isEmpty() || before.matches("-(?:\\s+[\"'])?");
    return last && alone ? take(name, next, Ends.ALL) : end;
  }

  /** {@code DB_PASSWORD:hunter2} alone on a line, which YAML takes for one text. */
  private boolean isForgottenBlank(int key, int from) {
    return line.substring(0, key).matches("\\s*(?:-\\s+)?[\"']?")
        && isRandom(line.substring(from, word(from, line.length())));
  }

  /** Where a key begins that has a domain before its name: {@code example.org/password: x}. */
  private int keyStart(int start) {
    int first = start;
    while (at(first - 1) == '/' || isName(at(first - 1))) {
      first--;
    }
    String before = line.substring(0, first).strip();
    boolean begins = before.isEmpty() || "-{,\"'".indexOf(before.charAt(before.length() - 1)) >= 0;
    return begins ? first : start;
  }

  /** Where a value without quotes ends. */
  private enum Ends {
    /** With what is around it. */
    ALL,
    /** With the word. */
    WORD,
    /** With the parameter of a URL or of a connection string. */
    PARAMETER
  }

  /** Takes the value that begins at {@code from}; where to go on. */
  private int take(String name, int from, Ends ends) {
    int start = from;
    int bound = bound(start);
    boolean marked = ends == Ends.ALL && at(start - 1) <= ' ' && start < comment;
    while (start < bound && (at(start) == '&' || at(start) == '!') && marked) {
      int after = word(start, bound);
      if (after >= bound) {
        if (RandomWord.is(line.substring(start + 1, after))) {
          note(name, start, after); // meant as a password
        }
        return bound; // an anchor or a tag of what follows on other lines
      }
      start = blanks(after);
    }
    if (start >= bound) {
      return bound;
    }
    boolean escaped = at(start) == '\\' && (at(start + 1) == '"' || at(start + 1) == '\'');
    int open = escaped ? start + 1 : start;
    if (at(open) == '"' || at(open) == '\'') {
      int limit = closes[start] > 0 ? bound : line.length();
      int close = escaped ? escapedClose(open, bound) : close(open, limit);
      int after = Math.min(close + (escaped ? 2 : 1), line.length());
      boolean whole = after >= bound || " \t,]};)&|\"'".indexOf(at(after)) >= 0;
      if (whole && (ends != Ends.ALL || isEnd(blanks(after), bound))) {
        note(name, open + 1, Math.min(close, limit));
        return after;
      }
      int last = ends == Ends.ALL ? bound : end(after, Math.max(bound, after), ends);
      note(name, start, last);
      return last;
    }
    int end = end(start, bound, ends);
    note(name, start, end);
    return Math.max(end, from);
  }

  /** Whether nothing of the value can stand here any more. */
  private boolean isEnd(int index, int bound) {
    return index >= bound || ",]};)#&|\\".indexOf(at(index)) >= 0;
  }

  private int escapedClose(int open, int bound) {
    for (int i = open + 1; i < bound - 1; i++) {
      if (at(i) == '\\' && at(i + 1) == at(open)) {
        return i;
      }
    }
    return bound;
  }

  private int end(int start, int bound, Ends ends) {
    if (start >= bound || at(start) == '{' || at(start) == '[') {
      return Math.max(start, trimmed(Math.min(start, bound), bound));
    }
    boolean inFlow = flow[start] && closes[start] == 0;
    int i = start;
    while (i < bound) {
      char c = line.charAt(i);
      if (c == '$' && at(i + 1) == '{') {
        i = brace(i + 1, bound);
        continue;
      }
      if (c == '$' && at(i + 1) == '(' && line.indexOf(')', i) > 0) {
        i = line.indexOf(')', i) + 1;
        continue;
      }
      boolean stops =
          (inFlow && (c == ',' || c == ']' || c == '}'))
              || (ends != Ends.ALL && (Character.isWhitespace(c) || c == '"' || c == '\''))
              || (ends == Ends.PARAMETER && (c == ';' || c == '&'));
      if (stops) {
        break;
      }
      i++;
    }
    while (i > start && (Character.isWhitespace(line.charAt(i - 1)) || isContinued(i, bound))) {
      i--;
    }
    return i;
  }

  /** Whether the char before is the one that continues a line of a Dockerfile or a script. */
  private boolean isContinued(int end, int bound) {
    return end == bound && end == line.length() && line.charAt(end - 1) == '\\';
  }

  private int word(int from, int bound) {
    int i = from;
    while (i < bound && !Character.isWhitespace(line.charAt(i))) {
      i++;
    }
    return i;
  }

  /** Behind the brace that closes the one at {@code open}. */
  private int brace(int open, int bound) {
    int depth = 0;
    for (int i = open; i < bound; i++) {
      char c = line.charAt(i);
      if (c == '{') {
        depth++;
      } else if (c == '}' && --depth == 0) {
        return i + 1;
      }
    }
    return bound;
  }

  /** Notes a value, unless it is harmless; of one that is a variable, what it defaults to. */
  private void note(String name, int start, int end) {
    if (start >= end) {
      return;
    }
    String value = line.substring(start, end).strip();
    if (value.isEmpty()
        || HARMLESS.matcher(value).matches()
        || isAlias(start, value)
        || SecretNames.isMeasure(name, value)) {
      return;
    }
    int last = trimmed(start, end);
    if (value.startsWith("${") && value.endsWith("}") && brace(start + 1, last) == last) {
      noteVariable(name, start, last);
    } else {
      found.add(new Span(start, end));
    }
  }

  private boolean isAlias(int start, String value) {
    String signs = at(start - 1) <= ' ' ? ":-,[{" : ",[{"; // a password follows a colon in a URL
    return start < comment
        && signs.indexOf(at(trimmed(0, start) - 1)) >= 0
        && ALIAS.matcher(value).matches();
  }

  /** Notes what a variable defaults to, and what is written as one by mistake. */
  private void noteVariable(String name, int start, int end) {
    int behind = variableEnd(start + 2, end);
    int sign = defaultSign(start + 2, end);
    int question = at(behind) == ':' ? behind + 1 : behind;
    if (sign > 0) {
      note(name, sign, end - 1);
    } else if (at(question) == '?') {
      if (isRandom(line.substring(question + 1, end - 1))) {
        found.add(new Span(question + 1, end - 1)); // no message: it is meant as a default
      }
    } else if (behind < end - 1 || RandomWord.is(line.substring(start + 2, behind))) {
      found.add(new Span(start, end));
    }
  }

  private int trimmed(int start, int end) {
    int i = end;
    while (i > start && Character.isWhitespace(line.charAt(i - 1))) {
      i--;
    }
    return i;
  }

  /** Behind {@code :-}, {@code -}, {@code :+} or {@code +} of a variable; 0 where it has none. */
  private int defaultSign(int from, int end) {
    int i = variableEnd(from, end);
    if (at(i) == ':') {
      i++;
    }
    return i < end && (at(i) == '-' || at(i) == '+') ? i + 1 : 0;
  }

  private int variableEnd(int from, int end) {
    int i = from;
    while (i < end && (Character.isLetterOrDigit(line.charAt(i)) || line.charAt(i) == '_')) {
      i++;
    }
    return i;
  }

  /** {@code ${DB_PASSWORD:-hunter2}}, wherever it stands. */
  private void defaults() {
    int next;
    for (int i = line.indexOf("${"); i >= 0; i = next) {
      next = line.indexOf("${", i + 2);
      int sign = defaultSign(i + 2, line.length());
      int end = i + 2;
      while (end < sign && isName(line.charAt(end)) && line.charAt(end) != '-') {
        end++;
      }
      if (sign > 0 && SecretNames.isSecret(line.substring(i + 2, end))) {
        int close = brace(i + 1, line.length());
        note(line.substring(i + 2, end), sign, line.charAt(close - 1) == '}' ? close - 1 : close);
        next = line.indexOf("${", close); // what stands within is noted
      }
    }
  }

  /** The password of {@code scheme://user:password@host}, whatever stands in it. */
  private void urls() {
    int next;
    for (int i = line.indexOf("://"); i >= 0; i = next) {
      int from = i + 3;
      int end = from;
      int bound = closes[i] > 0 ? closes[i] : line.length();
      int last = -1;
      while (end < bound && !Character.isWhitespace(line.charAt(end))) {
        if (line.charAt(end) == '$' && at(end + 1) == '{') {
          int close = brace(end + 1, bound);
          end = at(close - 1) == '}' ? close : end + 2; // one that is never closed is no variable
          continue;
        }
        if (line.charAt(end) == '@') {
          last = end;
        }
        end++;
      }
      next = line.indexOf("://", Math.max(end, from));
      if (last > 0) {
        login(from, last);
      }
    }
  }

  private void login(int from, int end) {
    int colon = from;
    while (colon < end && line.charAt(colon) != ':') {
      colon = at(colon) == '$' && at(colon + 1) == '{' ? brace(colon + 1, end) : colon + 1;
    }
    if (colon >= end) {
      String user = line.substring(from, end);
      boolean path = user.indexOf('/') >= 0;
      if (!path && user.length() >= 16 && !user.contains("${") && isChosen(user)) {
        found.add(new Span(from, end));
      }
      return;
    }
    int digits = colon + 1;
    while (digits < end && Character.isDigit(line.charAt(digits))) {
      digits++;
    }
    boolean port = digits > colon + 1 && digits < end && "/?#".indexOf(at(digits)) >= 0;
    if (!port) {
      note("password", colon + 1, end);
    }
  }

  private void logins() {
    Matcher login = line.indexOf('@') >= 0 ? LOGIN.matcher(line) : null;
    while (login != null && login.find()) {
      String host = login.group("host");
      boolean port = login.group("port") != null && !host.startsWith("sha"); // of a digest
      boolean oracle = login.group("sign").equals("/");
      boolean place = port || (!oracle && DOMAIN.matcher(host).matches());
      boolean secret = oracle || isRandom(login.group("password"));
      if (host.endsWith("(") || (place && secret)) {
        note("password", login.start("password"), login.end("password"));
      }
    }
  }

  private void options() {
    boolean a = SecretNames.holds(line, TAKES_A);
    boolean p = SecretNames.holds(line, TAKES_P);
    boolean w = line.contains("ldap");
    boolean upper = TAKES_UPPER_P.matcher(line).find();
    Matcher option = a || p || w || upper ? OPTION.matcher(line) : null;
    while (option != null && option.find()) {
      char letter = option.group(1).charAt(0);
      if (letter == 'a' ? a : letter == 'p' ? p : letter == 'P' ? upper : w) {
        take("password", option.end(), Ends.WORD);
      }
    }
    Matcher glued = SecretNames.holds(line, TAKES_GLUED_P) ? GLUED.matcher(line) : null;
    while (glued != null && glued.find()) {
      take("password", glued.end(), Ends.WORD);
    }
    Matcher account = line.contains("user") ? ACCOUNT.matcher(line) : null;
    while (account != null && account.find()) {
      take("password", account.end(), Ends.WORD);
    }
    Matcher user = line.contains("-u") ? USER_AND_PASSWORD.matcher(line) : null;
    while (user != null && user.find()) {
      int digits = user.end();
      while (Character.isDigit(at(digits))) {
        digits++;
      }
      boolean ids = digits > user.end() && !isName(at(digits)); // --user 1000:1000
      if (!ids) {
        take("password", user.end(), Ends.WORD);
      }
    }
  }

  /** What is said in words: statements of SQL, headers of HTTP, a program for passwords. */
  private void words() {
    if (line.contains("passwd")) {
      Matcher file = HTPASSWD.matcher(line);
      if (file.find()) {
        take("password", file.end(), Ends.WORD);
      }
      Matcher accounts = ACCOUNTS.matcher(line);
      while (accounts.find()) {
        int group = accounts.group(1) == null ? 2 : 1;
        found.add(
            new Span(accounts.start(group), trimmed(accounts.start(group), accounts.end(group))));
      }
    }
    String lower = line.toLowerCase(Locale.ROOT); // asks what the patterns are worth to be asked
    Matcher position = SecretNames.holds(lower, POSITIONS) ? POSITION.matcher(line) : null;
    while (position != null && position.find()) {
      take("password", position.end(), Ends.WORD);
    }
    boolean quotes = line.indexOf('"') >= 0 || line.indexOf('\'') >= 0;
    Matcher sql = quotes && SecretNames.holds(lower, STATEMENTS) ? SQL.matcher(line) : null;
    while (sql != null && sql.find()) {
      take("password", sql.end(), Ends.WORD);
    }
    Matcher basic = SecretNames.holds(lower, HEADERS) ? BASIC.matcher(line) : null;
    while (basic != null && basic.find()) {
      if (isChosen(basic.group(1))) {
        found.add(new Span(basic.start(1), basic.end(1)));
      }
    }
    Span key = privateKey();
    if (key != null) {
      found.add(key);
    }
  }

  private void shapes() {
    Matcher token = Tokens.LOOSE.matcher(line);
    while (token.find()) {
      found.add(new Span(token.start(), token.end()));
    }
  }

  private @Nullable Span privateKey() {
    Matcher begin = line.contains("-----BEGIN") ? KEY_BEGIN.matcher(line) : null;
    if (begin == null || !begin.find()) {
      return null;
    }
    int end = line.indexOf("-----END", begin.end());
    return new Span(begin.start(), end < 0 ? line.length() : end);
  }

  private static List<Span> joined(List<Span> spans) {
    if (spans.size() < 2) {
      return List.copyOf(spans);
    }
    var sorted = new ArrayList<>(spans);
    sorted.sort((a, b) -> Integer.compare(a.start(), b.start()));
    var joined = new ArrayList<Span>();
    for (Span span : sorted) {
      Span last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last != null && span.start() <= last.end()) {
        joined.set(joined.size() - 1, new Span(last.start(), Math.max(last.end(), span.end())));
      } else {
        joined.add(span);
      }
    }
    return joined;
  }
}
