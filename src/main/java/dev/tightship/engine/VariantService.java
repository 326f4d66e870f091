package dev.tightship.engine;

import dev.tightship.compose.Answer;
import dev.tightship.compose.Service;
import dev.tightship.compose.Variant;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Place;
import dev.tightship.edit.Place.Segment;
import dev.tightship.edit.Value;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Remark.Finding;
import dev.tightship.yaml.Node;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One service as a Compose file beside the project makes it. A fix holds there when the pass wants
 * the same of it there, or when it has nothing to say because the other file has its own word and
 * both go together.
 */
final class VariantService {

  private static final Set<String> LIMITS = Set.of("mem_limit", "cpus", "pids_limit");

  /** What a stack ignores, so that it does no harm where one is deployed. */
  private static final Set<String> IGNORED_IN_STACK = Set.of("security_opt", "ports");

  /** What a stack takes as Compose does. */
  private static final Set<String> LIKEWISE_IN_STACK =
      Set.of("security_opt", "ports", "cap_drop", "cap_add", "image", "volumes");

  private final Variant variant;
  private final Service service;
  private final Level level;
  private final boolean becomesStack;

  /**
   * @param level how far the run goes
   * @param becomesStack whether it is the other file that shows that a stack is deployed
   */
  VariantService(Variant variant, Service service, Level level, boolean becomesStack) {
    this.variant = variant;
    this.service = service;
    this.level = level;
    this.becomesStack = becomesStack;
  }

  /**
   * Why a fix does not hold, half a sentence, or null.
   *
   * @param remarks what the pass says of the service here
   */
  @Nullable String against(Finding finding, List<Remark> remarks) {
    Fix fix = finding.fix();
    if (fix == null || fix.edits().stream().noneMatch(this::reachesHere)) {
      return null;
    }
    for (Edit edit : fix.edits()) {
      String clash = clash(edit);
      if (clash != null) {
        return variant.file() + " " + clash;
      }
    }
    Set<Edit> wanted = goals(fix);
    if (wanted.isEmpty() || (becomesStack && harmlessInStack(fix))) {
      return null;
    }
    for (Remark remark : remarks) {
      Fix there = remark instanceof Finding other ? other.fix() : null;
      if (there != null && goals(there).equals(wanted)) {
        return level.allows(there.risk())
            ? null
            : "with %s merged over it, it is %s: %s"
                .formatted(variant.file(), there.risk().word(), there.why());
      }
    }
    Remark telling = telling(finding, remarks);
    return telling == null ? null : against(wanted, telling);
  }

  private @Nullable String against(Set<Edit> wanted, Remark telling) {
    if (telling instanceof Finding other) {
      Fix there = other.fix();
      return there == null
          ? "with %s merged over it: %s".formatted(variant.file(), other.unfixed())
          : "with %s merged over it, it would be: %s".formatted(variant.file(), there.title());
    }
    return wanted.stream().anyMatch(edit -> key(edit).equals("cap_add"))
        ? variant.file() + " has its own capabilities, to which these would be added"
        : null;
  }

  /** A pass has no advice for a stack; what it says of one that it sees is not all that counts. */
  private boolean harmlessInStack(Fix fix) {
    Set<String> harmless =
        variant.services().contains(service.name()) ? IGNORED_IN_STACK : LIKEWISE_IN_STACK;
    return fix.edits().stream().map(VariantService::key).allMatch(harmless::contains);
  }

  /** The remark about the same place, or the only one; null where nothing is said of the place. */
  private static @Nullable Remark telling(Finding finding, List<Remark> remarks) {
    for (Remark remark : remarks) {
      if (remark.subject().equals(finding.subject())) {
        return remark;
      }
    }
    return remarks.size() == 1 ? remarks.get(0) : null;
  }

  private boolean reachesHere(Edit edit) {
    return variant.project().file(edit.file()) != null;
  }

