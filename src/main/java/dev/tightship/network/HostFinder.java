package dev.tightship.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the names of services where a text has a host. A text is gone through once, however many
 * names there are. These are hosts for certain: what follows {@code ://}, {@code name:port}, what
 * follows the {@code @} of a login, and the value of a setting whose name says that it is a host.
 * The value of a setting that says nothing of it is one perhaps, unless the name is an everyday
 * word.
 */
final class HostFinder {

  /** Stands for the value of a variable that has none; no text of a project holds it. */
  static final String UNKNOWN = "\ufffc";

  private static final char SIGN = '\ufffc';

  /** Names that texts are full of without meaning the service. */
  private static final Set<String> EVERYDAY =
      Set.of(
          ("admin agent alpine api app apps application auth backend base broker build builder cache"
                  + " cdn cli client config console core cron dashboard data database db default dev"
                  + " docker docs elastic elasticsearch email file files front frontend gateway git"
                  + " grafana graphql home host http https image init influxdb java jobs kafka"
                  + " lb local localhost log logger logs mail main mariadb master memcached metrics"
                  + " migrate migration migrations minio monitor monitoring mongo mongodb mqtt mysql"
                  + " network nginx node php portal postgres postgresql primary prod production"
                  + " prometheus proxy python query queue rabbitmq redis redirect registry replica"
                  + " s3 sample scheduler search secondary seed server service session sh shell site"
                  + " slave sql ssh static storage store task tasks test tests traefik ui updater"
                  + " user users vault watch web webapp website webserver worker workers")
              .split(" ", -1));

  private static final Pattern UNKNOWN_HOST =
      Pattern.compile("@" + UNKNOWN + "|://" + UNKNOWN + "(?![^/?#\\s\"',]{0,500}@)");

  /** Stands for the name of a setting where a URL has several hosts. */
  private static final String URL = "url";

  private static final int LONGEST_KEY = 80;
  private static final int LONGEST_LIST = 500;
  private static final int LONGEST_YAML = 20;

  private final Names names;

  /**
   * A host in a text.
   *
   * @param name as it is known
   * @param port 0 where none is written
   * @param weak whether it may mean something else
   * @param at where it begins in the text
   */
  record Hit(String name, int port, boolean weak, int at) {

    /** The same as one that may mean something else. */
    Hit asWeak() {
      return new Hit(name, port, true, at);
    }

    String shown() {
      return port == 0 ? name : name + ":" + port;
    }
  }

  /** What kind of text it is. */
  private enum Kind {
    VALUE,
    COMMAND,
    FILE
  }

  HostFinder(Names names) {
    this.names = names;
  }

  /** What stands for the value of a variable that has none. */
  static String unknown(String variable) {
    return UNKNOWN;
  }

  /** In the value of a setting. */
  List<Hit> inValue(String key, String text) {
    return new Search(text, key, Kind.VALUE).run();
  }

  /**
   * In a command line, a script, or a word of a command.
   *
   * @param option what stands before the word; null where it is all of the command
   */
  List<Hit> inCommand(@Nullable String option, String text) {
    return new Search(text, option, Kind.COMMAND).run();
  }

  /** In a file of settings, or a program. */
  List<Hit> inFile(String text) {
    return new Search(text, null, Kind.FILE).run();
  }

  /** Whether a variable without a value decides a host. */
  static boolean hasUnknownHost(String key, String text) {
    return UNKNOWN_HOST.matcher(text).find()
        || (text.strip().startsWith(UNKNOWN) && HostKeys.of(key) == HostKeys.HOST);
  }

  private final class Search {
    private final String text;
    private final @Nullable String outer;
    private final Kind kind;
    private final List<Hit> hits = new ArrayList<>();
    private boolean certain;

    Search(String text, @Nullable String outer, Kind kind) {
      this.text = text;
      this.outer = outer;
      this.kind = kind;
    }

    List<Hit> run() {
      int at = 0;
      while (at < text.length()) {
        if (!isHost(text.charAt(at))) {
          at++;
          continue;
        }
        int end = at;
        while (end < text.length() && isHost(text.charAt(end))) {
          end++;
        }
        while (at < end && text.charAt(at) == '-') {
          at++;
        }
        int stop = end;
        while (stop > at && text.charAt(stop - 1) == '.') {
          stop--;
        }
        Names.Known known = names.known(text.substring(at, stop));
        if (known != null) {
          certain = known.certain();
          judge(known.name(), at, stop);
        }
        at = end;
      }
      return hits;
    }

    private void judge(String name, int at, int end) {
      if (kind == Kind.FILE && isComment(at)) {
        return;
      }
      int port = port(end);
      char before = before(at);
      if (before == '/') {
        if (isAuthority(at) && !isUser(end)) {
          add(name, port, false, at);
        }
        return;
      }
      if (before == '@') {
        boolean told = outer != null && kind == Kind.VALUE && HostKeys.of(outer) == HostKeys.HOST;
        if (isPort(port) || told || (isLogin(at - 1) && !isPath(end, port))) {
          add(name, port, false, at);
        }
        return;
      }
      if (before == '$' || (before == '{' && before(at - 1) == '$') || before == SIGN) {
        return;
      }
      String key = key(at);
      if (names.isMachine(name) && port == 0) {
        return; // it may be any service, or none
      }
      HostKeys says = key == null ? HostKeys.UNTOLD : HostKeys.of(key);
      boolean image = key != null && key.toLowerCase(Locale.ROOT).endsWith("image");
      if (!image && (isPort(port) || (port > 0 && says == HostKeys.HOST) || isOpenPort(end))) {
        add(name, port, false, at);
      } else if (port == 0 && isEnd(end, key) && (key != null || kind == Kind.COMMAND)) {
        value(name, at, end, key, says);
      }
    }

    private void value(String name, int at, int end, @Nullable String key, HostKeys says) {
      if (kind == Kind.COMMAND && isPortWord(end)) {
        add(name, 0, false, at);
      } else if (key != null && says == HostKeys.HOST) {
        add(name, 0, false, at);
      } else if (key != null
          && says == HostKeys.UNTOLD
          && !EVERYDAY.contains(name)
          && (!key.equals(outer) || isWhole(at, end))) {
        add(name, 0, true, at);
      }
    }

    private void add(String name, int port, boolean weak, int at) {
      hits.add(new Hit(name, port, weak || !certain, at));
    }

    private char before(int at) {
      return at > 0 ? text.charAt(at - 1) : '\n';
    }

    private char at(int index) {
      return index < text.length() ? text.charAt(index) : '\n';
    }

    /** The number behind {@code :}, or {@code #}, where nothing else follows it; else 0. */
    private int port(int end) {
      if (at(end) != ':' && at(end) != '#') {
        return 0;
      }
      int stop = end + 1;
      while (stop - end < 7 && Character.isDigit(at(stop))) {
        stop++;
      }
      boolean odd = isHost(at(stop)) || at(stop) == ':' || at(stop) == '@';
      int port = stop == end + 1 || odd ? 0 : Integer.parseInt(text.substring(end + 1, stop));
      return port <= 65535 ? port : 0;
    }

    /** Whether a number is more likely a port than a version, as in {@code redis:7}. */
    private static boolean isPort(int port) {
      return port >= 100 || port == 53 || (port >= 79 && port <= 90);
    }

    /** Whether a variable stands where the port does. */
    private boolean isOpenPort(int end) {
      if (at(end) != ':') {
        return false;
      }
      if (at(end + 1) == SIGN) {
        return at(end + 2) != '@' && !isHost(at(end + 2));
      }
      int stop = end + 1;
      if (at(stop) != '$') {
        return false;
      }
      while (at(stop) == '$' || at(stop) == '{' || at(stop) == '}' || isHost(at(stop))) {
        stop++;
      }
      return text.substring(end, stop).toUpperCase(Locale.ROOT).contains("PORT");
    }

    /** Whether a port follows as a word of its own: {@code nc -z db 5432}. */
    private boolean isPortWord(int end) {
      int stop = end;
      while (at(stop) == ' ') {
        stop++;
      }
      int digits = stop;
      while (digits - stop < 6 && Character.isDigit(at(digits))) {
        digits++;
      }
      return stop > end && digits - stop >= 2 && !isHost(at(digits));
    }

    /** Whether what looks like the host of a URL is the user of a login. */
    private boolean isUser(int end) {
      for (int i = end; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '@') {
          return true;
        }
        if (c <= ' ' || "/?#\"'`,)>;|".indexOf(c) >= 0) {
          return false;
        }
      }
      return false;
    }

    /** Whether a login ends at the {@code @}: it has a colon, or stands in a URL. */
    private boolean isLogin(int sign) {
      for (int i = sign - 1; i >= 0 && sign - i < LONGEST_LIST; i--) {
        char c = text.charAt(i);
        if (c == ':') {
          return true;
        }
        if (c <= ' ' || c == '"' || c == '\'' || c == '`') {
          return false;
        }
      }
      return false;
    }

    /** {@code git@host:group/name} and the like. */
    private boolean isPath(int end, int port) {
      return at(end) == ':' && port == 0 && !isOpenPort(end);
    }

    /** Whether the value ends here, or the item of a list; in a URL a path may follow. */
    private boolean isEnd(int end, @Nullable String key) {
      return at(end) <= ' '
          || "\"'`,;)]}<|&".indexOf(at(end)) >= 0
          || (at(end) == '/' && URL.equals(key));
    }

    /** Whether it is all of the value, but for blanks and quotes. */
    private boolean isWhole(int at, int end) {
      int from = at - 1;
      while (from >= 0 && isAround(text.charAt(from))) {
        from--;
      }
      int to = end;
      while (to < text.length() && isAround(text.charAt(to))) {
        to++;
      }
      return from < 0 && to == text.length();
    }

    private static boolean isAround(char c) {
      return c <= ' ' || c == '"' || c == '\'';
    }

    private boolean isComment(int at) {
      int i = at - 1;
      while (i >= 0 && text.charAt(i) != '\n') {
        if (at - i > LONGEST_LIST) {
          return false;
        }
        i--;
      }
      do {
        i++;
      } while (i < at && (text.charAt(i) == ' ' || text.charAt(i) == '\t'));
      return at(i) == '#' || at(i) == ';' || text.startsWith("//", i) || text.startsWith("* ", i);
    }

    /**
     * The name of the setting whose value, or an item of it, begins here; null where there is none.
     */
    private @Nullable String key(int at) {
      int i = quote(at - 1);
      while (at - i < LONGEST_LIST) {
        int gap = i;
        i = blanks(i);
        if (i < 0) {
          return outer;
        }
        char c = text.charAt(i);
        if (c == '=' || c == ':') {
          return c == '=' && i > 0 && "=!<>".indexOf(text.charAt(i - 1)) >= 0
              ? null
              : name(i - (c == '=' && before(i) == ':' ? 2 : 1));
        }
        if (c == '>' && i > 0 && (text.charAt(i - 1) == '=' || text.charAt(i - 1) == '-')) {
          return name(i - 2);
        }
        if (c == '>' && kind == Kind.FILE) {
          return name(i - 1);
        }
        if ((c == '|' || c == '?') && before(i) == c) {
          return name(i - 2);
        }
        if (c == '-' && before(i) == ':') {
          return name(i - 2);
        }
        if (c == '[' || c == '(' || c == '{') {
          i = quote(i - 1);
          if (c == '(' && i >= 0 && isHost(text.charAt(i))) {
            return name(i);
          }
          continue;
        }
        if (c == '\n') {
          return outer != null && kind == Kind.VALUE ? outer : null;
        }
        boolean comma = c == ',' || (c == ';' && kind != Kind.COMMAND);
        if (comma) {
          i = blanks(quote(blanks(i - 1)));
        }
        int end = i + 1;
        while (i >= 0 && (isHost(text.charAt(i)) || text.charAt(i) == ':')) {
          i--;
        }
        String word = text.substring(i + 1, Math.max(end, i + 1));
        if (word.isEmpty() || (gap == i && !comma)) {
          return isAuthority(i + 1) ? URL : null;
        }
        if (word.equals("-")) {
          return kind == Kind.FILE ? parent(i) : null;
        }
        if (isItem(word)) {
          i = quote(i);
          continue; // another item of the list
        }
        boolean takes =
            word.startsWith("-") || (HostKeys.takesHost(word) && (kind != Kind.FILE || begins(i)));
        return takes || (comma && isName(word)) ? word : null;
      }
      return null;
    }

    /** Whether the host of a URL begins here; outside of files its scheme may be missing. */
    private boolean isAuthority(int at) {
      if (at < 2 || !text.startsWith("//", at - 2)) {
        return false;
      }
      return before(at - 2) == ':' || (kind != Kind.FILE && "\n \"'=".indexOf(before(at - 2)) >= 0);
    }

    /**
     * The key of the YAML list whose items begin at the end of a line; null where it is too long.
     */
    private @Nullable String parent(int from) {
      int end = from;
      for (int lines = 0; lines < LONGEST_YAML; lines++) {
        end = text.lastIndexOf('\n', end);
        int start = end <= 0 ? -1 : text.lastIndexOf('\n', end - 1) + 1;
        if (start < 0) {
          return null;
        }
        String line = text.substring(start, end).strip();
        if (line.endsWith(":") && !line.startsWith("-")) {
          return line.substring(0, line.length() - 1).replaceAll("[\"']", "");
        }
        if (!line.startsWith("-") && !line.startsWith("#") && !line.isEmpty()) {
          return null;
        }
        end--;
      }
      return null;
    }

    /** Whether a line begins here, or what stands for one. */
    private boolean begins(int from) {
      int i = blanks(from);
      return i < 0 || "\n{};".indexOf(text.charAt(i)) >= 0;
    }

    /** Whether a word may be the name of a setting, as in {@code getenv("DB_HOST", "db")}. */
    private static boolean isName(String word) {
      return word.length() > 1 && word.chars().anyMatch(Character::isLetter);
    }

    /** Whether a word is a host as well, with or without a port. */
    private boolean isItem(String word) {
      int colon = word.indexOf(':');
      return names.known(colon < 0 ? word : word.substring(0, colon)) != null;
    }

    private int quote(int from) {
      return from >= 0 && "\"'`".indexOf(text.charAt(from)) >= 0 ? from - 1 : from;
    }

    private int blanks(int from) {
      int i = from;
      while (i >= 0 && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
        i--;
      }
      return i;
    }

    /** The name that ends before a sign; the last word of it. */
    private @Nullable String name(int from) {
      int end = from;
      while (end >= 0 && " \t\"'`])}".indexOf(text.charAt(end)) >= 0) {
        end--;
      }
      int start = end;
      while (start >= 0 && isHost(text.charAt(start)) && end - start < LONGEST_KEY) {
        start--;
      }
      return start == end ? null : text.substring(start + 1, end + 1);
    }
  }

  private static boolean isHost(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_'
        || c == '.';
  }
}
