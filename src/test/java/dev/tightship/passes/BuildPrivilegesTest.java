package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuildPrivilegesTest extends PassTest {

  BuildPrivilegesTest() {
    super(new BuildPrivileges());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RUN --security=insecure x | high the step has power over the machine that builds"
            + " (--security=insecure)",
        "RUN --network=host x | medium the step reaches what listens on 127.0.0.1 of the machine that"
            + " builds (--network=host)",
        "RUN --mount=type=secret,id=a,mode=0444 x | low each user of the step may use what it mounts"
            + " (type=secret, mode=0444)",
        "RUN --mount=type=ssh,mode=666 x | low each user of the step may use what it mounts (type=ssh,"
            + " mode=666)",
        "VOLUME /data /proc | medium VOLUME puts a volume over what the kernel shows in /proc",
        "VOLUME [\"/dev/shm\"] | medium VOLUME puts a volume over what the kernel shows in /dev/shm",
        "VOLUME /var/run/docker.sock | low VOLUME makes an empty folder where the socket of the engine"
            + " would be",
      })
  void finds_what_reaches_out(String text, String message) {
    assertThat(said(onDebian(text))).containsExactly(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RUN --security=sandbox --network=none x",
        "RUN --mount=type=secret,id=a,mode=0400 x",
        "RUN --mount=type=secret,id=a,uid=1000 x",
        "RUN --mount=type=cache,target=/c,mode=0777 x",
        "RUN x --network=host",
        "VOLUME /data /system /devel $X",
      })
  void leaves_the_rest(String text) {
    leaves(onDebian(text), "no step of it reaches out of the build");
  }
}
