package dev.tightship.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuiltImageTest {

  private static BuiltImage image(String text) {
    return image(text, Map.of());
  }

  private static BuiltImage image(String text, Map<String, String> buildArgs) {
    Dockerfile file = Texts.read(text);
    Stage last = file.stages().get(file.stages().size() - 1);
    return file.build(buildArgs).image(last);
  }

  private static String said(Setting<String> setting) {
    return setting instanceof Setting.Given<String> given
        ? given.value()
        : setting instanceof Setting.Unknown<String> unknown
            ? "? " + unknown.why()
            : setting.getClass().getSimpleName();
  }

  private static String said(Resolution resolution) {
    return resolution instanceof Resolution.Known known
        ? known.text()
        : "? " + ((Resolution.Unknown) resolution).why();
  }

  private static String start(Setting<Command> setting) {
    Command command = setting.value();
    return command == null
        ? setting.getClass().getSimpleName()
        : (command.shell() ? "sh " : "") + String.join("|", command.words());
  }

  @Test
  void takes_what_the_stages_below_say_and_leaves_out_the_others() {
    BuiltImage image =
        image(
            """
            FROM node:20 AS base
            WORKDIR /srv
            EXPOSE 80 443/tcp
            FROM base AS build
            RUN npm run build
            USER root
            FROM base
            WORKDIR app
            RUN npm ci
            COPY --from=build --chown=node /srv/dist ./public/
            VOLUME /data
            USER node
            CMD ["node", "app.js"]
            """);
    assertThat(image.base()).isEqualTo(new Base.Image("node:20"));
    assertThat(image.stages()).extracting(Stage::index).containsExactly(0, 2);
    assertThat(said(image.workdir())).isEqualTo("/srv/app");
    assertThat(said(image.user())).isEqualTo("node");
    assertThat(start(image.entrypoint())).isEqualTo("Inherited");
    assertThat(start(image.command())).isEqualTo("node|app.js");
    assertThat(image.ports()).extracting(BuiltImageTest::said).containsExactly("80", "443/tcp");
    assertThat(image.volumes()).extracting(BuiltImageTest::said).containsExactly("/data");
    assertThat(image.runs()).extracting(Instruction::line).containsExactly(9);
    assertThat(image.copies())
        .singleElement()
        .satisfies(
            copy -> {
              assertThat(copy.from()).isEqualTo("build");
              assertThat(copy.sources())
                  .extracting(BuiltImageTest::said)
                  .containsExactly("/srv/dist");
              assertThat(said(copy.target())).isEqualTo("/srv/app/public");
              assertThat(copy.owner()).isEqualTo(new Resolution.Known("node"));
              assertThat(copy.by().line()).isEqualTo(10);
            });
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '§',
      delimiter = '|',
      value = {
        "FROM a                                        | Inherited",
        "FROM scratch                                  | Unset",
        "FROM scratch;WORKDIR app                      | /app",
        "FROM a;WORKDIR app              | ? it is relative to the working directory of the base image",
        "FROM a;WORKDIR /a//b/;WORKDIR ../c/.          | /a/c",
        "FROM a;WORKDIR /;WORKDIR ..                   | /",
        "FROM a;WORKDIR \"/with blank\"                | /with blank",
        "FROM a;ENV H=/h;WORKDIR $H/x                  | /h/x",
        "FROM a;ENV H=/h;ENV H=/i J=$H;WORKDIR $J      | /h",
        "FROM a;ARG H=/h;WORKDIR $H                    | /h",
        "ARG H=/h;FROM a;WORKDIR /x$H       | ? `H` is not set in the file, and its base image may set it",
        "ARG H=/h;FROM a;ARG H;WORKDIR $H              | /h",
        "ARG H=/h;FROM a;ARG H=/own;WORKDIR $H         | /own",
        "FROM a;ARG GIVEN=/d;WORKDIR $GIVEN            | /given",
        "ARG TARGETARCH;FROM a;ARG TARGETARCH;WORKDIR /$TARGETARCH | ? `TARGETARCH` is set by the builder",
        "FROM a;ENV H=/env;ARG H=/arg;WORKDIR $H       | /arg",
        "FROM a AS b;ENV H=/env;ARG H=/arg;FROM b;WORKDIR $H | /env",
        "FROM a AS b;ARG H=/arg;FROM b;WORKDIR $H      | /arg",
        "FROM a;WORKDIR $H;WORKDIR x        | ? `H` is not set in the file, and its base image may set it",
        "FROM a;WORKDIR $H;WORKDIR /x                  | /x",
        "FROM scratch;WORKDIR /x$H                     | /x",
        "FROM scratch;WORKDIR $PATH         | ? `PATH` is not set in the file, and its base image may set it",
      })
  void resolves_the_working_directory(String text, String expected) {
    BuiltImage image = image(text.replace(';', '\n') + "\n", Map.of("GIVEN", "/given"));
    assertThat(said(image.workdir())).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '§',
      delimiter = '/',
      value = {
        "FROM a / Inherited / Inherited",
        "FROM scratch / Unset / Unset",
        "FROM a;CMD x $Y / Inherited / sh x $Y",
        "FROM a;ENTRYPOINT [\"x\", \"$Y\"] / x|$Y / Unset",
        "FROM a;CMD c;ENTRYPOINT [\"x\"] / x / sh c",
        "FROM a;ENTRYPOINT [\"x\"];CMD c / x / sh c",
        "FROM a AS b;CMD c;FROM b;ENTRYPOINT [\"x\"] / x / Unset",
        "FROM a AS b;ENTRYPOINT [\"x\"];FROM b;CMD [\"c\"] / x / c",
        "FROM a;ENTRYPOINT [];CMD c / Unset / sh c",
        "FROM a;CMD one;CMD two / Inherited / sh two",
      })
  void an_entrypoint_forgets_the_command_of_what_it_is_built_on(
      String text, String entrypoint, String command) {
    BuiltImage image = image(text.replace(';', '\n') + "\n");
    assertThat(List.of(start(image.entrypoint()), start(image.command())))
        .containsExactly(entrypoint, command);
  }

  @Test
  void the_triggers_of_the_stage_below_run_first_and_once() {
    BuiltImage image =
        image(
            """
            FROM a AS one
            ONBUILD USER other
            ONBUILD RUN first
            FROM one AS two
            RUN second
            FROM two
            USER $NAME
            """);
    assertThat(image.runs())
        .extracting(r -> r.arguments().text())
        .containsExactly("first", "second");
    assertThat(said(image.user()))
        .isEqualTo("? `NAME` is not set in the file, and its base image may set it");
  }

  @Test
  void the_forms_of_a_copy() {
    BuiltImage image =
        image(
            """
            FROM a
            ENV APP=/app
            COPY ["a b", "$APP/"]
            ADD x y $APP
            COPY <<one two ${APP}/etc/
            text
            one
            COPY . .
            """);
    assertThat(image.copies())
        .extracting(
            copy ->
                copy.sources().stream().map(BuiltImageTest::said).toList()
                    + " "
                    + said(copy.target()))
        .containsExactly(
            "[a b] /app",
            "[x, y] /app",
            "[two] /app/etc",
            "[.] ? it is relative to the working directory of the base image");
    assertThat(image.env()).containsExactly(Map.entry("APP", new Resolution.Known("/app")));
  }

  @Test
  void no_text_makes_it_grow_without_end() {
    var text = new StringBuilder("FROM a AS b0\nENV A=" + "x".repeat(4000) + "\n");
    for (int i = 0; i < 20_000; i++) {
      text.append("FROM b").append(i).append(" AS b").append(i + 1);
      text.append("\nENV V").append(i).append("=$A\nARG V").append(i).append("=y\n");
    }
    text.append("COPY ").append("$A ".repeat(20_000)).append("/to\n");
    BuiltImage image = image(text.toString());
    assertThat(image.env()).hasSize(20_001);
    int chars =
        image.copies().get(0).sources().stream().mapToInt(source -> said(source).length()).sum();
    assertThat(chars).isLessThan(5_000_000);
  }

  @Test
  void a_quoted_text_does_not_grow_without_end_either() {
    String text = "FROM a\nENV A=" + "x".repeat(4000) + "\nUSER \"" + "$A".repeat(500_000) + "\"\n";
    assertThat(said(image(text).user())).isEqualTo("? the value is longer than 4096 chars");
  }
}
