package dev.tightship.report;

import dev.tightship.secret.SecretFinder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values that are secret wherever they stand: as they are written where they were found, and as
 * whoever gets them reads them. Words that may mean something else are none of them.
 */
final class KnownValues {

  /** Chars that a value must have before it is looked for elsewhere. */
  private static final int SHORTEST = 6;

  private static final int PREFIX = 4;

  /** A host with its port, which recurs and is no secret. */
  private static final Pattern HOST = Pattern.compile("[\\w.-]{1,99}:\\d{2,5}");

  /** More digits than a port, a year or a size in MiB has. */
  private static final Pattern DIGITS = Pattern.compile("\\d{8,200}");

  private static final Pattern QUOTED = Pattern.compile("(['\"])(.*?)\\1.*", Pattern.DOTALL);
  private static final Pattern ESCAPED = Pattern.compile("\\\\(.)", Pattern.DOTALL);
  private static final Pattern PERCENT = Pattern.compile("(?:%[0-9A-Fa-f]{2})+");

  /**
   * What the parts of a connection string, of a command or of a text in one line stand apart by.
   */
  private static final Pattern BETWEEN = Pattern.compile("\\s+|\\\\n|,(?=\\w{1,99}=)");

  /** What is written in one way and read in another: YAML, JSON, a shell, Compose, a URL. */
  private static final List<UnaryOperator<String>> READINGS =
      List.of(
          value -> QUOTED.matcher(value).replaceFirst("$2"),
          value -> ESCAPED.matcher(value).replaceAll(KnownValues::escaped),
          value -> value.replace("''", "'"),
          value -> value.replace("$$", "$"),
          value -> PERCENT.matcher(value).replaceAll(KnownValues::decoded));

  /** By their first chars. */
  private final Map<String, Set<String>> values = new HashMap<>();

  /** Learns a value, and what it is to whoever reads it. */
  void learn(String written) {
    forms(written).forEach(this::add);
  }

  /** The same for one that may reach further than the secret does. */
  void learnWithParts(String written) {
    for (String form : forms(written)) {
      add(form);
      parts(form).stream().filter(KnownValues::isUnlikeAWord).forEach(this::add);
    }
  }

  private static Set<String> forms(String written) {
    Set<String> forms = new LinkedHashSet<>(List.of(written.strip()));
    for (UnaryOperator<String> reading : READINGS) {
      List.copyOf(forms).forEach(form -> forms.add(reading.apply(form)));
    }
    return forms;
  }

  /** The same text with the values hidden, or the very text where it holds none. */
  String hide(String text) {
    if (values.isEmpty() || text.length() < SHORTEST) {
      return text;
    }
    StringBuilder out = null;
    int copied = 0;
    int i = 0;
    while (i + PREFIX <= text.length()) {
      int length = lengthAt(text, i);
      if (length == 0) {
        i++;
        continue;
      }
      out = out == null ? new StringBuilder() : out;
      out.append(text, copied, i).append(Redactor.MASK);
      i += length;
      copied = i;
    }
    return out == null ? text : out.append(text, copied, text.length()).toString();
  }

  /** The length of the longest value that stands at an index; 0 without one. */
  private int lengthAt(String text, int index) {
    int longest = 0;
    for (String value : values.getOrDefault(text.substring(index, index + PREFIX), Set.of())) {
      if (value.length() > longest && text.startsWith(value, index)) {
        longest = value.length();
      }
    }
    return longest;
  }

  private void add(String form) {
    String value = form.strip();
    boolean computed = value.contains("$(") || value.contains("${");
    boolean chosen = SecretFinder.isChosen(value) || DIGITS.matcher(value).matches();
    if (chosen && !computed && !HOST.matcher(value).matches()) {
      values.computeIfAbsent(value.substring(0, PREFIX), p -> new HashSet<>()).add(value);
    }
  }

  /**
   * What may be the secret itself: a word, since a value may reach to the end of its line; and what
   * stands behind the name of a user.
   */
  private static List<String> parts(String value) {
    List<String> words = List.of(BETWEEN.split(value, -1));
    boolean lines = value.startsWith("-----BEGIN");
    var parts = new ArrayList<>(lines ? words : words.subList(0, 1));
    int colon = value.indexOf(':');
    if (colon > 0) {
      parts.add(value.substring(colon + 1));
    }
    return parts;
  }

  private static boolean isUnlikeAWord(String part) {
    return SecretFinder.isChosen(part) && part.chars().anyMatch(Character::isDigit);
  }

  private static String escaped(MatchResult escape) {
    return Matcher.quoteReplacement(
        switch (escape.group(1)) {
          case "n" -> "\n";
          case "r" -> "\r";
          case "t" -> "\t";
          default -> escape.group(1);
        });
  }

  private static String decoded(MatchResult percent) {
    var bytes = new ByteArrayOutputStream();
    for (String hex : percent.group().substring(1).split("%", -1)) {
      bytes.write(Integer.parseInt(hex, 16));
    }
    return Matcher.quoteReplacement(bytes.toString(StandardCharsets.UTF_8));
  }
}
