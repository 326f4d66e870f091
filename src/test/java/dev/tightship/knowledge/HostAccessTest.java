package dev.tightship.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.tightship.knowledge.HostAccess.Need;
import dev.tightship.text.Resources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostAccessTest {

  private static final String BLOCK =
      "image: a b/c\nsource: a page, 2026-08-01\nknown: read\ndocker-socket: only to read\n";

  @Test
  void the_packed_text_is_read_and_knows_an_image_by_each_of_its_names() {
    for (String name :
        new String[] {"prom/node-exporter", "quay.io/prometheus/node-exporter:v1.12.1"}) {
      assertThat(HostAccess.of(image(name), Need.HOST_PROCESSES))
          .hasValueSatisfying(
              fact -> {
                assertThat(fact.value()).startsWith("it needs them to measure the machine");
                assertThat(fact.known()).isEqualTo(Known.READ);
                assertThat(fact.source().date()).isEqualTo("2026-08-08");
              });
    }
  }

  @Test
  void every_name_is_the_one_that_a_project_is_looked_up_by() {
    assertThat(Resources.text("host-access.txt").lines())
        .filteredOn(line -> line.startsWith("image: "))
        .flatExtracting(line -> java.util.List.of(line.substring(7).split(" ", -1)))
        .hasSizeGreaterThan(40)
        .allMatch(name -> image(name).familiarName().equals(name));
  }

  @Test
  void what_is_not_known_of_an_image_is_not_there() {
    assertThat(HostAccess.of(image("prom/node-exporter"), Need.DOCKER_SOCKET)).isEmpty();
    assertThat(HostAccess.of(image("acme/node-exporter"), Need.HOST_PROCESSES)).isEmpty();
  }

  @Test
  void a_block_ends_at_a_blank_line() {
    HostAccess two = HostAccess.parse("# note\n" + BLOCK + "\n" + BLOCK.replace("a b/c", "d"));

    assertThat(two.find(image("b/c:3"), Need.DOCKER_SOCKET)).isPresent();
    assertThat(two.find(image("d"), Need.DOCKER_SOCKET)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "privileged: without a source\n",
        "image: x\nsource: a page\nknown: read\nprivileged: without a date\n",
        "image: x\nsource: a page, 2026-08-01\nknown: guessed\nprivileged: x\n",
        "image: x\nsource: a page, 2026-08-01\nknown: read\n",
        "source: a page, 2026-08-01\nknown: read\nprivileged: no image\n",
        "image: x\nsource: a page, 2026-08-01\nknown: read\nroot: no such need\n",
        "image: x\nsource: a page, 2026-08-01\nknown: read\nprivileged: 1\nprivileged: 2\n",
        "image: x x\nsource: a page, 2026-08-01\nknown: read\nprivileged: 1\n",
      })
  void a_slip_is_refused(String text) {
    assertThatIllegalStateException().isThrownBy(() -> HostAccess.parse(text));
  }

  private static ImageReference image(String text) {
    return ImageReference.parse(text).orElseThrow();
  }
}
