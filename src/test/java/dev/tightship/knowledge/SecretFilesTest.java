package dev.tightship.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretFilesTest {

  private static final SecretFiles FILES =
      files(
          null,
          SecretVariable.throughFile("APP_*", "APP_*__FILE"),
          SecretVariable.throughFile("APP_KEY", "APP_KEY_PATH"),
          new SecretVariable("TOKEN", "TOKEN", "file://PATH"),
          SecretVariable.withoutFile("OLD_*_KEY"),
          SecretVariable.withoutFile("COOKIE"));

  private static SecretFiles files(@Nullable String since, SecretVariable... variables) {
    return new SecretFiles(List.of(variables), since, false);
  }

  private static String way(SecretFiles files, String variable, @Nullable String tag) {
    Optional<SecretVariable> found = files.of(variable, tag);
    return found
        .map(
            each -> each.fileVariable() == null ? "none" : each.fileVariable() + "=" + each.value())
        .orElse("unknown");
  }

  @ParameterizedTest
  @CsvSource({
    "APP_PASSWORD, APP_PASSWORD__FILE=PATH",
    "APP_KEY, APP_KEY_PATH=PATH",
    "TOKEN, TOKEN=file://PATH",
    "OLD_A_KEY, none",
    "OLD__KEY, unknown",
    "OLD_KEY, unknown",
    "COOKIE, none",
    "APP_, unknown",
    "XAPP_PASSWORD, unknown",
    "app_password, unknown",
    "COOKIES, unknown",
    "'', unknown",
  })
  void a_name_counts_before_a_pattern(String variable, String way) {
    assertThat(way(FILES, variable, null)).isEqualTo(way);
  }

  @ParameterizedTest
  @CsvSource({"APP_PASSWORD__FILE", "APP_KEY_PATH"})
  void what_names_a_file_is_no_secret(String variable) {
    assertThat(FILES.of(variable, null)).isEmpty();
  }

  @Test
  void a_variable_is_given_back_under_its_own_name() {
    assertThat(FILES.of("APP_PASSWORD", null))
        .hasValue(SecretVariable.throughFile("APP_PASSWORD", "APP_PASSWORD__FILE"));
  }

  @Test
  void only_a_listed_name_is_known_to_hold_a_secret() {
    assertThat(FILES.lists("APP_KEY")).isTrue();
    assertThat(FILES.lists("COOKIE")).isTrue();
    assertThat(FILES.lists("APP_PASSWORD")).isFalse();
    assertThat(FILES.lists("APP_KEY_PATH")).isFalse();
  }

  @Test
  void the_value_names_the_file() {
    assertThat(SecretVariable.throughFile("A", "A_FILE").valueFor("/run/secrets/a"))
        .isEqualTo("/run/secrets/a");
    assertThat(new SecretVariable("A", "A", "file://PATH").valueFor("/run/secrets/a"))
        .isEqualTo("file:///run/secrets/a");
  }

  @ParameterizedTest
  @CsvSource({
    "5.24.0, KEY_FILE=PATH",
    "v5.24-alpine, KEY_FILE=PATH",
    "5, KEY_FILE=PATH",
    "2025.1, KEY_FILE=PATH",
    "latest, KEY_FILE=PATH",
    "alpine, KEY_FILE=PATH",
    "5.9, unknown",
    "5.22.0-alpine, unknown",
    "4, unknown",
  })
  void an_older_release_is_not_known_to_have_it(String tag, String way) {
    var files =
        files(
            "5.24",
            SecretVariable.throughFile("KEY", "KEY_FILE"),
            SecretVariable.withoutFile("ID"));

    assertThat(way(files, "KEY", tag)).isEqualTo(way);
    assertThat(way(files, "ID", tag)).isEqualTo("none");
    assertThat(way(files, "KEY", null)).isEqualTo("KEY_FILE=PATH");
  }
}
