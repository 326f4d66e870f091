package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SudoInBuildTest extends PassTest {

  SudoInBuildTest() {
    super(new SudoInBuild());
  }

  private static Given dockerfile(String text) {
    return Given.compose("services: {api: {build: .}}\n")
        .and(DOCKERFILE, "FROM debian:13\n" + text + "\n");
  }

  private List<String> messages(String text) {
    return said(dockerfile(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      value = {
        "RUN sudo apt-get update && sudo ls ¦ low a build needs no sudo",
        "RUN a && if b; then /usr/bin/sudo -u x c; fi ¦ low a build needs no sudo",
        "RUN doas apk add x               ¦ low a build needs no sudo",
        "RUN apt-get update && apt-get -y install a sudo b ¦ medium sudo is installed in the image",
        "RUN apk add --no-cache sudo=1.9.17 ¦ medium sudo is installed in the image",
        "RUN dnf install -y sudo          ¦ medium sudo is installed in the image",
        "RUN echo \"$U ALL=(ALL) NOPASSWD:ALL\" >> /etc/sudoers ¦ high a user of the image becomes root without a password",
        "CMD sudo -u app start            ¦ medium the start needs sudo, which no-new-privileges forbids",
        "ENTRYPOINT [\"sudo\", \"start\"] ¦ medium the start needs sudo, which no-new-privileges forbids",
        "CMD [\"su\", \"-\", \"app\", \"-c\", \"start\"] ¦ medium the start changes its user with su, which stays as its parent",
      })
  void finds_sudo(String text, String message) {
    assertThat(messages(text)).containsExactly(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RUN echo sudo && apt-get install -y gosu sudoku && apt-get purge sudo",
        "RUN apt-get remove -y sudo",
        "RUN su postgres -c initdb",
        "RUN grep NOPASSWD /etc/sudoers",
        "CMD [\"gosu\", \"app\", \"start\"]",
        "COPY sudo /usr/bin/sudo",
      })
  void leaves_the_rest(String text) {
    leaves(dockerfile(text), "it uses no sudo");
  }
}
