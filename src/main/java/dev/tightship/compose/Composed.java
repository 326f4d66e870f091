package dev.tightship.compose;

import dev.tightship.edit.Value;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the files of a project say together, as Docker Compose merges them: anchors, merge keys,
 * includes and what services extend are written out, variables are not filled in.
 *
 * @param sections by name: {@code services}, {@code networks} and the like
 * @param partial names of which not all is known, as something that they extend is not read
 * @param foreign names of which something is said in a file that is seen from another folder, or
 *     with other variables
 */
public record Composed(Map<String, Value> sections, Set<String> partial, Set<String> foreign) {

  private static final List<String> SECTIONS =
      List.of("services", "networks", "volumes", "secrets", "configs", "models");

  /**
   * @throws ComposeException where aliases unfold to more than can be written out
   */
  public static Composed of(Project project) throws ComposeException {
    var sections = new LinkedHashMap<String, Value>();
    var partial = new HashSet<String>();
    var foreign = new HashSet<String>();
    var unfolded = new Unfolded();
    try {
      for (String section : SECTIONS) {
        var entries = new LinkedHashMap<String, Value>();
        project
            .section(section)
            .forEach(
                (name, layers) -> {
                  List<Layer> all = layers.all();
                  Value value = merged(all, 0, all.size(), List.of(section, name), unfolded);
                  if (value != null) {
                    entries.put(name, value);
                  }
                  if (layers.unread() != null) {
                    partial.add(name);
                  }
                  if (all.stream().anyMatch(layer -> !isOf(project, layer.frame()))) {
                    foreign.add(name);
                  }
                });
        if (!entries.isEmpty()) {
          sections.put(section, new Value.Mapping(entries));
        }
      }
    } catch (Unfolded.TooMuch e) {
      String first = project.files().get(0).path();
      throw new ComposeException(new Problem(first, 0, 0, String.valueOf(e.getMessage())));
    }
    return new Composed(sections, Set.copyOf(partial), Set.copyOf(foreign));
  }

  private static boolean isOf(Project project, Frame frame) {
    return Objects.equals(frame.directory(), project.directory())
        && frame.variables() == project.variables();
  }

  /** Some of the layers; the tags of the highest one reach no lower than its floor. */
  private static @Nullable Value merged(
      List<Layer> layers, int from, int to, List<String> path, Unfolded unfolded) {
    if (from >= to) {
      return null;
    }
    Layer top = layers.get(to - 1);
    int floor = Math.min(Math.max(top.floor(), from), to - 1);
    Value reached = merged(layers, floor, to - 1, path, unfolded);
    Value group = merge(reached, withoutBase(unfolded.of(top.node())), path);
    return merge(merged(layers, from, floor, path, unfolded), group, path);
  }

  private static Value merge(@Nullable Value lower, Value upper, List<String> path) {
    return Merge.merge(lower == null ? Spelling.NULL : lower, upper, path);
  }

  private static Value withoutBase(Value value) {
    if (!(value instanceof Value.Mapping own) || !own.entries().containsKey("extends")) {
      return value;
    }
    var entries = new LinkedHashMap<>(own.entries());
    entries.remove("extends");
    return new Value.Mapping(entries);
  }
}
