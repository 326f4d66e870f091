package dev.tightship.report;

import dev.tightship.compose.Problem;
import dev.tightship.network.Edge;
import dev.tightship.network.Evidence;
import dev.tightship.network.Reach.Pair;
import dev.tightship.network.Unknown;
import dev.tightship.network.Where;
import dev.tightship.report.NetworksReport.When;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Who can reach whom, for programs. The shape is described in docs/networks.md. */
final class NetworksJson {

  /** Version of the shape. */
  private static final int SCHEMA = 1;

  /** Services up to which each pair is written out: there may be as many as their square. */
  private static final int MOST_SERVICES = 200;

  private final JsonGenerator json;

  private NetworksJson(JsonGenerator json) {
    this.json = json;
  }

  static String of(String version, List<NetworksReport> reports, List<Problem> refused) {
    return Json.text(json -> new NetworksJson(json).document(version, reports, refused));
  }

  private void document(String version, List<NetworksReport> reports, List<Problem> refused) {
    json.writeStartObject();
    json.writeNumberProperty("schema", SCHEMA);
    json.writeStringProperty("tightship", version);
    json.writeArrayPropertyStart("projects");
    reports.forEach(this::project);
    json.writeEndArray();
    Json.problems(json, "refused", refused, Redactor::line);
    json.writeEndObject();
  }

  private void project(NetworksReport report) {
    json.writeStartObject();
    json.writeStringProperty("project", report.report().name());
    json.writeStringProperty("root", report.report().root());
    json.writeStringProperty("level", report.report().outcome().level().word());
    json.writeBooleanProperty("changed", !report.isSame());
    ReachState.names(json, "services", report.services(), report::masked);
    state("before", report, When.BEFORE);
    state("after", report, When.AFTER);
    json.writeArrayPropertyStart("edges");
    report.graph().edges().forEach(edge -> edge(edge, report));
    json.writeEndArray();
    json.writeArrayPropertyStart("unknown");
    for (Unknown unknown : report.graph().unknowns()) {
      json.writeStartObject();
      json.writeStringProperty("service", report.masked(unknown.service()));
      json.writeStringProperty("kind", word(unknown.kind()));
      json.writeStringProperty("says", report.masked(unknown.says()));
      where(unknown.where(), report);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void state(String name, NetworksReport report, When when) {
    json.writeObjectPropertyStart(name);
    report.state(when).write(json, report::masked);
    if (report.services().size() <= MOST_SERVICES) {
      json.writeArrayPropertyStart("reaches");
      for (Pair pair : report.reach(when).all()) {
        json.writeStartObject();
        json.writeStringProperty("client", report.masked(pair.client()));
        json.writeStringProperty("server", report.masked(pair.server()));
        json.writeStringProperty("way", word(pair.way()));
        ReachState.names(json, "networks", pair.networks(), report::masked);
        ReachState.names(json, "names", pair.names(), report::masked);
        json.writeStringProperty("use", word(report.use(pair.client(), pair.server())));
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private void edge(Edge edge, NetworksReport report) {
    json.writeStartObject();
    json.writeStringProperty("client", report.masked(edge.client()));
    json.writeStringProperty("server", report.masked(edge.server()));
    json.writeStringProperty("use", word(report.use(edge.client(), edge.server())));
    json.writeArrayPropertyStart("evidence");
    for (Evidence evidence : edge.evidence()) {
      json.writeStartObject();
      json.writeStringProperty("kind", word(evidence.kind()));
      json.writeBooleanProperty("weak", evidence.weak());
      json.writeStringProperty("says", report.masked(evidence.says()));
      where(evidence.where(), report);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void where(@Nullable Where where, NetworksReport report) {
    if (where != null) {
      json.writeStringProperty("file", report.masked(where.file()));
      Json.position(json, where.line(), where.column());
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
