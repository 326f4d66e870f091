package dev.tightship.network;

import dev.tightship.compose.Project;
import dev.tightship.compose.SmallTexts;
import dev.tightship.compose.SmallTexts.Text;
import dev.tightship.yaml.YamlFile;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Files of a project that speak of a port of this machine: scripts, settings for programs that
 * developers start outside of containers, and what people are told to do.
 */
public final class MachineCallers {

  private static final SmallTexts TEXTS =
      new SmallTexts(
          Set.of(
              ".github",
              "workflows",
              ".vscode",
              "scripts",
              "script",
              "bin",
              "ci",
              "tools",
              "docs",
              "doc",
              "test",
              "tests",
              "config",
              "src"),
          Pattern.compile(
              "(?:.*/)?(?:\\.env[\\w.-]*|readme[\\w.-]*|makefile|justfile|[\\w.-]+\\.(?:env|md|rst|txt|adoc"
                  + "|sh|bash|mk|ya?ml|json|toml|ini|cfg|conf|properties|py|js|ts|rb|php|go|java|kt|cs))",
              Pattern.CASE_INSENSITIVE),
          256 << 10,
          200);

  private static final Pattern MACHINE =
      Pattern.compile(
          "\\blocalhost\\b|\\b127\\.0\\.0\\.1\\b|\\[::1]|\\bhost\\.docker\\.internal\\b");

  /** This machine, or one that a variable names, or one with a name for all of the world. */
  private static final String HOST =
      "(?:\\blocalhost|\\b127\\.0\\.0\\.1|\\b0\\.0\\.0\\.0|//[^\\s/\"']*\\}|\\b[\\w-]+(?:\\.[\\w-]+)+)";

  private final Project project;
  private @Nullable List<Text> texts;

  public MachineCallers(Project project) {
    this.project = project;
  }

  /** The first file that names this machine and the port; null where none does. */
  public @Nullable String of(int port) {
    // in a Compose file the port stands beside the address in what is published as well
    Pattern called = Pattern.compile(HOST + ":" + port + "(?![\\w:.-])");
    for (YamlFile file : project.allFiles()) {
      if (called.matcher(file.text()).find()) {
        return file.path();
      }
    }
    Pattern number = Pattern.compile("(?<![\\w.])" + port + "(?![\\w.])");
    return texts().stream()
        .filter(text -> number.matcher(text.text()).find())
        .map(Text::path)
        .findFirst()
        .orElse(null);
  }

  private List<Text> texts() {
    if (texts == null) {
      Set<String> own = project.allFiles().stream().map(YamlFile::path).collect(Collectors.toSet());
      texts =
          TEXTS.in(
              project, text -> !own.contains(text.path()) && MACHINE.matcher(text.text()).find());
    }
    return texts;
  }
}
