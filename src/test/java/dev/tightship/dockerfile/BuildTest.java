package dev.tightship.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildTest {

  private static final String ARGS =
      """
      ARG A=1 E= Q="x y" S='$A'
      ARG B=$A.2
      ARG N
      ARG GIVEN=3
      ARG LATE=$NEXT
      ARG NEXT=4
      ARG TARGETOS
      ARG BUILDARCH=arm64
      FROM a
      ARG INSIDE=5
      """;

  private static String resolve(String reference) {
    Build build = Texts.read(ARGS).build(Map.of("GIVEN", "g", "TARGETVARIANT", "v8", "OTHER", "o"));
    return build.resolve(reference) instanceof Resolution.Known known
        ? known.text()
        : "? " + ((Resolution.Unknown) build.resolve(reference)).why();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '§',
      value = {
        "node:20, node:20",
        "node:$A, node:1",
        "node:${A}x, node:1x",
        "node:$B-slim, node:1.2-slim",
        "${A:-d}${A-d}, 11",
        "x${E:-d}, xd",
        "x${E-d}, x",
        "x${N:-d}${N-e}, xde",
        "${A:+w}${A+v}, wv",
        "x${E:+w}, x",
        "x${E+w}, xw",
        "x${N:+w}${N+w}, x",
        "${N:-${A}}, 1",
        "${N:-'$A'}, $A",
        "\"node:$A\", node:1",
        "'node:$A', node:$A",
        "node:\\$A, node:$A",
        "\"a\\b\\\"\", a\\b\"",
        "$Q, x y",
        "$S, $A",
        "$GIVEN, g",
        "$BUILDARCH, arm64",
        "$TARGETVARIANT, v8",
        "${TARGETARCH+set}, set",
        "${TARGETARCH:+$N}x, ? `TARGETARCH` is set by the builder",
        "$N, ? `N` has no default and was not given",
        "$INSIDE, ? `INSIDE` has no default and was not given",
        "$OTHER, ? `OTHER` has no default and was not given",
        "$LATE, ? `NEXT` has no default and was not given",
        "${LATE+x}, x",
        "$TARGETOS, ? `TARGETOS` is set by the builder",
        "$BUILDPLATFORM, ? `BUILDPLATFORM` is set by the builder",
        "${N:?must}, ? `N` must be given",
        "${A:?must}, 1",
        "${A%.*}, ? `A` is rewritten by a pattern",
        "${A/1/2}, ? `A` is rewritten by a pattern",
        "${A:=2}, ? a reference uses a form that builders do not know",
        "${A, ? a reference uses a form that builders do not know",
        "${A:-x, ? a reference is not closed",
        "${}, ? a reference names no variable",
        "\"x, ? a double quote is not closed",
        "'x, ? a single quote is not closed",
        "x$, x$",
      })
  void resolves_what_the_file_and_the_arguments_say(String reference, String expected) {
    assertThat(resolve(reference)).isEqualTo(expected);
  }

  @Test
  void the_escape_of_the_file_counts_in_references() {
    Dockerfile file = Texts.read("# escape=`\nARG A=1\nFROM x`$A\\y\n");
    assertThat(file.build(Map.of()).base(file.stages().get(0))).isEqualTo(new Base.Image("x$A\\y"));
  }

  @Test
  void a_base_is_an_earlier_stage_or_an_image_or_nothing() {
    Dockerfile file =
        Texts.read(
            """
            ARG FROM_STAGE=one
            FROM node:20 AS One
            FROM ONE AS two
            FROM ${FROM_STAGE}
            FROM four AS four
            FROM scratch
            FROM $UNKNOWN
            FROM ${E:-}
            FROM one AS one
            FROM one
            """);
    Build build = file.build(Map.of());
    assertThat(file.stages().stream().map(build::base))
        .containsExactly(
            new Base.Image("node:20"),
            new Base.EarlierStage(0),
            new Base.EarlierStage(0),
            new Base.Image("four"),
            new Base.Scratch(),
            new Base.Unknown("`UNKNOWN` has no default and was not given"),
            new Base.Unknown("the name of the image is empty"),
            new Base.EarlierStage(0),
            new Base.EarlierStage(7));
    assertThat(file.build(Map.of("FROM_STAGE", "alpine")).base(file.stages().get(2)))
        .isEqualTo(new Base.Image("alpine"));
  }

  @Test
  void the_user_is_that_of_the_last_user_also_of_the_stage_below() {
    Dockerfile file =
        Texts.read(
            """
            FROM a AS base
            USER root
            user "node:$GROUP"
            RUN x
            FROM base AS mid
            ONBUILD USER other
            FROM mid
            FROM a
            FROM mid
            USER 1000
            FROM $X
            """);
    Build build = file.build(Map.of());
    assertThat(file.stages().stream().map(build::user))
        .containsExactly("node:$GROUP", "node:$GROUP", "node:$GROUP", null, "1000", null);
  }
}
