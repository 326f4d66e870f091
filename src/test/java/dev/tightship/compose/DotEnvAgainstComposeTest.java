package dev.tightship.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.DotEnv.Read;
import dev.tightship.compose.DotEnv.Refused;
import dev.tightship.compose.DotEnv.Result;
import dev.tightship.oracle.Compose;
import dev.tightship.oracle.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code .env} files, each read by Compose and by us. */
class DotEnvAgainstComposeTest {

  private static final String UNSET = "(unset)";
  private static final Map<String, String> OUTSIDE = Map.of("HOST", "h", "B", "outside");
  private static final List<String> NAMES = List.of("A", "B", "C", "D1", "HOST", "_x", "export");

  @TempDir Path dir;

  private final Compose compose = Compose.orSkip();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n",
        "#",
        "# A=1",
        "A=1",
        "A=1\n",
        "A",
        "A\n",
        "HOST\n",
        "HOST",
        " A = 1 ",
        "A:1",
        "A: 1",
        "A=b:c",
        "A==1",
        "=x\n",
        "export A=1",
        "export\tA=1",
        "export",
        "export \n",
        "export\nA=1",
        "export ",
        "exportA=1",
        "export=1",
        "export export=1",
        "A B=1",
        "A B",
        "A \nC=1",
        "A\tB=1",
        "A/B=1",
        "A.b=1",
        "A-b=1",
        "A[0]=1",
        "é=1",
        "1A=1",
        "٣=1",
        "A=é\u2003",
        "\ufeffA=1",
        "A=1\r\nC=2\r\n",
        "A=1\rC=2\r",
        "A=1 #c",
        "A=1\t#c",
        "A=1#c",
        "A=#c",
        "A= #c",
        "A=x # y # z",
        "A='1' #c",
        "A='1'#c",
        "A='1' C=2",
        "A='1' x",
        "A='1' x y",
        "A='1'C=2",
        "A=\"1\"2\n",
        "A='",
        "A='a'b'c'",
        "A='a\\'b'",
        "A='a\\nb'",
        "A='$C'",
        "A='\n\n'\nC=1",
        "A=\"a\nb\"",
        "A=\"a\\nb\"",
        "A=\"a\\\\nb\"",
        "A=\"a\\\"b\"",
        "A=\"a\\\\\"",
        "A=\"a\\\\\\\"b\"",
        "A=\"\\$HOST $HOST\"",
        "A=\"\\0101\\012\\0400\\0389\\0\\08\\x41\\u0041\\c\\q\\a\\b\\f\\r\\t\\v\\e\\'\"",
        "A=\"\\0377\\0200\"",
        "A=\\$HOST",
        "A=$$HOST",
        "A=a\\nb",
        "A=a\\",
        "A=\"\\",
        "A=\"a\\\r\nb\"",
        "A=$HOST",
        "A=${HOST}",
        "A=${NO:-x}",
        "A=${NO-x y} #c",
        "A=${NO:?m}",
        "A=${",
        "A='${'",
        "A=\"${\"",
        "A=$B\nB=2\nC=$B",
        "C=1\nA=$C\nC=2",
        "A=1\nA=2",
        "A=$1 $",
        "A=\"x\" B=\"y\"",
        "A=\u00a01\u00a0",
        "A=1\u2028C=2",
        "\u2028A=1",
        "A\u00a0=1",
        "A\u2003=1",
        "A=1\u0085",
        "A:\n  C=1",
        "A=\nC=1",
        "A=  \nC=1",
        "A=a=b:c",
        "- A=1",
        "{A: 1}",
        "A=1;C=2",
        "A='it''s'",
        "A=\"$\\{HOST}\"",
        "A=\"\\\\$HOST\"",
        "A=\"\\\\\\$HOST\"",
        "A=$HOST$HOST",
        "A=${HOST:+set}",
        "A=${HOST:+${NO:-y}}",
        "A='x'\\\n",
        "A=`x`",
        "A=\"\u0000\"",
        "A=x\\ y",
        "export A",
        "export HOST\n",
        "export A B=1",
        "A =1",
        "A:=1",
        "A=:1",
        "A=\"#\" #",
        "A=\"a\" #\"b\"\nC=1",
        "#A=1\n#\n C=2",
        "A='#'\n\n\n#x",
        "A='1'  \r\n  C=2"
      })
  void agrees_on_files_made_by_hand(String text) throws IOException {
    assertThat(differences(text)).isEmpty();
  }

  @Test
  void agrees_on_generated_files() throws IOException {
    var random = new Random(20260104);
    var wrong = new ArrayList<String>();
    int read = 0;
    for (int i = 0; i < 200; i++) {
      String text = file(random);
      wrong.addAll(differences(text));
      read += DotEnv.read(text, OUTSIDE::get) instanceof Read ? 1 : 0;
    }
    assertThat(wrong).isEmpty();
    assertThat(read).isBetween(75, 175);
  }

  @Test
  void reads_each_value_as_it_was_written() throws IOException {
    var random = new Random(20261130);
    String chars = "abcXYZ019 '\"\\$#{}()=:;,.%@!&*~^`|<>?/+-_[]é\u00a0";
    for (int round = 0; round < 20; round++) {
      var text = new StringBuilder();
      var yaml = new StringBuilder("services: {a: {image: x}}\nx-values:\n");
      var values = new ArrayList<String>();
      for (int i = 0; i < 40; i++) {
        var value = new StringBuilder();
        for (int n = 1 + random.nextInt(9); n > 0; n--) {
          value.append(chars.charAt(random.nextInt(chars.length())));
        }
        String line = DotEnvLine.of("V" + i, value.toString());
        values.add(line == null ? "" : value.toString());
        text.append(line == null ? "" : line + "\n");
        yaml.append("  V%d: '<${V%d-}>'\n".formatted(i, i));
      }
      assertThat(values).filteredOn(String::isEmpty).isEmpty();
      Files.writeString(dir.resolve(".env"), text);
      Path file = Files.writeString(dir.resolve("compose.yaml"), yaml);
      var answer = compose.config(dir, List.of(file), Map.of(), "--format", "json");
      assertThat(answer.accepted()).as(answer.stderr()).isTrue();
      for (int i = 0; i < values.size(); i++) {
        assertThat(Json.at(Json.read(answer.stdout()), "x-values", "V" + i))
            .isEqualTo("<" + values.get(i).replace("$", "$$") + ">");
      }
    }
  }

  private List<String> differences(String text) throws IOException {
    Files.writeString(dir.resolve(".env"), text);
    var yaml = new StringBuilder("services: {a: {image: x}}\nx-values:\n");
    for (String name : NAMES) {
      yaml.append("  %s: '<${%s-%s}>'\n".formatted(name, name, UNSET));
    }
    Path file = Files.writeString(dir.resolve("compose.yaml"), yaml);
    var answer = compose.config(dir, List.of(file), OUTSIDE, "--format", "json");
    Result ours = DotEnv.read(text, OUTSIDE::get);
    if (ours instanceof Refused refused) {
      return answer.accepted() ? List.of(text + " is refused by us alone: " + refused) : List.of();
    }
    if (!answer.accepted()) {
      return List.of(text + " is refused by Compose alone: " + answer.stderr());
    }
    var wrong = new ArrayList<String>();
    var lookup = ((Read) ours).over(OUTSIDE::get);
    for (String name : NAMES) {
      String value = lookup.apply(name);
      String expected = "<" + (value == null ? UNSET : value).replace("$", "$$") + ">";
      Object theirs = Json.at(Json.read(answer.stdout()), "x-values", name);
      if (!expected.equals(theirs)) {
        wrong.add("%s in %s is %s, Compose %s".formatted(name, text, expected, theirs));
      }
    }
    return wrong;
  }

  private static String file(Random random) {
    String[] pieces = {
      "A",
      "B",
      "C",
      "D1",
      "_x",
      "HOST",
      "export ",
      "=",
      "=",
      "=",
      ": ",
      "\n",
      "\n",
      "\r\n",
      " ",
      "\t",
      "'",
      "\"",
      "\"",
      "\\",
      "\\n",
      "\\\"",
      "\\'",
      "\\$",
      "$",
      "$$",
      "$A",
      "${C}",
      "${A:-b}",
      "${NO:-x}",
      "${",
      "#",
      " #",
      "x",
      "1",
      "\nA=",
      "\nB=",
      "\nC='",
      "\nD1=\"",
      "\n_x=",
      "'\n",
      "\"\n",
      "\\010",
      "\\0101",
      "é",
      "\u00a0",
      "/",
      "=v\n"
    };
    var text = new StringBuilder();
    for (int n = random.nextInt(4); n > 0; n--) {
      String value = pieces[random.nextInt(pieces.length)].replace("${", "$").strip();
      text.append(NAMES.get(random.nextInt(NAMES.size())))
          .append(new String[] {"=", "= ", ": ", " ="}[random.nextInt(4)])
          .append(
              switch (random.nextInt(4)) {
                case 0 -> "'" + value.replace("'", "\n") + " #'";
                case 1 -> "\"" + value.replace("\"", "\n") + "$A\" # c";
                default -> value.replace("'", "").replace("\"", "");
              })
          .append('\n');
    }
    if (random.nextBoolean()) {
      return text.toString();
    }
    for (int n = random.nextInt(14); n >= 0; n--) {
      text.append(pieces[random.nextInt(pieces.length)]);
    }
    return text.toString();
  }
}
