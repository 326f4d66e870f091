package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SudoInBuildTest extends PassTest {

  SudoInBuildTest() {
    super(new SudoInBuild());
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
    assertThat(said(onDebian(text))).containsExactly(message);
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
    leaves(onDebian(text), "it uses no sudo");
  }

  @Test
  void leaves_a_stage_from_which_others_only_copy() {
    leaves(
        onDebian("RUN sudo apt-get install -y sudo\nFROM scratch\nCOPY --from=0 /app /app"),
        "only what is copied from it gets on");
  }
}
