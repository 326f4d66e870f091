package dev.tightship.move;

import dev.tightship.compose.Project;
import dev.tightship.compose.SmallTexts;
import dev.tightship.compose.SmallTexts.Text;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Scripts of the project that start it, in CI and by hand: what is required from now on they need
 * too, and a variable that is gone they may ask for. They are looked for once, when somebody asks.
 */
final class Mentions {

  /** Files that a sentence names. */
  private static final int MOST_NAMES = 3;

  private static final SmallTexts SCRIPTS =
      new SmallTexts(
          Set.of(
              ".github",
              "workflows",
              ".circleci",
              ".gitlab",
              "scripts",
              "script",
              "bin",
              "ci",
              "tools"),
          Pattern.compile(
              "(?:.*/)?(?:[\\w.-]+\\.(?:sh|bash|mk)|makefile|justfile|jenkinsfile|taskfile\\.ya?ml)"
                  + "|\\.github/workflows/[\\w.-]+\\.ya?ml|\\.gitlab-ci\\.ya?ml|\\.circleci/config\\.ya?ml"
                  + "|\\.travis\\.ya?ml|azure-pipelines\\.ya?ml|bitbucket-pipelines\\.ya?ml|\\.drone\\.ya?ml",
              Pattern.CASE_INSENSITIVE),
          64 << 10,
          100);

  private static final Pattern STARTS =
      Pattern.compile(
          "docker[ -]compose\\b(?:[^\\n]|\\\\\\n){0,200}\\b(?:up|run|start|config|build|ps|down|exec|pull)\\b");

  private static final Pattern INSIDE =
      Pattern.compile("\\bdocker(?:[ -]compose)?\\b.{0,200}\\bexec\\b");

  private final Project project;
  private @Nullable List<Text> scripts;

  Mentions(Project project) {
    this.project = project;
  }

  private List<Text> scripts() {
    if (scripts == null) {
      scripts = SCRIPTS.in(project, text -> true);
    }
    return scripts;
  }

  /** Those that call Compose, which asks for all that is required; empty where none does. */
  String callers() {
    return names(
        scripts().stream()
            .filter(script -> STARTS.matcher(script.text()).find())
            .map(Text::path)
            .toList());
  }

  /** Those that name a variable and look into containers; empty where none does. */
  String readers(String variable) {
    Pattern name = name(variable);
    return names(
        scripts().stream()
            .filter(script -> INSIDE.matcher(script.text()).find())
            .filter(script -> name.matcher(script.text()).find())
            .map(Text::path)
            .toList());
  }

  /** Those that name a file; empty where none does. */
  String of(String file) {
    Pattern name = name(file);
    return names(
        scripts().stream()
            .filter(script -> name.matcher(script.text()).find())
            .map(Text::path)
            .toList());
  }

  /** The name of a file or a variable, and not a part of a longer one. */
  static Pattern name(String name) {
    return Pattern.compile("(?<!\\w)" + Pattern.quote(name) + "(?!\\w)");
  }

  private static String names(List<String> paths) {
    return String.join(", ", paths.subList(0, Math.min(MOST_NAMES, paths.size())))
        + (paths.size() > MOST_NAMES ? " and more" : "");
  }
}
