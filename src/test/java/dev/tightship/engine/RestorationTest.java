package dev.tightship.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.edit.Edit;
import org.junit.jupiter.api.Test;

class RestorationTest {

  private static final Given PROJECT =
      Given.compose("services: {a: {image: x}}")
          .and("secrets/there.txt", "one")
          .and(".env", "SET=one\nEMPTY=\nexport OTHER=x");

  private final Restoration restoration = new Restoration(PROJECT.load());

  @Test
  void makes_what_is_not_there() {
    assertThat(restoration.add(new Edit.Keep("secrets/a.txt", " s3cret\n"))).isNull();
    assertThat(restoration.add(new Edit.Variable(".env", "A", "s3 cret"))).isNull();
    assertThat(restoration.add(new Edit.Variable("other.env", "B", "two"))).isNull();

    assertThat(restoration.files().kept()).containsOnlyKeys("secrets/a.txt");
    assertThat(restoration.files().kept().get("secrets/a.txt")).isEqualTo(" s3cret\n");
    assertThat(restoration.files().variables().get(".env"))
        .isEqualTo("SET=one\nEMPTY=\nexport OTHER=x\nA='s3 cret'");
    assertThat(restoration.files().variables().get("other.env")).isEqualTo("B=two\n");
  }

  @Test
  void takes_an_empty_variable_for_one_without_a_value() {
    assertThat(restoration.add(new Edit.Variable(".env", "EMPTY", "two"))).isNull();

    assertThat(restoration.files().variables().get(".env"))
        .isEqualTo("SET=one\nEMPTY=\nexport OTHER=x\nEMPTY=two");
  }

  @Test
  void changes_nothing_that_is_there() {
    assertThat(restoration.add(new Edit.Keep("secrets/there.txt", "two")))
        .isEqualTo("secrets/there.txt exists and holds something else, which is never overwritten");
    assertThat(restoration.add(new Edit.Variable(".env", "SET", "two")))
        .isEqualTo(".env gives SET another value already");
    assertThat(restoration.add(new Edit.Variable(".env", "LINES", "a\nb")))
        .isEqualTo("no file of variables can hold such a value");
    assertThat(restoration.add(new Edit.Keep("secrets/there.txt", "one"))).isNull();
    assertThat(restoration.add(new Edit.Variable(".env", "SET", "one"))).isNull();

    assertThat(restoration.files().kept()).isEmpty();
    assertThat(restoration.files().variables()).isEmpty();
  }
}
