package dev.tightship.analysis;

import dev.tightship.compose.Service;
import dev.tightship.dockerfile.BuiltImage;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a program has from the shell that starts it, and from nothing else: measured with dash
 * 0.5.12, bash 5.2, BusyBox 1.35 and engine 28.5.2.
 */
public final class ShellNeeds {

  /** A shell sets it, the engine does not. */
  private static final Pattern WORKING_DIRECTORY = Pattern.compile("(?<![\\w-])PWD(?!\\w)");

  /** Of these, processes stay behind that only their parent or the first process takes away. */
  private static final Pattern BROWSER =
      Pattern.compile(
          "(?<![\\w.])(puppeteer|playwright|pyppeteer|selenium|chromium|google-chrome)(?!\\w)");

  private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");

  private ShellNeeds() {}

  /**
   * The first thing that would be otherwise without the shell, half a sentence; null where nothing
   * is found.
   *
   * @param alone whether nothing but this shell stands between the engine and the program; a start
   *     script does the same for its environment
   * @param stays whether this shell stays the first process
   */
  public static @Nullable String of(
      Service service, Recipe.Read recipe, boolean alone, boolean stays) {
    String dotted = alone ? dotted(service, recipe.image()) : null;
    String context = recipe.build().context();
    if (dotted != null || context == null) {
      return dotted;
    }
    boolean reaps = stays && !"true".equals(service.text("init").orElse(""));
    try {
      SourceTree tree = SourceTree.of(service, context, recipe.file().path());
      Set<String> started = SourceTree.words(StartScripts.of(service, recipe).text());
      for (SourceTree.Text text : tree.texts(started)) {
        String found =
            alone ? line(text, WORKING_DIRECTORY, "reads PWD, which only a shell sets") : null;
        if (found == null && reaps) {
          found =
              line(
                  text,
                  BROWSER,
                  "speaks of a browser, which leaves processes for a shell to take away");
        }
        if (found != null) {
          return found;
        }
      }
      return null;
    } catch (SourceTree.TooMuch e) {
      return e.getMessage();
    }
  }

  /** Debian's and BusyBox's shell leave such a variable out. */
  private static @Nullable String dotted(Service service, BuiltImage image) {
    var names = new LinkedHashSet<String>(image.env().keySet());
    names.addAll(service.environment().values().keySet());
    return names.stream()
        .filter(name -> !NAME.matcher(name).matches())
        .findFirst()
        .map("a shell may leave out the variable %s, whose name is none for it"::formatted)
        .orElse(null);
  }

  private static @Nullable String line(SourceTree.Text text, Pattern pattern, String says) {
    Language language = Language.of(text.path());
    Matcher matcher = pattern.matcher(text.text());
    while (matcher.find()) {
      if (language == null || !language.isComment(text.text(), matcher.start())) {
        return "line %s of %s %s".formatted(text.line(matcher.start()), text.path(), says);
      }
    }
    return null;
  }
}
