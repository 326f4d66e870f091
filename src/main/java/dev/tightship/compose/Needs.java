package dev.tightship.compose;

import dev.tightship.compose.Interpolation.Part;
import dev.tightship.compose.Interpolation.Template;
import dev.tightship.compose.Interpolation.Variable;
import dev.tightship.yaml.Node;
import dev.tightship.yaml.YamlFile;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a project needs beside what version control usually has of it.
 *
 * @param files those in which its secrets lie, from the root, whether they exist or not
 * @param elsewhere secrets whose files lie outside of the root, or are not known
 * @param variables that Compose asks for and that have no value, so that it stops
 */
public record Needs(Set<String> files, Set<String> elsewhere, Set<String> variables) {

  /** Those of all services, whether their profiles are enabled or not. */
  public static Needs of(Project project) {
    var files = new LinkedHashSet<String>();
    var elsewhere = new LinkedHashSet<String>();
    project
        .secretFiles()
        .forEach((name, path) -> path.ifPresentOrElse(files::add, () -> elsewhere.add(name)));
    return new Needs(files, elsewhere, new Search().variables(project));
  }

  /**
   * Looks for variables that are asked for. Compose fills in each file that it reads, all of it,
   * and those of {@code env_file} too.
   */
  private static final class Search {
    private final Set<String> found = new LinkedHashSet<>();

    Set<String> variables(Project project) {
      var files = new LinkedHashMap<YamlFile, Set<Variables>>();
      for (YamlFile file : project.files()) {
        files.put(file, new LinkedHashSet<>(Set.of(project.variables())));
      }
      for (String section : Assembly.SECTIONS) {
        for (Layers layers : project.section(section).values()) {
          for (Layer layer : layers.all()) {
            files
                .computeIfAbsent(layer.file(), file -> new LinkedHashSet<>())
                .add(layer.frame().variables());
          }
        }
      }
      for (Map.Entry<YamlFile, Set<Variables>> file : files.entrySet()) {
        for (Variables variables : file.getValue()) {
          file.getKey().documents().forEach(root -> look(root, variables::get));
        }
      }
      project.services().forEach(service -> ServiceEnvFiles.values(service, this::look));
      return found;
    }

    private void look(Node node, Function<String, @Nullable String> variables) {
      if ("!reset".equals(node.tag())) {
        return; // it is gone before anything is filled in
      }
      if (node instanceof Node.Mapping mapping) {
        mapping.entries().values().forEach(entry -> look(entry.value(), variables));
      } else if (node instanceof Node.Sequence list) {
        list.items().forEach(item -> look(item, variables));
      } else if (node instanceof Node.Scalar scalar && scalar.text().indexOf('$') >= 0) {
        look(Interpolation.parse(scalar.text()), variables);
      }
    }

    private void look(Template template, Function<String, @Nullable String> variables) {
      for (Part part : template.parts()) {
        if (part instanceof Variable variable && variable.word() != null) {
          look(variable, variable.word(), variables);
        }
      }
    }

    /** A word counts where it is used. */
    private void look(
        Variable variable, Template word, Function<String, @Nullable String> variables) {
      String value = variables.apply(variable.name());
      boolean set = value != null;
      boolean filled = value != null && !value.isEmpty();
      boolean used =
          switch (variable.operator()) {
            case NONE, REQUIRED_SET, REQUIRED_FILLED -> false;
            case DEFAULT_IF_UNSET -> !set;
            case DEFAULT_IF_EMPTY -> !filled;
            case INSTEAD_IF_SET -> set;
            case INSTEAD_IF_FILLED -> filled;
          };
      boolean asked =
          switch (variable.operator()) {
            case REQUIRED_SET -> !set;
            case REQUIRED_FILLED -> !filled;
            default -> false;
          };
      if (asked) {
        found.add(variable.name());
      }
      if (used) {
        look(word, variables);
      }
    }
  }
}
