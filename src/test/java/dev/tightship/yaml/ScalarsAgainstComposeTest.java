package dev.tightship.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.oracle.Compose;
import dev.tightship.oracle.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thousands of scalars, each read by Compose and by us. */
class ScalarsAgainstComposeTest {

  @TempDir Path dir;

  private final Compose compose = Compose.orSkip();

  @Test
  void agrees_on_the_kind_and_the_string_of_generated_plain_scalars() {
    List<String> scalars = plainScalars(4000);
    var file = new StringBuilder("services:\n  a:\n    image: x\n    environment:\n");
    for (int i = 0; i < scalars.size(); i++) {
      boolean finite = Scalars.number(scalars.get(i)).stream().allMatch(Double::isFinite);
      // JSON has no infinity, so Compose itself fails on one in its model.
      file.append("      K%d: %s\n".formatted(i, finite ? scalars.get(i) : "'skip'"));
    }
    file.append("x-values:\n");
    for (int i = 0; i < scalars.size(); i++) {
      boolean finite = Scalars.number(scalars.get(i)).stream().allMatch(Double::isFinite);
      file.append("  K%d: %s\n".formatted(i, finite ? scalars.get(i) : "'skip'"));
    }

    Object model = compose.model(dir, file.toString());

    var wrong = new ArrayList<String>();
    for (int i = 0; i < scalars.size(); i++) {
      String plain = scalars.get(i);
      if (!Scalars.number(plain).stream().allMatch(Double::isFinite)) {
        continue;
      }
      Object value = Json.at(model, "x-values", "K" + i);
      Object string = Json.at(model, "services", "a", "environment", "K" + i);
      String theirs = string == Json.NULL ? null : String.valueOf(string);
      if (!Objects.equals(Scalars.canonical(plain), theirs) || !fits(plain, value)) {
        wrong.add(
            "%s: %s %s, but Compose %s %s"
                .formatted(plain, Scalars.kind(plain), Scalars.canonical(plain), string, value));
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** The list form is refused by the name of the type, which tells whole numbers from others. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "-0",
        "-0.0",
        "-00",
        "0",
        "5.",
        "1e3",
        "08",
        "0o8",
        "0x1F",
        "0b2",
        "1_0.0",
        "+.5",
        "18446744073709551616",
        "true",
        "2001-1-1",
        "1__0",
        "0_8",
        "+0x1f",
        "0X1f",
        "0B1",
        "0O7",
        "-0b11",
        "1e+2",
        "+_1",
        ".inf",
        "-.INF",
        ".nan",
        "1E2",
        "9223372036854775807"
      })
  void agrees_on_the_type_of_a_number(String plain) throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("c.yaml"),
            "services:\n  a:\n    image: x\n    environment:\n      - " + plain + "\n");

    var answer = compose.config(dir, List.of(file), "-q");

