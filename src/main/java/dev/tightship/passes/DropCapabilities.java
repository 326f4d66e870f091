package dev.tightship.passes;

import dev.tightship.compose.Answer;
import dev.tightship.compose.Mount;
import dev.tightship.compose.Origin;
import dev.tightship.compose.Service;
import dev.tightship.edit.Edit;
import dev.tightship.knowledge.FactKey;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.Variants;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Risk;
import dev.tightship.pass.ServicePass;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import dev.tightship.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Takes all capabilities from a service but those that its start needs. */
final class DropCapabilities implements ServicePass {

  private static final String MESSAGE = "its processes hold capabilities that they have no use for";

  @Override
  public String id() {
    return "drop-capabilities";
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public Remark inspect(Service service) {
    Subject subject = new Subject.OfService(service.name(), service.atHome("cap_drop"));
    for (String key : new String[] {"cap_drop", "cap_add"}) {
      if (service.find(key) instanceof Answer.Unknown unknown) {
        return advice(subject, unknown.because());
      }
    }
    if (names(service, "cap_drop").contains("ALL")) {
      return Remark.fine(subject, "it drops all of them");
    }
    if (names(service, "cap_add").contains("ALL")) {
      return advice(subject, "the project adds all capabilities by name, which has to go first");
    }
    if (Privileges.privileged(service)) {
      return advice(subject, "the service is privileged, which has to go first");
    }
    String swarm = service.project().swarm();
    if (swarm != null) {
      return advice(
          subject,
          swarm + " shows that the file is deployed as a stack, for which nothing is known");
    }
    for (String key : new String[] {"cap_drop", "cap_add"}) {
      String obstacle = service.obstacleAtHome(key);
      if (obstacle != null) {
        return advice(subject, obstacle);
      }
    }
    return judge(service, subject);
  }

  private static Remark judge(Service service, Subject subject) {
    Origin origin = service.origin();
    if (origin instanceof Origin.Unclear unclear) {
      return advice(subject, unclear.because());
    }
    if (!(origin instanceof Origin.Pulled pulled)) {
      return BuiltCapabilities.judge(service, subject);
    }
    ImageProfile profile = pulled.profile();
    if (profile == null) {
      return advice(subject, "it is not known which of them the image needs");
    }
    String altered = pulled.altered();
    if (altered != null) {
      return advice(subject, altered);
    }
    StartUser user = StartUser.of(service, profile, pulled.tag());
    return ofProfile(service, subject, profile, pulled.tag(), user, "");
  }

  /**
   * @param tag of the image that the profile is of, null where none is written
   * @param behind what the profile is that of, for the reason; empty for the image itself
   */
  static Remark ofProfile(
      Service service,
      Subject subject,
      ImageProfile profile,
      @Nullable String tag,
      StartUser user,
      String behind) {
    if (user instanceof StartUser.Unknown unknown) {
      return advice(subject, unknown.because());
    }
    boolean root = user instanceof StartUser.Root;
    // a start as another user has no capability but what the files of its programs bring
    Variants<List<String>> known = root ? null : profile.value(FactKey.CAPABILITIES_AS_ACCOUNT);
    // root in the place of another account meets files of that account, and may not touch them
    boolean unchanged =
        root ? StartUser.ofImage(profile, tag) instanceof StartUser.Root : !service.has("user");
    if (known == null && unchanged) {
      known = profile.value(FactKey.CAPABILITIES);
    }
    List<String> needed = known == null ? null : known.of(tag);
    if (needed == null) {
      return advice(
          subject,
          "it is not known which of them %s needs %s"
              .formatted(
                  profile.name(), root ? "when it starts as root" : "when it starts as its user"));
    }
    return fix(
        service,
        subject,
        needed,
        root,
        needed.isEmpty()
            ? "%s needs none%s".formatted(profile.name(), behind)
            : "%s needs no other%s".formatted(profile.name(), behind));
  }

  /**
   * @param root whether the service starts as root
   */
  static Remark fix(
      Service service, Subject subject, List<String> needed, boolean root, String why) {
    var added = new TreeSet<>(needed);
    if (root) {
      added.addAll(forMounts(service));
      if ("host".equals(service.text("network_mode").orElse(""))) {
        added.add("NET_BIND_SERVICE"); // in the host's network a port below 1024 takes it
      }
    }
    // what the project took away by name, it does without
    added.removeAll(names(service, "cap_drop"));
    added.removeAll(names(service, "cap_add"));
    var edits = new ArrayList<Edit>();
    edits.addAll(Items.ensure(service, "cap_drop", List.of("ALL")));
    edits.addAll(Items.ensure(service, "cap_add", List.copyOf(added)));
    return Remark.finding(
        subject,
        Severity.MEDIUM,
        MESSAGE,
        new Fix(
            added.isEmpty()
                ? "drop all capabilities"
                : "drop all capabilities but " + String.join(", ", added),
            Risk.INFERRED,
            why,
            edits));
  }

  /**
   * Root without DAC_OVERRIDE obeys the modes of files: it cannot read a key of mode 0600 that
   * belongs to somebody else, nor write into his folder. In a volume the image's own account is the
   * owner, which the profile covers; what lies on the host can belong to anybody.
   */
  private static Set<String> forMounts(Service service) {
    var needed = new TreeSet<String>();
    for (Mount mount : service.mounts()) {
      if (mount.kind() == Mount.Kind.BIND || mount.kind() == Mount.Kind.OTHER) {
        needed.add("DAC_OVERRIDE");
        if (!mount.readOnly()) {
          needed.add("FOWNER");
        }
      }
    }
    if (!service.items("secrets").isEmpty() || !service.items("configs").isEmpty()) {
      needed.add("DAC_OVERRIDE");
    }
    return needed;
  }

  /** Names without the prefix that Docker takes as well, in upper case. */
  private static Set<String> names(Service service, String key) {
    var names = new TreeSet<String>();
    for (Node item : service.items(key)) {
      if (item instanceof Node.Scalar scalar) {
        String name = service.interpolated(scalar).orElse(scalar.text()).toUpperCase(Locale.ROOT);
        names.add(name.startsWith("CAP_") ? name.substring(4) : name);
      }
    }
    return names;
  }

  static Remark advice(Subject subject, @Nullable String unfixed) {
    return Remark.advice(
        subject, Severity.MEDIUM, MESSAGE, unfixed == null ? "nothing is known of it" : unfixed);
  }
}
