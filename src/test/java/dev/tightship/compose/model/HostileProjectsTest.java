package dev.tightship.compose.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Projects with damage: there is a model or a reason why there is none, and nothing else. */
class HostileProjectsTest {

  private static final String[] DAMAGE = {
    "",
    "null",
    "[]",
    "{}",
    "~",
    "*base",
    "!reset ",
    "!override ",
    "1",
    "-",
    ": ",
    "\n",
    "${",
    "$",
    "&x ",
    "<<: ",
    "9999999999999999999",
    "\u0000",
    "[[",
    "\"",
    "é",
    "- ",
    "..",
    ".inf",
    "!!int "
  };

  @Test
  void damaged_projects_have_a_model_or_are_refused() {
    int models = 0;
    int refused = 0;
    for (long seed = 0; seed < 1000; seed++) {
      var random = new Random(seed);
      RandomProject project = RandomProject.of(seed % 300);
      var texts = new LinkedHashMap<String, String>();
      project.texts().forEach((path, text) -> texts.put("/p/" + path, damaged(text, random)));
      for (boolean resolved : new boolean[] {false, true}) {
        try {
          model(texts, project, resolved);
          models++;
        } catch (Refused e) {
          assertThat(e).hasMessageMatching("\\S.*\\S");
          refused++;
        }
      }
    }
    assertThat(models).isGreaterThan(200);
    assertThat(refused).isGreaterThan(200);
  }

  /** Some pieces of the text, at line ends and in between, are others or gone. */
  private static String damaged(String text, Random random) {
    var damaged = new StringBuilder(text);
    for (int n = random.nextInt(3); n > 0 && damaged.length() > 0; n--) {
      int at = random.nextInt(damaged.length());
      int value = damaged.indexOf(": ", at);
      boolean atValue = value >= 0 && random.nextBoolean();
      int start = atValue ? value + 2 : at;
      int end = atValue ? damaged.indexOf("\n", start) : start + random.nextInt(4);
      String piece = DAMAGE[random.nextInt(DAMAGE.length)];
      damaged.replace(start, Math.min(Math.max(end, start), damaged.length()), piece);
    }
    return damaged.toString();
  }

  private static EffectiveModel model(
      Map<String, String> texts, RandomProject project, boolean resolved) throws Refused {
    var files = new Texts(texts);
    var request =
        new EffectiveModel.Request(
            project.files().stream().map(file -> "/p/" + file).toList(),
            "/p",
            Map.of("TAG", "1", "COUNT", "2")::get,
            List.of("*"),
            "/h",
            true);
    return resolved
        ? EffectiveModel.resolved(files, request)
        : EffectiveModel.written(files, request);
  }
}
