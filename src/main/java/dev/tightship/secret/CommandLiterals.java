package dev.tightship.secret;

import dev.tightship.secret.Literal.Kind;
import dev.tightship.text.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the secrets that a command is given: by its options, and by what programs take where. */
public final class CommandLiterals {

  /** Scripts within scripts. */
  private static final int DEEPEST = 4;

  private static final Pattern ASSIGNED = Pattern.compile("(-{0,2}[A-Za-z_][\\w.-]{0,100})=(?!=)");

  private static final Pattern OPTION = Pattern.compile("--?[A-Za-z][\\w.-]{1,100}");

  private static final Pattern SCRIPT = Pattern.compile("-[a-z]{0,5}c");

  private static final Pattern LOGIN =
      Pattern.compile("[^:\\s$]{1,100}:(?!\\d+$)(?!//)([^\\s@]{1,200})@?/?");

  private static final Pattern DEFAULT =
      Pattern.compile("\\$\\{[A-Za-z_]\\w{0,100}:?-([^${}]{1,200})\\}");

  private static final Pattern TAKES_A = Pattern.compile("(?:redis|valkey|keydb)-\\w+");
  private static final Pattern TAKES_P = Pattern.compile("mongo\\w*|sshpass|cqlsh|rcon");
  private static final Pattern TAKES_GLUED_P =
      Pattern.compile("(?:mysql|mariadb)[\\w-]*|obclient|sshpass");
  private static final Pattern TAKES_UPPER_P =
      Pattern.compile("sqlcmd|bcp|isql|tsql|mosquitto_\\w+");
  private static final Pattern TAKES_W = Pattern.compile("ldap\\w+");

  private static final Set<String> TAKES_LOGIN =
      Set.of("curl", "etcdctl", "http", "https", "xh", "lftp", "influx");

  private static final Set<String> SHELLS =
      Set.of("sh", "bash", "ash", "dash", "zsh", "ksh", "busybox", "su");

  /** What stands before the program that is meant. */
  private static final Set<String> BEFORE =
      Set.of(
          ("exec env sudo time nohup then do if elif else while until ! { CMD CMD-SHELL command tini --"
                  + " dumb-init gosu su-exec")
              .split(" "));

  private static final Set<String> SETTINGS = Set.of("requirepass", "masterauth", "masterpass");

  /**
   * @param item index of the word that was given
   */
  public record Found(int item, Literal literal) {}

  private record Word(Located located, int item) {
    String text() {
      return located.text();
    }
  }

  private record Place(int item, Span span) {}

  private final List<Found> found = new ArrayList<>();
  private final Set<Place> places = new HashSet<>();

  private CommandLiterals() {}

  /** The secrets of a command as its words are given to it; the first may be a script. */
  public static List<Found> ofWords(List<Located> words) {
    var all = new ArrayList<Word>();
    for (int i = 0; i < words.size(); i++) {
      all.add(new Word(words.get(i), i));
    }
    var command = new CommandLiterals();
    boolean shell = !all.isEmpty() && all.get(0).text().equals("CMD-SHELL");
    int script = shell ? 1 : 0;
    if (script < all.size() && (shell || hasBlank(all.get(0).text()))) {
      command.script(all.get(script), 0);
      all.subList(0, script + 1).clear();
    }
    command.words(all, 0);
    return List.copyOf(command.found);
  }

  /** The secrets of a script, or of a command that is written as one line. */
  public static List<Literal> ofScript(Located script) {
    var command = new CommandLiterals();
    command.script(new Word(script, 0), 0);
    return command.found.stream().map(Found::literal).toList();
  }

  private static boolean hasBlank(String word) {
    return word.indexOf(' ') >= 0 || word.indexOf('\n') >= 0;
  }

  private void script(Word script, int depth) {
    List<Word> before = List.of();
    for (List<Located> words : Words.commands(script.located)) {
      List<Word> command = words.stream().map(w -> new Word(w, script.item)).toList();
      String program = words(command, depth);
      if (program.equals("chpasswd") && before.size() > 1 && before.get(0).text().equals("echo")) {
        login(before.get(before.size() - 1));
      }
      before = command;
    }
  }

  /** The name of the program that is run. */
  private String words(List<Word> words, int depth) {
    String program = "";
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      String text = word.text();
      boolean more = i + 1 < words.size();
      if (program.isEmpty() && isProgram(text)) {
        program = text.substring(text.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        positions(program, words.subList(i + 1, words.size()));
      }
      if (more && SHELLS.contains(program) && SCRIPT.matcher(text).matches() && depth < DEEPEST) {
        script(words.get(++i), depth + 1);
      } else if (more && takes(program, text, words.get(i + 1).text())) {
        boolean login = text.equals("-u") || text.equals("--user");
        String name = OPTION.matcher(text).matches() ? bare(text) : "password";
        if (login) {
          login(words.get(++i));
        } else {
          option(LiteralNames.isSecret(name) ? name : "password", words.get(++i), 0);
        }
      } else if (isGlued(program, text)) {
        option("password", word, 2);
      } else {
        word(word);
      }
    }
    return program;
  }

