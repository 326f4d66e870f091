package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuildWarningsTest extends PassTest {

  private static final String FINE = "no builder warns of what it says";

  BuildWarningsTest() {
    super(new BuildWarnings());
  }

  private static Given dockerfile(String text) {
    return Given.compose("services: {api: {build: .}}\n").and(DOCKERFILE, text);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "MAINTAINER Jane Doe <j@x.org>, LABEL org.opencontainers.image.authors=\"Jane Doe <j@x.org>\"",
        "maintainer \"Jane\", label org.opencontainers.image.authors=\"Jane\"",
        "EXPOSE 80:80, EXPOSE 80",
        "EXPOSE 127.0.0.1:8080:80/udp  :9, EXPOSE 80/udp  9",
        "EXPOSE 80 180:80 80, EXPOSE 80 80 80",
        "EXPOSE 8000-8010:9000-9010 $PORT, EXPOSE 9000-9010 $PORT",
      })
  void mends_what_is_only_written_badly(String before, String after) {
    hardens(
        Level.SAFE,
        dockerfile("FROM a\n# as it is\n" + before + "\nRUN x\n"),
        Map.of(DOCKERFILE, "FROM a\n# as it is\n" + after + "\nRUN x\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Jane \"J\" Doe", "Jane $DOE", "J\\\\D", "\"Jane\" <j@x>"})
  void reports_authors_that_would_need_escapes(String name) {
    advises(
        dockerfile("FROM a\nMAINTAINER " + name + "\n"),
        "write a label org.opencontainers.image.authors");
  }

  @Test
  void reports_authors_that_a_label_names_already() {
    advises(
        dockerfile("FROM a\nMAINTAINER Jane\nLABEL x=y org.opencontainers.image.authors=Joe\n"),
        "take it away: a label names the authors");
  }

  @Test
  void leaves_a_file_that_no_person_wrote_to_its_maker() {
    advises(
        dockerfile("FROM a\n" + "RUN x\n".repeat(1_000) + "EXPOSE 80:80\n"),
        "the file is too long to be rewritten");
  }

  @ParameterizedTest
  @ValueSource(strings = {"70000", "80/http", "80,443", "90-80", "http", "x:80", "80 443/tpc"})
  void reports_ports_that_do_not_exist(String ports) {
    advises(
        dockerfile("FROM a\nEXPOSE " + ports + "\n"),
        "write ports from 1 to 65535, with /udp where they are not of TCP");
  }

  @Test
  void reports_a_first_working_directory_that_is_relative() {
    String reason = "write the whole path, from / on";
    advises(dockerfile("FROM a\nWORKDIR app\nWORKDIR sub\n"), reason);
    advises(dockerfile("FROM a AS x\nRUN y\nFROM x\nWORKDIR app\n"), reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FROM a\nWORKDIR /app\nWORKDIR sub\nEXPOSE 80 443/tcp 8000-8010 $PORT ${P:-x} 80/UDP 0\n",
        "FROM a AS x\nWORKDIR /app\nFROM x\nWORKDIR sub\n",
        "FROM a\nWORKDIR $HOME\nWORKDIR x\n",
        "FROM a\nWORKDIR C:\\\\app\n",
        "FROM a\nONBUILD WORKDIR x\n",
      })
  void leaves_what_no_builder_warns_of(String text) {
    leaves(dockerfile(text), FINE);
  }

  @ParameterizedTest
  @CsvSource({
    "SIGNALX, 'medium STOPSIGNAL names what is no signal, so the build fails'",
    "0, 'medium STOPSIGNAL names what is no signal, so the build fails'",
    "SIGKILL, 'low each stop kills the program, which can finish nothing'",
    "kill, 'low each stop kills the program, which can finish nothing'",
  })
  void reports_signals(String signal, String message) {
    assertThat(said(onDebian("STOPSIGNAL " + signal))).containsExactly(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SIGTERM", "term", "15", "SIGRTMIN+3", "RTMAX-1", "$X"})
  void leaves_signals(String signal) {
    leaves(onDebian("STOPSIGNAL " + signal), "no builder warns of what it says");
  }
}
