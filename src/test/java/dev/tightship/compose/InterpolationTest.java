package dev.tightship.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Interpolation.Failure;
import dev.tightship.compose.Interpolation.Operator;
import dev.tightship.compose.Interpolation.Result;
import dev.tightship.compose.Interpolation.Text;
import dev.tightship.compose.Interpolation.Variable;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InterpolationTest {

  private static final Map<String, String> SET = Map.of("A", "a", "EMPTY", "", "DOLLAR", "$A");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "$A|a",
        "${A}|a",
        "$$A|$A",
        "$$$A|$a",
        "$A$A|aa",
        "${A}b|ab",
        "$AB|``",
        "$ A|$ A",
        "$1|$1",
        "$|$",
        "a$|a$",
        "$-|$-",
        "${NO-x}|x",
        "${EMPTY-x}|``",
        "${EMPTY:-x}|x",
        "${A:-x}|a",
        "${A:+x}|x",
        "${EMPTY:+x}|``",
        "${EMPTY+x}|x",
        "${NO+x}|``",
        "${A?x}|a",
        "${EMPTY?x}|``",
        "${NO:-${A}}|a",
        "${NO:-${NO2:-${A:-y}}}|a",
        "${NO:-{}}|{}",
        "${NO:-{x}}|{x}",
        "${NO:-a:b}|a:b",
        "${NO:-a-b}|a-b",
        "${NO-:-x}|:-x",
        "${A:-${}|a",
        "$DOLLAR|$A",
        "${NO:-x} - ${A:?y}|x - a",
        "${NO:-{x}|{x",
        "${NO:-}}|}",
        "a:${A:-8080}:80|a:a:80"
      })
  void substitutes_as_compose_does(String template, String expected) {
    assertThat(evaluate(template))
        .isInstanceOfSatisfying(Text.class, t -> assertThat(t.text()).isEqualTo(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${",
        "${}",
        "${A",
        "${A:}",
        "${A:b}",
        "${ A}",
        "${1A}",
        "${A.B}",
        "${NO:-${}",
        "${A:-x",
        "${A:-x\n}",
        "${A/b}",
        "x ${-}"
      })
  void fails_where_a_brace_begins_no_variable(String template) {
    assertThat(evaluate(template))
        .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.variable()).isNull());
  }

  @Test
  void fails_for_a_required_variable_with_its_message_and_place() {
    assertThat(evaluate("x${NO:?set $A}"))
        .isInstanceOfSatisfying(
            Failure.class,
            f -> {
              assertThat(f.variable()).isEqualTo("NO");
              assertThat(f.message()).isEqualTo("set a");
              assertThat(f.at().of("x${NO:?set $A}")).isEqualTo("${NO:?set $A}");
            });
  }

  @Test
  void tells_which_variables_were_asked_for_and_which_were_not_set() {
    assertThat(evaluate("${NO:-$A}${A:-$OTHER}$GONE"))
        .isInstanceOfSatisfying(
            Text.class,
            t -> {
              assertThat(t.used()).containsExactly("NO", "A", "GONE");
              assertThat(t.unset()).containsExactly("NO", "GONE");
              assertThat(t.blank()).containsExactly("GONE");
            });
  }

  @Test
  void knows_where_a_default_stands() {
    String text = "nginx:${TAG:-lat${X}est}-alpine";
    var variable = (Variable) Interpolation.parse(text).parts().get(1);

    assertThat(variable.operator()).isEqualTo(Operator.DEFAULT_IF_EMPTY);
    assertThat(variable.nameSpan().of(text)).isEqualTo("TAG");
    assertThat(variable.span().of(text)).isEqualTo("${TAG:-lat${X}est}");
    var word = Objects.requireNonNull(variable.word());
    assertThat(word.text()).isEqualTo("lat${X}est");
    assertThat(word.span().of(text)).isEqualTo("lat${X}est");
    assertThat(Interpolation.parse(text).variables())
        .extracting(Variable::name)
        .containsExactly("TAG", "X");
  }

  @Test
  void covers_the_whole_text_with_its_parts() {
    String text = "a$$b${C:-d}$e ${f";
    var words = new StringBuilder();
    Interpolation.parse(text).parts().forEach(p -> words.append(p.span().of(text)));

    assertThat(words).hasToString(text);
  }

  @Test
  void takes_no_text_for_a_variable_when_it_is_escaped() {
    String text = "${A} $$ $b";

    assertThat(Interpolation.parse(Interpolation.escape(text)).isLiteral()).isTrue();
    assertThat(evaluate(Interpolation.escape(text)))
        .isInstanceOfSatisfying(Text.class, t -> assertThat(t.text()).isEqualTo(text));
  }

  @Test
  void stands_deep_nesting_and_long_texts() {
    String deep = "${A:-".repeat(200_000) + "}".repeat(200_000);
    assertThat(Interpolation.parse(deep).firstInvalid()).isNotNull();

    String open = "${NO:-{".repeat(200_000);
    assertThat(evaluate(open)).isInstanceOf(Failure.class);

    String many = "${NO:-x}".repeat(100_000);
    assertThat(evaluate(many))
        .isInstanceOfSatisfying(Text.class, t -> assertThat(t.text()).hasSize(100_000));
  }

  @Test
  void gives_up_on_a_value_that_grows_without_end() {
    var result = Interpolation.parse("$A".repeat(100)).evaluate(name -> "x".repeat(1 << 18));

    assertThat(result).isInstanceOf(Failure.class);
  }

  private static Result evaluate(String template) {
    return Interpolation.parse(template).evaluate(SET::get);
  }
}
