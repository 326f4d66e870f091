package dev.tightship.compose;

import dev.tightship.compose.Sources.Source;
import dev.tightship.yaml.YamlException;
import dev.tightship.yaml.YamlFile;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Compose files of a project, each read once: those that it is made of, and those that they
 * include or extend from.
 */
final class Library {

  /** Files beyond this number are not followed: the input may be hostile. */
  private static final int MOST = 500;

  private final Sources sources;
  private final Map<String, YamlFile> files;
  private final Map<String, Problem> refused;
  private final Map<List<Object>, Variables> variables;

  private Library(
      Sources sources,
      Map<String, YamlFile> files,
      Map<String, Problem> refused,
      Map<List<Object>, Variables> variables) {
    this.sources = sources;
    this.files = files;
    this.refused = refused;
    this.variables = variables;
  }

  Library(Sources sources) {
    this(sources, new LinkedHashMap<>(), new HashMap<>(), new HashMap<>());
  }

  /** The same with other texts in some of its files. */
  Library with(Map<String, YamlFile> changed) {
    var now = new LinkedHashMap<>(files);
    now.putAll(changed);
    return new Library(sources, now, refused, variables);
  }

  /** All files that were read, by path. */
  Map<String, YamlFile> files() {
    return files;
  }

  /**
   * A file.
   *
   * @throws ComposeException where it cannot be read
   */
  YamlFile read(String path) throws ComposeException {
    YamlFile known = files.get(path);
    if (known != null) {
      return known;
    }
    Problem problem = refused.get(path);
    if (problem != null) {
      throw new ComposeException(problem);
    }
    try {
      YamlFile file = parse(path);
      files.put(path, file);
      return file;
    } catch (ComposeException e) {
      refused.put(path, e.problem());
      throw e;
    }
  }

  private YamlFile parse(String path) throws ComposeException {
    if (files.size() >= MOST) {
      throw refuse(path, 0, 0, "more than %d files are not followed".formatted(MOST));
    }
    Source source = sources.read(path);
    if (source instanceof Source.Refused no) {
      throw refuse(path, no.line(), no.column(), no.reason());
    }
    if (!(source instanceof Source.Text text)) {
      throw refuse(path, 0, 0, "there is no such file");
    }
    try {
      return YamlFile.read(path, text.text());
    } catch (YamlException e) {
      throw refuse(path, e.line(), e.column(), String.valueOf(e.getMessage()));
    }
  }

  private static ComposeException refuse(String path, int line, int column, String why) {
    return new ComposeException(new Problem(path, line, column, why));
  }

  /**
   * The variables of an included project: those of the project that includes it, and after them
   * those of its own files.
   *
   * @param paths from the root; null for the {@code .env} of the folder, which need not be there
   */
  Variables variables(
      Variables outer,
      @Nullable String folder,
      @Nullable List<String> paths,
      List<Problem> problems) {
    List<Object> key = List.of(outer, String.valueOf(folder), String.valueOf(paths));
    Variables known = variables.get(key);
    if (known == null) {
      known = Variables.beneath(outer, sources, folder, paths, problems);
      variables.put(key, known);
    }
    return known;
  }
}
