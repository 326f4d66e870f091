package dev.tightship.passes;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecommendedPackagesTest extends PassTest {

  private static final String NOTHING = "it is not seen to install what is only recommended";

  RecommendedPackagesTest() {
    super(new RecommendedPackages());
  }

  private static Given dockerfile(String text) {
    return Given.compose("services: {api: {build: .}}\n").and(DOCKERFILE, text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "apt-get update && apt-get install -y cron | apt-get update && apt-get install -y --no-install-recommends cron",
        "apt-get install cron -y | apt-get install --no-install-recommends cron -y",
        "apt-get install -yqq --fix-missing cron | apt-get install -yqq --no-install-recommends --fix-missing cron",
        "apt install -y a; apt install -y b | apt install -y --no-install-recommends a; apt install -y --no-install-recommends b",
        "apt-get install -y git ca-certificates | apt-get install -y --no-install-recommends git ca-certificates",
        "dnf install -y a | dnf install -y --setopt=install_weak_deps=False a",
        "dnf install -y curl | dnf install -y --setopt=install_weak_deps=False curl",
        "zypper -n in a | zypper -n in --no-recommends a",
      })
  void leaves_out_what_is_only_recommended(String before, String after) {
    String text = "FROM a\nRUN " + before + "\n";
    hardens(Level.STRICT, dockerfile(text), Map.of(DOCKERFILE, "FROM a\nRUN " + after + "\n"));
    offers(Level.STANDARD, dockerfile(text));
  }

  @Test
  void keeps_the_certificates() {
    advises(
        dockerfile("FROM a\nRUN apt-get update && apt-get install -y cron wget curl\n"),
        "name ca-certificates as well, without which wget takes no https, then add"
            + " --no-install-recommends");
    hardens(
        Level.STRICT,
        dockerfile(
            """
            FROM a AS b
            RUN apt-get install --no-install-recommends ca-certificates
            FROM b
            RUN apt-get install curl
            """),
        Map.of(
            DOCKERFILE,
            """
            FROM a AS b
            RUN apt-get install --no-install-recommends ca-certificates
            FROM b
            RUN apt-get install --no-install-recommends curl
            """));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RUN apt-get install -y --no-install-recommends a",
        "RUN apt-get install -y --install-recommends a",
        "RUN apt-get -o APT::Install-Recommends=0 install a",
        "RUN apt-get install $OPTIONS a",
        "RUN echo 'APT::Install-Recommends \"0\";' > /etc/apt/apt.conf.d/x && apt-get install a",
        "RUN apt-get purge a",
        "RUN dnf --setopt=install_weak_deps=0 install a",
        "RUN yum install -y a && microdnf install b && apk add c",
        "RUN zypper in --no-recommends a && zypper --recommends in b",
        "RUN case a in b) apt-get install c;; esac",
      })
  void leaves_what_is_decided(String text) {
    leaves(dockerfile("FROM a\n" + text + "\n"), NOTHING);
  }

  @Test
  void leaves_stages_from_which_others_only_copy() {
    leaves(
        dockerfile("FROM a AS b\nRUN apt-get install -y c\nFROM c\nCOPY --from=b /x /x\n"),
        "only what is copied from it gets on");
  }
}
