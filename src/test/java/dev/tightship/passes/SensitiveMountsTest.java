package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import dev.tightship.pass.Remark.Finding;
import dev.tightship.pass.Severity;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SensitiveMountsTest extends PassTest {

  private static final String NOTHING = "it mounts nothing by which it could reach the machine";

  SensitiveMountsTest() {
    super(new SensitiveMounts());
  }

  @ParameterizedTest
  @CsvSource({
    "/, HIGH, MEDIUM",
    "/etc, HIGH, MEDIUM",
    "/etc/ssh, HIGH, MEDIUM",
    "/etc/cron.d, HIGH, MEDIUM",
    "/etc/shadow, HIGH, MEDIUM",
    "/etc/acme, MEDIUM, INFO",
    "/proc, HIGH, LOW",
    "/sys/fs/cgroup, HIGH, LOW",
    "/boot, HIGH, LOW",
    "/lib/modules, HIGH, LOW",
    "/root, HIGH, MEDIUM",
    "/home, HIGH, MEDIUM",
    "/home/ann, HIGH, MEDIUM",
    "~, HIGH, MEDIUM",
    "~/.ssh, HIGH, MEDIUM",
    "${HOME}/.aws/credentials, HIGH, MEDIUM",
    "$HOME/.kube, HIGH, MEDIUM",
    "/home/ann/.docker/config.json, HIGH, MEDIUM",
    "/var/lib/docker, HIGH, MEDIUM",
    "/var/lib/docker/volumes, HIGH, MEDIUM",
    "/var/log, MEDIUM, LOW",
    "/srv/../etc/, HIGH, MEDIUM",
    "/run/dbus, MEDIUM, MEDIUM",
  })
  void reports_what_belongs_to_the_machine(String path, Severity writable, Severity readable) {
    assertThat(findings("services: {a: {image: acme/a, volumes: ['%s:/x']}}".formatted(path)))
        .extracting(Finding::severity, Finding::fix)
        .containsExactly(tuple(writable, null));
    assertThat(
            findings(
                "services: {a: {image: acme/a, volumes: [{type: bind, source: '%s', target: /x, read_only: true}]}}"
                    .formatted(path)))
        .extracting(Finding::severity, Finding::fix)
        .containsExactly(tuple(readable, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'/etc/localtime:/etc/localtime:ro'",
        "'/etc/machine-id:/etc/machine-id:ro,z'",
        "'/etc/ssl/certs:/etc/ssl/certs:ro'",
        "'./etc:/etc'",
        "'data:/etc'",
        "'/srv/data:/data'",
        "'/home/ann/shop:/srv'",
        "'~/media:/media'",
        "'/var/log/acme:/logs:ro'",
        "'/usr/local/bin/tool:/tool:ro'",
        "'/dev:/dev'",
        "'/var/run/docker.sock:/var/run/docker.sock'",
        "'${DATA}/etc:/data'",
        "/etc",
      })
  void leaves_the_rest(String volume) {
    leaves(
        "services: {a: {image: acme/a, volumes: [%s]}}\nvolumes: {data: {}}\n".formatted(volume),
        NOTHING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/etc/localtime:/etc/localtime|/etc/localtime:/etc/localtime:ro",
        "/etc/localtime:/etc/localtime:rw|/etc/localtime:/etc/localtime:ro",
        "/etc/passwd:/etc/passwd:z,rw|/etc/passwd:/etc/passwd:z,ro",
        "${TZ:-/etc/timezone}:/etc/timezone|${TZ:-/etc/timezone}:/etc/timezone:ro",
      })
  void lets_a_service_only_read_what_machines_hand_to_any(String before, String after) {
    String text = "services:\n  a:\n    image: acme/a\n    volumes:\n      - %s # clock\n";
    offers(Level.STANDARD, text.formatted(before));
    hardens(Level.STRICT, text.formatted(before), text.formatted(after));
  }

  @Test
  void writes_into_the_long_form_and_into_the_file_that_mounts() {
    hardens(
        Level.STRICT,
        Given.compose("services: {a: {image: acme/a, volumes: ['./a:/a']}}\n")
            .override(
                """
                services:
                  a:
                    volumes:
                      - type: bind
                        source: /etc/timezone
                        target: /etc/timezone
                """),
        Map.of(
            OVERRIDE,
            """
            services:
              a:
                volumes:
                  - type: bind
                    source: /etc/timezone
                    target: /etc/timezone
                    read_only: true
            """));
  }

  @Test
  void lets_an_image_that_watches_the_machine_only_read() {
    hardens(
        Level.STRICT,
        "services: {m: {image: prom/node-exporter, volumes: ['/:/host:rslave']}}\n",
        "services: {m: {image: prom/node-exporter, volumes: ['/:/host:rslave,ro']}}\n");
    assertThat(
            findings(
                "services: {m: {image: prom/node-exporter, volumes: ['/proc:/host/proc:ro']}}"))
        .extracting(Finding::severity)
        .containsExactly(Severity.INFO);
  }

  @Test
  void sees_through_a_volume_that_is_bound_to_the_machine() {
    assertThat(
            findings(
                """
                services: {a: {image: acme/a, volumes: ['keys:/keys']}}
                volumes: {keys: {driver_opts: {type: none, o: "bind,rw", device: /root/.ssh}}}
                """))
        .extracting(Finding::severity)
        .containsExactly(Severity.HIGH);
    leaves(
        """
        services: {a: {image: acme/a, volumes: ['keys:/keys']}}
        volumes: {keys: {driver_opts: {type: nfs, o: "addr=nas,rw", device: ":/root/.ssh"}}}
        """,
        NOTHING);
  }

  @Test
  void writes_out_a_list_that_comes_from_an_anchor() {
    hardens(
        Level.STRICT,
        """
        x-v: &v ["/etc/localtime:/etc/localtime"]
        services: {a: {image: acme/a, volumes: *v}, b: {image: acme/b, volumes: *v}}
        """,
        """
        x-v: &v ["/etc/localtime:/etc/localtime"]
        services: {a: {image: acme/a, volumes: [/etc/localtime:/etc/localtime:ro]}, b: {image: acme/b, volumes: [/etc/localtime:/etc/localtime:ro]}}
        """);
  }

  @Test
  void leaves_what_it_cannot_see_to_a_person() {
    advises(
        "services: {a: {image: acme/a, volumes: ['/etc/localtime:/etc/localtime:${MODE:-z}']}}",
        "let it only read there: add :ro where it is mounted");
    advises(
        "services: {a: {image: acme/a}, b: {extends: gone}}",
        "it extends service gone, which is not in compose.yaml");
  }
}
