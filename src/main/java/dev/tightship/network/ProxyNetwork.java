package dev.tightship.network;

import dev.tightship.compose.Answer;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Value;
import dev.tightship.network.Labels.Label;
import dev.tightship.yaml.Node;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The label that tells Traefik by which network it reaches a service. Without it, one with several
 * networks is reached by any of them, so that requests fail where the proxy is not in that one
 * (doc.traefik.io, "Traefik & Docker", {@code traefik.docker.network}). The other proxies that read
 * labels look only at the networks in which they are themselves.
 */
public final class ProxyNetwork {

  private static final String PREFIX = "traefik.";
  private static final String LABEL = "traefik.docker.network";
  private static final String LABELS = "labels";

  /** How Compose begins the names of networks that have none of their own. */
  private static final String OF_PROJECT = "${COMPOSE_PROJECT_NAME}_";

  /** The option by which Traefik knows the network of all services. */
  private static final String OPTION = "providers.docker.network";

  private final Project project;
  private final ServiceGraph graph;
  private final boolean told;

  public ProxyNetwork(Project project, ServiceGraph graph) {
    this.project = project;
    this.graph = graph;
    this.told =
        project.services().stream()
            .anyMatch(
                service ->
                    service.texts("command").stream()
                        .flatMap(texts -> texts.all().stream())
                        .anyMatch(
                            text ->
                                text.scalar().text().toLowerCase(Locale.ROOT).contains(OPTION)));
  }

  /** Why a service must not get another network, half a sentence; null where it may. */
  public @Nullable String unnamed(String service) {
    return needsLabel(service) && name(service) == null
        ? "traefik would have to be told by which of its networks it reaches %s".formatted(service)
        : null;
  }

  /** The label that a service needs with another network; null where it needs none. */
  public @Nullable Edit label(String service) {
    String name = needsLabel(service) ? name(service) : null;
    Service client = project.service(service);
    if (name == null || client == null) {
      return null;
    }
    return client.find(LABELS) instanceof Answer.Known known && known.node() instanceof Node.Mapping
        ? new Edit.Set(client.at(LABELS).key(LABEL), Value.string(name))
        : new Edit.Ensure(client.at(LABELS), Value.string(LABEL + "=" + name));
  }

  /** Whether a service with another network would need the label. */
  boolean needsLabel(String name) {
    Service service = project.service(name);
    if (service == null || told) {
      return false;
    }
    List<Label> labels = Labels.of(service);
    return labels.stream().anyMatch(label -> label.key().startsWith(PREFIX))
        && labels.stream().noneMatch(label -> label.key().equals(LABEL) || label.turnsOff());
  }

  /** What the engine calls the network by which a service is reached; null if not known. */
  private @Nullable String name(String service) {
    List<Network> networks =
        graph.topology().member(service).attachments().stream()
            .map(attachment -> graph.topology().networks().get(attachment.network()))
            .filter(Objects::nonNull)
            .toList();
    if (networks.size() != 1) {
      return null;
    }
    Network network = networks.get(0);
    return network.name().isEmpty() ? OF_PROJECT + network.key() : network.name();
  }
}
