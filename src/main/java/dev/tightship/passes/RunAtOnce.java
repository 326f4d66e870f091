package dev.tightship.passes;

import dev.tightship.dockerfile.ShellCommand;
import dev.tightship.dockerfile.ShellWord;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is fetched and given to a shell, or another program that runs it, without being kept. */
final class RunAtOnce {

  /** A command inside a word that fetches: the quotes of the word are gone. */
  private static final Pattern FETCHES = Pattern.compile("^\\s*(?:\\$\\(|`)\\s*(?:curl|wget)\\s");

  /** In text that is not taken apart: a shell that reads what a command fetches. */
  private static final Pattern SUBSTITUTED =
      Pattern.compile(
          "(?:^|[\\s;&|(])(?:(?:ba|z|da|k)?sh(?:\\s{1,9}-[\\w-]{1,20}){0,4}+|source|[.])"
              + "\\s{1,9}<\\(\\s{0,9}(?:curl|wget)\\s[^\\n]{0,1000}");

  private static final Pattern EVALUATED =
      Pattern.compile(
          "(?:^|[\\s;&|(])eval\\s{1,9}\"?(?:\\$\\(|`)\\s{0,9}(?:curl|wget)\\s[^\\n]{0,1000}");

  private static final Pattern PIPED =
      Pattern.compile(
          "(?:^|[\\s;&(])(?:curl|wget)\\s[^|;&\\n<>()]{1,500}\\|\\s{0,9}"
              + "(?:sudo\\s{1,9}(?:-E\\s{1,9})?)?(?:ba|z|da|k)?sh(?:\\s{1,9}-s?)?(?=\\s{0,9}(?:$|[;&\\n)]|--\\s))");

  private RunAtOnce() {}

  static List<Fetch> in(List<ShellCommand> script) {
    var found = new ArrayList<Fetch>();
    for (List<ShellCommand> pipeline : Runs.pipelines(script)) {
      add(found, piped(pipeline));
    }
    for (ShellCommand command : script) {
      ShellCommand.Program program = command.program();
      add(found, program == null ? null : substituted(program));
    }
    return found;
  }

  /** In a text that is not taken apart: only what cannot mean anything else. */
  static List<Fetch> inText(String text) {
    var found = new ArrayList<Fetch>();
    String plain = Unquoted.of(text);
    for (Pattern pattern : List.of(SUBSTITUTED, EVALUATED, PIPED)) {
      Matcher matcher = pattern.matcher(plain);
      while (matcher.find()) {
        // an address in quotes is not in the plain text, which has the same length
        found.add(fetch(text.substring(matcher.start(), matcher.end())));
      }
    }
    return found;
  }

  private static void add(List<Fetch> found, @Nullable Fetch fetch) {
    if (fetch != null) {
      found.add(fetch);
    }
  }

  private static Fetch fetch(String text) {
    return new Fetch(Address.in(text), List.of());
  }

  /** {@code curl … | sh}. */
  private static @Nullable Fetch piped(List<ShellCommand> pipeline) {
    Fetch fetch = null;
    for (ShellCommand command : pipeline) {
      ShellCommand.Program program = command.program();
      if (fetch != null && program != null && Interpreters.readInput(program)) {
        return fetch;
      }
      Fetch here = Fetch.of(command);
      fetch = here == null ? fetch : here;
    }
    return null;
  }

  /** {@code sh -c "$(curl …)"}. */
  private static @Nullable Fetch substituted(ShellCommand.Program program) {
    boolean before = false;
    for (ShellWord word : program.arguments()) {
      String written = Runs.written(word);
      if (before && word.runs() && FETCHES.matcher(written).find()) {
        return Runs.isShell(program.name()) ? fetch(written) : null;
      }
      before = word.literal() != null && word.literal().matches("-[a-z]*c");
    }
    return null;
  }
}
