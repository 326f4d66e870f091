package dev.tightship.compose;

import dev.tightship.yaml.Node;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a service's image is built.
 *
 * @param context folder of the build context from the project's root; null where it is not one
 * @param dockerfile path of the Dockerfile from the project's root, or null when there is none to
 *     read
 * @param unread why there is none: an inline text, a remote context, a place outside of the
 *     project, a variable without a value; null when {@code dockerfile} is set
 * @param target the stage that is built, or null for the last one
 * @param args build arguments with a known value
 */
public record Build(
    @Nullable String context,
    @Nullable String dockerfile,
    @Nullable String unread,
    @Nullable String target,
    Map<String, String> args) {

  static @Nullable Build of(Service service) {
    if (!(service.find("build") instanceof Answer.Known known)) {
      return null;
    }
    boolean shortForm = known.node() instanceof Node.Scalar;
    if (service.has("build", "dockerfile_inline")) {
      return unread("the Dockerfile stands inside the Compose file, which is not read yet");
    }
    String context = shortForm ? text(service, "build") : text(service, "build", "context");
    if (context == null) {
      if (!shortForm && !service.has("build", "context")) {
        context = ".";
      } else {
        return unread("the build context depends on a variable that has no value here");
      }
    }
    if (isRemote(context)) {
      return unread("the build context is remote and is never fetched");
    }
    String name = "Dockerfile";
    if (service.has("build", "dockerfile")) {
      String given = text(service, "build", "dockerfile");
      if (given == null) {
        return unread("the name of the Dockerfile depends on a variable that has no value here");
      }
      name = given;
    }
    String folder = Paths.resolve(service.project().directory(), context);
    String path = Paths.resolve(folder, name);
    if (path == null) {
      return unread("the build context lies outside of the project");
    }
    String target = service.text("build", "target").orElse(null);
    return new Build(folder, path, null, target, args(service));
  }

  private static Build unread(String because) {
    return new Build(null, null, because, null, Map.of());
  }

  private static @Nullable String text(Service service, String... path) {
    return service.text(path).orElse(null);
  }

  /** What Compose hands to BuildKit as a URL: a scheme, {@code git@}, or a host as first part. */
  private static boolean isRemote(String context) {
    return context.contains("://")
        || context.startsWith("git@")
        || context.startsWith("github.com/")
        || context.startsWith("docker-image:")
        || context.endsWith(".git");
  }

  private static Map<String, String> args(Service service) {
    var args = new LinkedHashMap<String, String>();
    if (service.find("build", "args") instanceof Answer.Known known) {
      if (known.node() instanceof Node.Mapping mapping) {
        for (String key : mapping.entries().keySet()) {
          service.text("build", "args", key).ifPresent(value -> args.put(key, value));
        }
      } else if (known.node() instanceof Node.Sequence list) {
        for (Node item : list.items()) {
          if (item instanceof Node.Scalar scalar && scalar.text().indexOf('=') > 0) {
            int equals = scalar.text().indexOf('=');
            service
                .project()
                .interpolated(scalar)
                .ifPresent(
                    text ->
                        args.put(
                            scalar.text().substring(0, equals),
                            text.substring(text.indexOf('=') + 1)));
          }
        }
      }
    }
    return args;
  }
}
