package dev.tightship.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.yaml.Node;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameTest {

  @ParameterizedTest
  @CsvSource({
    "http://${SET}/, http://db/",
    "http://${GONE}/, http://?/",
    "$GONE:${GONE:?why}, ?:?",
    "${GONE:-${OTHER}}, ?",
    "${GONE:-x}, x",
    "${SET:+${GONE}}, ?",
    "$$GONE, $GONE",
    "${GONE:-x}$GONE, x",
    "${!, ${!"
  })
  void a_sign_stands_for_what_has_no_value(String written, String filled) {
    var service =
        Given.compose("services: {web: {image: '%s'}}".formatted(written))
            .and(".env", "SET=db\n")
            .load()
            .services()
            .get(0);
    var known = (Answer.Known) service.find("image");
    assertThat(known.frame().interpolated((Node.Scalar) known.node(), name -> "?"))
        .isEqualTo(filled);
  }
}
