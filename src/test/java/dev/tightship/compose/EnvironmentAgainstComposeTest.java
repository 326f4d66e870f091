package dev.tightship.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.oracle.Compose;
import dev.tightship.oracle.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a container sees of {@code environment} and {@code env_file}, to us and to Compose. */
class EnvironmentAgainstComposeTest {

  @TempDir Path dir;

  private final Compose compose = Compose.orSkip();

  private static Given service(String settings) {
    return Given.compose("services:\n  a:\n    image: x\n" + settings.indent(4));
  }

  static Stream<Given> environments() {
    return Stream.of(
        service("env_file: one.env").and("one.env", "A=1\nB='2'\nexport C=3 # c\n"),
        service("env_file: [one.env, two.env]").and("one.env", "A=1\nB=1").and("two.env", "B=2"),
        service("env_file: [two.env, one.env]").and("one.env", "A=1\nB=1").and("two.env", "B=2"),
        service("env_file: one.env\nenvironment: {A: own}").and("one.env", "A=1\nB=$A"),
        service("env_file: one.env\nenvironment: [A=own, B]").and("one.env", "A=1\nB=$A\nC=$B"),
        service("env_file: [one.env, two.env]")
            .and("one.env", "A=1\nB=$A")
            .and("two.env", "A=2\nC=$A\nD=$B"),
        service("env_file: one.env").and("one.env", "A=1\nB=$A").and(".env", "A=project"),
        service("env_file: one.env\nenvironment: {A: own, C: $A}")
            .and("one.env", "B=$A")
            .and(".env", "A=project"),
        service("env_file: one.env").and("one.env", "A\nB=1\n").and(".env", "A=project"),
        service("env_file: one.env\nenvironment: {A: own}").and("one.env", "A\nB=$A\n"),
        service("env_file: [{path: one.env, required: false}, {path: gone.env, required: false}]")
            .and("one.env", "A=1"),
        service("env_file: [{path: gone.env, required: 'no'}, {path: one.env, required: 'true'}]")
            .and("one.env", "A=1"),
        service("env_file: [{path: '${F}', required: '${R}'}, one.env]")
            .and(".env", "F=gone.env\nR=false")
            .and("one.env", "A=1"),
        service("env_file: [{path: one.env, format: raw}]")
            .and(".env", "D=project")
            .and(
                "one.env",
                "\n# comment\n  A = x\n".replace("A = x", "A=$B 'q' # no comment ")
                    + "\tB=\"q\"\nC=a=b\nD\nE=\nF=${X:-y}$$\n"),
        service("env_file: [{path: one.env, format: raw}, two.env]\nenvironment: {B: own}")
            .and("one.env", "A=1\r\nB\r\n")
            .and("two.env", "C=$A$B"),
        service("env_file: [{path: one.env, format: .env}]").and("one.env", "A=1\nB=$A"),
        service("env_file: [one.env, two.env]")
            .and("one.env", "A=1")
            .and("two.env", "A=2")
            .override("services: {a: {env_file: [one.env]}}"),
        service("env_file: [one.env, two.env]")
            .and("one.env", "A=$B\n")
            .and("two.env", "A=2")
            .override("services: {a: {env_file: [{path: one.env, format: raw}, three.env]}}")
            .and("three.env", "C=3"),
        service("env_file: one.env").and("one.env", "A: 1\nB.c=2\nD=${E:-d}\nE=e\nF=${E-x}\n"));
  }

  @ParameterizedTest
  @MethodSource("environments")
  void agrees(Given given) throws IOException {
    Compose.Answer answer = config(given);
    assertThat(answer.accepted()).as(answer.stderr()).isTrue();
    Environment environment = given.load().services().get(0).environment();

    Map<String, String> ours = new TreeMap<>();
    environment
        .values()
        .forEach((name, value) -> ours.put(name, value.known() ? value.text() : "null"));
    Map<String, String> theirs = new TreeMap<>();
    Object model = Json.at(Json.read(answer.stdout()), "services", "a", "environment");
    ((Map<?, ?>) java.util.Objects.requireNonNull(model))
        .forEach(
            (name, value) ->
                theirs.put(String.valueOf(name), String.valueOf(value).replace("$$", "$")));
    assertThat(ours).isEqualTo(theirs);
    assertThat(environment.unread()).isEmpty();
  }

  /** Compose stops at each of these, and we say that the file is not read. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "env_file: gone.env",
        "env_file: [{path: gone.env}]",
        "env_file: [{path: gone.env, required: yes}]",
        "env_file: [{path: one.env, format: json}]",
        "env_file: [{path: spaced.env, format: raw}]",
        "env_file: [{path: nameless.env, format: raw}]",
        "env_file: open.env"
      })
  void does_not_read_what_compose_refuses(String settings) throws IOException {
    Given given =
        service(settings)
            .and("one.env", "A=1")
            .and("spaced.env", "A =1")
            .and("nameless.env", "=1")
            .and("open.env", "A='1");
    assertThat(config(given).accepted()).isFalse();
    assertThat(given.load().services().get(0).environment().unread()).hasSize(1);
  }

  private Compose.Answer config(Given given) throws IOException {
    for (Map.Entry<String, String> e : given.texts().entrySet()) {
      Files.writeString(dir.resolve(e.getKey()), e.getValue());
    }
    var files = new ArrayList<Path>();
    given.compose().forEach(path -> files.add(dir.resolve(path)));
    return compose.config(dir, files, List.of("--format", "json").toArray(String[]::new));
  }
}
