package dev.tightship.passes;

import static java.util.stream.Collectors.toSet;

import dev.tightship.compose.Project;
import dev.tightship.compose.Sources.Source;
import dev.tightship.edit.Place;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import dev.tightship.yaml.YamlFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells which variables have neither a value nor a default, so that an empty text is used. */
final class UnsetVariable implements Pass {

  /** What Compose itself or any login shell sets. */
  private static final Set<String> ALWAYS =
      Set.of("COMPOSE_PROJECT_NAME", "HOME", "PATH", "PWD", "USER");

  /**
   * Files that show which variables an {@code .env} has to give, by the names they usually have.
   */
  private static final List<String> EXAMPLES =
      List.of(
          ".env.example",
          ".env.sample",
          ".env.template",
          ".env.dist",
          "env.example",
          "example.env",
          "sample.env");

  /** A line that sets a variable, commented out or not. */
  private static final Pattern NAMED =
      Pattern.compile("(?m)^[ \\t#]*(?:export[ \\t]+)?(\\w+)[ \\t]*[=:]");

  @Override
  public String id() {
    return "unset-variable";
  }

  @Override
  public boolean joins() {
    return true;
  }

  /** Where a variable is used first, and how often. */
  private record Use(Place first, int count) {}

  @Override
  public Stream<Remark> inspect(Project project) {
    var uses = new LinkedHashMap<String, Use>();
    for (YamlFile file : project.files()) {
      look(project, file, uses);
    }
    uses.keySet().removeAll(ALWAYS);
    if (uses.isEmpty()) {
      Place at = Place.of(project.files().get(0).path());
      return Stream.of(
          Remark.fine(new Subject.OfFile(at), "each variable has a value, a default or a message"));
    }
    List<Example> examples = examples(project);
    var remarks = new ArrayList<Remark>();
    uses.forEach((name, use) -> remarks.add(unset(name, use, examples)));
    return remarks.stream();
  }

  private static void look(Project project, YamlFile file, Map<String, Use> uses) {
    VariablePlaces.of(
        file,
        (place, scalar) -> {
          for (String name : project.variables().blank(scalar.text())) {
            Use known = uses.get(name);
            uses.put(
                name,
                known == null ? new Use(place.get(), 1) : new Use(known.first, known.count + 1));
          }
        });
  }

  private static Remark unset(String name, Use use, List<Example> examples) {
    String message =
        "%s has no value here and no default: unless the shell gives one, Docker Compose puts an"
                .formatted(name)
            + " empty text into %s"
                .formatted(use.count == 1 ? "this place" : use.count + " places");
    Subject subject = new Subject.OfFile(use.first);
    String example =
        examples.stream()
            .filter(e -> e.names.contains(name))
            .map(Example::path)
            .findFirst()
            .orElse(null);
    if (example != null) {
      return Remark.advice(
          subject, Severity.INFO, message, "%s names it: copy that to .env".formatted(example));
    }
    return SecretNames.matches(name)
        ? Remark.advice(
            subject,
            Severity.MEDIUM,
            message,
            "where it guards something, anybody may get in then: write ${%s:?}, which stops instead"
                .formatted(name))
        : Remark.advice(
            subject,
            Severity.LOW,
            message,
            "give it a value in .env, or write ${%1$s:?} to stop without one, ${%1$s:-} if empty is"
                    .formatted(name)
                + " meant");
  }

  private record Example(String path, Set<String> names) {}

  private static List<Example> examples(Project project) {
    var examples = new ArrayList<Example>();
    for (String name : EXAMPLES) {
      String text = text(project, name);
      if (text != null) {
        examples.add(
            new Example(name, NAMED.matcher(text).results().map(m -> m.group(1)).collect(toSet())));
      }
    }
    return examples;
  }

  private static @Nullable String text(Project project, String name) {
    String folder = project.directory();
    return project.read(folder.isEmpty() ? name : folder + "/" + name) instanceof Source.Text text
        ? text.text()
        : null;
  }
}
