package dev.tightship.passes;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObsoleteVersionTest extends PassTest {

  ObsoleteVersionTest() {
    super(new ObsoleteVersion());
  }

  @Test
  void removes_the_line_and_at_the_top_the_blank_line_behind_it() {
    hardens(
        Level.SAFE,
        """
        version: "3.8"

        # the shop
        services:
          web:
            image: nginx:1.31.4
        """,
        """
        # the shop
        services:
          web:
            image: nginx:1.31.4
        """);
  }

  @Test
  void keeps_the_comment_above_and_its_distance() {
    hardens(
        Level.SAFE,
        """
        # the shop
        version: "3.8"

        services: {web: {image: nginx}}
        """,
        """
        # the shop

        services: {web: {image: nginx}}
        """);
  }

  @Test
  void keeps_a_comment_behind_the_line() {
    hardens(
        Level.SAFE,
        """
        version: '2' # as in class
        services:
          web: {image: nginx}
        """,
        """
        # as in class
        services:
          web: {image: nginx}
        """);
  }

  @Test
  void removes_a_version_at_the_end_and_of_any_kind() {
    hardens(
        """
        services:
          web:
            image: nginx
        version: 3.8
        """,
        """
        services:
          web:
            image: nginx
        """);
  }

  @Test
  void removes_a_version_from_a_file_in_braces() {
    hardens(
        "{version: \"3\", services: {web: {image: nginx}}}\n",
        "{services: {web: {image: nginx}}}\n");
  }

  @Test
  void looks_at_each_file() {
    hardens(
        Level.SAFE,
        Given.compose("version: '3'\nservices: {web: {image: nginx}}\n")
            .override("version: '3'\nservices: {web: {tty: true}}\n"),
        Map.of(
            COMPOSE, "services: {web: {image: nginx}}\n",
            OVERRIDE, "services: {web: {tty: true}}\n"));
  }

  @Test
  void leaves_a_file_without_a_version() {
    leaves("services: {web: {image: nginx, environment: {version: 1}}}", "the file has no version");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "services: {web: {image: nginx, deploy: {placement: {constraints: [node.role==manager]}}}}",
        "services: {web: {image: nginx, deploy: {endpoint_mode: vip}}}",
        "services: {web: {image: nginx, deploy: {update_config: {parallelism: 1}}}}",
        "services: {web: {image: nginx, deploy: {rollback_config: {parallelism: 1}}}}",
      })
  void keeps_the_version_of_a_stack(String services) {
    String key = services.replaceAll(".*deploy: \\{(\\w+):.*", "$1");
    advises(
        "version: '3.8'\n" + services + "\n",
        "deploy."
            + key
            + " of service web shows that the file is deployed as a stack, and docker stack reads"
            + " the version");
  }

  @Test
  void keeps_the_version_beside_an_overlay_network() {
    advises(
        """
        version: '3.8'
        services: {web: {image: nginx}}
        networks: {back: {driver: overlay}}
        """,
        "the overlay network back shows that the file is deployed as a stack, and docker stack"
            + " reads the version");
  }

  @Test
  void keeps_the_version_where_replicas_are_global() {
    advises(
        """
        version: '3.8'
        services: {web: {image: nginx, deploy: {mode: global}}}
        """,
        "deploy.mode global of service web shows that the file is deployed as a stack, and docker"
            + " stack reads the version");
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret", "config"})
  void keeps_the_version_beside_what_only_a_swarm_holds(String kind) {
    advises(
        """
        version: '3.8'
        services: {web: {image: nginx}}
        %ss: {key: {external: true}}
        """
            .formatted(kind),
        "the external %s key shows that the file is deployed as a stack, and docker stack reads"
                .formatted(kind)
            + " the version");
  }

  @Test
  void removes_the_version_beside_a_secret_from_a_file() {
    hardens(
        """
        version: '3.8'
        services: {web: {image: nginx}}
        secrets: {key: {file: ./key.txt}}
        """,
        """
        services: {web: {image: nginx}}
        secrets: {key: {file: ./key.txt}}
        """);
  }

  @Test
  void holds_a_version_whose_anchor_is_used_elsewhere() {
    holds(
        """
        version: &v "3.8"
        services: {web: {image: nginx, labels: {v: *v}}}
        """,
        "it stands inside the anchor &v, which other places share");
  }
}
