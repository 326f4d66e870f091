package dev.tightship.analysis;

import dev.tightship.compose.Interpolation;
import dev.tightship.compose.Interpolation.Literal;
import dev.tightship.compose.Interpolation.Part;
import dev.tightship.compose.Interpolation.Template;
import dev.tightship.compose.Interpolation.Variable;
import dev.tightship.secret.Located;
import dev.tightship.text.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text as the container sees it where no variable has a value: the defaults that are written out
 * stand in it, and {@code $$} is a dollar sign. What only a variable can tell is unknown.
 *
 * @param text each char with its place in the text as written
 * @param defaults where words of variables stand in it, the inner ones last
 */
record Filled(Located text, List<Default> defaults) {

  /**
   * @param span in the text as written
   */
  record Default(String variable, Span span) {}

  static Filled of(String written) {
    if (written.indexOf('$') < 0) {
      return new Filled(Located.of(written), List.of());
    }
    var builder = new Located.Builder();
    var defaults = new ArrayList<Default>();
    add(Interpolation.parse(written), builder, defaults);
    return new Filled(builder.build(), List.copyOf(defaults));
  }

  private static void add(Template template, Located.Builder to, List<Default> defaults) {
    for (Part part : template.parts()) {
      Span span = part.span();
      Template word = part instanceof Variable variable ? written(variable) : null;
      if (part instanceof Literal literal) {
        boolean plain = literal.text().length() == span.end() - span.start();
        for (int i = 0; i < literal.text().length(); i++) {
          int start = span.start() + i;
          to.add(literal.text().charAt(i), start, plain ? start + 1 : span.end());
        }
      } else if (part instanceof Variable variable && word != null) {
        defaults.add(new Default(variable.name(), word.span()));
        add(word, to, defaults);
      } else {
        to.add(Located.UNKNOWN, span.start(), span.end());
      }
    }
  }

  /** What may stand for a variable and is written out; null where nothing is. */
  private static @Nullable Template written(Variable variable) {
    Template word = variable.word();
    return switch (variable.operator()) {
      case NONE, REQUIRED_SET, REQUIRED_FILLED -> null;
      case DEFAULT_IF_UNSET, DEFAULT_IF_EMPTY, INSTEAD_IF_SET, INSTEAD_IF_FILLED ->
          word == null || word.span().isEmpty() ? null : word;
    };
  }

  /** The variable of which a place is part of the default; null where it is part of none. */
  @Nullable String variable(Span span) {
    String variable = null;
    for (Default each : defaults) {
      if (each.span.start() <= span.start() && span.end() <= each.span.end()) {
        variable = each.variable;
      }
    }
    return variable;
  }
}