    String type =
        switch (Scalars.kind(plain)) {
          case STRING -> "";
          case BOOL -> "unexpected type bool";
          case INT -> "unexpected type int";
          case FLOAT -> "unexpected type float64";
          case TIMESTAMP -> "unexpected type time.Time";
          case NULL -> "unexpected type <nil>";
        };
    assertThat(answer.stderr()).contains(type);
    assertThat(answer.accepted()).isEqualTo(type.isEmpty());
  }

  @Test
  void writes_generated_strings_so_that_compose_reads_them_back() {
    List<String> strings = strings(3000);
    var file = new StringBuilder("services: {a: {image: x}}\nx-values:\n");
    for (int i = 0; i < strings.size(); i++) {
      String text = strings.get(i);
      boolean odd = i % 2 == 1;
      String block = Scalars.needsQuotes(text) ? Scalars.quoted(text, odd) : text;
      String flow = Scalars.needsQuotesInFlow(text) ? Scalars.quoted(text, !odd) : text;
      String key = Scalars.needsQuotesAsKey(text) ? Scalars.quoted(text, odd) : text;
      file.append("  - {f: [%s, {%s: 1}]}\n".formatted(flow, key));
      file.append("  - f: %s\n".formatted(block));
      file.append("  - %s: 1\n".formatted(key));
      file.append("  - %s\n".formatted(block));
    }

    Object model = compose.model(dir, file.toString(), "--no-interpolate");

    var wrong = new ArrayList<String>();
    for (int i = 0; i < strings.size(); i++) {
      String text = strings.get(i);
      int at = 4 * i;
      if (!text.equals(Json.at(model, "x-values", at, "f", 0))
          || Json.at(model, "x-values", at, "f", 1, text) == null
          || !text.equals(Json.at(model, "x-values", at + 1, "f"))
          || Json.at(model, "x-values", at + 2, text) == null
          || !text.equals(Json.at(model, "x-values", at + 3))) {
        wrong.add(text);
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static boolean fits(String plain, @Nullable Object value) {
    return switch (Scalars.kind(plain)) {
      case STRING -> plain.equals(value);
      case BOOL -> value instanceof Boolean;
      case NULL -> value == Json.NULL;
      case INT, FLOAT ->
          value instanceof BigDecimal number
              && number.doubleValue() == Scalars.number(plain).orElseThrow();
      case TIMESTAMP -> value instanceof String text && text.contains("T") && !text.equals(plain);
    };
  }

  private static List<String> plainScalars(int count) {
    var random = new Random(20260101);
    String[] pieces = {
      "0",
      "1",
      "7",
      "8",
      "9",
      "12",
      "600",
      "_",
      "+",
      "-",
      ".",
      ":",
      "e",
      "E",
      "x",
      "o",
      "b",
      "0x",
      "0o",
      "0b",
      "F",
      "a",
      " ",
      "T",
      "t",
      "Z",
      ",",
      "2001-",
      "-1-2",
      "12:30:5",
      "true",
      "True",
      "y",
      "yes",
      "null",
      "~",
      ".inf",
      ".NaN",
      "1e",
      "1.5",
      "99999999999",
      "2001-12-14",
      "00",
      "<<"
    };
    var out = new LinkedHashSet<String>();
    while (out.size() < count) {
      var text = new StringBuilder();
      for (int n = random.nextInt(6); n >= 0; n--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      if (random.nextInt(4) == 0) {
        text.setLength(0);
        text.append(number(random));
      } else if (random.nextInt(8) == 0) {
        text.setLength(0);
        text.append(time(random));
      }
      String plain = text.toString().strip();
      if (canBePlain(plain)) {
        out.add(plain);
      }
    }
    return List.copyOf(out);
  }

  private static String number(Random random) {
    return switch (random.nextInt(5)) {
      case 0 ->
          Double.toString(Double.longBitsToDouble(random.nextLong())).toLowerCase(Locale.ROOT);
      case 1 -> Math.scalb(1.0, random.nextInt(200) - 100) + "";
      case 2 -> Long.toString(random.nextLong() >> random.nextInt(63));
      case 3 -> random.nextInt(100_000_000) + "." + random.nextInt(100);
      default -> "0." + "0".repeat(random.nextInt(6)) + random.nextInt(1000);
    };
  }

  private static String time(Random random) {
    return "%04d-%d-%02d%s%d:%02d:%02d%s%s"
        .formatted(
            random.nextInt(3000),
            random.nextInt(14),
            random.nextInt(33),
            new String[] {"T", "t", " ", "  ", "x"}[random.nextInt(5)],
            random.nextInt(26),
            random.nextInt(62),
            random.nextInt(62),
            new String[] {"", ".5", ",120", ".1234567890123", "."}[random.nextInt(5)],
            new String[] {"", "Z", "+01:00", "-22:60", "+00:00", " Z", "+1:00"}[random.nextInt(7)]);
  }

  private static boolean canBePlain(String text) {
    boolean dash = text.equals("-") || text.startsWith("- ");
    boolean word = text.equals("<<"); // dropped by Compose where it is a value
    return !dash
        && !word
        && !text.contains(": ")
        && !text.endsWith(":")
        && (text.isEmpty() || ":,".indexOf(text.charAt(0)) < 0);
  }

  private static List<String> strings(int count) {
    var random = new Random(20260102);
    String[] pieces = {
      "a",
      "B",
      "7",
      "0",
      ".",
      ":",
      ": ",
      " ",
      "#",
      " #",
      "-",
      "- ",
      "?",
      ",",
      "[",
      "]",
      "{",
      "}",
      "&",
      "*",
      "!",
      "|",
      ">",
      "'",
      "\"",
      "%",
      "@",
      "`",
      "~",
      "=",
      "<<",
      "\\",
      "\n",
      "\t",
      "\r",
      "$",
      "yes",
      "no",
      "null",
      "1e5",
      "2001-01-01",
      "---",
      "...",
      "é",
      "\ud83d\udea2",
      "\u0085",
      "\u2028",
      "\ufeff",
      "\u00a0",
      "\u0001",
      "/",
      "_"
    };
    var out = new LinkedHashSet<String>();
    while (out.size() < count) {
      var text = new StringBuilder();
      for (int n = random.nextInt(5); n >= 0; n--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      out.add(text.toString());
    }
    return List.copyOf(out);
  }
}
