package dev.tightship.compose.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Paths as seen from a folder (compose-go: paths). The folder of an included file or of a base is
 * itself relative to the next one outside, so a path is resolved once a level. Links are not
 * followed, since nothing here looks at a disk.
 */
final class RelativePaths {

  private static final List<String> REMOTE =
      List.of("https://", "http://", "git://", "ssh://", "github.com/", "git@");

  private final String folder;
  private final @Nullable String home;
  private final Rules<Rule> rules;

  /**
   * @param home what {@code ~} stands for; where it is null the sign stays
   */
  RelativePaths(String folder, @Nullable String home) {
    this.folder = folder;
    this.home = home;
    this.rules = rules();
  }

  private Rules<Rule> rules() {
    var rules = new Rules<Rule>();
    for (String section : List.of("configs", "secrets")) {
      rules.add(section + ".*.file", (at, below) -> source(at));
    }
    return rules
        .add(Rules.WORKLOADS, "build.context", (at, below) -> context(at))
        .add(Rules.WORKLOADS, "build.additional_contexts.*", (at, below) -> context(at))
        .add(Rules.WORKLOADS, "build.ssh.*", (at, below) -> source(at))
        .add(Rules.WORKLOADS, "extends.file", (at, below) -> path(at))
        .add(Rules.CONTAINERS, "env_file.*.path", (at, below) -> path(at))
        .add(Rules.CONTAINERS, "label_file.*", (at, below) -> path(at))
        .add(Rules.CONTAINERS, "volumes.*", (at, below) -> mount(at))
        .add("services.*.develop.watch.*.path", (at, below) -> path(at))
        .add("volumes.*", (at, below) -> device(at));
  }

  Data.Mapping resolve(Data.Mapping model) throws Refused {
    return (Data.Mapping) Rule.walk(model, rules);
  }

  private Data path(Data at) throws Refused {
    String path = Data.text(at);
    if (path == null) {
      throw new Refused("a path is no text");
    }
    String full = expanded(path);
    return Data.string(
        full.isEmpty() || FilePath.isAbsolute(full) ? full : FilePath.join(folder, full));
  }

  private Data context(Data at) throws Refused {
    String text = Data.text(at);
    boolean elsewhere =
        text != null
            && (text.contains("://")
                || text.startsWith("service:")
                || REMOTE.stream().anyMatch(text::startsWith));
    return elsewhere ? at : path(at);
  }

  /** A path that may be one of Windows. */
  private Data source(Data at) {
    String path = Data.text(at);
    if (path == null) {
      return at;
    }
    String full = expanded(path);
    boolean absolute = FilePath.isAbsolute(full) || FilePath.isWindowsAbsolute(full);
    return Data.string(absolute ? full : FilePath.join(folder, full));
  }

  private Data mount(Data at) throws Refused {
    if (!(at instanceof Data.Mapping mount) || !"bind".equals(Data.text(mount.get("type")))) {
      return at;
    }
    Data source = mount.get("source");
    if (Data.text(source) == null || source == null) {
      throw new Refused("a bind mount has no source");
    }
    return mount.with("source", source(source));
  }

  /** A volume of the local driver that is a bind mount by its options. */
  private Data device(Data at) {
    if (!(at instanceof Data.Mapping volume)
        || !"local".equals(Data.text(volume.get("driver")))
        || !(volume.get("driver_opts") instanceof Data.Mapping options)
        || !"bind".equals(Data.text(options.get("o")))) {
      return at;
    }
    Data device = options.get("device");
    return device == null ? at : volume.with("driver_opts", options.with("device", source(device)));
  }

  private String expanded(String path) {
    return path.startsWith("~") && home != null ? FilePath.join(home, path.substring(1)) : path;
  }
}
