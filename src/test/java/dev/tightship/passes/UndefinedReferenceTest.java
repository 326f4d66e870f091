package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.oracle.Compose;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Severity;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UndefinedReferenceTest extends PassTest {

  private static final String FINE = "all that it refers to is defined";

  UndefinedReferenceTest() {
    super(new UndefinedReference());
  }

  /** What Compose stops at is a finding, and what it takes is none. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{services: {a: {image: x, networks: [foo]}}}",
        "{services: {a: {image: x, networks: {foo: null}}}}",
        "{services: {a: {image: x, networks: [host]}}}",
        "{services: {a: {image: x, networks: [default]}}}",
        "{services: {a: {image: x, networks: [foo]}}, networks: {foo: null}}",
        "{services: {a: {image: x, networks: ['${FOO:-bar}']}}, networks: {bar: {}}}",
        "{services: {a: {image: x, networks: ['${FOO:-bar}']}}, networks: {foo: {}}}",
        "{services: {a: {image: x, volumes: ['data:/d']}}}",
        "{services: {a: {image: x, volumes: ['data/sub:/d']}}}",
        "{services: {a: {image: x, volumes: [/d, './data:/e', '~/x:/f', 'C:\\x:/g']}}}",
        "{services: {a: {image: x, volumes: [{type: volume, source: data, target: /d}]}}}",
        "{services: {a: {image: x, volumes: [{type: volume, target: /d}]}}}",
        "{services: {a: {image: x, volumes: [{type: image, source: b, target: /d}]}}}",
        "{services: {a: {image: x, secrets: [foo]}}}",
        "{services: {a: {image: x, secrets: [{source: foo, target: bar}]}}}",
        "{services: {a: {build: {context: ., secrets: [foo]}}}}",
        "{services: {a: {image: x, configs: [foo]}}, configs: {foo: {content: a}}}",
        "{services: {a: {image: x, configs: [foo]}}}",
        "{services: {a: {image: x, models: [foo]}}}",
        "{services: {a: {image: x, depends_on: [foo]}}}",
        "{services: {a: {image: x, depends_on: {b: {condition: service_started}}}}}",
        "{services: {a: {image: x, depends_on: {b: {condition: service_started, required: no}}}}}",
        "{services: {a: {image: x, depends_on: [b]}, b: {image: y}}}",
        "{services: {a: {image: x, links: ['b:c']}}}",
        "{services: {a: {image: x, links: ['b:c']}, b: {image: y}}}",
        "{services: {a: {image: x, external_links: ['b:c']}}}",
        "{services: {a: {image: x, volumes_from: ['b:ro']}}}",
        "{services: {a: {image: x, volumes_from: ['container:b:ro']}}}",
        "{services: {a: {image: x, network_mode: 'service:b'}}}",
        "{services: {a: {image: x, network_mode: 'container:b'}}}",
        "{services: {a: {image: x, ipc: 'service:b'}}}",
        "{services: {a: {image: x, pid: 'service:b'}}}",
        "{services: {a: {image: x, uts: 'service:b'}}}",
        "{services: {a: {build: {context: ., additional_contexts: {c: 'service:b'}}}}}",
        "{services: {a: {build: {context: ., additional_contexts: ['c=service:b']}}}}",
        "{services: {a: {build: {context: ., additional_contexts: ['c=../b']}}}}",
        "{services: {a: {image: x, depends_on: [b]}, b: {provider: {type: y}}}}",
        "{x-a: &a {networks: [foo]}, services: {a: {<<: *a, image: x}}}",
        "{x-a: &a {foo: {}}, services: {a: {image: x, networks: [foo]}}, networks: {<<: *a}}",
      })
  void finds_what_compose_refuses(String text, @TempDir Path folder) throws Exception {
    Path file = folder.resolve(COMPOSE);
    java.nio.file.Files.writeString(file, text);
    boolean accepted =
        Compose.orSkip().config(folder, java.util.List.of(file), "--quiet").accepted();
    assertThat(findings(text).isEmpty()).isEqualTo(accepted);
  }

  @Test
  void says_so_once_for_each_name() {
    assertThat(
            findings(
                "{services: {a: {image: x, links: [b], depends_on: [b], volumes_from: [b, c]}}}"))
        .extracting(Remark.Finding::message)
        .containsExactly(
            "there is no service b: Docker Compose refuses the project",
            "there is no service c: Docker Compose refuses the project");
  }

  @Test
  void what_a_profile_keeps_off_stops_nothing_yet() {
    assertThat(findings("{services: {a: {image: x, profiles: [p], networks: [foo]}}}"))
        .singleElement()
        .matches(f -> f.severity() == Severity.MEDIUM && f.message().endsWith("this service on"));
  }

  @Test
  void an_override_may_define_it_or_take_it_away() {
    Given given = Given.compose("{services: {a: {image: x, networks: [foo], depends_on: [b]}}}");
    leaves(given.override("{networks: {foo: {}}, services: {b: {image: y}}}"), FINE);
    leaves(
        given.override(
            "services: {a: {networks: {foo: !reset null}, depends_on: !reset [], ports: []}}"),
        FINE);
    leaves(
        given.override("services: {a: {networks: !override [default], depends_on: !reset []}}"),
        FINE);
  }

  @Test
  void leaves_what_other_files_may_define() {
    leaves(
        "{include: [other.yaml], services: {a: {image: x, networks: [foo]}}}",
        "the project includes or extends files that could not be read");
    leaves(
        "{services: {a: {image: x, depends_on: [b]}, c: {ports: ['80:80']}}}",
        "service c has neither image nor build here: the files are an override of others");
    leaves("{services: {a: {image: x, networks: ['${FOO}']}}}", FINE);
  }
}
