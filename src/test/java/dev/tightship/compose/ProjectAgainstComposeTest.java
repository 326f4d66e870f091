package dev.tightship.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.oracle.Compose;
import dev.tightship.oracle.Json;
import dev.tightship.yaml.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes ask of a service, as we read it and as Compose does. */
class ProjectAgainstComposeTest {

  @TempDir Path dir;

  private final Compose compose = Compose.orSkip();

  static Stream<Given> projects() {
    return Stream.of(
        Given.compose(
            """
            services:
              web: {image: nginx, privileged: true, pids_limit: 100}
              api: {build: ./api}
              job: {build: {context: job, dockerfile: prod.Dockerfile, target: run}}
            """),
        Given.compose(
                """
                services:
                  web: {image: 'nginx:${TAG:-latest}', user: '${UID:-1000}'}
                  api: {image: '${REGISTRY}/api:${VERSION-1}'}
                  old: {image: "a$$b"}
                """)
            .and(".env", "TAG=1.31.4\nREGISTRY=registry.example\n"),
        Given.compose(
                """
                services:
                  web:
                    image: nginx
                    security_opt: [no-new-privileges:true]
                    pids_limit: 10
                    deploy: {mode: replicated, resources: {limits: {memory: 64m}}}
                """)
            .override(
                """
                services:
                  web:
                    image: httpd
                    security_opt: [label:disable]
                    deploy: {resources: {limits: {pids: 10}}}
                  other: {image: redis, privileged: false}
                """),
        Given.compose("services: {web: {build: ./app}}\n")
            .override("services: {web: {build: {target: dev, args: {A: 1}}}}\n"),
        Given.compose("services: {web: {build: {context: a, dockerfile: x, args: [A=1, B=1]}}}\n")
            .override("services: {web: {build: {context: b, args: {B: 2}}}}\n"),
        Given.compose("services: {web: {build: {context: a, dockerfile: x}}}\n")
            .override("services: {web: {build: b}}\n"),
        Given.compose("services: {web: {image: a, build: .}}\n")
            .override("services: {web: {image: , user: root}}\n"),
        Given.compose(
            """
            x-base: &base
              image: nginx
              user: "10"
              security_opt: [a:b]
              deploy: {mode: replicated}
            services:
              a: {<<: *base}
              b: {<<: *base, user: "20", security_opt: [c:d]}
              c: *base
            """),
        Given.compose(
            """
            x-one: &one {user: one, image: one}
            x-two: &two {user: two, privileged: true}
            x-three: &three {<<: [*one, *two], pids_limit: 7}
            services:
              a: {<<: [*two, *one]}
              b: {<<: *three}
              c: {<<: *three, image: c}
            """),
        Given.compose(
            """
            x-build: &build {context: ./lib, args: {V: "1"}}
            services:
              a: {build: *build}
              b: {build: {<<: *build, dockerfile: ../b.Dockerfile}}
              c: {build: {<<: *build, context: .}}
            """),
        Given.compose("services: {a: {image: one, user: a}}\n---\nservices: {a: {user: b}}\n"),
        Given.compose(
            """
            services:
              a: {image: a, pids_limit: 0x10}
              b: {image: b, pids_limit: "12", user: "0"}
              c: {image: c, pids_limit: -1}
            """),
        Given.compose(
                """
                services:
                  a: {image: 'a:${ONE:-${TWO:-three}}'}
                  b: {image: 'b:${TWO:+set}${ONE:+unset}'}
                """)
            .and(".env", "TWO=2\n"));
  }

  @ParameterizedTest
  @MethodSource("projects")
  void agrees_on_what_passes_ask(Given given) throws IOException {
    Object model = Json.read(config(given).stdout());

    Map<String, Map<String, String>> ours = new TreeMap<>();
    Map<String, Map<String, String>> theirs = new TreeMap<>();
    for (Service service : given.load().services()) {
      ours.put(service.name(), ours(service));
      theirs.put(
          service.name(),
          theirs(Objects.requireNonNull(Json.at(model, "services", service.name()))));
    }
    assertThat(ours).isEqualTo(theirs);
  }

