package dev.tightship.analysis;

import dev.tightship.compose.Answer;
import dev.tightship.compose.Build;
import dev.tightship.compose.Mount;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.compose.Sources.File;
import dev.tightship.compose.Sources.Listing;
import dev.tightship.dockerfile.BuiltImage;
import dev.tightship.dockerfile.Copy;
import dev.tightship.dockerfile.Resolution;
import dev.tightship.yaml.Node;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The source folder of a service that is built here, mounted or synchronized over its image: the
 * service is being developed, and what its image holds is not what runs.
 *
 * @param says half a sentence that names the mount: {@code ./api is mounted over /app}
 * @param readOnly whether the service may only read it
 */
public record DevelopmentMount(String says, boolean readOnly) {

  private static final int MOST_ENTRIES = 2_000;

  /** Where data, settings or keys are kept, whatever the program is. */
  private static final Pattern DATA =
      Pattern.compile(
          "/(var/(lib|log|cache|spool|run)|data|etc|run|tmp|mnt|media|backups?|certs?|secrets|config|logs?)(/.*)?"
              + "|.*/(data|db|database|logs?|uploads?|storage|media|backups?|cache|certs?|ssl|config|conf|secrets)");

  private static final Set<String> MARKUP =
      Set.of(
          "html", "htm", "css", "scss", "sass", "less", "ejs", "pug", "hbs", "erb", "twig", "j2");

  /** Whether data, settings or keys are kept at a path, whatever the program is. */
  public static boolean isForData(String target) {
    return DATA.matcher(target).matches();
  }

  /** The first such mount; none for a service that is not built here. */
  public static Optional<DevelopmentMount> of(Service service) {
    Build build = service.build().orElse(null);
    String context = build == null ? null : build.context();
    if (context == null) {
      return Optional.empty();
    }
    BuiltImage image = Recipe.of(service) instanceof Recipe.Read read ? read.image() : null;
    for (Mount mount : service.mounts()) {
      String folder = mount.inProject();
      String target = mount.target();
      if (folder != null
          && target != null
          && isSource(service.project(), folder, context)
          && isOverImage(service, image, target)) {
        return Optional.of(
            new DevelopmentMount(
                "%s is mounted over %s".formatted(mount.source(), target), mount.readOnly()));
      }
    }
    return watched(service);
  }

  /** The context, what holds it, or something in it that is run or shown. */
  private static boolean isSource(Project project, String folder, String context) {
    if (folder.equals(context) || isBelow(context, folder)) {
      return true;
    }
    if (!isBelow(folder, context)) {
      return false;
    }
    if (isProgram(folder)) {
      return project.exists(folder);
    }
    Listing listing =
        project.filesBelow(
            folder,
            path -> !path.endsWith("/node_modules") && !path.endsWith("/.git"),
            MOST_ENTRIES);
    return listing instanceof Listing.Partial
        || ((Listing.Files) listing)
            .files().stream()
                .map(File::path)
                .anyMatch(path -> isBelow(path, folder) && isProgram(path));
  }

  private static boolean isProgram(String path) {
    Language language = Language.of(path);
    return (language != null && language != Language.SETTINGS)
        || MARKUP.contains(Language.extension(path));
  }

  private static boolean isOverImage(Service service, @Nullable BuiltImage image, String target) {
    String workdir =
        service.text("working_dir").orElse(image == null ? null : image.workdir().value());
    boolean known = workdir != null;
    if (workdir != null
        && (target.equals(workdir) || isBelow(target, workdir) || isBelow(workdir, target))) {
      return true;
    }
    for (Copy copy : image == null ? List.<Copy>of() : image.copies()) {
      if (copy.target() instanceof Resolution.Known to) {
        known = true;
        boolean fromContext = copy.from() == null;
        if (target.equals(to.text())
            || isBelow(to.text(), target)
            || (fromContext && isBelow(target, to.text()))) {
          return true;
        }
      }
    }
    return !known && !isForData(target);
  }

  private static boolean isBelow(String path, String folder) {
    return folder.isEmpty()
        ? !path.isEmpty()
        : path.startsWith(folder.endsWith("/") ? folder : folder + "/");
  }

  private static Optional<DevelopmentMount> watched(Service service) {
    if (service.find("develop", "watch") instanceof Answer.Known known
        && known.node() instanceof Node.Sequence list) {
      for (Node item : list.items()) {
        Node rule = item instanceof Node.Alias alias ? alias.target() : item;
        if (rule instanceof Node.Mapping mapping && text(mapping, "action").startsWith("sync")) {
          return Optional.of(
              new DevelopmentMount(
                  "develop.watch copies %s to %s"
                      .formatted(text(mapping, "path"), text(mapping, "target")),
                  false));
        }
      }
    }
    return Optional.empty();
  }

  private static String text(Node.Mapping rule, String key) {
    return rule.get(key) instanceof Node.Scalar scalar ? scalar.text() : "";
  }
}
