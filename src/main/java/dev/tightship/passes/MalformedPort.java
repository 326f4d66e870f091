package dev.tightship.passes;

import dev.tightship.compose.Answer;
import dev.tightship.compose.PortSpec;
import dev.tightship.compose.Service;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Value;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Remark;
import dev.tightship.pass.RemarksPass;
import dev.tightship.pass.Risk;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import dev.tightship.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Mends a port that Docker Compose refuses and that can only have meant one thing. */
final class MalformedPort implements RemarksPass {

  @Override
  public String id() {
    return "malformed-port";
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public List<Remark> remarks(Service service) {
    var remarks = new ArrayList<Remark>();
    for (Service.PlacedList ports : service.lists("ports")) {
      for (Node item : ports.list().items()) {
        Remark remark = inspect(service, ports, item);
        if (remark != null) {
          remarks.add(remark);
        }
      }
    }
    Subject subject = Subject.of(service, "ports");
    if (service.find("ports") instanceof Answer.Known known
        && !(known.node() instanceof Node.Sequence)) {
      remarks.add(advice(subject, "write a list with one port an item"));
    }
    if (remarks.isEmpty()) {
      remarks.add(Remark.fine(subject, "no port is one that Docker Compose refuses"));
    }
    return remarks;
  }

  private static @Nullable Remark inspect(Service service, Service.PlacedList ports, Node item) {
    var subject = new Subject.OfService(service.name(), ports.place().item(item.value()));
    if (item instanceof Node.Mapping mapping) {
      return isLongForm(mapping)
          ? null
          : mend(
              ports,
              subject,
              "without quotes or with a blank behind its colon a port is a mapping, which Docker"
                  + " Compose refuses",
              pair(mapping));
    }
    if (!(item instanceof Node.Scalar scalar)) {
      return null;
    }
    String port = service.interpolated(scalar).orElse(null);
    if (port == null || PortSpec.parse(port) instanceof PortSpec.Valid) {
      return null; // read, or not to be told without the value of a variable
    }
    String written = scalar.text();
    String mended =
        written.contains("$")
            ? PortSpec.parse(port.strip()) instanceof PortSpec.Valid ? written.strip() : null
            : PortSpec.mended(written).orElse(null);
    return mend(ports, subject, "Docker Compose refuses a port with white space in it", mended);
  }

  private static Remark mend(
      Service.PlacedList ports, Subject.OfService subject, String message, @Nullable String port) {
    if (port == null) {
      return advice(
          subject, "it is not clear what it was meant to be: write it as \"HOST:CONTAINER\"");
    }
    if (ports.inherited()) {
      return Remark.advice(
          subject,
          Severity.HIGH,
          message,
          "it comes from a service that this one extends: write it there as " + port);
    }
    return Remark.finding(
        subject,
        Severity.HIGH,
        message,
        Fix.of(
            "write the port as " + port,
            Risk.NEUTRAL,
            "the project could not start with it, and nothing else can be meant",
            new Edit.Set(subject.at(), Value.string(port))));
  }

  private static Remark advice(Subject subject, String unfixed) {
    return Remark.advice(subject, Severity.HIGH, "Docker Compose refuses this port", unfixed);
  }

  private static boolean isLongForm(Node.Mapping mapping) {
    return mapping.entries().keySet().stream().noneMatch(key -> key.matches("[0-9.:\\[\\]-]+"));
  }

  /** The port that was meant by {@code 8080: 80}, or null. */
  private static @Nullable String pair(Node.Mapping mapping) {
    if (mapping.entries().size() != 1) {
      return null;
    }
    Node.Entry pair = mapping.entries().values().iterator().next();
    String port =
        pair.value() instanceof Node.Scalar value
            ? pair.key().text().strip() + ":" + value.text().strip()
            : "";
    return PortSpec.parse(port) instanceof PortSpec.Valid ? port : null;
  }
}
