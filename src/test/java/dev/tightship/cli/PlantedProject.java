package dev.tightship.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A project of many forms, with a planted value wherever a secret can stand. */
final class PlantedProject {

  /** As they lie in the resources, where none is a file of this repository's own. */
  private static final List<String> FILES =
      List.of(
          "compose.yaml",
          "compose.override.yaml",
          "docker-compose.prod.yml",
          "base.yaml",
          "extra/compose.yaml",
          "_env",
          "_env.example",
          "_gitignore",
          "_tightship/images/web.yaml",
          "app.env",
          "raw.env",
          "api/Dockerfile",
          "api/_npmrc",
          "api/id_rsa",
          "api/package.json",
          "api/server.js",
          "worker/Dockerfile");

  private final Planted planted;
  private final Map<String, String> texts = new LinkedHashMap<>();

  PlantedProject(Planted planted) {
    this.planted = planted;
    for (String file : FILES) {
      texts.put(file.replaceFirst("(^|/)_", "$1."), planted.fill(resource(file)));
    }
  }

  /**
   * Texts of inputs, one a line, with {@code ⏎} for a line break, {@code ␀} for a NUL and {@code
   * «odd»} for a value that is named by the number of the line.
   */
  static List<String> inputs(String name) {
    var inputs = new ArrayList<String>();
    for (String line : resource("odd/" + name).lines().toList()) {
      String value = "«odd-" + (inputs.size() + 1) + "»";
      inputs.add(
          line.replace("@URL", "https://ci:«odd»@git.example.org/x")
                  .replace("«odd»", value)
                  .replace('⏎', '\n')
                  .replace('␀', '\0')
              + "\n");
    }
    return inputs;
  }

  private static String resource(String file) {
    try (InputStream in = PlantedProject.class.getResourceAsStream("/planted/" + file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Its files with their texts. */
  Map<String, String> texts() {
    return texts;
  }

  void write(Path folder) throws IOException {
    for (Map.Entry<String, String> text : texts.entrySet()) {
      Cli.write(folder.resolve(text.getKey()), text.getValue());
    }
  }

  /** The names of the values that a hardened version of a file may hold. */
  Set<String> mayHold(String path) {
    boolean told = path.equals("secrets/README.md") || path.equals("secrets/.gitignore");
    boolean kept = (path.startsWith("secrets/") && !told) || path.equals(".env");
    return kept ? planted.names() : planted.in(texts.getOrDefault(path, "")).keySet();
  }
}
