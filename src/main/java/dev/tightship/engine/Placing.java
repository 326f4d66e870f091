package dev.tightship.engine;

import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.compose.Shared;
import dev.tightship.compose.Written;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Place;
import dev.tightship.edit.Place.Segment;
import dev.tightship.edit.Value;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Risk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the fixes of a step are written. A pass says what shall hold for one service; here it is
 * seen who shares the text. What all users of an anchor or of an extended service want alike is
 * written there once; what only some want goes beside the alias, into the service itself; what
 * would change a service that does not want it is held.
 */
final class Placing {

  /**
   * @param fixes what is to be spliced, by id
   * @param follows by id, the id of the fix that does the same for it
   * @param held by id, why it is not applied now: once others are, it may be
   * @param notes by id, where it is written and why there
   * @param reaching by edit, how many of its first keys may lead into a mapping that others share
   */
  record Placed(
      Map<String, Fix> fixes,
      Map<String, String> follows,
      Map<String, String> held,
      Map<String, String> notes,
      Map<Edit, Integer> reaching) {}

  private final Project project;
  private final Map<String, Fix> open = new LinkedHashMap<>();
  private final Placed placed =
      new Placed(
          new LinkedHashMap<>(),
          new HashMap<>(),
          new LinkedHashMap<>(),
          new HashMap<>(),
          new HashMap<>());

  private Placing(Project project) {
    this.project = project;
  }

  /**
   * @param fixes by id, {@code pass#number}
   */
  static Placed of(Project project, Map<String, Fix> fixes) {
    if (!project.sharesText()) {
      return new Placed(fixes, Map.of(), Map.of(), Map.of(), Map.of());
    }
    var placing = new Placing(project);
    placing.open.putAll(fixes);
    for (Shared shared : project.shared()) {
      placing.together(shared);
    }
    placing.open.forEach(placing::alone);
    // in the order in which they came: what is spliced must not depend on who shares what
    var ordered = new LinkedHashMap<String, Fix>();
    for (String id : fixes.keySet()) {
      Fix fix = placing.placed.fixes.get(id);
      if (fix != null) {
        ordered.put(id, fix);
      }
    }
    Placed all = placing.placed;
    return new Placed(ordered, all.follows, all.held, all.notes, all.reaching);
  }

  /** What a fix asks of a service, wherever that is written; null where it asks more than that. */
  private record Wish(String pass, List<Edit.Yaml> edits) {}

  private static @Nullable String serviceOf(Fix fix) {
    String service = null;
    for (Edit edit : fix.edits()) {
      boolean own = edit instanceof Edit.Yaml && !(edit instanceof Edit.Text); // a text is for all
      String name = own ? serviceOf(((Edit.Yaml) edit).at()) : null;
      if (name == null || (service != null && !service.equals(name))) {
        return null;
      }
      service = name;
    }
    return service;
  }

  private static @Nullable String serviceOf(Place place) {
    List<Segment> path = place.path();
    return path.size() > 2
            && path.get(0) instanceof Segment.Key section
            && section.name().equals("services")
            && path.get(1) instanceof Segment.Key name
        ? name.name()
        : null;
  }

  private static Wish wish(String id, Fix fix) {
    var edits = new ArrayList<Edit.Yaml>();
    for (Edit edit : fix.edits()) {
      var yaml = (Edit.Yaml) edit;
      edits.add(yaml.at(yaml.at().moved(2, Place.of(""))));
    }
    return new Wish(Step.passOf(id), edits);
  }

  // ---- written once

  private void together(Shared shared) {
    if (shared.foreign()) {
      return;
    }
    Map<Wish, Map<String, String>> wishes = new LinkedHashMap<>();
    open.forEach(
        (id, fix) -> {
          String service = serviceOf(fix);
          if (service != null && shared.users().contains(service)) {
            wishes.computeIfAbsent(wish(id, fix), w -> new LinkedHashMap<>()).put(service, id);
          }
        });
    wishes.forEach(
        (wish, ids) -> {
          if (ids.size() == shared.users().size() && reachesAll(shared, wish)) {
            once(shared, wish, List.copyOf(ids.values()));
          }
        });
  }

