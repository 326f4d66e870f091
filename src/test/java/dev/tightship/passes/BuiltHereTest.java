package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuiltHereTest {

  /** The group of a number alone is that of the account which has it, as Docker reads it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "node:22 | USER 1000 | 1000:1000",
        "node:22 | USER 1000:50 | 1000:50",
        "node:22 | USER 4711 | 4711:0",
        "debian:13 | RUN groupadd -g 20 x && useradd -g x -u 10001 app;USER 10001 | 10001:20",
        "debian:13 | RUN groupadd --gid=20 x;RUN useradd --uid=10001 --gid x app;USER 10001 | 10001:20",
        "debian:13 | RUN useradd -g 33 -u 10001 app;USER 10001 | 10001:33",
        "debian:13 | RUN adduser --gid 33 --uid 10001 app;USER 10001 | 10001:33",
        "alpine:3 | RUN addgroup -g 20 x && adduser -D -u 10001 -G x app;USER 10001 | 10001:20",
        "debian:13 | RUN useradd -g 33 -u 10001 app;USER 10002 | 10002:0",
        "debian:13 | RUN useradd -g 33 -u 10001 app && groupmod -g 34 x;USER 10001 | 10001:0",
      })
  void knows_the_group_of_a_number(String base, String lines, String numbers) throws Exception {
    var project =
        Given.compose("services: {api: {build: .}}\n")
            .and("Dockerfile", "FROM " + base + "\n" + lines.replace(';', '\n') + "\n")
            .load();
    StartUser user = BuiltHere.of(project.services().get(0)).user();
    String[] parts = numbers.split(":", 2);
    assertThat(user)
        .isEqualTo(new StartUser.Numbers(Long.parseLong(parts[0]), Long.parseLong(parts[1])));
  }
}
