package dev.tightship.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ValuesTest {

  @Test
  void what_two_runs_do_not_agree_on_is_not_known() {
    var one = new Values(Map.of("a.txt", "1", "b.txt", "2"), Map.of("A", "1", "B", "2"));
    var two = new Values(Map.of("a.txt", "1", "b.txt", "3", "c.txt", "4"), Map.of("B", "3"));

    assertThat(one.agreeing(two))
        .isEqualTo(new Values(Map.of("a.txt", "1", "c.txt", "4"), Map.of("A", "1")));
    assertThat(two.agreeing(one)).isEqualTo(one.agreeing(two));
  }

  @Test
  void shows_names_alone() {
    assertThat(new Values(Map.of("a.txt", "s3cret"), Map.of("A", "s3cret")).toString())
        .isEqualTo("Values[files=[a.txt], variables=[A]]");
    assertThat(new OldVersions.Found("s3cret", "1a2b").toString()).doesNotContain("s3cret");
  }
}