  private boolean reachesAll(Shared shared, Wish wish) {
    for (String user : shared.users()) {
      Service service = project.service(user);
      for (Edit.Yaml edit : wish.edits) {
        if (service == null || !isReached(service, shared, edit, 0)) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * @param from where the path below the service begins
   */
  private static boolean isReached(Service service, Shared shared, Edit.Yaml edit, int from) {
    var keys = new ArrayList<String>();
    boolean adds = edit instanceof Edit.Ensure;
    for (Segment segment : edit.at().path().subList(from, edit.at().path().size())) {
      if (segment instanceof Segment.Key key) {
        keys.add(key.name());
      } else {
        adds = true; // an item of a list, which other documents add to
        break;
      }
    }
    return shared.reaches(service, adds, keys.toArray(String[]::new));
  }

  private void once(Shared shared, Wish wish, List<String> ids) {
    String first = ids.get(0);
    Fix fix = open.get(first);
    if (fix == null) {
      return;
    }
    var edits = new ArrayList<Edit>();
    for (Edit.Yaml edit : wish.edits) {
      edits.add(edit.at(edit.at().moved(0, shared.place())));
    }
    edits.forEach(edit -> placed.reaching.put(edit, shared.place().path().size()));
    placed.fixes.put(first, new Fix(fix.title(), fix.risk(), fix.why(), edits));
    String file = shared.place().file();
    boolean elsewhere = project.files().stream().noneMatch(f -> f.path().equals(file));
    String note =
        "written once, in %s%s, since all that share it want it: %s%s"
            .formatted(
                shared.describe(),
                elsewhere ? " of " + file : "",
                String.join(", ", shared.users()),
                elsewhere ? "; another project that uses this file gets it too" : "");
    for (String id : ids) {
      placed.notes.put(id, note);
      if (!id.equals(first)) {
        placed.follows.put(id, first);
      }
      open.remove(id);
    }
  }

  // ---- written for one service

  private void alone(String id, Fix fix) {
    String name = serviceOf(fix);
    Service service = name == null ? null : project.service(name);
    if (service == null) {
      placed.fixes.put(id, fix);
      return;
    }
    var beside = new Beside(service);
    for (Edit edit : fix.edits()) {
      var yaml = (Edit.Yaml) edit;
      // where what runs stays the same, it may for all
      String reaches = fix.risk() == Risk.NEUTRAL ? null : reaches(service, yaml);
      if (reaches != null) {
        placed.held.put(id, reaches);
        return;
      }
      beside.take(yaml);
    }
    if (beside.obstacle != null) {
      placed.held.put(id, beside.obstacle);
      return;
    }
    placed.fixes.put(id, new Fix(fix.title(), fix.risk(), fix.why(), beside.edits));
    beside.edits.forEach(edit -> placed.reaching.put(edit, 2)); // the service as a whole
    if (beside.carried) {
      placed.notes.put(
          id,
          "written in the service itself, with what it shares with others, since not all of them"
              + " want it");
    }
  }

  /** Which other service would change with this one without wanting it, or null. */
  private @Nullable String reaches(Service service, Edit.Yaml edit) {
    for (Shared shared : project.shared()) {
      if (shared.isOwnOf(service)) {
        for (String user : shared.users()) {
          Service other = project.service(user);
          if (other != null && other != service && isReached(other, shared, edit, 2)) {
            return "service %s draws on this one (%s), and would change with it"
                .formatted(user, shared.describe());
          }
        }
        if (shared.foreign()) {
          return "%s is used in other places too, which would change with it"
              .formatted(shared.describe());
        }
      }
    }
    return null;
  }

  /** The edits of one service, beside the aliases and merge keys that bring what it shares. */
  private static final class Beside {
    private final Service service;
    private final List<Edit> edits = new ArrayList<>();
    private boolean carried;
    private @Nullable String obstacle;

    Beside(Service service) {
      this.service = service;
    }

    void take(Edit.Yaml edit) {
      Written written = Written.of(service, edit.at());
      if (written == null || !written.listed()) {
        obstacle = "the service itself stands in a mapping that is merged into the services";
        return;
      }
      boolean brought = written.value() != null || written.alias() != null;
      if (brought && edit instanceof Edit.Remove) {
        obstacle = "it comes from a mapping that other places share";
        return;
      }
      if (written.alias() != null) {
        // web: *base becomes a mapping that merges the base
        var merged = Map.<String, Value>of("<<", new Value.Alias(written.alias()));
        own(start(edit.at(), 0), new Value.Mapping(merged));
      }
      Place own = start(edit.at(), written.depth() + 1);
      boolean replaced = edit instanceof Edit.Set && own.equals(edit.at());
      if (written.value() != null && !replaced) {
        own(own, written.value());
      }
      edits.add(edit);
    }

    /** Writes out what an alias or a merge key brings, so that it can be changed there. */
    private void own(Place place, Value value) {
      carried = true;
      var edit = new Edit.Own(place, value);
      if (!edits.contains(edit)) {
        edits.add(edit);
      }
    }

    /** The first keys of a place, the two of the service and some more. */
    private static Place start(Place place, int keys) {
      int end = Math.min(2 + keys, place.path().size());
      return new Place(place.file(), place.path().subList(0, end));
    }
  }
}
