package dev.tightship.move;

import dev.tightship.analysis.LiteralSecret.InCompose;
import dev.tightship.analysis.ScalarPlaces;
import dev.tightship.compose.Service;
import dev.tightship.compose.Texts;
import dev.tightship.compose.Texts.Text;
import dev.tightship.edit.Place;
import dev.tightship.text.Span;
import dev.tightship.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a service that a shell in its container runs: of its health check, its command, its
 * hooks.
 */
final class Scripts {

  /** A line that is cut into words first, of which one is a script. */
  private static final Pattern LINE =
      Pattern.compile(
          "\\s*(?:exec\\s+)?(?:/\\S*/)?(?:ba|a|da|z|k)?sh\\s+-\\w*c\\s+([\"'])(.*)\\1\\s*",
          Pattern.DOTALL);

  /** What a shell takes for one word and as it is. */
  static final Pattern ONE_WORD = Pattern.compile("[\\w@%+=:,./^-]+");

  private static final Pattern SHELL = Pattern.compile("(?:/\\S*/)?(?:ba|a|da|z|k)?sh");
  private static final Pattern OPTION = Pattern.compile("-\\w*c");

  /**
   * @param span of the script in the text of its scalar
   */
  private record Script(Place place, Node.Scalar scalar, Span span, int line) {}

  /** A use of a variable of the container in a script. */
  record Use(InCompose where, Span span) {}

  private final Service service;
  private final ScalarPlaces scalars;
  private final List<Script> all = new ArrayList<>();

  private Scripts(Service service, ScalarPlaces scalars) {
    this.service = service;
    this.scalars = scalars;
  }

  static Scripts of(Service service, ScalarPlaces scalars) {
    var scripts = new Scripts(service, scalars);
    scripts.look(true, "healthcheck", "test");
    scripts.look(false, "command");
    scripts.look(false, "entrypoint");
    scripts.look(false, "post_start", Texts.ITEMS, "command");
    scripts.look(false, "pre_stop", Texts.ITEMS, "command");
    return scripts;
  }

  private void look(boolean test, String... path) {
    for (Texts texts : service.texts(path)) {
      List<Text> words = texts.all();
      if (!texts.listed()) {
        words.forEach(text -> line(texts, text.scalar(), test));
        continue;
      }
      int from = test && !words.isEmpty() && words.get(0).scalar().text().equals("CMD") ? 1 : 0;
      boolean shell = test && !words.isEmpty() && words.get(0).scalar().text().equals("CMD-SHELL");
      if (shell && words.size() > 1) {
        whole(texts, words.get(1).scalar());
      } else if (words.size() > from + 2
          && SHELL.matcher(words.get(from).scalar().text()).matches()
          && OPTION.matcher(words.get(from + 1).scalar().text()).matches()) {
        whole(texts, words.get(from + 2).scalar());
      }
    }
  }

  private void line(Texts texts, Node.Scalar scalar, boolean test) {
    if (test) {
      whole(texts, scalar); // the string form of a test is run by a shell
      return;
    }
    Matcher line = LINE.matcher(scalar.text());
    if (line.matches()) {
      add(texts, scalar, new Span(line.start(2), line.end(2)));
    }
  }

  private void whole(Texts texts, Node.Scalar scalar) {
    add(texts, scalar, new Span(0, scalar.text().length()));
  }

  private void add(Texts texts, Node.Scalar scalar, Span span) {
    Place place = scalars.of(texts.file(), scalar);
    if (place != null) {
      int line = texts.file().lines().position(scalar.span().start()).line();
      all.add(new Script(place, scalar, span, line));
    }
  }

  /** Whether a shell fills in what stands at a place. */
  boolean covers(InCompose where, Span span) {
    for (Script script : all) {
      if (script.place.equals(where.place())
          && script.span.start() <= span.start()
          && span.end() <= script.span.end()) {
        return !isQuoted(script, span.start());
      }
    }
    return false;
  }

  /**
   * The uses of a variable of the container; null where one of them is more than its plain value,
   * or may be meant for something else than a shell.
   */
  @Nullable List<Use> uses(String variable) {
    String quoted = Pattern.quote(variable);
    Pattern name = Pattern.compile("\\$\\$(?:\\{" + quoted + "\\}|" + quoted + "(?!\\w))");
    Pattern any = Pattern.compile("\\$\\$\\{?[!#]?" + quoted + "(?!\\w)");
    var uses = new ArrayList<Use>();
    for (Script script : all) {
      String text = script.scalar.text();
      Matcher plain = name.matcher(text).region(script.span.start(), script.span.end());
      int found = 0;
      while (plain.find()) {
        found++;
        if (isQuoted(script, plain.start())) {
          return null;
        }
        var span = new Span(plain.start(), plain.end());
        uses.add(new Use(new InCompose(script.place, text, span, script.line), span));
      }
      if (any.matcher(text).results().count() != found || text.contains("printenv")) {
        return null;
      }
    }
    for (String path : List.of("environment", "labels")) {
      for (Texts texts : service.texts(path)) {
        for (Text text : texts.all()) {
          if (any.matcher(text.scalar().text()).find()) {
            return null;
          }
        }
      }
    }
    return List.copyOf(uses);
  }

  /** Whether a place lies between single quotes, where a shell fills in nothing. */
  private static boolean isQuoted(Script script, int at) {
    String text = script.scalar.text();
    boolean single = false;
    boolean twice = false;
    for (int i = script.span.start(); i < at; i++) {
      char c = text.charAt(i);
      if (c == '\\' && !single) {
        i++;
      } else if (c == '\'' && !twice) {
        single = !single;
      } else if (c == '"' && !single) {
        twice = !twice;
      }
    }
    return single;
  }
}
