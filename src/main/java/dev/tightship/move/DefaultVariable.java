package dev.tightship.move;

import dev.tightship.analysis.ScalarPlaces;
import dev.tightship.compose.Interpolation;
import dev.tightship.compose.Interpolation.Operator;
import dev.tightship.compose.Interpolation.Part;
import dev.tightship.compose.Interpolation.Template;
import dev.tightship.compose.Interpolation.Variable;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.compose.Sources.Source;
import dev.tightship.edit.Place;
import dev.tightship.text.Span;
import dev.tightship.yaml.Node;
import dev.tightship.yaml.YamlFile;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
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
   * @param word the default as it is written
   */
  static DefaultVariable of(Project project, ScalarPlaces scalars, String name, String word) {
    var uses = new ArrayList<Use>();
    boolean set = project.variables().isSet(name);
    String blocked = null;
    for (YamlFile file : project.allFiles()) {
      boolean merged = project.files().contains(file);
      if (file.text().contains(name)) {
        var search = new Search(file, scalars, name, word, uses);
        file.documents().forEach(search::node);
        if (blocked == null && (search.other > 0 || !merged) && !set) {
          blocked =
              "%s is used in another way in line %s of %s"
                  .formatted(name, Math.max(1, search.other), file.path());
        }
      }
    }
    return new DefaultVariable(
        name, List.copyOf(uses), set || blocked != null ? blocked : inEnvFiles(project, name));
  }

  /** A file of variables of a service may ask for the variable, and get nothing so far. */
  private static @Nullable String inEnvFiles(Project project, String name) {
    Pattern use = Pattern.compile("(?<!\\w)" + Pattern.quote(name) + "(?!\\w)(?!\\s*[=:])");
    for (Service service : project.services()) {
      for (Service.EnvironmentFile file : service.environmentFiles()) {
        if (project.read(file.path()) instanceof Source.Text text
            && use.matcher(text.text()).find()) {
          return "%s asks for %s".formatted(file.path(), name);
        }
      }
    }
    return null;
  }

  /** Looks for the variable in one file. */
  private static final class Search {
    private final YamlFile file;
    private final ScalarPlaces scalars;
    private final String name;
    private final String word;
    private final List<Use> uses;

    /** Line of a use that is not one with the default; 0 where there is none. */
    private int other;

    Search(YamlFile file, ScalarPlaces scalars, String name, String word, List<Use> uses) {
      this.file = file;
      this.scalars = scalars;
      this.name = name;
      this.word = word;
      this.uses = uses;
    }

    void node(Node node) {
      if (node instanceof Node.Mapping mapping) {
        for (Node.Entry entry : mapping.entries().values()) {
          if (entry.value() instanceof Node.Scalar scalar
              && scalar.isNull()
              && entry.key().text().equals(name)) {
            other(entry.key()); // it takes the value from where Compose runs
          }
          node(entry.value());
        }
      } else if (node instanceof Node.Sequence list) {
        list.items().forEach(this::node);
      } else if (node instanceof Node.Scalar scalar) {
        if (scalar.text().equals(name)) {
          other(scalar);
        } else if (scalar.text().contains(name) && scalar.text().indexOf('$') >= 0) {
          template(scalar, Interpolation.parse(scalar.text()));
        }
      }
    }

    private void template(Node.Scalar scalar, Template template) {
      for (Part part : template.parts()) {
        if (part instanceof Variable variable) {
          variable(scalar, variable);
        }
      }
    }

    private void variable(Node.Scalar scalar, Variable variable) {
      Template inner = variable.word();
      if (!variable.name().equals(name)) {
        if (inner != null) {
          template(scalar, inner);
        }
        return;
      }
      boolean same = inner != null && inner.span().of(scalar.text()).equals(word);
      Place place = scalars.of(file, scalar);
      switch (variable.operator()) {
        case DEFAULT_IF_EMPTY, DEFAULT_IF_UNSET -> {
          if (same && place != null) {
            uses.add(
                new Use(
                    place,
                    scalar.text(),
                    variable.span(),
                    variable.operator() == Operator.DEFAULT_IF_EMPTY
                        ? Operator.REQUIRED_FILLED
                        : Operator.REQUIRED_SET));
          } else {
            other(scalar);
          }
        }
        case REQUIRED_FILLED, REQUIRED_SET -> {}
        case NONE, INSTEAD_IF_FILLED, INSTEAD_IF_SET -> other(scalar);
      }
    }

    private void other(Node.Scalar scalar) {
      other = other > 0 ? other : file.lines().position(scalar.span().start()).line();
    }
  }
}
