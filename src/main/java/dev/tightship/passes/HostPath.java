package dev.tightship.passes;

import dev.tightship.compose.Answer;
import dev.tightship.compose.Layers;
import dev.tightship.compose.Mount;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.pass.Subject;
import dev.tightship.yaml.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path of the host outside of the project that a service mounts, by itself or through a volume
 * that is bound to it.
 *
 * @param path absolute or below {@code ~}, without {@code .}, {@code ..} and doubled slashes; with
 *     slashes on Windows too
 */
record HostPath(String path, Mount mount) {

  /** The home folder, which no file of the project gives a value. */
  private static final Pattern HOME =
      Pattern.compile("\\$(HOME|USERPROFILE)(?!\\w)|\\$\\{(HOME|USERPROFILE)}");

  static List<HostPath> of(Service service) {
    var paths = new ArrayList<HostPath>();
    for (Mount mount : service.mounts()) {
      String source =
          mount.kind() == Mount.Kind.VOLUME
              ? device(service.project(), mount.source())
              : mount.kind() == Mount.Kind.TMPFS || mount.kind() == Mount.Kind.ANONYMOUS
                  ? null
                  : mount.source() == null ? inHome(mount) : mount.source();
      String path = source == null ? null : clean(source);
      if (path != null) {
        paths.add(new HostPath(path, mount));
      }
    }
    return paths;
  }

  /** Whether it is the folder, or lies in it. */
  boolean isIn(String folder) {
    return path.equals(folder) || path.startsWith(folder + "/");
  }

  /** A service at the item that mounts it. */
  Subject subject(Service service) {
    Service.PlacedList list = mount.list();
    return list == null
        ? Subject.of(service, "volumes")
        : new Subject.OfService(service.name(), list.place().item(mount.item().value()));
  }

  private static @Nullable String inHome(Mount mount) {
    Node written =
        mount.item() instanceof Node.Mapping mapping ? mapping.get("source") : mount.item();
    if (!(written instanceof Node.Scalar scalar)) {
      return null;
    }
    var home = HOME.matcher(scalar.text());
    if (!home.lookingAt()) {
      return null;
    }
    String rest = scalar.text().substring(home.end());
    int end = mount.item() instanceof Node.Mapping ? -1 : rest.indexOf(':');
    String source = end < 0 ? rest : rest.substring(0, end);
    return source.contains("$") ? null : "~" + source;
  }

  /** What a volume of the local driver is bound to, or null. */
  private static @Nullable String device(Project project, @Nullable String volume) {
    Layers declared = volume == null ? null : project.section("volumes").get(volume);
    return declared != null
            && declared.find("driver_opts", "o") instanceof Answer.Known options
            && options.node() instanceof Node.Scalar how
            && List.of(how.text().split(",", -1)).contains("bind")
            && declared.find("driver_opts", "device") instanceof Answer.Known device
            && device.node() instanceof Node.Scalar what
        ? device.frame().interpolated(what).orElse(null)
        : null;
  }

  /** Null for a path that is seen from the project. */
  private static @Nullable String clean(String source) {
    String slashes = source.replace('\\', '/');
    boolean home = slashes.equals("~") || slashes.startsWith("~/");
    boolean drive = slashes.matches("[A-Za-z]:/.*");
    if (!slashes.startsWith("/") && !home && !drive) {
      return null;
    }
    var parts = new ArrayDeque<String>();
    for (String part : slashes.split("/", -1)) {
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return (home || drive ? "" : "/") + String.join("/", parts);
  }
}
