package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.oracle.Compose;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnsetVariableTest extends PassTest {

  private static final String FINE = "each variable has a value, a default or a message";
  private static final Pattern WARNING = Pattern.compile("The \\\\\"(\\w+)\\\\\" variable is not");

  UnsetVariableTest() {
    super(new UnsetVariable());
  }

  /** Compose warns of these, and of no others. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{services: {a: {image: x, environment: {A: '${A:-${B}}', C: '${C-}', D: $D, E: $$E}}}}",
        "{services: {a: {image: x, environment: {F: '${F+x}', G: '${G:+x}', H: '$1 $ $', I: }}}}",
        "{services: {a: {image: x, command: [a, $J, '${J}'], environment: ['K=$L', M]}}}",
        "{services: {a: {image: x}}, configs: {c: {content: 'a $N $$O'}}}",
        "{services: {a: {image: x, profiles: [p], labels: {'$P': '$Q'}}, b: {image: y}}}",
        "{x-a: &a {image: $R}, services: {a: *a}}",
        "{services: {a: {image: x # $S\n}}}",
        "{services: {a: {image: x, labels: {x-b: '$W'}, command: [a, '$X', b]}}}",
        "{name: $TT, services: {a: {image: x, read_only: '${U:-true}'}}}",
        "{services: {a: {image: x, environment: {V: '${COMPOSE_PROJECT_NAME} $HOME'}}}}",
      })
  void finds_what_compose_warns_of(String text, @TempDir Path folder) throws Exception {
    Path file = folder.resolve(COMPOSE);
    Files.writeString(file, text);
    String said = Compose.orSkip().config(folder, List.of(file), "--quiet").stderr();
    List<String> warned =
        WARNING.matcher(said).results().map(m -> m.group(1)).distinct().sorted().toList();
    assertThat(findings(text)).flatExtracting(UnsetVariableTest::names).hasSameElementsAs(warned);
  }

  private static List<String> names(Remark.Finding finding) {
    String message = finding.message();
    int several = message.indexOf("default: ") + "default: ".length();
    int end = message.indexOf(": unless", several);
    return end < 0
        ? List.of(message.substring(0, message.indexOf(' ')))
        : List.of(message.substring(several, end).split(", "));
  }

  @Test
  void speaks_once_of_all_that_guard_nothing() {
    String many =
        IntStream.rangeClosed(1, 14).mapToObj("$V%d"::formatted).collect(Collectors.joining(" "));
    assertThat(findings("{services: {a: {image: x, command: '%s'}}}".formatted(many)))
        .singleElement()
        .matches(
            f ->
                f.message()
                    .startsWith(
                        "14 variables have no value here and no default: V1, V2, V3, V4, V5, V6,"
                            + " V7, V8, V9, V10, V11 and 3 more: unless"))
        .matches(f -> f.message().endsWith("puts empty texts into 14 places"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "environment: {DB_PASSWORD: pa$word}",
        "environment: {DB_PASSWORD: '$Word1'}",
        "environment: ['DB_PASSWORD=pa$word']",
        "environment: {URL: 'postgres://u:pa$word@db/x'}",
        "command: redis-server --requirepass pa$word",
        "command: [config, set, masterauth, $k7QweWord1]",
        "environment: {API_TOKEN: '${k7QweWord1}'}",
      })
  void names_no_part_of_a_password(String line) {
    assertThat(findings("{services: {a: {image: x, %s}}}".formatted(line)))
        .singleElement()
        .matches(f -> f.message().startsWith("what follows a $ here is taken for a variable"))
        .matches(f -> !f.toString().toLowerCase(Locale.ROOT).contains("word has"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "environment: {DB_PASSWORD: $db_password}",
        "environment: {DB_PASSWORD: $DB_PASSWORD}",
        "environment: {URL: 'postgres://u:${dbPassword}@db/x'}",
        "command: redis-server --requirepass $REDIS_PASSWORD",
      })
  void names_a_variable_that_brings_a_password(String line) {
    assertThat(findings("{services: {a: {image: x, %s}}}".formatted(line)))
        .singleElement()
        .matches(f -> f.message().matches("(?s)\\w+ has no value here.*"));
  }

  @Test
  void counts_the_places_and_tells_the_first() {
    assertThat(
            findings(
                """
                services:
                  a:
                    image: x:${TAG}
                    command: [run, "${TAG}-${TAG}"]
                """))
        .singleElement()
        .matches(f -> f.message().endsWith("empty texts into 2 places"))
        .matches(f -> f.subject().toString().contains("image"));
  }

  @Test
  void what_guards_something_weighs_more() {
    assertThat(findings("{services: {a: {image: $A, command: '$DB_PASSWORD $API_KEY $KEYBOARD'}}}"))
        .extracting(Remark.Finding::severity)
        .containsExactly(Severity.MEDIUM, Severity.MEDIUM, Severity.LOW);
  }

  @Test
  void env_files_give_values_and_examples_tell_of_them() {
    Given given = Given.compose("{services: {a: {image: 'x:$TAG', command: $CMD}}}");
    leaves(given.and(".env", "TAG=1\nCMD=\n"), FINE);
    advises(
        given.and(".env.example", "# tag of the image\nTAG=\n#export CMD=run\n"),
        ".env.example names them: copy that to .env");
    advises(
        given.and("sample.env", "CMD=run\n"),
        "give it a value in .env, or write ${TAG:?} to stop without one, ${TAG:-} if empty is"
            + " meant");
  }

  @Test
  void leaves_blocks_that_nobody_uses() {
    leaves("{x-a: {b: $A, c: [$B]}, services: {a: {image: x, x-note: $C}}}", FINE);
  }
}
