package dev.tightship.compose.model;

import dev.tightship.compose.DotEnv;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The variables that a file sees. Each is one for the same files over the same outer one, so that
 * they can be told apart by identity.
 */
final class Environment {

  private final Function<String, @Nullable String> values;
  private final Files files;
  private final Map<List<String>, Environment> inner = new HashMap<>();

  Environment(Function<String, @Nullable String> values, Files files) {
    this.values = values;
    this.files = files;
  }

  @Nullable String get(String name) {
    return values.apply(name);
  }

  /**
   * These variables, and beneath them those of some files, each of which wins over the one before.
   */
  Environment over(List<String> paths) throws Refused {
    if (paths.isEmpty()) {
      return this;
    }
    Environment known = inner.get(paths);
    if (known == null) {
      var read = new HashMap<String, String>();
      for (String path : paths) {
        read(path, read, this::get);
      }
      known =
          new Environment(
              name -> {
                String outside = get(name);
                return outside != null ? outside : read.get(name);
              },
              files);
      inner.put(List.copyOf(paths), known);
    }
    return known;
  }

  /**
   * Adds the variables of a file.
   *
   * @param first what wins where a value of the file uses a variable
   */
  private void read(String path, Map<String, String> into, Function<String, @Nullable String> first)
      throws Refused {
    String text = files.text(path);
    if (text == null) {
      throw new Refused("an env file is not here");
    }
    add(text, into, first);
  }

  static void add(String text, Map<String, String> into, Function<String, @Nullable String> first)
      throws Refused {
    if (DotEnv.read(text, first, Map.copyOf(into)) instanceof DotEnv.Read read) {
      into.putAll(read.values());
    } else {
      throw new Refused("an env file that can't be read");
    }
  }
}
