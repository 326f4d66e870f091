package dev.tightship.compose;

import dev.tightship.text.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The variables of a scalar, as Compose substitutes them: in values, never in keys, and after the
 * scalar was unquoted. Parsed once into parts with their places in the text, so that one part can
 * be edited, and evaluated as often as wanted.
 *
 * <p>Oddities of Compose are kept, since a template means what Compose makes of it: a default ends
 * at the brace that closes it, but where braces don't pair up, at the last brace of the line; a
 * default never spans lines by itself; {@code $1} and {@code "$ "} are plain text; an error in a
 * default counts only when the default is used.
 */
public final class Interpolation {

  private Interpolation() {}

  /** What the sign after a variable's name asks for. */
  public enum Operator {
    /** {@code $A}, {@code ${A}}: the value, or nothing. */
    NONE(""),
    /** {@code ${A-word}}: the word where the variable is not set. */
    DEFAULT_IF_UNSET("-"),
    /** {@code ${A:-word}}: the word where the variable is not set or empty. */
    DEFAULT_IF_EMPTY(":-"),
    /** {@code ${A?word}}: an error where the variable is not set. */
    REQUIRED_SET("?"),
    /** {@code ${A:?word}}: an error where the variable is not set or empty. */
    REQUIRED_FILLED(":?"),
    /** {@code ${A+word}}: the word where the variable is set, else nothing. */
    INSTEAD_IF_SET("+"),
    /** {@code ${A:+word}}: the word where the variable is set and not empty, else nothing. */
    INSTEAD_IF_FILLED(":+");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    /** As it is written between name and word. */
    public String sign() {
      return sign;
    }
  }

  /** A piece of a template; the pieces lie side by side and cover it. */
  public sealed interface Part {

    /** Where the piece stands in the scalar's text. */
    Span span();
  }

  /**
   * Text that stays.
   *
   * @param text what becomes of it; {@code $} for the two chars {@code $$}, else as written
   */
  public record Literal(Span span, String text) implements Part {}

  /**
   * A use of a variable.
   *
   * @param span from the dollar sign to the last char
   * @param word what follows the operator: a default, a message or a replacement; null without
   *     operator
   */
  public record Variable(
      Span span, String name, Span nameSpan, Operator operator, @Nullable Template word)
      implements Part {}

  /**
   * A dollar sign and a brace that begin no variable. Compose refuses a file with one, unless it
   * lies in a default that is not used.
   */
  public record Invalid(Span span) implements Part {}

  /**
   * A text with its variables, or the word of one.
   *
   * @param scalar the whole text of the scalar
   * @param span what this template covers of it
   */
  public record Template(String scalar, Span span, List<Part> parts) {

    public Template {
      parts = List.copyOf(parts);
    }

    /** The template as it is written. */
    public String text() {
      return span.of(scalar);
    }

    /** Whether this is plain text, whatever the variables are; {@code $$} counts as plain. */
    public boolean isLiteral() {
      return parts.stream().allMatch(Literal.class::isInstance);
    }

    /** Every use of a variable, those in words included, in the order of the text. */
    public List<Variable> variables() {
      var found = new ArrayList<Variable>();
      collect(found);
      return found;
    }

    private void collect(List<Variable> found) {
      for (Part part : parts) {
        if (part instanceof Variable variable) {
          found.add(variable);
          if (variable.word() != null) {
            variable.word().collect(found);
          }
        }
      }
    }

    /** The first place that Compose would stumble over if all words were used, or null. */
    public @Nullable Invalid firstInvalid() {
      for (Part part : parts) {
        if (part instanceof Invalid invalid) {
          return invalid;
        }
        if (part instanceof Variable variable && variable.word() != null) {
          Invalid inside = variable.word().firstInvalid();
          if (inside != null) {
            return inside;
          }
        }
      }
      return null;
    }

    /**
     * What Compose makes of the template.
     *
     * @param lookup the value of a variable, or null where it is not set
     */
    public Result evaluate(Function<String, @Nullable String> lookup) {
      return new InterpolationRun(lookup).result(this);
    }
  }

  /** What came of a template. */
  public sealed interface Result {

    /** The variables that were asked for, in order. */
    Set<String> used();

    /** Those of them that were not set: another value may stand here on another machine. */
    Set<String> unset();
  }

  /**
   * The text after substitution.
   *
   * @param blank variables that were not set and had no default, so that nothing stands in their
   *     place; Compose warns of these
   */
  public record Text(String text, Set<String> used, Set<String> unset, Set<String> blank)
      implements Result {

    public Text {
      used = ordered(used);
      unset = ordered(unset);
      blank = ordered(blank);
    }
  }

  /**
   * Compose stops here.
   *
   * @param at where in the scalar's text
   * @param variable the required variable that has no value; null for a fault in the template
   * @param message for a required variable its own message, which may be empty; else what is wrong
   */
  public record Failure(
      Span at, @Nullable String variable, String message, Set<String> used, Set<String> unset)
      implements Result {

    public Failure {
      used = ordered(used);
      unset = ordered(unset);
    }
  }

  /** Takes a scalar's text apart. Never fails, and takes time in proportion to the text. */
  public static Template parse(String text) {
    if (text.indexOf('$') < 0) {
      var all = new Span(0, text.length());
      List<Part> parts = text.isEmpty() ? List.of() : List.of(new Literal(all, text));
      return new Template(text, all, parts);
    }
    return new InterpolationParser(text).template();
  }

  /** The text with each {@code $} doubled, so that Compose takes it for what it is. */
  public static String escape(String text) {
    return text.replace("$", "$$");
  }

  private static Set<String> ordered(Set<String> names) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(names));
  }
}
