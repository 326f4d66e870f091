package dev.tightship.compose;

import dev.tightship.text.Lines.Position;
import dev.tightship.yaml.Node;
import dev.tightship.yaml.YamlFile;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which service extends which, within the files at hand. */
final class Inheritance {

  private Inheritance() {}

  /** By name of a service, one of those that extend it. */
  static Map<String, String> heirs(Collection<YamlFile> files) {
    var heirs = new HashMap<String, String>();
    bases(files).forEach((heir, base) -> heirs.putIfAbsent(base.name, heir));
    return heirs;
  }

  private record Base(String name, YamlFile file, Node at) {}

  private static Map<String, Base> bases(Collection<YamlFile> files) {
    var bases = new LinkedHashMap<String, Base>();
    for (YamlFile file : files) {
      for (Node document : file.documents()) {
        var hit = Merged.find(document, "services");
        if (hit != null && hit.node() instanceof Node.Mapping services) {
          services
              .entries()
              .forEach(
                  (name, entry) -> {
                    Base base = base(file, entry.value());
                    if (base != null) {
                      bases.put(name, base);
                    }
                  });
        }
      }
    }
    return bases;
  }

  /** The service of the same files that a service extends. */
  private static @Nullable Base base(YamlFile file, Node service) {
    var hit = Merged.find(service, "extends");
    if (hit == null) {
      return null;
    }
    if (hit.node() instanceof Node.Scalar scalar) {
      return new Base(scalar.text(), file, scalar);
    }
    var other = Merged.find(hit.node(), "file");
    var name = Merged.find(hit.node(), "service");
    boolean elsewhere =
        other != null
            && other.node() instanceof Node.Scalar path
            && !file.path().equals(Paths.resolve(Paths.folder(file.path()), path.text()));
    return name == null || !(name.node() instanceof Node.Scalar scalar) || elsewhere
        ? null
        : new Base(scalar.text(), file, scalar);
  }

  /** Compose refuses a service that extends itself over any number of steps; so does this. */
  static void refuseCycles(Collection<YamlFile> files) throws ComposeException {
    Map<String, Base> bases = bases(files);
    var clean = new HashSet<String>();
    for (String start : bases.keySet()) {
      var seen = new HashSet<String>();
      String at = start;
      while (bases.containsKey(at) && !clean.contains(at)) {
        Base base = bases.get(at);
        if (!seen.add(at)) {
          Position position = base.file.lines().position(base.at.span().start());
          throw new ComposeException(
              new Problem(
                  base.file.path(),
                  position.line(),
                  position.column(),
                  "the service extends itself by way of others; Docker Compose refuses that"));
        }
        at = base.name;
      }
      clean.addAll(seen);
    }
  }
}
