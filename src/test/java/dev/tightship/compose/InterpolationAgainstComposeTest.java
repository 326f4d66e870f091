package dev.tightship.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Interpolation.Failure;
import dev.tightship.compose.Interpolation.Result;
import dev.tightship.compose.Interpolation.Text;
import dev.tightship.oracle.Compose;
import dev.tightship.oracle.Json;
import dev.tightship.yaml.Scalars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Templates, each substituted by Compose and by us. */
class InterpolationAgainstComposeTest {

  private static final Map<String, String> SET =
      Map.of("A", "a", "B", "b}c", "EMPTY", "", "DOLLAR", "$A${B}", "a_1", "low");

  @TempDir Path dir;

  private final Compose compose = Compose.orSkip();

  @Test
  void agrees_on_generated_templates() throws IOException {
    var fine = new ArrayList<String>();
    var faulty = new ArrayList<String>();
    for (String template : templates(6000)) {
      (evaluate(template) instanceof Text ? fine : faulty).add(template);
    }
    assertThat(fine).hasSizeGreaterThan(1000);
    assertThat(faulty).hasSizeGreaterThan(1000);

    Object model = Json.read(config(file(fine)).stdout());
    var wrong = new ArrayList<String>();
    for (int i = 0; i < fine.size(); i++) {
      String ours = ((Text) evaluate(fine.get(i))).text();
      // Compose doubles each dollar sign that it prints.
      if (!ours.replace("$", "$$").equals(Json.at(model, "x-values", "k" + i))) {
        wrong.add(fine.get(i) + " is " + ours + ", Compose " + Json.at(model, "x-values", "k" + i));
      }
    }
    assertThat(wrong).isEmpty();

    String errors = config(file(faulty)).stderr();
    for (int i = 0; i < faulty.size(); i++) {
      if (!named(errors, i, faulty.get(i))) {
        wrong.add(faulty.get(i) + " is a fault to us alone");
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void leaves_keys_alone_as_compose_does() {
    Object model =
        compose.model(
            dir, "services: {a: {image: x, environment: {$A: 1}}}\nx-k: {'${A}': 1, k: [$$A]}");

    assertThat(Json.at(model, "services", "a", "environment", "$$A")).isEqualTo("1");
    assertThat(Json.at(model, "x-k", "k", 0)).isEqualTo("$$A");
  }

  /** Compose reports every fault of a file, each with its path. */
  private static boolean named(String errors, int index, String template) {
    var failure = (Failure) evaluate(template);
    String path = "x-values.k" + index;
    return failure.variable() == null
        ? errors.contains("invalid interpolation format for " + path + ".\n")
        : errors.contains(
            "error while interpolating "
                + path
                + ": required variable "
                + failure.variable()
                + " is missing a value"
                + (failure.message().isEmpty() ? "\n" : ": " + failure.message()));
  }

  private Compose.Answer config(Path file) {
    return compose.config(dir, List.of(file), SET, "--format", "json");
  }

  private Path file(List<String> templates) throws IOException {
    var text = new StringBuilder("services: {a: {image: x}}\nx-values:\n");
    for (int i = 0; i < templates.size(); i++) {
      text.append("  k%d: %s\n".formatted(i, Scalars.quoted(templates.get(i), i % 2 == 0)));
    }
    return Files.writeString(dir.resolve("compose.yaml"), text);
  }

  private static Result evaluate(String template) {
    return Interpolation.parse(template).evaluate(SET::get);
  }

  private static List<String> templates(int count) {
    var random = new Random(20260103);
    String[] pieces = {
      "$",
      "$$",
      "${",
      "}",
      "{",
      "}",
      "A",
      "B",
      "EMPTY",
      "NO",
      "DOLLAR",
      "a_1",
      "${A",
      "${NO",
      "${EMPTY",
      "${A}",
      "$A",
      "$NO",
      ":-",
      "-",
      ":?",
      "?",
      ":+",
      "+",
      ":",
      "x",
      " ",
      "\n",
      "1",
      "_",
      ".",
      "${NO:-",
      "${NO-",
      "${A:+",
      "${NO:?",
      "${EMPTY:-",
      "}}",
      "{{",
      "\u017f",
      "é"
    };
    var out = new LinkedHashSet<String>();
    while (out.size() < count) {
      var text = new StringBuilder();
      for (int n = random.nextInt(9); n >= 0; n--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      if (random.nextBoolean()) {
        text.append('}');
      }
      out.add(text.toString());
    }
    return List.copyOf(out);
  }
}
