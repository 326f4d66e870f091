package dev.tightship.network;

import dev.tightship.compose.Project;
import dev.tightship.compose.Reference;
import dev.tightship.compose.Service;
import dev.tightship.compose.Texts;
import dev.tightship.edit.Place;
import dev.tightship.network.Evidence.Kind;

/** What a service says of others by keys that are there for it. */
final class Declarations {

  private static final String OF_CONTAINER = "container:";

  private final Project project;
  private final Edges edges;

  Declarations(Project project, Edges edges) {
    this.project = project;
    this.edges = edges;
  }

  void look(Service service) {
    for (Reference reference : service.references()) {
      if (reference.kind() == Reference.Kind.SERVICE
          && isBelow(reference.place(), "depends_on")
          && project.service(reference.name()) != null
          && !isOverBefore(service, reference.name())) {
        add(
            service,
            reference.name(),
            Kind.DEPENDS_ON,
            "depends_on",
            Edges.where(project, reference.place()));
      }
    }
    for (Texts said : service.texts("links")) {
      for (Texts.Text text : said.all()) {
        said.frame()
            .interpolated(text.scalar())
            .ifPresent(link -> link(service, link, Edges.where(said, text)));
      }
    }
    for (Texts said : service.texts("volumes_from")) {
      for (Texts.Text text : said.all()) {
        String name = said.frame().interpolated(text.scalar()).orElse("").split(":", 2)[0];
        if (project.service(name) != null) {
          add(service, name, Kind.VOLUMES_FROM, "volumes_from", Edges.where(said, text));
        }
      }
    }
    for (Texts said : service.texts("external_links")) {
      for (Texts.Text text : said.all()) {
        edges.unknown(
            service.name(),
            Unknown.Kind.OUTSIDE,
            "it is linked to a container that this project does not define",
            Edges.where(said, text));
      }
    }
    for (ExtraHosts host : ExtraHosts.of(service)) {
      for (String server : edges.names().named(host.address())) {
        add(service, server, Kind.EXTRA_HOST, "extra_hosts", host.where());
      }
    }
  }

  /** Whether it starts only when the other is done, and so cannot answer any more. */
  private static boolean isOverBefore(Service service, String other) {
    return service
        .text("depends_on", other, "condition")
        .filter("service_completed_successfully"::equals)
        .isPresent();
  }

  private static boolean isBelow(Place place, String key) {
    return place.path().size() > 2 && place.path().get(2).toString().equals(key);
  }

  private void link(Service service, String link, Where where) {
    String[] parts = link.split(":", 2);
    if (project.service(parts[0]) != null && !link.startsWith(OF_CONTAINER)) {
      add(service, parts[0], Kind.LINK, "links", where);
      if (parts.length > 1) {
        edges.names().alias(service.name(), parts[1], parts[0]);
      }
    }
  }

  private void add(Service service, String server, Kind kind, String key, Where where) {
    boolean weak = kind == Kind.DEPENDS_ON || kind == Kind.VOLUMES_FROM;
    edges.add(service.name(), server, new Evidence(kind, weak, key + " names " + server, where));
  }
}
