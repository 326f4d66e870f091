package dev.tightship.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeenTest {

  @ParameterizedTest
  @CsvSource({
    "/a/b, /a/b/c/d, c/d",
    "/a/b, /a/b, .",
    "/a/b/, /a/b/c, c",
    "/, /a, a",
    "/home/bc, /home/b/c, ../b/c",
    "/home/me/repo/sub, /home/me/repo/compose.yaml, ../compose.yaml",
    "/home/me/repo, /tmp/x, /tmp/x",
    "/a/b/c/d/e/f, /a/x, /a/x",
  })
  void shows_the_shorter_way(String here, String path, String seen) {
    assertThat(Seen.from(here, path)).isEqualTo(seen);
  }
}
