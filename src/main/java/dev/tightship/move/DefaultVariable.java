package dev.tightship.move;

import dev.tightship.analysis.ScalarPlaces;
import dev.tightship.compose.Interpolation;
import dev.tightship.compose.Interpolation.Operator;
import dev.tightship.compose.Project;
import dev.tightship.edit.Place;
import dev.tightship.text.Span;
import dev.tightship.yaml.YamlFile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A variable of Compose with a secret for its default, wherever the project uses it: all uses
 * change together, since the variable has a value from then on.
 *
 * @param name of the variable
 * @param uses with that default
 * @param blocked why it cannot get a value, half a sentence; null where it can
 */
record DefaultVariable(String name, List<Use> uses, @Nullable String blocked) {

  /**
   * A use of it.
   *
   * @param text of the scalar
   * @param span from the dollar sign to the brace
   * @param operator what is asked of it afterwards
   */
  record Use(Place place, String text, Span span, Operator operator) {

    /** What stands there then. */
    String required(String name) {
      return "${" + name + operator.sign() + "}";
    }
  }

  /**
   * @param asked where the variables of the project are asked for
   * @param word the default as it is written
   */
  static DefaultVariable of(
      Project project, VariableUses asked, ScalarPlaces scalars, String name, String word) {
    var uses = new ArrayList<Use>();
    String other = null;
    for (VariableUses.Use each : asked.of(name)) {
      Use use = use(each, scalars, word);
      if (use != null) {
        uses.add(use);
      }
      boolean required =
          each.variable() != null
              && switch (each.variable().operator()) {
                case REQUIRED_FILLED, REQUIRED_SET -> true;
                default -> false;
              };
      if (other == null && use == null && !required) {
        other =
            "%s is used in another way in line %s of %s"
                .formatted(name, each.line(), each.file().path());
      }
    }
    String blocked = null;
    if (!project.variables().isSet(name)) {
      blocked = other == null ? elsewhere(project, asked, name) : other;
    }
    return new DefaultVariable(name, List.copyOf(uses), blocked);
  }

  /** Files that other projects may use, and files of variables, which got nothing so far. */
  private static @Nullable String elsewhere(Project project, VariableUses asked, String name) {
    for (YamlFile file : project.allFiles()) {
      if (!project.files().contains(file) && file.text().contains(name)) {
        return "%s speaks of %s".formatted(file.path(), name);
      }
    }
    String file = asked.envFile(name);
    return file == null ? null : "%s asks for %s".formatted(file, name);
  }

  /** A use with the default; null for another one. */
  private static @Nullable Use use(VariableUses.Use use, ScalarPlaces scalars, String word) {
    Interpolation.Variable variable = use.variable();
    Place place = scalars.of(use.file(), use.scalar());
    if (variable == null || variable.word() == null || place == null) {
      return null;
    }
    String text = use.scalar().text();
    Operator required =
        switch (variable.operator()) {
          case DEFAULT_IF_EMPTY -> Operator.REQUIRED_FILLED;
          case DEFAULT_IF_UNSET -> Operator.REQUIRED_SET;
          default -> null;
        };
    return required != null && variable.word().span().of(text).equals(word)
        ? new Use(place, text, variable.span(), required)
        : null;
  }
}
