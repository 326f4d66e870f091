package dev.tightship.compose;

import dev.tightship.compose.Sources.Source;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The variables that a project brings with it. Those of the shell are not looked at: what stands in
 * the files shall come out the same on every machine.
 */
public final class Variables {

  private final Map<String, String> values;

  private Variables(Map<String, String> values) {
    this.values = values;
  }

  static Variables read(Sources sources, Project.Request request, List<Problem> problems) {
    List<String> named = request.envFiles();
    return read(Map.of(), sources, request.directory(), named.isEmpty() ? null : named, problems);
  }

  /**
   * Those of an included project: the outer ones, and what its own files add to them.
   *
   * @param named the files, which have to be there; null for the {@code .env} of the folder
   */
  static Variables beneath(
      Variables outer,
      Sources sources,
      @Nullable String folder,
      @Nullable List<String> named,
      List<Problem> problems) {
    return read(outer.values, sources, folder, named, problems);
  }

  private static Variables read(
      Map<String, String> outer,
      Sources sources,
      @Nullable String folder,
      @Nullable List<String> named,
      List<Problem> problems) {
    String usual = Paths.resolve(folder, ".env");
    List<String> paths = named != null ? named : usual == null ? List.of() : List.of(usual);
    var values = new LinkedHashMap<String, String>();
    for (String path : paths) {
      Source source = sources.read(path);
      if (source instanceof Source.Text text) {
        var read = DotEnv.read(text.text(), name -> outer.getOrDefault(name, values.get(name)));
        if (read instanceof DotEnv.Read entries) {
          values.putAll(entries.values());
        } else if (read instanceof DotEnv.Refused refused) {
          problems.add(new Problem(path, refused.line(), 1, refused.reason()));
        }
      } else if (source instanceof Source.Refused refused) {
        problems.add(new Problem(path, refused.line(), refused.column(), refused.reason()));
      } else if (named != null) {
        problems.add(new Problem(path, 0, 0, "there is no such file"));
      }
    }
    values.putAll(outer);
    return new Variables(values);
  }

  /** Whether a file gives the variable a value. */
  public boolean isSet(String name) {
    return values.containsKey(name);
  }

  /** A text with its variables filled in; empty where one has no value, or Compose would stop. */
  Optional<String> fill(String text) {
    return Interpolation.parse(text).evaluate(values::get) instanceof Interpolation.Text filled
            && filled.blank().isEmpty()
        ? Optional.of(filled.text())
        : Optional.empty();
  }
}
