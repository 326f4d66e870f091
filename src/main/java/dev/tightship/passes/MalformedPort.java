package dev.tightship.passes;

import dev.tightship.compose.PortSpec;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Place;
import dev.tightship.edit.Value;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Risk;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import dev.tightship.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Mends a port that Docker Compose refuses and that can only have meant one thing. */
final class MalformedPort implements Pass {

  @Override
  public String id() {
    return "malformed-port";
  }

  @Override
  public Stream<Remark> inspect(Project project) {
    return project.services().stream().flatMap(service -> inspect(service).stream());
  }

  private static List<Remark> inspect(Service service) {
    var remarks = new ArrayList<Remark>();
    for (Service.PlacedList ports : service.lists("ports")) {
      for (Node item : ports.list().items()) {
        Remark remark = inspect(service, ports, item);
        if (remark != null) {
          remarks.add(remark);
        }
      }
    }
    if (remarks.isEmpty()) {
      remarks.add(Remark.fine(Subject.of(service, "ports"), "every port can be read"));
    }
    return remarks;
  }

  private static @Nullable Remark inspect(Service service, Service.PlacedList ports, Node item) {
    String written = written(item);
    if (written == null
        || written.contains("$")
        || (item instanceof Node.Scalar && PortSpec.parse(written) instanceof PortSpec.Valid)) {
      return null;
    }
    Place at = ports.place().item(item.value());
    var subject = new Subject.OfService(service.name(), at);
    String mended = written.replaceAll("\\s+", "");
    if (!(PortSpec.parse(mended) instanceof PortSpec.Valid)) {
      return Remark.advice(
          subject,
          Severity.HIGH,
          "Docker Compose refuses this port",
          "it is not clear what it was meant to be: write it as \"HOST:CONTAINER\"");
    }
    return Remark.finding(
        subject,
        Severity.HIGH,
        item instanceof Node.Scalar
            ? "Docker Compose refuses a port with white space in it"
            : "without quotes or with a blank behind its colon a port is a mapping, which Docker"
                + " Compose refuses",
        Fix.of(
            "write the port as " + mended,
            Risk.NEUTRAL,
            "the project could not start with it, and nothing else can be meant",
            new Edit.Set(at, Value.string(mended))));
  }

  /** The text of a port; of {@code 8080: 80}, a mapping of two numbers, the port that was meant. */
  private static @Nullable String written(Node item) {
    if (item instanceof Node.Scalar scalar) {
      return scalar.text();
    }
    if (item instanceof Node.Mapping mapping && mapping.entries().size() == 1) {
      Node.Entry pair = mapping.entries().values().iterator().next();
      boolean port = pair.key().text().matches("[0-9.:-]+");
      return port && pair.value() instanceof Node.Scalar value
          ? pair.key().text() + ":" + value.text()
          : null;
    }
    return null;
  }
}
