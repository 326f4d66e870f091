package dev.tightship.dockerfile;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One simple command of a shell script.
 *
 * @param assignments before its first word; without a word they are for the shell itself
 * @param words the program and its arguments, in order; may be empty
 * @param redirections in order, wherever they stand among the words
 * @param join what joins it to the one before in its block
 * @param negated whether {@code !} stands before it; it is for the whole pipeline that begins here
 * @param block what it stands in; null in the script itself
 * @param source from its first to its last char; null when it has no place of its own in the file,
 *     as in the JSON form
 */
public record ShellCommand(
    List<ShellAssignment> assignments,
    List<ShellWord> words,
    List<ShellRedirection> redirections,
    ShellBlock.Join join,
    boolean negated,
    @Nullable ShellBlock block,
    @Nullable Word source) {

  private static final int NO_PREFIX = -1;
  private static final int UNKNOWN = -2;

  private static final Set<String> SUDO_FLAGS =
      Set.of("-E", "-H", "-n", "-S", "-EH", "-HE", "-nE", "-En", "--preserve-env", "--set-home");

  public ShellCommand {
    assignments = List.copyOf(assignments);
    words = List.copyOf(words);
    redirections = List.copyOf(redirections);
  }

  /**
   * A program with what it is given.
   *
   * @param name without the folders before it
   * @param word that names it
   */
  public record Program(String name, ShellWord word, List<ShellWord> arguments) {}

  /**
   * What is run once {@code env A=b}, {@code exec}, {@code command}, {@code nohup}, {@code time}
   * and {@code sudo} before it are gone; one of these itself when nothing follows it, and {@code
   * command -v}. Null when it is not sure.
   */
  public @Nullable Program program() {
    int at = 0;
    while (at < words.size()) {
      String literal = words.get(at).literal();
      if (literal == null || literal.isEmpty() || literal.endsWith("/")) {
        return null;
      }
      String name = literal.substring(literal.lastIndexOf('/') + 1);
      int next = after(name, at + 1);
      if (next == UNKNOWN) {
        return null;
      }
      if (next == NO_PREFIX || next == words.size()) {
        return new Program(name, words.get(at), words.subList(at + 1, words.size()));
      }
      at = next;
    }
    return null;
  }

  /** Where the word stands that a prefix runs. */
  private int after(String prefix, int from) {
    return switch (prefix) {
      case "exec", "nohup" -> options(from, Set.of(), Set.of());
      case "time" -> options(from, Set.of("-p"), Set.of());
      case "command" -> {
        boolean asks =
            from < words.size() && (words.get(from).is("-v") || words.get(from).is("-V"));
        yield asks ? NO_PREFIX : options(from, Set.of("-p"), Set.of());
      }
      case "env" -> variables(from, Set.of("-i", "-", "--ignore-environment"), Set.of("-u"));
      case "sudo" -> variables(from, SUDO_FLAGS, Set.of("-u", "-g"));
      default -> NO_PREFIX;
    };
  }

  private int variables(int from, Set<String> flags, Set<String> withValue) {
    int at = options(from, flags, withValue);
    while (at >= 0 && at < words.size()) {
      String literal = words.get(at).literal();
      if (literal == null) {
        // It may come to no word at all, or to the program.
        return UNKNOWN;
      }
      if (literal.indexOf('=') <= 0) {
        return at;
      }
      at++;
    }
    return at;
  }

  /** The first word from {@code from} on that is no option. */
  private int options(int from, Set<String> flags, Set<String> withValue) {
    int at = from;
    while (at < words.size()) {
      String literal = words.get(at).literal();
      if (literal == null) {
        return UNKNOWN;
      }
      if (literal.equals("--")) {
        return at + 1;
      }
      if (withValue.contains(literal) && at + 1 < words.size()) {
        if (words.get(at + 1).literal() == null) {
          return UNKNOWN;
        }
        at += 2;
      } else if (flags.contains(literal)) {
        at++;
      } else {
        return literal.startsWith("-") ? UNKNOWN : at;
      }
    }
    return at;
  }
}
