package dev.tightship.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All tokens are made here: none was ever issued, and none stands in this file as a whole. */
class TokensTest {

  private static final String HEX = "0123456789abcdef".repeat(4);
  private static final String CHARS = "aB3dE5gH7jK9mN1pQ2sT4vW6xY8z".repeat(6);

  static Stream<String> tokens() {
    return Stream.of(
        "ghp" + "_0123456789abcdefghijABCDEFGHIJ3mpbCX",
        "github" + "_pat_" + CHARS.substring(0, 22) + "_" + CHARS.substring(0, 59),
        "npm" + "_" + CHARS.substring(0, 36),
        "glpat" + "-" + CHARS.substring(0, 20),
        "AKIA" + "Q3EGZ5XW7YABCD2F",
        "xoxb" + "-123456789012-123456789012-" + CHARS.substring(0, 24),
        "sk" + "_live_" + CHARS.substring(0, 24),
        "rk" + "_test_" + CHARS.substring(0, 24),
        "whsec" + "_" + CHARS.substring(0, 32),
        "pypi" + "-AgEIcHlwaS5vcmc" + CHARS.substring(0, 80),
        "AIza" + CHARS.substring(0, 35),
        "GOCSPX" + "-" + CHARS.substring(0, 28),
        "SG" + "." + CHARS.substring(0, 22) + "." + CHARS.substring(0, 43),
        "SK" + HEX.substring(0, 32),
        "sk-" + "proj-" + CHARS.substring(0, 40) + "T3Blbk" + "FJ" + CHARS.substring(0, 40),
        "sk-" + "ant-api03-" + CHARS.substring(0, 90),
        "hf" + "_" + "aBcDeFgHiJkLmNoPqRsTuVwXyZaBcDeFgH",
        "dop" + "_v1_" + HEX,
        "dckr" + "_pat_" + CHARS.substring(0, 27),
        "hvs" + "." + CHARS.substring(0, 30),
        "claim" + "-" + CHARS.substring(0, 20),
        "tskey" + "-auth-" + CHARS.substring(0, 12) + "-" + CHARS.substring(0, 32),
        "shpat" + "_" + HEX.substring(0, 32),
        "glsa" + "_" + CHARS.substring(0, 32) + "_0a1b2c3d",
        "AGE" + "-SECRET-KEY-1" + "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L".repeat(2).substring(0, 58),
        base64("{\"alg\":\"HS256\"}")
            + "."
            + base64("{\"sub\":\"1\"}")
            + "."
            + CHARS.substring(0, 43),
        base64("123456789012345678") + "." + "Gabcde" + "." + CHARS.substring(0, 27),
        "123456789:" + "AA" + CHARS.substring(0, 33),
        "$2y$" + "05$" + CHARS.substring(0, 53),
        "$apr1$" + "abcdefgh$" + CHARS.substring(0, 22));
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  @ParameterizedTest
  @MethodSource("tokens")
  void finds_a_token_wherever_it_stands(String token) {
    for (String text :
        List.of(token, "x " + token + " y", "\"" + token + "\"", "a=" + token + ",b")) {
      assertThat(Tokens.in(text))
          .singleElement()
          .satisfies(found -> assertThat(found.span().of(text)).isEqualTo(token));
    }
  }

  /** What is acted upon must be hidden too. */
  @ParameterizedTest
  @MethodSource("tokens")
  void hides_what_it_finds(String token) {
    String line = "      X: " + token;
    assertThat(SecretFinder.find(line))
        .anySatisfy(span -> assertThat(span.of(line)).isEqualTo(token));
  }

  @ParameterizedTest
  @MethodSource("none")
  void leaves_what_only_begins_like_one(String text) {
    assertThat(Tokens.in(text)).isEmpty();
  }

  static Stream<String> none() {
    return Stream.of(
        "ghp" + "_0123456789abcdefghijABCDEFGHIJ3mpbCY",
        "ghp" + "_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "eyJ" + "hbGciOiJub3RoaW5nIg." + CHARS.substring(0, 30) + "." + CHARS.substring(0, 30),
        "AKIA" + "SHORT",
        "pk" + "_live_" + CHARS.substring(0, 24),
        "AC" + HEX.substring(0, 32),
        "MTIz" + CHARS.substring(0, 20) + "." + "Gabcde" + "." + CHARS.substring(0, 27),
        "12:AAbc",
        "10.0.0.1:8080",
        "sk-lint and task-runner-for-everyone",
        "registry.example.org/app@sha256:" + HEX,
        "npm_config_registry",
        "$1 and $2 are arguments");
  }

  @Test
  void looks_at_hostile_texts_in_linear_time() {
    for (String part : List.of("eyJ-", "ghp_", "$2y$", "MTIz.", "SG.", "a:AA", "sk-T3BlbkFJ")) {
      assertThat(Tokens.in(part.repeat(60_000 / part.length()))).hasSizeLessThan(60_000);
    }
  }
}
