package dev.tightship.compose;

import dev.tightship.dockerfile.DockerfileException;
import dev.tightship.yaml.Node;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
 * @param inline the Dockerfile that the Compose file itself holds, or null
 */
public record Build(
    @Nullable String context,
    @Nullable String dockerfile,
    @Nullable String unread,
    @Nullable String target,
    Map<String, String> args,
    @Nullable InlineDockerfile inline) {

  /** Path from the project's root of a file or folder in the context; null outside of it. */
  public @Nullable String inContext(String path) {
    return context == null ? null : Paths.resolve(context, path.replaceAll("^/+", ""));
  }

  static @Nullable Build of(Service service) {
    if (!service.has("build")) {
      return null;
    }
    Context written = context(service);
    String context = written.text();
    if (context == null) {
      return unread("the build context depends on a variable that has no value here");
    }
    if (isRemote(context)) {
      return unread("the build context is remote and is never fetched");
    }
    String folder = written.frame.path(context);
    String target = service.text("build", "target").orElse(null);
    if (!(service.find("build", "dockerfile_inline") instanceof Answer.Absent)) {
      return inline(service, folder, target);
    }
    String name = "Dockerfile";
    if (service.has("build", "dockerfile")) {
      String given = text(service, "build", "dockerfile");
      if (given == null) {
        return unread("the name of the Dockerfile depends on a variable that has no value here");
      }
      name = given;
    }
    String path = Paths.resolve(folder, name);
    if (path == null) {
      return unread("its place is outside of the project");
    }
    return new Build(folder, path, null, target, args(service), null);
  }

  private static Build inline(Service service, @Nullable String folder, @Nullable String target) {
    String text = service.text("build", "dockerfile_inline").orElse(null);
    if (text == null
        || !(service.find("build", "dockerfile_inline") instanceof Answer.Known known)
        || !(known.node() instanceof Node.Scalar scalar)) {
      return unread("its dockerfile_inline depends on a variable that has no value here");
    }
    try {
      InlineDockerfile inline = InlineDockerfile.of(service, known, scalar, text);
      return new Build(folder, inline.dockerfile().path(), null, target, args(service), inline);
    } catch (DockerfileException e) {
      return unread("line %s of its dockerfile_inline: %s".formatted(e.line(), e.reason()));
    }
  }

  /**
   * @param written null where none is written, which means the folder itself
   */
  private record Context(Node.@Nullable Scalar written, Frame frame) {
    @Nullable String text() {
      return written == null ? "." : frame.interpolated(written).orElse(null);
    }
  }

  /** The short form is a context alone: a later file may add to it, and an earlier one hold it. */
  private static Context context(Service service) {
    Context context = null;
    for (Layers.Found build : service.all("build")) {
      Frame frame = build.layer().frame();
      var hit =
          build.node() instanceof Node.Scalar
              ? Merged.find(build.node())
              : Merged.find(build.node(), "context");
      if (hit != null && hit.node() instanceof Node.Scalar scalar && !scalar.isNull()) {
        context = new Context(scalar, frame);
      } else if (context == null && !build.layer().inherited()) {
        context = new Context(null, frame);
      }
    }
    return context == null ? new Context(null, service.frame()) : context;
  }

  private static Build unread(String because) {
    return new Build(null, null, because, null, Map.of(), null);
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

  /** Over all files: Compose adds the arguments up, and the last file that names one counts. */
  private static Map<String, String> args(Service service) {
    var args = new LinkedHashMap<String, String>();
    for (Layers.Found found : service.all("build", "args")) {
      Node node = found.node();
      Frame frame = found.layer().frame();
      if (node instanceof Node.Mapping mapping) {
        for (String key : mapping.entries().keySet()) {
          var hit = Merged.find(mapping, key);
          set(
              args,
              key,
              hit != null && hit.node() instanceof Node.Scalar value && !value.isNull()
                  ? frame.interpolated(value)
                  : none());
        }
      } else if (node instanceof Node.Sequence list) {
        for (Node item : list.items()) {
          if (Merged.resolve(item) instanceof Node.Scalar scalar) {
            int equals = scalar.text().indexOf('=');
            String name = equals < 0 ? scalar.text() : scalar.text().substring(0, equals);
            var filled = equals < 0 ? none() : frame.interpolated(scalar);
            set(args, name, filled.map(text -> text.substring(text.indexOf('=') + 1)));
          }
        }
      }
    }
    return args;
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  /** Without a value that is known the name is out: the shell or the Dockerfile decides. */
  private static void set(Map<String, String> args, String name, Optional<String> value) {
    args.remove(name);
    value.ifPresent(text -> args.put(name, text));
  }
}
