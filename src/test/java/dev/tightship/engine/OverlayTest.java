package dev.tightship.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.ComposeException;
import dev.tightship.compose.Given;
import dev.tightship.compose.Project;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Place;
import dev.tightship.edit.Value;
import dev.tightship.engine.Step.Status;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Risk;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an overlay says, and what it leaves out and why. */
class OverlayTest {

  private static final String FILE = "compose.yaml";

  /** A pass with one fix. */
  private record Fixes(String id, List<Edit> edits) implements Pass {
    @Override
    public Stream<Remark> inspect(Project project) {
      Subject subject = new Subject.OfService("web", Place.of(FILE, "services", "web"));
      Fix fix = new Fix("mend it", Risk.NEUTRAL, "it is so", edits);
      return Stream.of(Remark.finding(subject, Severity.LOW, "something", fix));
    }
  }

  private static Pass pass(String id, Edit... edits) {
    return new Fixes(id, List.of(edits));
  }

  private static Place at(String... path) {
    return Place.of(FILE, path);
  }

  private static Edit set(String value, String... path) {
    return new Edit.Set(at(path), Value.string(value));
  }

  private static Overlay overlay(String text, Pass... passes) {
    return overlay(Given.compose(text), passes);
  }

  private static Overlay overlay(Given given, Pass... passes) {
    var options = Options.at(Level.STANDARD).forOverlay();
    Outcome outcome = new Hardener(List.of(passes)).harden(given.load(), options);
    try {
      return Overlay.of(outcome, line -> line.contains("hidden"));
    } catch (ComposeException e) {
      throw new AssertionError(e);
    }
  }

  /** Its lines without comments. */
  private static String text(Overlay overlay) {
    var text = new StringBuilder();
    List<String> above = List.of();
    for (Overlay.Setting setting : overlay.settings()) {
      setting.headings(above).forEach(text::append);
      text.append(setting.text());
      above = setting.above();
    }
    return text.toString();
  }

  private static List<String> held(Overlay overlay) {
    var held = new ArrayList<String>();
    for (Step step : overlay.outcome().steps(Status.HELD)) {
      held.add(
          step.pass()
              + ", "
              + String.valueOf(step.reason()).replaceFirst("^left out of the overlay: ", ""));
    }
    return held;
  }

  @Test
  void speaks_of_each_service_in_the_order_of_the_fixes() {
    Overlay overlay =
        overlay(
            """
            services:
              web: {image: nginx, init: true}
              a.b: {image: redis}
            """,
            pass(
                "p",
                set("1g", "services", "a.b", "mem_limit"),
                set("x", "services", "web", "user")),
            pass(
                "q",
                set("b", "services", "web", "image"),
                set("2g", "services", "a.b", "shm_size")),
            pass("r", new Edit.Remove(at("services", "web", "init"))));

    assertThat(text(overlay))
        .isEqualTo(
            """
            services:
              web:
                user: x
                image: b
                init: !reset null
              a.b:
                mem_limit: 1g
                shm_size: 2g
            """);
    assertThat(overlay.settings())
        .extracting(s -> s.steps().stream().map(Step::pass).toList())
        .containsExactly(List.of("p"), List.of("q"), List.of("r"), List.of("p"), List.of("q"));
    assertThat(overlay.hasTags()).isTrue();
  }

  /** However a fix is written: once in an anchor, or in a service that others extend. */
  @Test
  void speaks_of_services_that_share_what_is_changed() throws Exception {
    String before =
        """
        x-common: &common
          image: redis
        services:
          web:
            <<: *common
          other:
            <<: *common
            read_only: false
          base: {image: nginx}
          heir: {extends: base, mem_limit: 2g}
        """;
    String after =
        before
            .replace("redis", "redis\n  read_only: true")
            .replace("{image: nginx", "{image: nginx, mem_limit: 1g, shm_size: 1g");
    var outcome =
        new Outcome(
            Given.compose(before).load(),
            Given.compose(after).load(),
            Level.STANDARD,
            List.of(),
            Map.of());
    Overlay overlay = Overlay.of(outcome, line -> false);

    assertThat(text(overlay))
        .isEqualTo(
            """
            services:
              web:
                read_only: true
              base:
                mem_limit: 1g
                shm_size: 1g
              heir:
                shm_size: 1g
            """);
    assertThat(overlay.hasTags()).isFalse();
  }

  @Test
  void says_what_is_no_service_too() {
    Overlay overlay =
        overlay(
            "services:\n  web:\n    image: nginx\nnetworks:\n  a: {driver: bridge}\n",
            pass(
                "p",
                new Edit.Set(at("networks", "a", "internal"), Value.bool(true)),
                new Edit.Set(at("secrets", "s", "file"), Value.string("./s"))));

    assertThat(text(overlay))
        .isEqualTo(
            """
            networks:
              a:
                internal: true
            secrets:
              s:
                file: ./s
            """);
  }

  @Test
  void keeps_variables_and_quotes_what_needs_it() {
    Overlay overlay =
        overlay(
            "services:\n  web:\n    image: nginx\n",
            pass(
                "p",
                set("${TAG:-a b}$$c", "services", "web", "image"),
                set("a: b #c", "services", "web", "user"),
                set("22:22", "services", "web", "hostname")));

    assertThat(text(overlay))
        .isEqualTo(
            """
            services:
              web:
                image: ${TAG:-a b}$$c
                user: "a: b #c"
                hostname: "22:22"
            """);
  }

