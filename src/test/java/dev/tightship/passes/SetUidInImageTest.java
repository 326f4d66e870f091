package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SetUidInImageTest extends PassTest {

  private static final String FINE = "it makes no program that takes rights of its own";
  private static final String SETCAP = "low whoever starts the program gets a capability (setcap)";

  SetUidInImageTest() {
    super(new SetUidInImage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RUN chmod 4755 a | chmod 4755",
        "RUN chmod u+s a | chmod u+s",
        "RUN chmod 06755 a | chmod 06755",
        "RUN chmod +s a | chmod +s",
        "RUN chmod a+xs a | chmod a+xs",
        "RUN install -m 4755 a b | install -m 4755",
        "COPY --chmod=4755 a /b | --chmod=4755",
      })
  void finds_set_uid_bits(String text, String by) {
    assertThat(said(onDebian(text)))
        .containsExactly(
            "medium whoever starts the program gets the rights of its owner (%s)".formatted(by));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RUN setcap cap_net_raw,cap_net_admin=+eip /a",
        "RUN apk add libcap && /usr/sbin/setcap -q \"CAP_NET_RAW=ep\" /a",
        "RUN setcap $CAPS /a",
      })
  void finds_capabilities_of_files(String text) {
    assertThat(said(onDebian(text))).containsExactly(SETCAP);
    advises(
        onDebian(text),
        "leave it out if the program works without; else know that it has no effect with"
            + " no-new-privileges, and that the program does not start where the container lacks the"
            + " capability");
  }

  @Test
  void knows_that_a_low_port_needs_none() {
    advises(
        onDebian("RUN setcap 'cap_net_bind_service=+ep' /a"),
        "leave it out: in the network of a container every user may take ports below 1024, since"
            + " Docker 20.10");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RUN chmod 755 a && chmod u-s b && chmod 2775 c && chmod g+s d",
        "RUN setcap -r /usr/bin/ping",
        "RUN apt-get install -y libcap2-bin && which setcap && echo setcap cap_net_raw=+ep /a",
        "COPY --chmod=755 a /b",
      })
  void leaves_the_rest(String text) {
    leaves(onDebian(text), FINE);
  }

  @Test
  void looks_at_what_is_copied_from_a_stage() {
    String build = "RUN chmod 4755 /app/a\nCMD chmod 4755 /app/a\nFROM scratch\n";
    assertThat(said(onDebian(build + "COPY --from=0 /app /app"))).hasSize(1);
    leaves(onDebian(build + "COPY --from=0 /srv /app"), FINE);
  }
}
