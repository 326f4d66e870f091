package dev.tightship.compose.model;

import dev.tightship.yaml.YamlException;
import dev.tightship.yaml.YamlFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads files one over the other (compose-go: loadYamlModel and loadYamlFile). Every document goes
 * through the same steps and is merged over what was read so far: variables, what it includes, what
 * it takes away, what its services extend, then the merge, and the long form of the outcome.
 */
final class Loader {

  /** Files that include or extend one another in a row; nobody has more. */
  static final int MAX_DEPTH = 100;

  private final Files files;
  private final boolean fill;
  private final @Nullable String home;
  private final Bounds bounds;
  private final Map<String, List<Document>> documents = new HashMap<>();
  private final Includes includes = new Includes(this);

  /**
   * @param fill whether variables are filled in
   * @param home what {@code ~} stands for
   */
  Loader(Files files, boolean fill, @Nullable String home, Bounds bounds) {
    this.files = files;
    this.fill = fill;
    this.home = home;
    this.bounds = bounds;
  }

  Files files() {
    return files;
  }

  Bounds bounds() {
    return bounds;
  }

  /**
   * The model of some files, as an including one takes it: with defaults and paths.
   *
   * @param included the files that led here, to see a circle
   */
  Data.Mapping model(List<String> paths, Frame frame, List<String> included) throws Refused {
    var bases = new Bases(this, frame);
    Data.Mapping model = Data.Mapping.EMPTY;
    for (String path : paths) {
      var inside = new ArrayList<>(included);
      for (Document document : documents(path)) {
        if (!inside.contains(path)) {
          inside.add(path);
        }
        Data.Mapping own = own(document, frame);
        own = includes.into(own, frame, document.resets(), inside);
        model = document.resets().apply(model);
        own = new Inheritance(bases, path).into(own, document.resets());
        model = merged(model, own);
      }
    }
    Data.Mapping complete = Defaults.set(model);
    return Resolved.of(resolve(complete, frame.directory()), frame.environment());
  }

  /** The services of a file that others extend, and what its last document takes away. */
  Document base(String path, String directory, Frame frame) throws Refused {
    Data.Mapping model = Data.Mapping.EMPTY;
    Resets resets = Resets.NONE;
    for (Document document : documents(path)) {
      resets = document.resets();
      model = merged(resets.apply(model), own(document, frame));
    }
    if (resolve(model, directory).get("services") instanceof Data.Mapping services) {
      return new Document(services, resets);
    }
    throw new Refused("a file that services extend has no services");
  }

  private Data.Mapping resolve(Data.Mapping model, String directory) throws Refused {
    return new RelativePaths(directory, home).resolve(model);
  }

  List<Document> documents(String path) throws Refused {
    List<Document> known = documents.get(path);
    if (known == null) {
      known = Documents.of(file(path));
      documents.put(path, known);
    }
    return known;
  }

  private YamlFile file(String path) throws Refused {
    try {
      YamlFile file = files.compose(path);
      if (file == null) {
        throw new Refused("a Compose file is not here");
      }
      return file;
    } catch (YamlException e) {
      throw new Refused("a Compose file can't be read");
    }
  }

  private Data.Mapping own(Document document, Frame frame) throws Refused {
    Data data = document.data();
    if (fill) {
      data = new Variables(frame.environment()::get, bounds).fill(data);
    }
    if (data instanceof Data.Mapping mapping) {
      return promoted(mapping);
    }
    throw new Refused("a document that is no mapping");
  }

  private Data.Mapping merged(Data.Mapping model, Data.Mapping own) throws Refused {
    Data.Mapping merged = Bounds.checked(Merge.models(model, own));
    Data.Mapping both = Unicity.enforce(merged).without("version");
    // two ranges of ports may turn out to be the same one by one
    return Unicity.enforce(withoutEmpty(Canonical.of(both, !fill)));
  }

  /** {@code x-develop} is {@code develop}, where both are written one beneath the other. */
  private static Data.Mapping promoted(Data.Mapping model) throws Refused {
    if (!(model.get("services") instanceof Data.Mapping services)) {
      return model;
    }
    var all = new LinkedHashMap<>(services.entries());
    for (Map.Entry<String, Data> entry : services.entries().entrySet()) {
      if (entry.getValue() instanceof Data.Mapping service) {
        all.put(entry.getKey(), Develop.promoted(service));
      }
    }
    return model.with("services", new Data.Mapping(all));
  }

  /** The one place where nothing is left out: {@code dns}. */
  private static Data.Mapping withoutEmpty(Data.Mapping model) throws Refused {
    return (Data.Mapping) Rule.walk(model, EMPTY);
  }

  private static final Rules<Rule> EMPTY =
      new Rules<Rule>().add(Rules.WORKLOADS, "dns", (at, below) -> filled(at));

  private static Data filled(Data at) {
    return at instanceof Data.Sequence list
        ? new Data.Sequence(
            list.items().stream()
                .filter(item -> !item.isNull() && !item.equals(Data.string("")))
                .toList())
        : at;
  }
}
