package dev.tightship.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.PortSpec.Invalid;
import dev.tightship.compose.PortSpec.Ports;
import dev.tightship.compose.PortSpec.Valid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortSpecTest {

  @Test
  void takes_a_full_item_apart() {
    String text = "[::1]:8000-8010:80/UDP";

    assertThat(PortSpec.parse(text))
        .isInstanceOfSatisfying(
            Valid.class,
            v -> {
              assertThat(v.ip()).isEqualTo("::1");
              assertThat(v.host()).isEqualTo(new Ports(8000, 8010));
              assertThat(v.container()).isEqualTo(new Ports(80, 80));
              assertThat(v.protocol()).isEqualTo("udp");
              assertThat(v.ipSpan().of(text)).isEqualTo("[::1]");
              assertThat(v.hostSpan().of(text)).isEqualTo("8000-8010");
              assertThat(v.containerSpan().of(text)).isEqualTo("80");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "80, '', , 80", "8080:80, '', 8080, 80", "127.0.0.1::80, 127.0.0.1, , 80", ":80, '', , 80",
    "::80, '', , 80", "0080, '', , 80", "0:80, '', 0, 80", "1-3:1-3, '', 1-3, 1-3",
    "::1:8080:80, ::1, 8080, 80", "80-80:80, '', 80, 80", "+80:+90, '', 80, 90"
  })
  void reads_what_compose_accepts(String text, String ip, String host, String container) {
    assertThat(PortSpec.parse(text))
        .isInstanceOfSatisfying(
            Valid.class,
            v -> {
              assertThat(v.ip()).isEqualTo(ip);
              assertThat(v.host() == null ? null : v.host().toString()).isEqualTo(host);
              assertThat(v.container()).hasToString(container);
              assertThat(v.protocol()).isEqualTo("tcp");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "80:",
        "/tcp",
        "a",
        "0",
        "65536",
        "-1",
        "80-",
        "90-80",
        "1-2:1-3",
        "80/tcp/udp",
        "80/x",
        "localhost:80:80",
        "127.0.0.01:80:80",
        "[::1:80:80",
        "8080 :80",
        "8080:80 ",
        "\n8080:80",
        "8080:80/ tcp",
        "fe80::1%eth0:80:80",
        "1::2::3:80:80",
        "４:80"
      })
  void says_why_compose_refuses_an_item(String text) {
    assertThat(PortSpec.parse(text))
        .isInstanceOfSatisfying(Invalid.class, i -> assertThat(i.reason()).isNotBlank());
  }

  @ParameterizedTest
  @CsvSource({
    "'8080 :80', 8080:80", "'8080:80 ', 8080:80", "' 8080: 80 / tcp', 8080:80/tcp",
    "'80 - 90', 80-90", "'127.0.0.1 :80:80', 127.0.0.1:80:80", "'8080:80\n', 8080:80"
  })
  void mends_white_space_that_can_mean_nothing(String text, String mended) {
    assertThat(PortSpec.mended(text)).hasValue(mended);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"80 80", "80 80:80", "8080:80", "8080:80 tcp", "x :80", "8080:80:\n", " "})
  void leaves_an_item_that_is_fine_or_may_mean_something_else(String text) {
    assertThat(PortSpec.mended(text)).isEmpty();
  }
}
