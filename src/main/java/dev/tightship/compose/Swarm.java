package dev.tightship.compose;

import dev.tightship.yaml.Node;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells a file that is deployed with {@code docker stack} from one that Docker Compose runs. */
final class Swarm {

  /** Settings below {@code deploy} that only a Swarm has a use for. */
  private static final String[] ONLY_SWARM = {
    "placement", "endpoint_mode", "update_config", "rollback_config"
  };

  private Swarm() {}

  static @Nullable String of(Project project) {
    for (Service service : project.services()) {
      for (String key : ONLY_SWARM) {
        if (service.has("deploy", key)) {
          return "deploy.%s of service %s".formatted(key, service.name());
        }
      }
      String mode = service.text("deploy", "mode").orElse("replicated");
      if (!mode.equals("replicated")) {
        return "deploy.mode %s of service %s".formatted(mode, service.name());
      }
    }
    for (String kind : new String[] {"secrets", "configs"}) {
      for (Map.Entry<String, Layers> e : project.section(kind).entrySet()) {
        if (isExternal(e.getValue())) {
          return "the external %s %s".formatted(kind.substring(0, kind.length() - 1), e.getKey());
        }
      }
    }
    for (Map.Entry<String, Layers> e : project.section("networks").entrySet()) {
      if (e.getValue().find("driver") instanceof Answer.Known driver
          && driver.node() instanceof Node.Scalar scalar
          && scalar.text().equals("overlay")) {
        return "the overlay network " + e.getKey();
      }
    }
    return null;
  }

  /** A secret or config that only a Swarm can hold: Compose stops with it. */
  private static boolean isExternal(Layers declared) {
    return declared.find("external") instanceof Answer.Known external
        && (external.node() instanceof Node.Mapping
            || (external.node() instanceof Node.Scalar scalar && scalar.text().equals("true")));
  }
}