  @Test
  void what_no_overlay_can_say_is_held_before_others_count_on_it() {
    String text =
        "version: '3'\nservices:\n  web:\n    image: nginx\n    ports: [' 80:80', '${A }']\n";
    Pass sees =
        new Pass() {
          @Override
          public String id() {
            return "sees";
          }

          @Override
          public Stream<Remark> inspect(Project project) {
            assertThat(project.files().get(0).text()).isEqualTo(text);
            return Stream.empty();
          }
        };
    Overlay overlay =
        overlay(
            text,
            pass("a", new Edit.SetUser("Dockerfile", 0, "x"), set("x", "services", "web", "user")),
            pass("b", new Edit.Create("s/x", "x")),
            pass("c", new Edit.Remove(at("version"))),
            pass(
                "d",
                new Edit.Set(
                    at("services", "web", "ports").item(Value.string(" 80:80")),
                    Value.string("80:80"))),
            sees);

    assertThat(overlay.settings()).isEmpty();
    assertThat(held(overlay))
        .containsExactly(
            "a, it is a change of a Dockerfile, which no Compose file makes",
            "b, it makes a file of its own",
            "c, Docker Compose reads it in the file itself, whatever another one says",
            "d, Docker Compose refuses the file for it before it reads another one; mend it there");
  }

  @Test
  void a_fix_is_said_as_a_whole_or_not_at_all() {
    Overlay overlay =
        overlay(
            """
            services:
              web: {image: nginx, healthcheck: {test: [CMD, hidden, a]}}
              db: {image: redis}
            """,
            pass(
                "p",
                new Edit.Set(
                    at("services", "web", "healthcheck", "test").item(Value.string("a")),
                    Value.string("b")),
                new Edit.Set(at("services", "web", "read_only"), Value.bool(true)),
                new Edit.Ensure(at("services", "web", "tmpfs"), Value.string("/a"))),
            pass("q", new Edit.Ensure(at("services", "web", "tmpfs"), Value.string("/b"))),
            pass("r", set("x", "services", "web", "user")));

    assertThat(text(overlay)).isEqualTo("services:\n  web:\n    user: x\n");
    assertThat(held(overlay))
        .containsExactly(
            "p, it would repeat a secret; -i and -o write it",
            "q, it would repeat a secret; -i and -o write it");
    assertThat(overlay.outcome().steps(Status.APPLIED)).extracting(Step::pass).containsExactly("r");
    assertThat(overlay.unsaid()).isEmpty();
  }

  @Test
  void a_list_that_is_not_known_as_a_whole_cannot_shrink() {
    String text =
        """
        services:
          web: {extends: {service: x, file: other.yaml}, image: nginx, cap_add: [A, B], dns: [a]}
        """;
    Overlay overlay =
        overlay(
            text,
            pass("p", new Edit.Remove(at("services", "web", "cap_add").item(Value.string("A")))),
            pass("q", new Edit.Ensure(at("services", "web", "dns"), Value.string("b"))));

    assertThat(text(overlay)).isEqualTo("services:\n  web:\n    dns:\n      - b\n");
    assertThat(held(overlay))
        .containsExactly(
            "p, what the service extends is not read, so what is there now is not known");
  }

  @Test
  void what_is_seen_from_another_folder_is_not_said_from_this_one() {
    Given given =
        Given.compose("include: [sub/compose.yaml]\nservices:\n  web: {image: nginx}\n")
            .and(
                "sub/compose.yaml",
                "services:\n  in: {image: redis, volumes: ['./x:/x'], cap_add: [A, B]}\n");
    Place in = Place.of("sub/compose.yaml", "services", "in");
    Overlay overlay =
        overlay(
            given,
            pass("p", new Edit.Set(in.key("read_only"), Value.bool(true))),
            pass("q", new Edit.Remove(in.key("cap_add").item(Value.string("A")))),
            pass(
                "r",
                new Edit.Set(
                    in.key("volumes").item(Value.string("./x:/x")), Value.string("./x:/x:ro"))));

    assertThat(text(overlay))
        .isEqualTo(
            """
            services:
              in:
                read_only: true
                cap_add: !override
                  - B
            """);
    assertThat(held(overlay))
        .containsExactly("r, a part of it comes from a file that is seen from elsewhere");
  }

  @Test
  void a_tag_is_not_repeated() {
    Overlay overlay =
        overlay(
            "services:\n  web:\n    image: nginx\n    cap_add: [A, !x B]\n",
            pass("p", new Edit.Remove(at("services", "web", "cap_add").item(Value.string("A")))));

    assertThat(overlay.settings()).isEmpty();
    assertThat(held(overlay)).containsExactly("p, it would repeat a tag that is not understood");
  }

  @Test
  void what_belongs_to_no_fix_is_not_left_out_unseen() {
    Overlay overlay =
        overlay(
            "services:\n  web: {image: nginx, user: a}\n  heir: {extends: web, image: x}\n",
            pass("p", set("hidden", "services", "web", "user")));

    assertThat(overlay.settings()).isEmpty();
    assertThat(held(overlay)).containsExactly("p, it would repeat a secret; -i and -o write it");
    assertThat(overlay.unsaid())
        .containsExactly(
            "left out of the overlay: services.heir.user, as it would repeat a secret; -i and -o"
                + " write it");
  }

  @Test
  void a_second_file_counts() {
    Given given =
        Given.compose("services:\n  web: {image: nginx, cap_add: [A], security_opt: [a]}\n")
            .override("services:\n  web: {cap_add: [B, C], security_opt: [b]}\n");
    Place override = Place.of("compose.override.yaml", "services", "web");
    Overlay overlay =
        overlay(
            given,
            pass("p", new Edit.Remove(override.key("cap_add").item(Value.string("B")))),
            pass("q", new Edit.Ensure(override.key("security_opt"), Value.string("c"))));

    assertThat(text(overlay))
        .isEqualTo(
            """
            services:
              web:
                cap_add: !override
                  - A
                  - C
                security_opt:
                  - c
            """);
  }
}
