package dev.tightship.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a source file may not name. Imports and names written out in the code count alike; comments
 * and strings don't.
 */
final class Rules {

  private static final String OURS = "dev.tightship.";

  /** By package, the packages of ours that it may know beside itself. */
  private static final Map<String, Set<String>> MAY_KNOW =
      Map.ofEntries(
          Map.entry("text", Set.of()),
          Map.entry("edit", Set.of("text")),
          Map.entry("secret", Set.of("text")),
          Map.entry("knowledge", Set.of("text")),
          Map.entry("knowledge.file", Set.of("edit", "knowledge", "text", "yaml")),
          Map.entry("knowledge.build", Set.of("knowledge", "knowledge.file", "text")),
          Map.entry("files", Set.of("text")),
          Map.entry("yaml", Set.of("edit", "text")),
          Map.entry("dockerfile", Set.of("edit", "text")),
          Map.entry(
              "compose",
              Set.of("dockerfile", "edit", "knowledge", "knowledge.file", "text", "yaml")),
          Map.entry("compose.model", Set.of("compose", "edit", "yaml")),
          Map.entry(
              "analysis",
              Set.of("compose", "dockerfile", "edit", "knowledge", "secret", "text", "yaml")),
          Map.entry(
              "move",
              Set.of(
                  "analysis",
                  "compose",
                  "dockerfile",
                  "edit",
                  "knowledge",
                  "secret",
                  "text",
                  "yaml")),
          // who talks to whom: read from the same files, with the same bounds, as the analysis
          Map.entry(
              "network",
              Set.of("analysis", "compose", "dockerfile", "edit", "knowledge", "text", "yaml")),
          Map.entry("pass", Set.of("compose", "edit")),
          Map.entry(
              "passes",
              Set.of(
                  "analysis",
                  "compose",
                  "dockerfile",
                  "edit",
                  "knowledge",
                  "move",
                  "network",
                  "pass",
                  "secret",
                  "text",
                  "yaml")),
          Map.entry("engine", Set.of("compose", "dockerfile", "edit", "pass", "text", "yaml")),
          Map.entry(
              "report",
              Set.of(
                  "compose", "edit", "engine", "knowledge", "network", "pass", "secret", "text")),
          Map.entry(
              "cli",
              Set.of(
                  "compose",
                  "dockerfile",
                  "edit",
                  "engine",
                  "files",
                  "knowledge",
                  "pass",
                  "passes",
                  "report",
                  "text",
                  "yaml")),
          Map.entry("", Set.of("cli")));

  /** Of the YAML reader, a pass sees what a service answers with, never the splicer. */
  private static final Set<String> YAML_FOR_PASSES = Set.of("Node", "YamlFile");

  /** Texts in, texts out. */
  private static final Set<String> PURE =
      Set.of(
          "text",
          "edit",
          "secret",
          "yaml",
          "dockerfile",
          "knowledge.file",
          "compose",
          "compose.model",
          "analysis",
          "move",
          "network",
          "pass",
          "passes",
          "engine");

  private record Door(Pattern name, Set<String> packages) {}

  private static final List<Door> DOORS =
      List.of(
          door("org\\.snakeyaml\\..*", "yaml"),
          door("picocli\\..*", "cli"),
          door("tools\\.jackson\\..*", "report", "analysis"), // the one writes, the other reads
          door("com\\.fasterxml\\..*"),
          door(
              "java\\.nio\\.file\\..*|java\\.io\\.File(\\w*Stream)?",
              "files",
              "cli",
              "knowledge.build"),
          // a file: URI carries the bytes of a name; the network itself is nobody's
          door("java\\.net\\.URI", "files"),
          door("java\\.net\\.(?!URI$).*"));

  /** What depends on the machine, the hour or chance. */
  private static final Pattern IMPURE =
      Pattern.compile(
          "\\b(System\\s*\\.\\s*(getenv|getProperty|currentTimeMillis|nanoTime|exit|out|err|in)"
              + "|ProcessBuilder|ProcessHandle|Runtime|Thread|Random|SecureRandom|UUID|Clock"
              + "|Instant|ServiceLoader|Locale\\s*\\.\\s*getDefault|TimeZone|ZoneId)\\b"
              + "|\\bjava\\s*\\.\\s*lang\\s*\\.\\s*reflect\\b|\\bjava\\s*\\.\\s*util\\s*\\.\\s*concurrent\\b");

  private static final Pattern PROCESS =
      Pattern.compile(
          "\\b(ProcessBuilder|ProcessHandle|Process)\\b|\\bgetRuntime\\s*\\(\\s*\\)\\s*\\.\\s*(exec|load\\w*)\\b");
  private static final Pattern RESOURCE = Pattern.compile("\\bgetResource\\w*\\b");

  private static final Pattern NOT_CODE =
      Pattern.compile(
          "/\\*.*?\\*/|//[^\\n]*|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])+'",
          Pattern.DOTALL);

  private static final Pattern QUALIFIED =
      Pattern.compile("\\b(?:[a-z]\\w*\\s*\\.\\s*)+(?:[A-Z]\\w*|\\*)");

  private Rules() {}

  private static Door door(String name, String... packages) {
    return new Door(Pattern.compile(name), Set.of(packages));
  }

  /**
   * What is wrong with a file, one sentence each.
   *
   * @param name for people
   */
  static List<String> broken(String name, String source) {
    String code = NOT_CODE.matcher(source).replaceAll(" ");
    Matcher declared =
        Pattern.compile("\\bpackage\\s+dev\\.tightship(?:\\.([\\w.]+))?\\s*;").matcher(code);
    if (!declared.find()) {
      return List.of(name + " is in no package of ours");
    }
    String from = declared.group(1) == null ? "" : declared.group(1);
    var broken = new ArrayList<String>();
    Set<String> known = MAY_KNOW.get(from);
    if (known == null) {
      return List.of(name + " is in a package without rules: " + from);
    }
    QUALIFIED
        .matcher(code)
        .results()
        .map(match -> match.group().replaceAll("\\s", ""))
        .distinct()
        .forEach(used -> check(name, from, known, used, broken));
    if (PURE.contains(from)) {
      IMPURE.matcher(code).results().forEach(m -> broken.add(name + " is impure: " + m.group()));
    }
    if (!from.equals("files") && PROCESS.matcher(code).find()) {
      broken.add(name + " knows processes");
    }
    if (!name.endsWith("text/Resources.java") && RESOURCE.matcher(code).find()) {
      broken.add(name + " reads a resource past text.Resources");
    }
    return broken;
  }

  private static void check(
      String name, String from, Set<String> known, String used, List<String> broken) {
    if (used.startsWith(OURS)) {
      int end = used.lastIndexOf('.');
      String to = used.substring(OURS.length(), Math.max(OURS.length(), end));
      String type = used.substring(end + 1);
      if (!to.equals(from) && !known.contains(to)) {
        broken.add("%s: %s may not know %s".formatted(name, from, used));
      }
      if (from.equals("passes") && to.equals("yaml") && !YAML_FOR_PASSES.contains(type)) {
        broken.add("%s: a pass may not know %s".formatted(name, used));
      }
    }
    for (Door door : DOORS) {
      if (door.name.matcher(used).matches() && !door.packages.contains(from)) {
        broken.add("%s: %s may not know %s".formatted(name, from, used));
      }
    }
  }
}
