package dev.tightship.compose.model;

import dev.tightship.compose.model.Bases.Siblings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * {@code extends} (compose-go: loader/extends.go): a service is merged over its base, which is
 * another service of the same document as it is written there, or one of another file in its long
 * form.
 */
final class Inheritance {

  private final Bases bases;
  private final String file;

  Inheritance(Bases bases, String file) {
    this.bases = bases;
    this.file = file;
  }

  Data.Mapping into(Data.Mapping document, Resets resets) throws Refused {
    Data.Mapping changed = document;
    for (String section : List.of("services", "jobs")) {
      Data all = document.get(section);
      if (all == null) {
        continue;
      }
      if (!(all instanceof Data.Mapping services)) {
        throw new Refused(section + " is no mapping");
      }
      var siblings = new Siblings(new LinkedHashMap<>(services.entries()), resets);
      for (String name : services.entries().keySet()) {
        siblings.services().put(name, extended(name, siblings, List.of()));
      }
      changed = changed.with(section, new Data.Mapping(siblings.services()));
    }
    return changed;
  }

  /** Who extends what in which file. */
  private record Step(String file, String service) {}

  private Data extended(String name, Siblings siblings, List<Step> steps) throws Refused {
    Data written = siblings.services().getOrDefault(name, Data.Scalar.NULL);
    if (written.isNull()) {
      return written;
    }
    if (!(written instanceof Data.Mapping service)) {
      throw new Refused("a service is no mapping");
    }
    Data reference = service.get("extends");
    if (reference == null) {
      return written;
    }
    String ref = Data.text(reference);
    String path = null;
    if (reference instanceof Data.Mapping mapping) {
      ref = Data.text(mapping.get("service"));
      Data other = mapping.get("file");
      path = other == null || other.isNull() ? null : other.print();
    }
    Siblings around = path == null ? siblings : bases.in(path);
    if (ref == null || !around.services().containsKey(ref)) {
      throw new Refused("a service extends one that is not there");
    }
    Data base = extended(ref, around, with(steps, new Step(path == null ? file : path, name)));
    if (base.isNull()) {
      return service;
    }
    Data kept = siblings.resets().at("services", name, base);
    var merged = ((Data.Mapping) Merge.at("services", "x", kept, service)).without("extends");
    around.services().put(name, merged);
    return merged;
  }

  private static List<Step> with(List<Step> steps, Step step) throws Refused {
    if (steps.contains(step)) {
      throw new Refused("a service extends itself by way of others");
    }
    if (steps.size() == Loader.MAX_DEPTH) {
      throw new Refused("services extend one another more than " + Loader.MAX_DEPTH + " times");
    }
    var more = new ArrayList<>(steps);
    more.add(step);
    return more;
  }
}
