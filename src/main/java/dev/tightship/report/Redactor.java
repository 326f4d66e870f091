package dev.tightship.report;

import dev.tightship.secret.RandomWord;
import dev.tightship.secret.SecretFinder;
import dev.tightship.text.Span;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides secrets in lines of Compose files and Dockerfiles and in sentences about them. Meant to
 * hide too much rather than too little; whether a value is to be moved out of the file is another
 * question.
 */
public final class Redactor {

  /** What stands in the place of a secret. */
  static final String MASK = "********";

  /** Chars of the longest line that is looked at; a longer one is hidden as a whole. */
  static final int LONGEST = 4096;

  /** A path, which may have any folders, or a word. */
  private static final Pattern WORD = Pattern.compile("(?<!\\S)\\.{0,2}/\\S*|[\\p{L}\\p{N}]+");

  private Redactor() {}

  /** A line with its secrets hidden, or the very line when it has none. */
  public static String line(String line) {
    return masked(line, SecretFinder::find, UnaryOperator.identity());
  }

  /**
   * A sentence about what could not be read, with its secrets hidden. It may quote a value without
   * the name of it, which is hidden too where it looks like no word.
   */
  public static String error(String sentence) {
    return WORD.matcher(line(sentence))
        .replaceAll(word -> RandomWord.is(word.group()) ? Matcher.quoteReplacement(MASK) : "$0");
  }

  /**
   * @param finder the places of secrets in a line without its line break
   * @param more hides what else is known to be secret
   */
  static String masked(
      String line, Function<String, List<Span>> finder, UnaryOperator<String> more) {
    int end = line.length();
    while (end > 0 && (line.charAt(end - 1) == '\n' || line.charAt(end - 1) == '\r')) {
      end--;
    }
    String content = line.substring(0, end);
    if (content.length() > LONGEST) {
      // a line that long is no one's to read, and patterns are not for megabytes
      return MASK + " (a line of " + content.length() + " characters)" + line.substring(end);
    }
    List<Span> secrets = finder.apply(content);
    var out = new StringBuilder();
    int at = 0;
    for (Span secret : secrets) {
      out.append(content, at, secret.start()).append(MASK);
      at = secret.end();
    }
    String masked = more.apply(out.append(content, at, content.length()).toString());
    return masked.equals(content) ? line : masked + line.substring(end);
  }
}
