package dev.tightship.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComposeTest {

  @TempDir Path dir;

  private final Compose compose = Compose.orSkip();

  @Test
  void shows_the_model_of_an_accepted_file() {
    Object model = compose.model(dir, "services: {a: {image: nginx, read_only: true}}");

    assertThat(Json.at(model, "services", "a", "image")).isEqualTo("nginx");
    assertThat(Json.at(model, "services", "a", "read_only")).isEqualTo(true);
  }

  @Test
  void says_why_a_file_is_refused() throws IOException {
    Path file = Files.writeString(dir.resolve("c.yaml"), "services: {a: {imagine: nginx}}");

    var answer = compose.config(dir, List.of(file), "-q");

    assertThat(answer.accepted()).isFalse();
    assertThat(answer.stderr()).contains("imagine");
  }

  @Test
  void sees_only_the_variables_it_is_given() throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("c.yaml"), "services: {a: {image: 'x:${TAG-none}-${JAVA_HOME-none}'}}");

    var answer = compose.config(dir, List.of(file), Map.of("TAG", "7"), "--images");

    assertThat(answer.stdout().strip()).isEqualTo("x:7-none");
  }

  @Test
  void answers_several_threads_at_once() {
    List<Object> images =
        IntStream.range(0, 8)
            .parallel()
            .mapToObj(
                n -> {
                  try {
                    Path own = Files.createDirectory(dir.resolve("p" + n));
                    Object model = compose.model(own, "services: {a: {image: 'x:" + n + "'}}");
                    return String.valueOf(Json.at(model, "services", "a", "image"));
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                })
            .map(Object.class::cast)
            .toList();

    assertThat(images).isEqualTo(IntStream.range(0, 8).mapToObj(n -> (Object) ("x:" + n)).toList());
  }
}