  private static boolean isProgram(String text) {
    return !text.isEmpty()
        && !text.startsWith("-")
        && !hasBlank(text)
        && !BEFORE.contains(text)
        && !ASSIGNED.matcher(text).lookingAt();
  }

  /** Whether an option takes the next word as a secret, or as user and password. */
  private static boolean takes(String program, String option, String next) {
    if (SETTINGS.contains(option)) {
      return true;
    }
    if (!option.startsWith("-") || next.startsWith("-") || isGlued(program, option)) {
      return false;
    }
    return switch (option) {
      case "-a" -> TAKES_A.matcher(program).matches();
      case "-p" -> TAKES_P.matcher(program).matches();
      case "-P" -> TAKES_UPPER_P.matcher(program).matches();
      case "-w" -> TAKES_W.matcher(program).matches();
      case "-u", "--user" -> isLogin(program, next);
      default -> OPTION.matcher(option).matches() && LiteralNames.isSecret(bare(option));
    };
  }

  /** Other programs take a user and a group there. */
  private static boolean isLogin(String program, String next) {
    return TAKES_LOGIN.contains(program) && LOGIN.matcher(next).matches();
  }

  private static boolean isGlued(String program, String text) {
    return text.length() > 2
        && text.startsWith("-p")
        && text.charAt(2) != '='
        && TAKES_GLUED_P.matcher(program).matches();
  }

  private static String bare(String option) {
    return option.replaceFirst("^-+", "");
  }

  /** What some programs take by its position. */
  private void positions(String program, List<Word> rest) {
    List<String> words = rest.stream().map(Word::text).toList();
    switch (program) {
      case "mc", "mcli" -> {
        at(rest, words.indexOf("alias") >= 0 ? words.indexOf("set") : -1, 4);
        at(rest, words.indexOf("host") >= 0 ? words.indexOf("add") : -1, 4);
      }
      case "rabbitmqctl" -> {
        at(rest, words.indexOf("add_user"), 2);
        at(rest, words.indexOf("change_password"), 2);
        at(rest, words.indexOf("authenticate_user"), 2);
      }
      case "redis-cli", "valkey-cli" -> {
        at(rest, words.indexOf("AUTH"), 1);
        at(rest, words.indexOf("auth"), 1);
      }
      case "htpasswd", "mosquitto_passwd" -> {
        boolean batch = words.stream().anyMatch(w -> w.matches("-\\w{0,9}b\\w{0,9}"));
        at(rest, batch ? rest.size() - 1 : -1, 0);
      }
      default -> {}
    }
  }

  private void at(List<Word> words, int from, int after) {
    if (from >= 0 && from + after < words.size()) {
      option("password", words.get(from + after), 0);
    }
  }

  private void login(Word word) {
    Matcher login = LOGIN.matcher(word.text());
    if (login.matches()) {
      option("password", word, login.start(1));
    }
  }

  private void option(String name, Word word, int from) {
    String text = word.text();
    int start = from;
    int end = text.length();
    Matcher fallback = DEFAULT.matcher(text);
    if (fallback.find(from) && fallback.start() == from && fallback.end() == end) {
      start = fallback.start(1);
      end = fallback.end(1);
    }
    String value = text.substring(start, end);
    if (!LiteralValues.isComputed(value)
        && LiteralValues.isPlausible(name, value)
        && !value.contains("://")) {
      add(word, LiteralFinder.literal(Kind.OPTION, name, word.located, start, end));
    } else {
      texts(name, word);
    }
  }

  /** A word for itself: {@code NAME=value}, a URL, a text with something in it. */
  private void word(Word word) {
    Matcher assigned = ASSIGNED.matcher(word.text());
    String name = assigned.lookingAt() ? bare(assigned.group(1)) : "";
    if (LiteralNames.isSecret(name)) {
      option(name, word, assigned.end());
    } else {
      texts(null, word);
    }
  }

  private void add(Word word, Literal literal) {
    if (places.add(new Place(word.item, literal.span()))) {
      found.add(new Found(word.item, literal));
    }
  }

  private void texts(@Nullable String name, Word word) {
    for (Literal literal : LiteralFinder.in(name, word.located)) {
      add(word, literal);
    }
  }
}