  /** Each of these stops Compose, and us with a place or a finding. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "services: {a: {extends: a}}",
        "services: {a: {extends: b}, b: {extends: {service: a}}}",
        "services: {a: {image: x}, a: {image: y}}",
        "services: [a"
      })
  void refuses_what_compose_refuses(String text) throws IOException {
    assertThat(config(Given.compose(text)).accepted()).isFalse();
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> Given.compose(text).load()))
        .hasCauseInstanceOf(ComposeException.class);
  }

  @Test
  void a_remote_context_is_one_for_both() throws IOException {
    for (String context :
        List.of(
            "https://git.example/a.git",
            "git://git.example/a",
            "git@git.example:a/b.git",
            "ssh://git@git.example/a",
            "github.com/a/b")) {
      Given given = Given.compose("services: {a: {build: '%s'}}".formatted(context));
      Object model = Json.read(config(given).stdout());
      assertThat(Json.at(model, "services", "a", "build", "context")).isEqualTo(context);
      assertThat(given.load().services().get(0).build().orElseThrow().dockerfile()).isNull();
    }
  }

  private Compose.Answer config(Given given) throws IOException {
    for (Map.Entry<String, String> e : given.texts().entrySet()) {
      Files.writeString(dir.resolve(e.getKey()), e.getValue());
    }
    var files = new ArrayList<Path>();
    given.compose().forEach(path -> files.add(dir.resolve(path)));
    return compose.config(dir, files, "--format", "json", "--no-path-resolution");
  }

  private static Map<String, String> ours(Service service) {
    var said = new TreeMap<String, String>();
    Build build = service.build().orElse(null);
    put(said, "image", service.text("image").orElse(null));
    put(said, "user", service.text("user").orElse(null));
    put(said, "privileged", service.text("privileged").filter("true"::equals).orElse(null));
    put(said, "pids", number(service.text("pids_limit").orElse(null)));
    put(said, "memory", service.has("deploy", "resources", "limits", "memory") ? "set" : null);
    put(said, "deploy pids", service.text("deploy", "resources", "limits", "pids").orElse(null));
    put(said, "mode", service.text("deploy", "mode").orElse(null));
    List<String> options =
        service.items("security_opt").stream().map(n -> ((Node.Scalar) n).text()).toList();
    put(said, "security_opt", options.isEmpty() ? null : options.toString());
    if (build != null) {
      put(said, "dockerfile", build.dockerfile());
      put(said, "target", build.target());
      put(said, "args", build.args().isEmpty() ? null : new TreeMap<>(build.args()).toString());
    }
    return said;
  }

  private static Map<String, String> theirs(Object service) {
    var said = new TreeMap<String, String>();
    put(said, "image", text(service, "image"));
    put(said, "user", text(service, "user"));
    put(said, "privileged", text(service, "privileged"));
    put(said, "pids", text(service, "pids_limit"));
    put(
        said,
        "memory",
        text(service, "deploy", "resources", "limits", "memory") == null ? null : "set");
    put(said, "deploy pids", text(service, "deploy", "resources", "limits", "pids"));
    put(said, "mode", text(service, "deploy", "mode"));
    put(said, "security_opt", text(service, "security_opt"));
    String context = text(service, "build", "context");
    if (context != null) {
      String dockerfile = text(service, "build", "dockerfile");
      put(
          said,
          "dockerfile",
          Path.of(context).resolve(Objects.requireNonNull(dockerfile)).normalize().toString());
      put(said, "target", text(service, "build", "target"));
      Object args = Json.at(service, "build", "args");
      put(said, "args", args instanceof Map<?, ?> map ? new TreeMap<>(map).toString() : null);
    }
    return said;
  }

  private static @Nullable String number(@Nullable String text) {
    return text == null ? null : Long.decode(text).toString();
  }

  private static void put(Map<String, String> said, String key, @Nullable String value) {
    if (value != null) {
      said.put(key, value);
    }
  }

  private static @Nullable String text(Object model, String... path) {
    Object at = model;
    for (String key : path) {
      at = at instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return at == null ? null : at.toString().replace("$$", "$"); // escaped again for a next reader
  }
}
