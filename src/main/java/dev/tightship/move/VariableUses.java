package dev.tightship.move;

import dev.tightship.compose.Interpolation;
import dev.tightship.compose.Interpolation.Part;
import dev.tightship.compose.Interpolation.Template;
import dev.tightship.compose.Interpolation.Variable;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.compose.Sources.Source;
import dev.tightship.yaml.Node;
import dev.tightship.yaml.YamlFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where the files of a project ask for variables of Compose, by their names; looked up once. */
final class VariableUses {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");

  /**
   * A place in a file.
   *
   * @param variable as it is used; null where the name stands alone, as it does to hand over the
   *     variable of the shell
   */
  record Use(YamlFile file, Node.Scalar scalar, @Nullable Variable variable) {
    int line() {
      return file.lines().position(scalar.span().start()).line();
    }
  }

  private final Map<String, List<Use>> all = new HashMap<>();

  /** By path, the texts of files of variables of services. */
  private final Map<String, String> envFiles = new LinkedHashMap<>();

  VariableUses(Project project) {
    for (YamlFile file : project.allFiles()) {
      file.documents().forEach(root -> look(file, root));
    }
    for (Service service : project.services()) {
      for (Service.EnvironmentFile file : service.environmentFiles()) {
        if (!envFiles.containsKey(file.path())
            && project.read(file.path()) instanceof Source.Text text) {
          envFiles.put(file.path(), text.text());
        }
      }
    }
  }

  /** In the order of the files. */
  List<Use> of(String name) {
    return all.getOrDefault(name, List.of());
  }

  /** A file of variables of a service that may ask for one; null where there is none. */
  @Nullable String envFile(String name) {
    Pattern use = Pattern.compile("(?<!\\w)" + Pattern.quote(name) + "(?!\\w)(?!\\s*[=:])");
    for (Map.Entry<String, String> file : envFiles.entrySet()) {
      if (use.matcher(file.getValue()).find()) {
        return file.getKey();
      }
    }
    return null;
  }

  private void look(YamlFile file, Node node) {
    if (node instanceof Node.Mapping mapping) {
      for (Node.Entry entry : mapping.entries().values()) {
        if (entry.value() instanceof Node.Scalar scalar && scalar.isNull()) {
          alone(file, entry.key());
        }
        look(file, entry.value());
      }
    } else if (node instanceof Node.Sequence list) {
      list.items().forEach(item -> look(file, item));
    } else if (node instanceof Node.Scalar scalar) {
      if (scalar.text().indexOf('$') >= 0) {
        look(file, scalar, Interpolation.parse(scalar.text()), "");
      } else {
        alone(file, scalar);
      }
    }
  }

  private void alone(YamlFile file, Node.Scalar scalar) {
    if (NAME.matcher(scalar.text()).matches()) {
      add(scalar.text(), new Use(file, scalar, null));
    }
  }

  /**
   * @param around the variable in whose word this stands
   */
  private void look(YamlFile file, Node.Scalar scalar, Template template, String around) {
    for (Part part : template.parts()) {
      if (part instanceof Variable variable) {
        if (!variable.name().equals(around)) {
          add(variable.name(), new Use(file, scalar, variable));
        }
        if (variable.word() != null) {
          look(file, scalar, variable.word(), variable.name());
        }
      }
    }
  }

  private void add(String name, Use use) {
    all.computeIfAbsent(name, n -> new ArrayList<>()).add(use);
  }
}
