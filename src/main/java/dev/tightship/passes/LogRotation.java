package dev.tightship.passes;

import dev.tightship.compose.Answer;
import dev.tightship.compose.Service;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Place;
import dev.tightship.edit.Value;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Risk;
import dev.tightship.pass.ServicePass;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import dev.tightship.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bounds the log of a service, so that it cannot fill the disk of the machine. */
final class LogRotation implements ServicePass {

  private static final String JSON = "json-file";
  private static final String SIZE = "max-size";
  private static final String FILES = "max-file";
  private static final Value TEN_MEGABYTES = Value.string("10m");
  private static final Value THREE = Value.string("3");

  private static final String MESSAGE = "the log of the service may fill the disk of the machine";

  @Override
  public String id() {
    return "log-rotation";
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public Remark inspect(Service service) {
    Subject subject = Subject.of(service, "logging");
    for (String[] path :
        new String[][] {{"logging"}, {"logging", "driver"}, {"logging", "options", SIZE}}) {
      if (service.find(path) instanceof Answer.Unknown unknown) {
        return advice(subject, unknown.because());
      }
    }
    String size = service.text("logging", "options", SIZE).orElse("");
    if (size.startsWith("-")) {
      // less than 0 means no limit (Docker documentation, "JSON File logging driver")
      return advice(subject, "the project turns the limit off by name");
    }
    if (service.has("logging", "options", SIZE)) {
      return Remark.fine(subject, "its log has a limit of its own");
    }
    if (!service.has("logging", "driver")) {
      return service.find("logging") instanceof Answer.Known known && !isEmpty(known.node())
          ? advice(subject, "it has options for a driver that it does not name: name it first")
          : whole(service, subject);
    }
    String driver = service.text("logging", "driver").orElse(null);
    return driver == null
        ? advice(subject, "a variable without a value here decides where the log goes")
        : named(service, subject, driver);
  }

  private static boolean isEmpty(Node node) {
    return node instanceof Node.Mapping mapping && mapping.entries().isEmpty();
  }

  private static Remark named(Service service, Subject subject, String driver) {
    return switch (driver) {
      case "none" ->
          Remark.advice(
              subject,
              Severity.LOW,
              "the service leaves no log, so that nobody can tell what happened in it",
              "take logging out, unless the service keeps a log of its own");
      // 5 files of 20 MB by default (Docker documentation, "Local file logging driver")
      case "local" -> Remark.fine(subject, "the driver local bounds the log by itself");
      case JSON -> options(service, subject);
      default -> Remark.fine(subject, "its log goes to the driver " + driver);
    };
  }

  /** The whole block: without the name of the driver the engine's default one gets the options. */
  private static Remark whole(Service service, Subject subject) {
    String obstacle = service.obstacle("logging");
    var options = new LinkedHashMap<String, Value>();
    options.put(SIZE, TEN_MEGABYTES);
    options.put(FILES, THREE);
    var block = new LinkedHashMap<String, Value>();
    block.put("driver", Value.string(JSON));
    block.put("options", new Value.Mapping(options));
    return judge(
        service,
        subject,
        obstacle,
        List.of(new Edit.Set(service.at("logging"), new Value.Mapping(block))));
  }

  /** The options alone, in the file that names the driver. */
  private static Remark options(Service service, Subject subject) {
    Place options =
        Place.of(
            service.at("logging", "driver").file(),
            "services",
            service.name(),
            "logging",
            "options");
    var edits = new ArrayList<Edit>();
    edits.add(new Edit.Set(options.key(SIZE), TEN_MEGABYTES));
    if (!service.has("logging", "options", FILES)) {
      edits.add(new Edit.Set(options.key(FILES), THREE));
    }
    String obstacle = service.obstacle("logging", "driver");
    boolean shared =
        service.find("logging", "options") instanceof Answer.Known known && !known.own();
    return judge(
        service,
        subject,
        obstacle == null && shared
            ? "its options come from an anchor that other places share"
            : obstacle,
        edits);
  }

  private static Remark judge(
      Service service, Subject subject, @Nullable String obstacle, List<Edit> edits) {
    String unknown = service.origin().unknown();
    String unfixed = obstacle != null ? obstacle : unknown;
    return unfixed != null
        ? advice(subject, unfixed)
        : Remark.finding(
            subject,
            Severity.LOW,
            MESSAGE,
            new Fix(
                "keep at most three files of 10 MB of its log",
                Risk.BREAKING,
                "older lines are gone, and an engine that sends its logs elsewhere, as to journald,"
                    + " no longer does for this service",
                edits));
  }

  private static Remark advice(Subject subject, String unfixed) {
    return Remark.advice(subject, Severity.LOW, MESSAGE, unfixed);
  }
}
