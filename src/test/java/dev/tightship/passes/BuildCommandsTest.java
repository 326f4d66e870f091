package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuildCommandsTest extends PassTest {

  private static final String NOTHING = "its commands need nobody at a terminal";

  BuildCommandsTest() {
    super(new BuildCommands());
  }

  private static Given dockerfile(String text) {
    return Given.compose("services: {api: {build: .}}\n").and(DOCKERFILE, text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      value = {
        "apt update && apt install -y a ¦ apt-get update && apt-get install -y a",
        "sudo apt purge -y a && /usr/bin/env apt clean ¦ sudo apt-get purge -y a && /usr/bin/env apt-get clean",
        "apt-get update && apt-get install a ¦ apt-get update && apt-get install -y a",
        "apt-get update && apt-get -o A=b install --no-install-recommends a ¦ apt-get update && apt-get -o A=b install -y --no-install-recommends a",
        "apt-get install \"linux-headers-$(uname -r)\" ¦ apt-get install -y \"linux-headers-$(uname -r)\"",
        "apt-get purge a && apt-get autoremove ¦ apt-get purge -y a && apt-get autoremove -y",
        "apt update && apt install a ¦ apt-get update && apt-get install -y a",
        "if a; then apt-get install b; fi ¦ if a; then apt-get install -y b; fi",
        "yum install a ¦ yum install -y a",
        "dnf --setopt=a=b update ¦ dnf --setopt=a=b update -y",
        "zypper in a ¦ zypper --non-interactive in a",
        "zypper --gpg-auto-import-keys dup ¦ zypper --non-interactive --gpg-auto-import-keys dup",
        "useradd -m -u 1000001 a ¦ useradd --no-log-init -m -u 1000001 a",
        "useradd -mu 100000 a ¦ useradd --no-log-init -mu 100000 a",
        "useradd --uid=1000660000 a ¦ useradd --no-log-init --uid=1000660000 a",
      })
  void mends_them(String before, String after) {
    hardens(
        Level.SAFE,
        dockerfile("FROM a\nRUN " + before + "\n"),
        Map.of(DOCKERFILE, "FROM a\nRUN " + after + "\n"));
  }

  @Test
  void says_each_thing_once() {
    assertThat(said(dockerfile("FROM a\nRUN apt install b; apt install c; useradd -u 100000 d\n")))
        .containsExactly(
            "low apt is made for people, and says that its options may change; apt install asks"
                + " before it goes on, and in a build nobody answers; useradd makes room in the log"
                + " of logins for all uids up to 100000");
  }

  @Test
  void keeps_lines_and_comments() {
    hardens(
        Level.SAFE,
        dockerfile("FROM a\nRUN apt update \\\n  # c\n  && apt install \\\n    b\n"),
        Map.of(
            DOCKERFILE,
            "FROM a\nRUN apt-get update \\\n  # c\n  && apt-get install -y \\\n    b\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RUN apt-get update && apt-get install -y a && apt-get -qq remove b",
        "RUN apt-get install -qy a && apt-get install --yes b && apt-get install -yqq c",
        "RUN apt-get install -q=2 a && apt-get -o APT::Get::Assume-Yes=true install b",
        "RUN yes | apt-get install a",
        "RUN apt-get install a < answers",
        "RUN apt-get $OPTIONS install a",
        "RUN echo 'APT::Get::Assume-Yes \"true\";' > /etc/apt/apt.conf.d/90 && apt-get install a",
        "RUN apt-get update && apt-get source a",
        "RUN apt list && apt-cache search install && apt-mark hold apt",
        "RUN apt upgrade -y",
        "RUN microdnf install a",
        "RUN dnf -y install a && yum install --assumeyes b && yum history",
        "RUN zypper -n in a && zypper install -y b && zypper --non-interactive dup",
        "RUN zypper ref && zypper -n in a",
        "RUN useradd -u 99999 a && useradd -l -u 1000001 b && useradd -ml -u 1000001 c",
        "RUN useradd --no-log-init -u 1000001 b && useradd -u $UID c && useradd d",
        "RUN apk add a",
        "RUN --mount=type=cache,target=/var/lib/apt apt-get update",
        "CMD apt install a",
        "RUN apt-get update && ./install.sh",
      })
  void leaves_what_nobody_is_asked(String text) {
    leaves(dockerfile("FROM a\n" + text + "\n"), NOTHING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "set -x; apt-get update | put it before the apt-get install that needs it, in the same RUN",
        "apk -q update | take it away: apk add --no-cache fetches them itself",
        "zypper --gpg-auto-import-keys ref | put it before the zypper install that needs it, in the same RUN",
      })
  void tells_of_lists_that_grow_old(String run, String advice) {
    advises(dockerfile("FROM a\nRUN " + run + "\n"), advice);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"RUN [\"apt\", \"install\", \"-y\", \"a\"]", "RUN <<EOF\napt install -y a\nEOF"})
  void tells_of_what_it_cannot_reach(String text) {
    advises(dockerfile("FROM a\n" + text + "\n"), "call apt-get");
  }
}
