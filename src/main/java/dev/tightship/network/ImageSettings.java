package dev.tightship.network;

import dev.tightship.compose.Build;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Assignment;
import dev.tightship.dockerfile.BuiltImage;
import dev.tightship.dockerfile.Command;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.Resolution;
import dev.tightship.dockerfile.Setting;
import dev.tightship.dockerfile.Stage;
import dev.tightship.network.Evidence.Kind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The hosts in the settings of an image that is built here, where the service leaves them. */
final class ImageSettings {

  private final Project project;
  private final Edges edges;
  private final HostFinder finder;

  ImageSettings(Project project, Edges edges, HostFinder finder) {
    this.project = project;
    this.edges = edges;
    this.finder = finder;
  }

  void look(Service service) {
    Build build = service.build().orElse(null);
    String path = build == null ? null : build.dockerfile();
    Dockerfile file = path == null ? null : project.dockerfile(path);
    Stage target = build == null || file == null ? null : file.target(build.target());
    if (build == null || file == null || target == null) {
      return;
    }
    BuiltImage image = file.build(build.args()).image(target);
    environment(service, file, image);
    if (!service.has("entrypoint")) {
      command(service, file, image.entrypoint());
      if (!service.has("command")) {
        command(service, file, image.command());
      }
    }
    Instruction health = image.healthcheck();
    if (health != null && !service.has("healthcheck")) {
      words(service, file, health, health.json(), health.arguments().text());
    }
  }

  private void environment(Service service, Dockerfile file, BuiltImage image) {
    Map<String, ?> own = service.environment().values();
    for (Stage stage : image.stages()) {
      for (Instruction instruction : stage.instructions()) {
        for (Assignment set :
            instruction.is("ENV") ? instruction.assignments() : List.<Assignment>of()) {
          String value =
              image.env().get(set.name()) instanceof Resolution.Known known
                  ? known.text()
                  : set.value();
          if (value != null && !own.containsKey(set.name())) {
            edges.add(
                service.name(),
                Kind.DOCKERFILE,
                Edges.word(set.name()),
                finder.inValue(set.name(), value),
                where(file, instruction));
          }
        }
      }
    }
  }

  private void command(Service service, Dockerfile file, Setting<Command> setting) {
    if (setting instanceof Setting.Given<Command> given) {
      Command command = given.value();
      words(
          service,
          file,
          given.by(),
          command.shell() ? null : command.words(),
          String.join(" ", command.words()));
    }
  }

  private void words(
      Service service, Dockerfile file, Instruction by, @Nullable List<String> words, String line) {
    String subject = by.keyword();
    if (words == null) {
      edges.add(
          service.name(), Kind.DOCKERFILE, subject, finder.inCommand(null, line), where(file, by));
      return;
    }
    String before = null;
    for (String word : words) {
      String option = before != null && before.startsWith("-") ? before : null;
      edges.add(
          service.name(),
          Kind.DOCKERFILE,
          subject,
          finder.inCommand(option, word),
          where(file, by));
      before = word;
    }
  }

  private Where where(Dockerfile file, Instruction instruction) {
    return new Where(project.fileOf(file.path()), instruction.line(), 1);
  }
}