  /** What the edits of a fix come to here, item by item; without those that change nothing. */
  private Set<Edit> goals(Fix fix) {
    var goals = new LinkedHashSet<Edit>();
    for (Edit edit : fix.edits()) {
      if (edit instanceof Edit.Set set && set.value() instanceof Value.Sequence list) {
        list.items().forEach(item -> goals.add(new Edit.Ensure(set.at(), item)));
      } else {
        goals.add(edit);
      }
    }
    goals.removeIf(this::changesNothing);
    return goals;
  }

  /** Whether the other file hides a value or an item that is set, or has an item already. */
  private boolean changesNothing(Edit edit) {
    Value item = item(edit);
    if (item != null) {
      return !counts(edit.file(), key(edit), item);
    }
    String[] path = path(edit);
    if (path.length == 0) {
      return false;
    }
    if (edit instanceof Edit.Ensure ensure) {
      return path.length == 1 && items(path[0]).contains(text(ensure.item()));
    }
    return edit instanceof Edit.Set set
        && set.value() instanceof Value.Scalar
        && service.find(path) instanceof Answer.Known known
        && known.node() instanceof Node.Scalar
        && known.file().path().equals(variant.file());
  }

  /** What Docker Compose or the engine refuses once both files are merged, or null. */
  private @Nullable String clash(Edit edit) {
    String key = key(edit);
    if (LIMITS.contains(key) && service.has("deploy", "resources", "limits")) {
      // measured with Compose 5.6.0: any limit there stands for all of them
      return "sets deploy.resources.limits, beside which Docker Compose refuses " + key;
    }
    Value item = item(edit);
    String port = item != null && key.equals("ports") ? text(item) : null;
    return port != null && itemsOfOther("ports").contains(port)
        ? "publishes %s as well, which would then be published twice".formatted(port)
        : null;
  }

  /** The first item on the way to what an edit changes, or null. */
  private static @Nullable Value item(Edit edit) {
    if (edit instanceof Edit.Yaml yaml && isOfService(yaml.at())) {
      for (Segment segment : yaml.at().path()) {
        if (segment instanceof Segment.Item item) {
          return item.value();
        }
      }
    }
    return null;
  }

  /** Whether the item of a list in a file is one that the service has here. */
  private boolean counts(String file, String key, Value item) {
    if (key.equals("volumes")) {
      return service.mounts().stream()
          .anyMatch(
              mount ->
                  mount.list() != null
                      && mount.list().place().file().equals(file)
                      && mount.item().value().equals(item));
    }
    return service.lists(key).stream()
        .filter(list -> list.place().file().equals(file))
        .flatMap(list -> list.list().items().stream())
        .anyMatch(other -> other.value().equals(item));
  }

  private Set<String> items(String key) {
    var texts = new LinkedHashSet<String>();
    for (Node item : service.items(key)) {
      if (item instanceof Node.Scalar scalar) {
        texts.add(scalar.text());
      }
    }
    return texts;
  }

  private Set<String> itemsOfOther(String key) {
    var texts = new LinkedHashSet<String>();
    for (Service.PlacedList list : service.lists(key)) {
      if (list.place().file().equals(variant.file())) {
        list.list().items().stream()
            .filter(Node.Scalar.class::isInstance)
            .forEach(item -> texts.add(((Node.Scalar) item).text()));
      }
    }
    return texts;
  }

  private static @Nullable String text(Value value) {
    return value instanceof Value.Scalar scalar ? scalar.text() : null;
  }

  /** The keys below the service; none where an item lies on the way, or it is no service. */
  private static String[] path(Edit edit) {
    if (!(edit instanceof Edit.Yaml yaml)) {
      return new String[0];
    }
    List<Segment> path = yaml.at().path();
    boolean keys = path.stream().allMatch(Segment.Key.class::isInstance);
    return keys && isOfService(yaml.at())
        ? path.stream().skip(2).map(Segment::toString).toArray(String[]::new)
        : new String[0];
  }

  /** The key of the service that an edit is about; empty where it is no service. */
  private static String key(Edit edit) {
    return edit instanceof Edit.Yaml yaml && isOfService(yaml.at())
        ? yaml.at().path().get(2).toString()
        : "";
  }

  private static boolean isOfService(Place place) {
    return place.path().size() > 2 && place.path().get(0).toString().equals("services");
  }
}
