package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import dev.tightship.engine.Step;
import dev.tightship.pass.Remark;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorldWritableTest extends PassTest {

  private static final String FINE = "it lets nobody write but owners and groups";

  WorldWritableTest() {
    super(new WorldWritable());
  }

  private List<String> messages(String text) {
    return Laws.check(onDebian(text), List.of(pass()), Level.STRICT).steps().stream()
        .map(Step::remark)
        .filter(Remark.Finding.class::isInstance)
        .map(r -> ((Remark.Finding) r).message())
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      value = {
        "RUN chmod 777 /app               ¦ chmod 777",
        "RUN chmod -R 0777 /app           ¦ chmod 0777",
        "RUN chmod --recursive -v 666 a b ¦ chmod 666",
        "RUN chmod a+w a                  ¦ chmod a+w",
        "RUN chmod u=rwx,go+w a           ¦ chmod u=rwx,go+w",
        "RUN chmod ugo+rwX a              ¦ chmod ugo+rwX",
        "RUN chmod a=rw a                 ¦ chmod a=rw",
        "RUN sudo chmod o+w a             ¦ chmod o+w",
        "RUN find . -type d -exec chmod 777 {} \\; ¦ chmod 777",
        "RUN find . -print0 | xargs -0 chmod 777 ¦ chmod 777",
        "RUN mkdir -p -m 777 a            ¦ mkdir -m 777",
        "RUN mkdir -m0777 a               ¦ mkdir -m 0777",
        "RUN install -d --mode=777 a      ¦ install -m 777",
        "RUN bash -c 'chmod 777 a'        ¦ chmod 777",
        "COPY --chmod=777 a /             ¦ --chmod=777",
        "ADD --chmod=a+w a /              ¦ --chmod=a+w",
        "CMD chmod 777 /data && start     ¦ chmod 777",
      })
  void finds_what_everyone_may_write(String text, String by) {
    assertThat(messages(text))
        .containsExactly("everyone in the container may write it (%s)".formatted(by));
  }

  @Test
  void finds_more_than_one_thing() {
    assertThat(messages("RUN chmod 4777 a && chmod 777 a && chmod 777 b")).hasSize(2);
    assertThat(messages("RUN umask 000 && touch a"))
        .containsExactly("everyone in the container may write what is made here (umask 000)");
  }

  private static Given copied(String build, String copy) {
    return Given.compose("services: {api: {build: .}}\n")
        .and(
            DOCKERFILE,
            "FROM debian:13 AS build\n%s\nFROM build AS more\nFROM scratch\n%s\n"
                .formatted(build, copy));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RUN chmod -R 777 /app | COPY --from=build /app/dist /srv",
        "RUN chmod 777 /app/dist/x | COPY --from=0 app/d* /srv/",
        "RUN chmod 777 dist | COPY --from=build /app /app",
        "RUN chmod 777 /app | COPY --from=more /app /app",
        "RUN chmod 777 $X | COPY --from=build /app /app",
        "RUN chmod 777 /app | ARG X\\nCOPY --from=build $X /app",
        "RUN chmod 777 /app | RUN --mount=from=build,target=/x cp -r /x /y",
        "RUN find /x -exec chmod 777 {} + | COPY --from=build /app /app",
        "COPY --chmod=777 a /app/ | COPY --from=build [\"/app/a\", \"/srv/a\"]",
      })
  void looks_at_what_is_copied_from_a_stage(String build, String copy) {
    assertThat(said(copied(build, copy.replace("\\n", "\n")))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RUN chmod 777 /go | COPY --from=build /app /app",
        "CMD chmod 777 /app | COPY --from=build /app /app",
        "COPY --chmod=777 a /tmp/ | COPY --from=build /app /app",
      })
  void leaves_what_nobody_copies_from_a_stage(String build, String copy) {
    leaves(copied(build, copy), FINE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RUN chmod 755 a && chmod 0644 777 && chmod -R g=u a",
        "RUN chmod 1777 /tmp && chmod 775 a && chmod 2775 b",
        "RUN chmod a+rwxt a",
        "RUN chmod +w a && chmod +x b && chmod g+ws c",
        "RUN chmod a-w a && chmod o-w b && chmod a=rw,o=r c && chmod 4755 d",
        "RUN chmod $MODE a",
        "RUN chmod --reference=777 a",
        "RUN echo chmod 777",
        "RUN mkdir -m 755 a && mkdir -p 777",
        "RUN umask 0022 && umask",
        "COPY --chmod=755 a /",
        "COPY --chmod=$MODE a /",
        "COPY a b /777/",
      })
  void leaves_the_rest(String text) {
    leaves(onDebian(text), FINE);
  }

  @Test
  void names_the_user_of_the_image() {
    String to =
        "let nobody else write (755 for folders and programs, 644 for files), and give what ";
    advises(
        onDebian("RUN chmod 777 a\nUSER app:app"),
        to + "the program writes to its user: chown app:app");
    String other = to + "the program writes to the user that it runs as, with chown";
    advises(onDebian("RUN chmod 777 a\nUSER root"), other);
    advises(onDebian("RUN chmod 777 a\nUSER $X"), other);
    advises(onDebian("RUN chmod 777 a"), other);
    advises(
        onDebian("RUN chmod 777 /tmp"),
        "write 1777, so that nobody removes the files of others, as in /tmp");
  }

  @Test
  void leaves_what_is_not_understood() {
    leaves(
        onDebian("RUN case $A in a) chmod 777 a;; esac"),
        "nothing of it that can be told lets everyone write");
  }
}
