package dev.tightship.compose;

import dev.tightship.compose.Sources.Source;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
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

  /** What files say, as far as they can be read. */
  public static Variables read(Sources sources, EnvFiles files) {
    return read(sources, files, new ArrayList<>());
  }

  static Variables read(Sources sources, EnvFiles files, List<Problem> problems) {
    return read(Map.of(), sources, files, problems);
  }

  /**
   * The same where some files have other texts.
   *
   * @param texts by path
   */
  static Variables read(Sources sources, EnvFiles files, Map<String, String> texts) {
    return read(Map.of(), Sources.with(sources, texts), files, new ArrayList<>());
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
    String usual = Paths.resolve(folder, ".env");
    EnvFiles files =
        named != null
            ? EnvFiles.named(named)
            : EnvFiles.found(usual == null ? List.of() : List.of(usual));
    return read(outer.values, sources, files, problems);
  }

  private static Variables read(
      Map<String, String> outer, Sources sources, EnvFiles files, List<Problem> problems) {
    var values = new LinkedHashMap<String, String>();
    for (String path : files.paths()) {
      Source source = sources.read(path);
      if (source instanceof Source.Text text) {
        add(outer, files, path, text.text(), values, problems);
      } else if (source instanceof Source.Refused refused) {
        problems.add(new Problem(path, refused.line(), refused.column(), refused.reason()));
      } else if (files.named()) {
        problems.add(new Problem(path, 0, 0, "there is no such file"));
      }
    }
    values.putAll(outer);
    return new Variables(values);
  }

  private static void add(
      Map<String, String> outer,
      EnvFiles files,
      String path,
      String text,
      Map<String, String> values,
      List<Problem> problems) {
    var read =
        files.named()
            ? DotEnv.read(text, outer::get, values)
            : DotEnv.read(text, name -> outer.getOrDefault(name, values.get(name)));
    if (read instanceof DotEnv.Read entries) {
      if (files.named()) {
        values.putAll(entries.values());
      } else {
        entries.values().forEach(values::putIfAbsent);
      }
    } else if (read instanceof DotEnv.Refused refused) {
      problems.add(new Problem(path, refused.line(), 1, refused.reason()));
    }
  }

  /** Whether a file gives the variable a value. */
  public boolean isSet(String name) {
    return values.containsKey(name);
  }

  /** The value that a file gives the variable, or null. */
  public @Nullable String get(String name) {
    return values.get(name);
  }

  /**
   * The variables of a text for which Compose puts nothing, as they have no value and no default.
   */
  public Set<String> blank(String text) {
    return text.indexOf('$') >= 0
            && Interpolation.parse(text).evaluate(values::get) instanceof Interpolation.Text filled
        ? filled.blank()
        : Set.of();
  }

  /** A text with its variables filled in; empty where one has no value, or Compose would stop. */
  Optional<String> fill(String text) {
    if (text.indexOf('$') < 0) {
      return Optional.of(text); // most texts
    }
    return Interpolation.parse(text).evaluate(values::get) instanceof Interpolation.Text filled
            && filled.blank().isEmpty()
        ? Optional.of(filled.text())
        : Optional.empty();
  }

  /** The same with something else for each variable without a value; a fault stays as written. */
  String fill(String text, UnaryOperator<String> instead) {
    if (text.indexOf('$') < 0) {
      return text;
    }
    Interpolation.Template template = Interpolation.parse(text);
    var open = new HashSet<String>();
    var defaulted = new HashSet<String>();
    for (Interpolation.Variable variable : template.variables()) {
      switch (variable.operator()) {
        case NONE, REQUIRED_SET, REQUIRED_FILLED -> open.add(variable.name());
        default -> defaulted.add(variable.name());
      }
    }
    open.removeAll(defaulted);
    return template.evaluate(name -> value(name, open, instead))
            instanceof Interpolation.Text filled
        ? filled.text()
        : text;
  }

  private @Nullable String value(String name, Set<String> open, UnaryOperator<String> instead) {
    String value = values.get(name);
    return value == null && open.contains(name) ? instead.apply(name) : value;
  }
}
