package dev.tightship.passes;

import dev.tightship.compose.HostPorts;
import dev.tightship.compose.PortSpec.Ports;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import dev.tightship.passes.Profiles.Meeting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells of two services, or two containers of one, that want the same port of the machine. */
final class DuplicatePort implements Pass {

  /** Ranges up to this length are looked up port by port, longer ones as a whole. */
  private static final int NARROW = 64;

  /** How many of those that ask for one port, and how many long ranges, are compared. */
  private static final int MOST = 64;

  @Override
  public String id() {
    return "duplicate-port";
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public Stream<Remark> inspect(Project project) {
    var taken = new Taken();
    var profiles = new HashMap<Service, Profiles>();
    var remarks = new ArrayList<Remark>();
    for (Service service : project.services()) {
      profiles.put(service, Profiles.of(service));
      int before = remarks.size();
      List<HostPorts> all = HostPorts.of(service);
      for (HostPorts ports : all) {
        Remark remark = clash(ports, taken.meeting(ports), profiles);
        remark = remark == null ? scaled(ports) : remark;
        if (remark != null) {
          remarks.add(remark);
        }
        taken.add(ports);
      }
      if (remarks.size() == before) {
        remarks.add(
            Remark.fine(
                Subject.of(service, "ports"),
                all.isEmpty()
                    ? "it asks for no port of the machine by number"
                    : "nobody else wants its ports"));
      }
    }
    return remarks.stream();
  }

  /** What has been asked for, in the order of the services. */
  private static final class Taken {
    private final Map<String, List<HostPorts>> byPort = new HashMap<>();
    private final List<HostPorts> all = new ArrayList<>();
    private final List<HostPorts> wide = new ArrayList<>();

    void add(HostPorts ports) {
      all.add(ports);
      if (ports.host().count() > NARROW) {
        add(wide, ports);
        return;
      }
      for (int port = ports.host().first(); port <= ports.host().last(); port++) {
        add(byPort.computeIfAbsent(key(ports, port), p -> new ArrayList<>()), ports);
      }
    }

    private static void add(List<HostPorts> list, HostPorts ports) {
      if (list.size() < MOST) {
        list.add(ports);
      }
    }

    private static String key(HostPorts ports, int port) {
      return port + "/" + ports.protocol();
    }

    /** Those that may clash with these. */
    List<HostPorts> meeting(HostPorts ports) {
      if (ports.host().count() > NARROW) {
        return wide.size() < MOST ? all : List.of();
      }
      var meeting = new ArrayList<>(wide);
      for (int port = ports.host().first(); port <= ports.host().last(); port++) {
        meeting.addAll(byPort.getOrDefault(key(ports, port), List.of()));
      }
      return meeting;
    }
  }

  private static @Nullable Remark clash(
      HostPorts ports, List<HostPorts> others, Map<Service, Profiles> profiles) {
    Remark.Finding worst = null;
    for (HostPorts other : others) {
      Ports both = ports.clash(other);
      Remark.Finding found = both == null ? null : clash(ports, other, both, profiles);
      if (found != null && (worst == null || found.severity().compareTo(worst.severity()) < 0)) {
        worst = found;
      }
    }
    return worst;
  }

  private static Remark.@Nullable Finding clash(
      HostPorts ports, HostPorts other, Ports both, Map<Service, Profiles> profiles) {
    Service service = ports.service();
    if (other.service() == service) {
      return ports.isSame(other)
          ? null
          : finding(
              ports,
              Severity.HIGH,
              "it publishes port %s of this machine twice, so that it does not start"
                  .formatted(both));
    }
    Meeting meeting = of(profiles, service).with(of(profiles, other.service()));
    String message =
        "port %s of this machine is that of service %s as well"
            .formatted(both, other.service().name());
    if (meeting instanceof Meeting.Always) {
      return finding(ports, Severity.HIGH, message + ": the second of them does not start");
    }
    return meeting instanceof Meeting.InProfile in
        ? finding(
            ports,
            Severity.LOW,
            "%s: with profile %s the second of them does not start"
                .formatted(message, in.profile()))
        : null;
  }

  private static Profiles of(Map<Service, Profiles> profiles, Service service) {
    return profiles.computeIfAbsent(service, Profiles::of);
  }

  /** Compose starts all containers of a service on this machine, a Swarm spreads them. */
  private static @Nullable Remark scaled(HostPorts ports) {
    Service service = ports.service();
    int containers = Replicas.of(service);
    return containers < 2 || service.project().swarm() != null
        ? null
        : finding(
            ports,
            service.has("scale") ? Severity.HIGH : Severity.MEDIUM, // deploy: may be for a Swarm
            "%d containers of it want port %s of this machine: Docker Compose starts only one"
                .formatted(containers, ports.host()));
  }

  private static Remark.Finding finding(HostPorts ports, Severity severity, String message) {
    return new Remark.Finding(
        new Subject.OfService(ports.service().name(), ports.place()),
        severity,
        message,
        null,
        "give one of them another port of the machine, or none: services reach each other without");
  }
}
