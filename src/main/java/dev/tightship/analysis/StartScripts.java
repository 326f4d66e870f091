package dev.tightship.analysis;

import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Copy;
import dev.tightship.dockerfile.Resolution;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The commands with which a service starts, and the scripts behind them. */
record StartScripts(Start start, Recipe.Read recipe) {

  private static final Pattern SCRIPT =
      Pattern.compile("(?<![\\w.-])[\\w.-]+\\.(?:sh|bash)(?![\\w.-])");

  static StartScripts of(Service service, Recipe.Read recipe) {
    return new StartScripts(Start.of(service, recipe.image(), recipe.file().path()), recipe);
  }

  /** What starts, and the files that were copied to the names that start. */
  String text() {
    var text = new StringBuilder(start.text());
    Set<String> words = SourceTree.words(start.text());
    for (Copy copy : recipe.image().copies()) {
      if (copy.target() instanceof Resolution.Known target && words.contains(name(target.text()))) {
        for (Resolution source : copy.sources()) {
          text.append('\n').append(source instanceof Resolution.Known known ? known.text() : "");
        }
      }
    }
    return text.toString();
  }

  /**
   * Half a sentence about a script that is started and not among these; null when there is none.
   */
  @Nullable String missing(List<SourceTree.Text> scripts) {
    Matcher script = SCRIPT.matcher(start.text());
    while (script.find()) {
      if (!isHere(script.group(), scripts) && !isOfBase(script.group())) {
        return script.group() + " is started, which is not among its sources";
      }
    }
    return null;
  }

  private boolean isHere(String script, List<SourceTree.Text> scripts) {
    Set<String> names = scripts.stream().map(SourceTree.Text::name).collect(Collectors.toSet());
    return names.contains(script)
        || recipe.image().copies().stream()
            .filter(
                copy ->
                    copy.target() instanceof Resolution.Known to && name(to.text()).equals(script))
            .flatMap(copy -> copy.sources().stream())
            .anyMatch(
                source ->
                    source instanceof Resolution.Known from && names.contains(name(from.text())));
  }

  /** Official images bring an entry point of this name. */
  private boolean isOfBase(String script) {
    return recipe.base() != null && script.equals("docker-entrypoint.sh");
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
