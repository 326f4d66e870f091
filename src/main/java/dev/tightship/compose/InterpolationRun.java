package dev.tightship.compose;

import dev.tightship.compose.Interpolation.Failure;
import dev.tightship.compose.Interpolation.Invalid;
import dev.tightship.compose.Interpolation.Literal;
import dev.tightship.compose.Interpolation.Part;
import dev.tightship.compose.Interpolation.Result;
import dev.tightship.compose.Interpolation.Template;
import dev.tightship.compose.Interpolation.Text;
import dev.tightship.compose.Interpolation.Variable;
import dev.tightship.text.Span;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One evaluation of a template. Ends at the first fault, as Compose reports that one. */
final class InterpolationRun {

  /** Far above any real value; lines of doubling variables would fill the memory. */
  static final int LENGTH = 1 << 20;

  private final Function<String, @Nullable String> lookup;
  private final Set<String> used = new LinkedHashSet<>();
  private final Set<String> unset = new LinkedHashSet<>();
  private final Set<String> blank = new LinkedHashSet<>();

  InterpolationRun(Function<String, @Nullable String> lookup) {
    this.lookup = lookup;
  }

  Result result(Template template) {
    var out = new StringBuilder();
    Failure failure = append(template, out);
    return failure != null ? failure : new Text(out.toString(), used, unset, blank);
  }

  private @Nullable Failure append(Template template, StringBuilder out) {
    for (Part part : template.parts()) {
      Failure failure = append(part, out);
      if (failure != null) {
        return failure;
      }
      if (out.length() > LENGTH) {
        return failure(part.span(), null, "the value is longer than " + LENGTH + " chars");
      }
    }
    return null;
  }

  private @Nullable Failure append(Part part, StringBuilder out) {
    if (part instanceof Literal literal) {
      out.append(literal.text());
      return null;
    }
    if (part instanceof Invalid invalid) {
      return failure(invalid.span(), null, "not a variable; a $ that is meant is written $$");
    }
    return append((Variable) part, out);
  }

  private @Nullable Failure append(Variable variable, StringBuilder out) {
    String name = variable.name();
    String value = lookup.apply(name);
    used.add(name);
    if (value == null) {
      unset.add(name);
    }
    boolean set = value != null;
    boolean filled = set && !value.isEmpty();
    String own = set ? value : "";
    Template word = variable.word();
    if (word == null) {
      if (!set) {
        blank.add(name);
      }
      out.append(own);
      return null;
    }
    return switch (variable.operator()) {
      case NONE -> add(own, out);
      case DEFAULT_IF_UNSET -> set ? add(own, out) : append(word, out);
      case DEFAULT_IF_EMPTY -> filled ? add(own, out) : append(word, out);
      case INSTEAD_IF_SET -> set ? append(word, out) : add(own, out);
      case INSTEAD_IF_FILLED -> filled ? append(word, out) : add(own, out);
      case REQUIRED_SET -> set ? add(own, out) : missing(variable, word);
      case REQUIRED_FILLED -> filled ? add(own, out) : missing(variable, word);
    };
  }

  private Failure missing(Variable variable, Template word) {
    var message = new StringBuilder();
    Failure inside = append(word, message);
    return inside != null ? inside : failure(variable.span(), variable.name(), message.toString());
  }

  private static @Nullable Failure add(String text, StringBuilder out) {
    out.append(text);
    return null;
  }

  private Failure failure(Span at, @Nullable String variable, String message) {
    return new Failure(at, variable, message, used, unset);
  }
}
