package dev.tightship.passes;

import dev.tightship.analysis.Recipe;
import dev.tightship.compose.Answer;
import dev.tightship.compose.Origin;
import dev.tightship.compose.PortSpec;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Remark;
import dev.tightship.pass.RemarksPass;
import dev.tightship.pass.Risk;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import dev.tightship.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Publishes the ports of databases, brokers and caches on this machine alone. */
final class PublishedPorts implements RemarksPass {

  private static final int SSH = 22;

  /** Ports that are the usual ones of a program with which only other services speak. */
  private static final Map<Integer, String> PRIVATE =
      Map.ofEntries(
          Map.entry(1433, "Microsoft SQL Server"),
          Map.entry(1521, "Oracle Database"),
          Map.entry(2379, "etcd"),
          Map.entry(3306, "MySQL"),
          Map.entry(5432, "PostgreSQL"),
          Map.entry(5672, "AMQP"),
          Map.entry(6379, "Redis"),
          Map.entry(8086, "InfluxDB"),
          Map.entry(9042, "Cassandra"),
          Map.entry(9200, "Elasticsearch"),
          Map.entry(11211, "Memcached"),
          Map.entry(27017, "MongoDB"));

  /**
   * What is to be done about a port.
   *
   * @param message what is wrong when it is open
   * @param risk manual where a person must decide
   */
  private record Verdict(String message, Severity severity, Risk risk, String why) {}

