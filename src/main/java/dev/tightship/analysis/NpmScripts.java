package dev.tightship.analysis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The scripts of a package that {@code npm start} and {@code npm run} stand for. */
final class NpmScripts {

  private static final Pattern CALL =
      Pattern.compile(
          "\\bnpm(?:\\s+--?[\\w=-]+){0,9}\\s+"
              + "(?:(start|test)|run(?:-script)?(?:\\s+--?[\\w=-]+){0,9}\\s+([\\w:.][\\w:.-]*))");

  private NpmScripts() {}

  /** Whether a command leaves it to a package what is run. */
  static boolean isCalled(String command) {
    return CALL.matcher(command).find();
  }

  /** What the calls in a command run, and what those run in turn. */
  static List<Start.Line> of(String command, SourceTree.Text manifest) {
    Map<String, String> scripts = JsonStrings.under("scripts", manifest.text());
    var lines = new ArrayList<Start.Line>();
    Set<String> seen = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(command));
    while (!open.isEmpty()) {
      Matcher call = CALL.matcher(open.pop());
      while (call.find()) {
        String name = call.group(1) == null ? call.group(2) : call.group(1);
        for (String each : List.of("pre" + name, name, "post" + name)) {
          String script = scripts.get(each);
          if (script != null && seen.add(each)) {
            int at = Math.max(0, manifest.text().indexOf('"' + each + '"'));
            lines.add(new Start.Line(manifest.path(), manifest.line(at), script));
            open.add(script);
          }
        }
      }
    }
    return lines;
  }
}
