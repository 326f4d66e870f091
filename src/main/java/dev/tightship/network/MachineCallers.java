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

  /** One of these stands in what {@link #MACHINE} finds. */
  private static final List<String> NAMES =
      List.of("localhost", "127.0.0.1", "[::1]", "host.docker.internal");

  /** This machine, or one that a variable names, or one with a name for all of the world. */
  private static final Pattern HOST =
      Pattern.compile(
          "(?:\\blocalhost|\\b127\\.0\\.0\\.1|\\b0\\.0\\.0\\.0|//[^\\s/\"']*\\}|\\b[\\w-]+(?:\\.[\\w-]+)+)\\z");

  /** Chars of a host, and more. */
  private static final int LONGEST_HOST = 300;

  private final Project project;
  private @Nullable List<Text> texts;

  public MachineCallers(Project project) {
    this.project = project;
  }

  /** The first file that names this machine and the port; null where none does. */
  public @Nullable String of(int port) {
    for (YamlFile file : project.allFiles()) {
      if (calls(file.text(), ":" + port)) {
        return file.path();
      }
    }
    String number = String.valueOf(port);
    return texts().stream()
        .filter(text -> names(text.text(), number))
        .map(Text::path)
        .findFirst()
        .orElse(null);
  }

  private static boolean namesMachine(String text) {
    return NAMES.stream().anyMatch(text::contains) && MACHINE.matcher(text).find();
  }

  /** In a Compose file the port stands beside the address in what is published as well. */
  private static boolean calls(String text, String port) {
    for (int at = text.indexOf(port); at >= 0; at = text.indexOf(port, at + 1)) {
      int end = at + port.length();
      if (end < text.length()
          && (isOfWord(text.charAt(end)) || ":-".indexOf(text.charAt(end)) >= 0)) {
        continue;
      }
      if (HOST.matcher(text.substring(Math.max(0, at - LONGEST_HOST), at)).find()) {
        return true;
      }
    }
    return false;
  }

  private static boolean names(String text, String number) {
    for (int at = text.indexOf(number); at >= 0; at = text.indexOf(number, at + 1)) {
      int end = at + number.length();
      if ((at == 0 || !isOfWord(text.charAt(at - 1)))
          && (end == text.length() || !isOfWord(text.charAt(end)))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a char makes a longer word, or a version, of a number that it stands beside. */
  private static boolean isOfWord(char c) {
    return c == '.' || c == '_' || (c < 128 && Character.isLetterOrDigit(c));
  }

  private List<Text> texts() {
    if (texts == null) {
      Set<String> own = project.allFiles().stream().map(YamlFile::path).collect(Collectors.toSet());
      texts = TEXTS.in(project, text -> !own.contains(text.path()) && namesMachine(text.text()));
    }
    return texts;
  }
}
