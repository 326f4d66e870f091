package dev.tightship.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuotedPrintableTest {

  @Test
  void plain_text_stays_readable() {
    assertThat(QuotedPrintable.of("+    image: nginx # front\n\n-\ta\n"))
        .isEqualTo("+    image: nginx # front\n\n-\ta\n");
  }

  @Test
  void what_a_mail_would_lose_is_written_out() {
    assertThat(QuotedPrintable.of("a\r\n")).isEqualTo("a=0D\n");
    assertThat(QuotedPrintable.of("a\rb")).isEqualTo("a=0Db");
    assertThat(QuotedPrintable.of("a \n\t\nb ")).isEqualTo("a=20\n=09\nb=20");
    assertThat(QuotedPrintable.of("A=b\u00e4\u0000\u007f")).isEqualTo("A=3Db=C3=A4=00=7F");
    assertThat(QuotedPrintable.of("From x\nOf From\n")).isEqualTo("=46rom x\nOf From\n");
  }

  @Test
  void no_line_is_longer_than_a_mail_may_have() {
    String fits = "x".repeat(76);
    assertThat(QuotedPrintable.of(fits + "\n")).isEqualTo(fits + "\n");
    assertThat(QuotedPrintable.of(fits + "x\n")).isEqualTo("x".repeat(75) + "=\nxx\n");
    assertThat(QuotedPrintable.of("x".repeat(75) + "F\nF")).isEqualTo("x".repeat(75) + "F\n=46");
    assertThat(QuotedPrintable.of("x".repeat(75) + "From\n"))
        .isEqualTo("x".repeat(75) + "=\n=46rom\n");
    assertThat(QuotedPrintable.of("\u00e4".repeat(500)).lines())
        .allMatch(line -> line.length() <= 76);
  }
}
