package dev.tightship.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Origin.Built;
import dev.tightship.compose.Origin.Pulled;
import dev.tightship.compose.Origin.Unclear;
import dev.tightship.edit.Place;
import dev.tightship.yaml.Node;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceTest {

  private static Service web(Given given) {
    return given.load().services().stream()
        .filter(s -> s.name().equals("web"))
        .findFirst()
        .orElseThrow();
  }

  private static Service web(String text) {
    return web(Given.compose(text));
  }

  // ---- known, absent, unknown

  @Test
  void what_stands_in_the_service_is_known() {
    Service web = web("services: {web: {image: nginx, deploy: {mode: global}}}");

    assertThat(web.find("image")).isInstanceOf(Answer.Known.class);
    assertThat(web.text("deploy", "mode")).contains("global");
    assertThat(web.has("deploy")).isTrue();
    assertThat(web.find("user")).isInstanceOf(Answer.Absent.class);
    assertThat(web.find("image", "deeper")).isInstanceOf(Answer.Absent.class);
    assertThat(web.text("deploy")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "~", "null", "Null", "NULL"})
  void nothing_is_as_good_as_absent(String nothing) {
    assertThat(web("services: {web: {image: nginx, user: %s}}".formatted(nothing)).find("user"))
        .isInstanceOf(Answer.Absent.class);
  }

  @Test
  void what_a_service_inherits_is_known_and_not_its_own() {
    Service web = web("services: {base: {image: a, user: b}, web: {extends: base, tty: true}}");

    assertThat(web.text("user")).contains("b");
    assertThat(((Answer.Known) web.find("user")).own()).isFalse();
    assertThat(web.find("tty")).isInstanceOf(Answer.Known.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"user: !reset null", "user: !override root", "deploy: !reset {}"})
  void a_tag_cuts_off_what_earlier_files_say(String override) {
    Service web =
        web(
            Given.compose("services: {web: {image: a, user: b, deploy: {mode: global}}}\n")
                .override("services: {web: {%s}}\n".formatted(override)));
    String[] path =
        override.startsWith("user") ? new String[] {"user"} : new String[] {"deploy", "mode"};

    boolean replaced = override.contains("!override");
    assertThat(web.text(path)).isEqualTo(replaced ? Optional.of("root") : Optional.empty());
    assertThat(web.has(path)).isEqualTo(replaced);
  }

  // ---- merge keys and aliases

  @Test
  void a_merge_key_brings_what_the_service_does_not_set() {
    Service web =
        web(
            """
            x-a: &a {user: from-a, hostname: from-a, deploy: {mode: global}}
            services:
              web:
                <<: *a
                image: nginx
                hostname: own
            """);

    assertThat(web.text("user")).contains("from-a");
    assertThat(web.text("hostname")).contains("own");
    assertThat(web.text("deploy", "mode")).contains("global");
    assertThat(own(web, "user")).isFalse();
    assertThat(own(web, "hostname")).isTrue();
    assertThat(own(web, "deploy", "mode")).isFalse();
  }

  @Test
  void of_several_merged_mappings_the_first_wins() {
    Service web =
        web(
            """
            x-a: &a {user: a}
            x-b: &b {user: b, hostname: b}
            x-c: &c {<<: [*a, *b], domainname: c}
            services:
              web: {<<: *c}
            """);

    assertThat(web.text("user")).contains("a");
    assertThat(web.text("hostname")).contains("b");
    assertThat(web.text("domainname")).contains("c");
  }

  @Test
  void a_mapping_beside_a_merge_key_replaces_the_merged_one() {
    Service web =
        web(
            """
            x-a: &a {labels: {one: 1, two: 2}}
            services:
              web:
                <<: *a
                labels: {one: 3}
            """);

    assertThat(web.text("labels", "one")).contains("3");
    assertThat(web.find("labels", "two")).isInstanceOf(Answer.Absent.class);
  }

  @Test
  void a_service_may_be_an_alias() {
    Service web = web("services: {other: &s {image: nginx, user: a}, web: *s}");

    assertThat(web.text("user")).contains("a");
    assertThat(own(web, "user")).isFalse();
  }

  @Test
  void a_service_without_anything_says_nothing() {
    Service web = web("services: {web: , other: {image: a}}");

    assertThat(web.find("image")).isInstanceOf(Answer.Absent.class);
    assertThat(web.items("ports")).isEmpty();
    assertThat(web.origin()).isEqualTo(new Unclear("the service has neither image nor build"));
  }

  private static boolean own(Service service, String... path) {
    return service.find(path) instanceof Answer.Known known && known.own();
  }

  // ---- several files

  @Test
  void the_last_file_wins_and_lists_add_up() {
    Service web =
        web(
            Given.compose("services: {web: {image: a, user: a, cap_drop: [A], dns: 1.1.1.1}}\n")
                .override(
                    "services: {web: {user: b, hostname: b, cap_drop: [B], dns: [8.8.8.8]}}\n"));

    assertThat(web.text("image")).contains("a");
    assertThat(web.text("user")).contains("b");
    assertThat(texts(web, "cap_drop")).containsExactly("A", "B");
    assertThat(texts(web, "dns")).containsExactly("1.1.1.1", "8.8.8.8");
    assertThat(web.lists("cap_drop"))
        .extracting(list -> list.place().file())
        .containsExactly("compose.yaml", "compose.override.yaml");
  }

  @Test
  void a_null_in_a_later_file_takes_nothing_away() {
    Service web =
        web(
            Given.compose("services: {web: {image: a}}\n")
                .override("services: {web: {image: }}\n"));
    assertThat(web.text("image")).contains("a");
  }

  @Test
  void a_setting_is_written_where_it_stands_else_beside_the_image() {
    Service web =
        web(
            Given.compose("services: {web: {tty: true}}\n")
                .override("services: {web: {image: a, cap_drop: [A]}}\n"));

    assertThat(web.at("tty")).isEqualTo(Place.of("compose.yaml", "services", "web", "tty"));
    assertThat(web.at("cap_drop").file()).isEqualTo("compose.override.yaml");
    assertThat(web.at("user").file()).isEqualTo("compose.override.yaml");
    assertThat(web.atHome("tty").file()).isEqualTo("compose.override.yaml");
  }

  @Test
  void a_build_makes_a_home_too_and_without_both_it_is_the_first_file() {
    Given build =
        Given.compose("services: {web: {tty: true}}\n").override("services: {web: {build: .}}\n");
    Given none =
        Given.compose("services: {web: {tty: true}}\n").override("services: {web: {init: true}}\n");
    assertThat(web(build).at("user").file()).isEqualTo("compose.override.yaml");
    assertThat(web(none).at("user").file()).isEqualTo("compose.yaml");
  }

  // ---- obstacles

  @Test
  void what_is_cut_off_above_is_an_obstacle() {
    Service web =
        web(
            Given.compose("services: {web: {image: a, user: b}}\n")
                .override("services: {web: {cap_drop: !override [ALL], user: !reset null}}\n"));

    assertThat(web.obstacleAtHome("cap_drop"))
        .isEqualTo("compose.override.yaml takes cap_drop away with !override");
    assertThat(web.obstacle("user")).isEqualTo("compose.override.yaml takes user away with !reset");
    assertThat(web.obstacle("hostname")).isNull();
  }

  @Test
  void a_service_of_another_file_is_not_extended() {
    Project project =
        Given.compose(
                "services: {web: {image: a}, heir: {extends: {service: web, file: other.yaml}}}")
            .load();
    assertThat(project.services().get(0).obstacle("user")).isNull();
  }

  // ---- variables and what is named

  @Test
  void variables_are_filled_in_where_they_are_known() {
    Given given =
        Given.compose("services: {web: {image: 'a:${A}', user: '${B:-x}', hostname: '${C}'}}\n");
    Service web = web(given.and(".env", "A=1\n"));

    assertThat(web.text("image")).contains("a:1");
    assertThat(web.text("user")).contains("x");
    assertThat(web.text("hostname")).isEmpty();
    assertThat(web.has("hostname")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "'{A: 1}', true",
    "'{A: }', true",
    "'{B: 1}', false",
    "'[A=1]', true",
    "'[A]', true",
    "'[AB=1]', false",
    "'[]', false"
  })
  void a_list_of_pairs_and_a_mapping_name_alike(String environment, boolean named) {
    Service web = web("services: {web: {image: a, environment: %s}}".formatted(environment));
    assertThat(web.mentions("A", "environment")).isEqualTo(named);
  }

  @Test
  void what_is_inherited_may_be_named() {
    Service web = web("services: {base: {image: a, environment: [A=1]}, web: {extends: base}}");
    assertThat(web.mentions("A", "environment")).isTrue();
    assertThat(web("services: {web: {extends: gone}}").mentions("A", "environment")).isTrue();
  }

  private static java.util.List<String> texts(Service service, String key) {
    return service.items(key).stream().map(n -> ((Node.Scalar) n).text()).toList();
  }

  // ---- where the image comes from

  @Test
  void an_image_is_pulled_or_built_or_unclear() {
    assertThat(web("services: {web: {image: nginx}}").origin()).isInstanceOf(Pulled.class);
    assertThat(web("services: {web: {image: nginx, build: .}}").origin()).isInstanceOf(Built.class);
    assertThat(web("services: {web: {image: 'a b'}}").origin())
        .isEqualTo(new Unclear("the image is not a valid reference"));
    assertThat(web("services: {web: {image: '${A}'}}").origin())
        .isEqualTo(new Unclear("the image depends on a variable that has no value here"));
    assertThat(
            web(Given.compose("services: {web: {image: a, build: .}}\n")
                    .override("services: {web: {build: !override {context: b}}}\n"))
                .origin())
        .isInstanceOf(Built.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "image: nginx | true",
        "image: nginx:1.31.4 | true",
        "image: nginx:1.31.0 | true",
        "image: nginx:1.3.0 | false",
        "image: nginx:mine | false",
        "image: 'nginx:1.31.4@sha256:a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1' | true",
        "image: 'nginx@sha256:a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1' | false",
        "image: nginx, command: x | false",
        "image: nginx, entrypoint: [] | false",
        "image: nginx, user: nginx | true",
        "image: nginx, volumes: ['./a:/etc/nginx/nginx.conf'] | false",
        "image: nginx, volumes: ['./a:/usr/'] | false",
        "image: nginx, volumes: ['./a:/lib/x'] | false",
        "image: nginx, volumes: ['./a:/docker-entrypoint.sh:ro'] | false",
        "image: nginx, volumes: ['./a:/docker-entrypoint.d/x.sh'] | true",
        "image: nginx, volumes: ['./a:/docker-entrypoint-initdb.d'] | true",
        "image: nginx, volumes: ['./a:/etc/nginx/templates'] | true",
        "image: nginx, volumes: ['a:/usr/share/nginx/html'] | true",
        "image: nginx, volumes: [{type: volume, source: a, target: /bin}] | false",
        "image: nginx, volumes: [{type: tmpfs, target: /tmp}] | true",
        "image: nginx, configs: [{source: a, target: /etc/nginx/nginx.conf}] | false",
        "image: nginx, configs: [a] | true"
      })
  void a_profile_counts_while_the_service_starts_as_it_describes(String service, boolean counts) {
    Origin origin = web("services: {web: {%s}}".formatted(service)).origin();
    assertThat(origin).isInstanceOf(Pulled.class);
    assertThat(((Pulled) origin).profile()).isNotNull();
    assertThat(((Pulled) origin).counting() != null).isEqualTo(counts);
  }
}
