package dev.tightship.compose;

import dev.tightship.yaml.Node;
import dev.tightship.yaml.YamlFile;
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
    for (YamlFile file : project.files()) {
      Node root = file.root();
      for (String kind : new String[] {"secrets", "configs"}) {
        String name = root == null ? null : external(root, kind);
        if (name != null) {
          return "the external %s %s".formatted(kind.substring(0, kind.length() - 1), name);
        }
      }
      var networks = root == null ? null : Merged.find(root, "networks");
      if (networks != null && networks.node() instanceof Node.Mapping mapping) {
        for (String name : mapping.entries().keySet()) {
          var driver = Merged.find(mapping, name, "driver");
          if (driver != null
              && driver.node() instanceof Node.Scalar scalar
              && scalar.text().equals("overlay")) {
            return "the overlay network " + name;
          }
        }
      }
    }
    return null;
  }

  /** A secret or config that only a Swarm can hold: Compose stops with it. */
  private static @Nullable String external(Node root, String kind) {
    var hit = Merged.find(root, kind);
    if (hit != null && hit.node() instanceof Node.Mapping all) {
      for (String name : all.entries().keySet()) {
        var external = Merged.find(all, name, "external");
        if (external != null
            && (external.node() instanceof Node.Mapping
                || (external.node() instanceof Node.Scalar scalar
                    && scalar.text().equals("true")))) {
          return name;
        }
      }
    }
    return null;
  }
}