  @Override
  public String id() {
    return "published-ports";
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public List<Remark> remarks(Service service) {
    Subject subject = Subject.of(service, "ports");
    Answer ports = service.find("ports");
    if (ports instanceof Answer.Absent) {
      return List.of(Remark.fine(subject, "it publishes no port"));
    }
    if ("host".equals(service.text("network_mode").orElse(""))) {
      return List.of(
          Remark.fine(subject, "it has the network of the host, where Compose publishes no port"));
    }
    if (ports instanceof Answer.Unknown unknown) {
      Verdict verdict = judge(service, null);
      return List.of(
          verdict == null
              ? Remark.fine(subject, "it is not known to be private")
              : advice(subject, verdict, unknown.because()));
    }
    var remarks = new ArrayList<Remark>();
    var reasons = new LinkedHashSet<String>();
    for (Service.PlacedList list : service.lists("ports")) {
      for (Node item : list.list().items()) {
        PublishedPort port = PublishedPort.of(list, item);
        if (port != null) {
          Remark remark = inspect(service, list, port);
          if (remark instanceof Remark.Fine fine) {
            reasons.add(fine.because());
          } else {
            remarks.add(remark);
          }
        }
      }
    }
    if (remarks.isEmpty()) {
      remarks.add(
          Remark.fine(
              subject,
              reasons.isEmpty()
                  ? "it publishes no port that Compose reads"
                  : String.join("; ", reasons)));
    }
    return remarks;
  }

  private static Remark inspect(Service service, Service.PlacedList list, PublishedPort port) {
    var subject = new Subject.OfService(service.name(), port.place());
    Verdict verdict = judge(service, port.container());
    if (verdict == null) {
      return Remark.fine(subject, "it is a front door, or not known to be private");
    }
    if (port.address() == null) {
      String variable = port.variable();
      return advice(
          subject,
          verdict,
          variable == null
              ? "it is not known which address it listens on"
              : "what %s holds is not known here, and it may be an address".formatted(variable));
    }
    if (!port.isOpen()) {
      return Remark.fine(subject, "its ports are bound to an address");
    }
    String variable = port.variable();
    if (variable != null && service.project().variables().isSet(variable)) {
      return Remark.fine(subject, variable + " opens it by name");
    }
    if (verdict.risk == Risk.MANUAL) {
      return advice(subject, verdict, verdict.why);
    }
    String obstacle = obstacle(service, list, port);
    PublishedPort.Bind bind = port.bind();
    return bind == null || obstacle != null
        ? advice(
            subject,
            verdict,
            obstacle != null ? obstacle : "write 127.0.0.1 before it, where its parts come from")
        : fix(service, subject, port, verdict, bind);
  }

  private static @Nullable String obstacle(
      Service service, Service.PlacedList list, PublishedPort port) {
    String swarm = service.project().swarm();
    if (swarm != null) {
      return swarm
          + " shows that the file is deployed as a stack, which ignores the address: leave the port"
          + " out, or close it with a firewall";
    }
    if (list.inherited()) {
      return "it comes from a service that this one extends: write 127.0.0.1 before it there";
    }
    return port.variable() != null
        ? "%s holds the address and opens it by default: let its default be 127.0.0.1"
            .formatted(port.variable())
        : service.obstacle();
  }

  private static Remark fix(
      Service service,
      Subject subject,
      PublishedPort port,
      Verdict verdict,
      PublishedPort.Bind bind) {
    String variable = BindVariable.of(service);
    String gateway = verdict.risk == Risk.INFERRED ? gateway(service.project()) : null;
    String undo = "; %s=0.0.0.0 in .env opens it again".formatted(variable);
    return Remark.finding(
        subject,
        verdict.severity,
        verdict.message,
        Fix.of(
            "publish %s on this machine alone".formatted(named(port.container())),
            gateway == null ? verdict.risk : Risk.BREAKING,
            (gateway == null ? verdict.why : gateway) + undo,
            bind.to(BindVariable.written(variable))));
  }

  /** Why a service may reach a published port through the machine, or null. */
  static @Nullable String gateway(Project project) {
    for (String name : List.of("host.docker.internal", "host-gateway")) {
      if (project.allFiles().stream().anyMatch(file -> file.text().contains(name))) {
        return name
            + ", which the project names, leads to ports that are published on all addresses";
      }
    }
    return null;
  }

  /** What there is to do about a port if it is open; null for one that may be. */
  private static @Nullable Verdict judge(Service service, PortSpec.@Nullable Ports container) {
    if (container != null && container.contains(SSH)) {
      return new Verdict(
          "a remote shell is open to every machine that reaches this one",
          Severity.MEDIUM,
          Risk.MANUAL,
          "a Git server needs it; for anything else there is docker compose exec");
    }
    boolean built = service.origin() instanceof Origin.Built;
    ImageProfile profile =
        service.origin() instanceof Origin.Pulled pulled
            ? pulled.profile()
            : Recipe.baseOf(service);
    Integer number =
        container == null
            ? null
            : PRIVATE.keySet().stream()
                .filter(container::contains)
                .min(Integer::compare)
                .orElse(null);
    if (profile == null || (built && number == null)) {
      return byNumber(number);
    }
    String message =
        "%s of %s is open to every machine that reaches this one"
            .formatted(named(container), profile.name());
    return switch (profile.kind()) {
      case DATASTORE, CACHE ->
          new Verdict(
              message,
              Severity.HIGH,
              Risk.INFERRED,
              "other services reach it without a published port");
      case BROKER ->
          container != null && BrokerPorts.areOfPrograms(container)
              ? new Verdict(
                  message,
                  Severity.HIGH,
                  Risk.INFERRED,
                  "other services reach it without a published port")
              : new Verdict(
                  message,
                  Severity.HIGH,
                  Risk.BREAKING,
                  "devices and programs on other machines may be its clients");
      case ADMIN ->
          new Verdict(
              message,
              Severity.HIGH,
              Risk.BREAKING,
              "who administers from another machine needs a tunnel then");
      case RUNTIME, BASE, TOOL -> byNumber(number);
      case WEB, PROXY, APPLICATION -> built ? byNumber(number) : null;
    };
  }

  private static @Nullable Verdict byNumber(@Nullable Integer number) {
    return number == null
        ? null
        : new Verdict(
            "port %s, the usual one of %s, is open to every machine that reaches this one"
                .formatted(number, PRIVATE.get(number)),
            Severity.MEDIUM,
            Risk.MANUAL,
            "where only other services and this machine need it, write 127.0.0.1 before it");
  }

  private static String named(PortSpec.@Nullable Ports ports) {
    return ports == null ? "a port" : "port " + ports;
  }

  private static Remark advice(Subject subject, Verdict verdict, String unfixed) {
    return Remark.advice(subject, verdict.severity, verdict.message, unfixed);
  }
}
