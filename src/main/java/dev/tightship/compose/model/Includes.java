package dev.tightship.compose.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code include} (compose-go: loader/include.go): each entry is a model of its own, seen from its
 * own folder and with its own variables; its resources stand beneath those of the including
 * document.
 */
final class Includes {

  private static final List<String> SECTIONS =
      List.of("services", "jobs", "volumes", "networks", "secrets", "configs", "models");

  private static final String NO_ENV_FILE = "/dev/null";

  /** What decides the model of an entry. */
  private record Key(List<String> paths, Frame frame) {}

  private final Loader loader;
  private final Map<Key, Data.Mapping> read = new HashMap<>();

  Includes(Loader loader) {
    this.loader = loader;
  }

  Data.Mapping into(Data.Mapping document, Frame frame, Resets resets, List<String> included)
      throws Refused {
    Data include = document.get("include");
    if (include == null) {
      return document;
    }
    Data.Mapping model = document.without("include");
    if (include.isNull()) {
      return model;
    }
    if (!(include instanceof Data.Sequence entries)) {
      throw new Refused("include is no list");
    }
    for (Data entry : entries.items()) {
      loader.bounds().included();
      model = imported(included(entry, frame, included), model, resets);
    }
    return model;
  }

  private Data.Mapping included(Data entry, Frame frame, List<String> included) throws Refused {
    Data.Mapping mapping =
        entry instanceof Data.Mapping long_ ? long_ : Data.mapping("path", entry);
    var paths = new ArrayList<String>();
    for (String path : strings(mapping.get("path"))) {
      paths.add(frame.locate(path));
    }
    if (paths.isEmpty()) {
      throw new Refused("an include names no file");
    }
    if (included.contains(paths.get(0)) || included.size() > Loader.MAX_DEPTH) {
      throw new Refused("a file includes itself by way of others");
    }
    String given = Data.text(mapping.get("project_directory"));
    String directory;
    String absolute;
    if (given == null || given.isEmpty()) {
      absolute = FilePath.folder(paths.get(0));
      directory = frame.relative(absolute);
    } else if (FilePath.isAbsolute(given)) {
      absolute = given;
      directory = given;
    } else {
      absolute = frame.locate(given);
      directory = frame.relative(absolute);
    }
    Environment environment = frame.environment().over(envFiles(mapping, frame, absolute));
    var key = new Key(List.copyOf(paths), new Frame(directory, absolute, environment));
    Data.Mapping model = read.get(key);
    if (model == null) {
      model = loader.model(key.paths, key.frame, included);
      read.put(key, model);
    }
    return model;
  }

  private List<String> envFiles(Data.Mapping entry, Frame frame, String directory) throws Refused {
    List<String> named = strings(entry.get("env_file"));
    if (named.isEmpty()) {
      String usual = FilePath.join(directory, ".env");
      return loader.files().text(usual) == null ? List.of() : List.of(usual);
    }
    return named.stream().filter(path -> !path.equals(NO_ENV_FILE)).map(frame::locate).toList();
  }

  private static List<String> strings(@Nullable Data data) throws Refused {
    if (data == null || data.isNull()) {
      return List.of();
    }
    var strings = new ArrayList<String>();
    for (Data item : data instanceof Data.Sequence list ? list.items() : List.of(data)) {
      String text = Data.text(item);
      if (text == null) {
        throw new Refused("an include names what is no text");
      }
      strings.add(text);
    }
    return strings;
  }

  private static Data.Mapping imported(Data.Mapping from, Data.Mapping document, Resets resets)
      throws Refused {
    Data.Mapping changed = document;
    for (String section : SECTIONS) {
      if (!(from.get(section) instanceof Data.Mapping resources)) {
        continue;
      }
      Data own = document.get(section);
      if (own != null && !(own instanceof Data.Mapping)) {
        throw new Refused(section + " is no mapping");
      }
      var all = new LinkedHashMap<>(own instanceof Data.Mapping m ? m.entries() : Map.of());
      for (Map.Entry<String, Data> entry : resources.entries().entrySet()) {
        String name = entry.getKey();
        Data conflict = all.get(name);
        // the same thing over two ways is one thing
        if (conflict == null) {
          all.put(name, entry.getValue());
        } else if (!conflict.equals(entry.getValue())) {
          Data base = resets.at(section, name, entry.getValue());
          all.put(name, Merge.at(section, name, base, conflict));
        }
      }
      changed = changed.with(section, new Data.Mapping(all));
    }
    return changed;
  }
}
