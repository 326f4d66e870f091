package dev.tightship.network;

import dev.tightship.network.Evidence.Kind;
import java.util.List;

/**
 * One service speaks to another.
 *
 * @param client the service that begins
 * @param server the service that answers
 * @param evidence what shows it, in the order in which it was looked for; never empty
 */
public record Edge(String client, String server, List<Evidence> evidence) {

  public Edge {
    evidence = List.copyOf(evidence);
  }

  /** Whether it takes a network at all. */
  public boolean isNetwork() {
    return evidence.stream().anyMatch(e -> e.kind() != Kind.VOLUMES_FROM);
  }

  /** Whether nothing but the order in which they start shows it. */
  public boolean restsOnOrder() {
    return evidence.stream().allMatch(e -> e.kind() == Kind.DEPENDS_ON);
  }

  /** Whether all that shows it may mean something else. */
  public boolean isWeak() {
    return evidence.stream().allMatch(Evidence::weak);
  }
}
