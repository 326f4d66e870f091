package dev.tightship.passes;

import dev.tightship.analysis.Recipe;
import dev.tightship.compose.PortSpec.Ports;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Base;
import dev.tightship.dockerfile.BuiltImage;
import dev.tightship.dockerfile.Command;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.Resolution;
import dev.tightship.dockerfile.Setting;
import dev.tightship.dockerfile.Stage;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.Kind;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import dev.tightship.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reports ports over which a container is administered, and services that publish a port on which
 * the image that they build does not say that it listens.
 */
final class ExposedPort implements Pass {

  /** By number, what is behind it. Those of Sonar S6473. */
  private static final Map<Integer, String> ADMINISTRATION =
      Map.of(22, "SSH", 23, "Telnet", 3389, "RDP", 5800, "VNC", 5900, "VNC");

  @Override
  public String id() {
    return "exposed-port";
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public Stream<Remark> inspect(Project project) {
    return Stream.concat(
        project.dockerfiles().stream()
            .flatMap(
                file -> {
                  BuiltStages built = BuiltStages.of(project, file);
                  return file.stages().stream()
                      .filter(built::contains)
                      .flatMap(stage -> administration(file, stage));
                }),
        project.services().stream()
            .filter(service -> service.build().isPresent())
            .map(ExposedPort::published));
  }

  // EXPOSE

  private static Stream<Remark> administration(Dockerfile file, Stage stage) {
    return stage.instructions().stream()
        .filter(instruction -> instruction.is("EXPOSE"))
        .flatMap(instruction -> Stream.ofNullable(administration(file, stage, instruction)));
  }

  private static @Nullable Remark administration(
      Dockerfile file, Stage stage, Instruction instruction) {
    for (var word : instruction.words()) {
      Ports ports = ports(word.text());
      String what = ports == null ? null : behind(ports);
      if (what != null) {
        return Remark.advice(
            StagePass.subject(file, stage, instruction),
            Severity.MEDIUM,
            "the image is made to be administered over %s, by whoever reaches it".formatted(what),
            "leave that server out: docker compose exec gives a shell without one");
      }
    }
    return null;
  }

  private static @Nullable String behind(Ports ports) {
    return ports.count() > 1 ? null : ADMINISTRATION.get(ports.first());
  }

  /** Null for what is no port, or depends on a variable. */
  private static @Nullable Ports ports(String exposed) {
    int slash = exposed.indexOf('/');
    String[] ends = exposed.substring(0, slash < 0 ? exposed.length() : slash).split("-", 2);
    Integer first = number(ends[0]);
    Integer last = number(ends[ends.length - 1]);
    return first == null || last == null || first > last ? null : new Ports(first, last);
  }

  private static @Nullable Integer number(String digits) {
    boolean number =
        !digits.isEmpty()
            && digits.length() < 6
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return number ? Integer.valueOf(digits) : null;
  }

  // ports of a service

  private static Remark published(Service service) {
    Subject subject = Subject.of(service, "ports");
    if (!(Recipe.of(service) instanceof Recipe.Read read)) {
      return Remark.fine(subject, "what its image exposes cannot be told");
    }
    List<Ports> exposed = exposed(read.image());
    if (exposed == null || exposed.isEmpty() || !isAll(read)) {
      return Remark.fine(subject, "its Dockerfile does not tell all that the image exposes");
    }
    for (Service.PlacedList list : service.lists("ports")) {
      for (Node item : list.list().items()) {
        PublishedPort port = PublishedPort.of(list, item);
        Ports container = port == null ? null : port.container();
        if (port != null
            && container != null
            && isMissing(service, read.image(), exposed, container)) {
          return Remark.advice(
              new Subject.OfService(service.name(), port.place()),
              Severity.LOW,
              "it publishes port %s of the container, and its Dockerfile exposes %s"
                  .formatted(
                      container,
                      exposed.stream().map(Ports::toString).collect(Collectors.joining(", "))),
              "correct the one on which nothing listens, so that both say the same");
        }
      }
    }
    return Remark.fine(subject, "what it publishes is what its image exposes, or set otherwise");
  }

  /** Null where one is not known. */
  private static @Nullable List<Ports> exposed(BuiltImage image) {
    var exposed = new ArrayList<Ports>();
    for (Resolution port : image.ports()) {
      Ports ports = port instanceof Resolution.Known known ? ports(known.text()) : null;
      if (ports == null) {
        return null;
      }
      exposed.add(ports);
    }
    return exposed;
  }

  /**
   * Whether the base image exposes nothing: a distribution does not, nor an interpreter for which
   * the Dockerfile brings the program that listens.
   */
  private static boolean isAll(Recipe.Read read) {
    if (read.image().base() instanceof Base.Scratch) {
      return true;
    }
    ImageProfile base = read.base();
    boolean own =
        read.image().command() instanceof Setting.Given
            || read.image().entrypoint() instanceof Setting.Given;
    return base != null && (base.kind() == Kind.BASE || (base.kind() == Kind.RUNTIME && own));
  }

  private static boolean isMissing(
      Service service, BuiltImage image, List<Ports> exposed, Ports published) {
    boolean known =
        exposed.stream()
            .anyMatch(p -> p.contains(published.first()) && p.contains(published.last()));
    String port = Integer.toString(published.first());
    return !known
        && published.count() == 1
        && service.environment().unread().isEmpty()
        && said(service, image).noneMatch(text -> names(text, port));
  }

  /** Whatever may tell the program to listen somewhere else. */
  private static Stream<String> said(Service service, BuiltImage image) {
    var said = new ArrayList<String>();
    service.environment().values().values().forEach(value -> said.add(value.text()));
    Stream.of("command", "entrypoint", "expose").forEach(key -> add(said, service, key));
    for (Resolution value : image.env().values()) {
      said.add(value instanceof Resolution.Known known ? known.text() : "");
    }
    for (Setting<Command> start : List.of(image.command(), image.entrypoint())) {
      Command command = start.value();
      if (command != null) {
        said.addAll(command.words());
      }
    }
    return said.stream();
  }

  private static void add(List<String> said, Service service, String key) {
    service.line(key).ifPresent(said::add);
  }

  /** Whether a text holds a number that stands for itself. */
  private static boolean names(String text, String number) {
    if (number.equals("9229") && text.contains("--inspect")) {
      return true; // the debugger of Node.js, where nothing else is said
    }
    for (int at = text.indexOf(number); at >= 0; at = text.indexOf(number, at + 1)) {
      int end = at + number.length();
      boolean begins = at == 0 || !Character.isDigit(text.charAt(at - 1));
      if (begins && (end == text.length() || !Character.isDigit(text.charAt(end)))) {
        return true;
      }
    }
    return false;
  }
}
