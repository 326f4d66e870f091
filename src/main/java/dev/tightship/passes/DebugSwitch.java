package dev.tightship.passes;

import dev.tightship.pass.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something that is switched on for those who write a program, and open to those who attack it.
 *
 * @param message what it does, and by which switch; never the value of a variable
 * @param instead what to do
 */
record DebugSwitch(Severity severity, String message, String instead) {

  private static final Set<String> YES = Set.of("true", "1", "yes", "on");

  /** Servers that start again whenever a file of theirs changes. */
  private static final Set<String> RELOADING =
      Set.of("uvicorn", "gunicorn", "hypercorn", "granian", "flask");

  private static final Set<String> DEVELOPMENT_SERVERS =
      Set.of("nodemon", "ts-node-dev", "webpack-dev-server");

  /** A program and the word behind it. */
  private static final Set<String> DEVELOPMENT_STARTS =
      Set.of(
          "manage.py runserver",
          "fastapi dev",
          "next dev",
          "nuxt dev",
          "nuxi dev",
          "vite dev",
          "astro dev",
          "ng serve",
          "webpack serve",
          "dotnet watch",
          "npm run dev",
          "yarn dev",
          "yarn run dev",
          "pnpm dev",
          "pnpm run dev",
          "bun run dev",
          "php artisan serve");

  /** Options for a Java machine, wherever they stand; the rest is looked for in what follows. */
  private static final Pattern JDWP =
      Pattern.compile("-(?:agentlib:jdwp=|Xrunjdwp:)([^\\s\"']{0,300})");

  private static final Pattern INSPECT =
      Pattern.compile("(?:^|\\s)--inspect(?:-brk|-wait)?(?:=(\\S{0,100}))?(?=\\s|$)");

  private static final Pattern ELSEWHERE =
      Pattern.compile("(?:.*[=,])?(?:0[.]0[.]0[.]0|\\*|\\[?::]?)(?::.*|,.*)?");

  /** What a variable switches on, or null. */
  static @Nullable DebugSwitch variable(String name, String value) {
    String lower = value.strip().toLowerCase(Locale.ROOT);
    boolean yes = YES.contains(lower);
    return switch (name) {
      case "FLASK_DEBUG" -> yes ? flask(name) : null;
      case "FLASK_ENV" -> lower.equals("development") ? flask(name) : null;
      case "DJANGO_DEBUG" -> yes ? mode(Severity.MEDIUM, "Django", name, "False") : null;
      case "APP_DEBUG" -> yes ? mode(Severity.MEDIUM, "the application", name, "false") : null;
      case "NODE_ENV" ->
          lower.equals("development") ? mode(Severity.LOW, "Node.js", name, "production") : null;
      case "RAILS_ENV", "RACK_ENV" ->
          lower.equals("development") ? mode(Severity.MEDIUM, "Rails", name, "production") : null;
      case "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT" ->
          lower.equals("development")
              ? mode(Severity.MEDIUM, "ASP.NET Core", name, "Production")
              : null;
      case "DEBUG" ->
          yes
              ? mode(Severity.LOW, "the application", name, "0")
              : value.equals("*")
                  ? mode(Severity.LOW, "the logging of Node.js", name, "nothing")
                  : null;
      case "NODE_OPTIONS" -> node(value, name);
      case "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "JAVA_OPTS", "CATALINA_OPTS", "JVM_OPTS" ->
          java(value, name);
      case "XDEBUG_MODE" ->
          List.of(lower.split(",", -1)).contains("debug")
              ? new DebugSwitch(
                  Severity.MEDIUM,
                  "Xdebug lets a debugger steer PHP (XDEBUG_MODE)",
                  away("set it to off here"))
              : null;
      default -> null;
    };
  }

  private static String away(String here) {
    return here
        + ", and switch it on in a file for development alone, such as compose.override.yaml";
  }

  private static DebugSwitch mode(Severity severity, String who, String name, String value) {
    return new DebugSwitch(
        severity,
        "%s runs as for development, and tells strangers of its insides (%s)".formatted(who, name),
        away("set it to %s here".formatted(value)));
  }

  private static DebugSwitch flask(String by) {
    return new DebugSwitch(
        Severity.HIGH,
        "the debugger of Flask is on, which runs what it is given (%s)".formatted(by),
        away("take it away here"));
  }

  /** A port through which a debugger steers a program. */
  private static DebugSwitch steered(boolean elsewhere, String who, String by) {
    return new DebugSwitch(
        elsewhere ? Severity.HIGH : Severity.MEDIUM,
        elsewhere
            ? "whoever reaches the port for debuggers runs code in %s (%s)".formatted(who, by)
            : "%s waits for a debugger (%s)".formatted(who, by),
        away("take it away here"));
  }

  private static @Nullable DebugSwitch java(String options, String by) {
    var found = JDWP.matcher(options);
    if (!found.find()) {
      return null;
    }
    // only address= is a place to listen at
    for (String option : found.group(1).split(",", -1)) {
      if (option.startsWith("address=") && ELSEWHERE.matcher(option).matches()) {
        return steered(true, "Java", by);
      }
    }
    return steered(false, "Java", by);
  }

  private static @Nullable DebugSwitch node(String options, String by) {
    var found = INSPECT.matcher(options);
    if (!found.find()) {
      return null;
    }
    String at = found.group(1);
    return steered(at != null && ELSEWHERE.matcher(at).matches(), "Node.js", by);
  }

  /** What the words of one command switch on, or null. */
  static @Nullable DebugSwitch command(List<String> words) {
    String server = null;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      String name = word.substring(word.lastIndexOf('/') + 1);
      String next = i + 1 < words.size() ? words.get(i + 1) : "";
      String third = i + 2 < words.size() ? words.get(i + 2) : "";
      String start = name + " " + next;
      if (!DEVELOPMENT_STARTS.contains(start)) {
        start = start + " " + third;
      }
      if (DEVELOPMENT_SERVERS.contains(name)) {
        return server(name);
      }
      if (DEVELOPMENT_STARTS.contains(start)) {
        return server(start);
      }
      if (RELOADING.contains(name)) {
        server = name;
      } else if (name.equals("node") && next.startsWith("--inspect")) {
        return node(next, "--inspect");
      } else if (word.startsWith("-agentlib:jdwp=") || word.startsWith("-Xrunjdwp:")) {
        return java(word, "jdwp");
      } else if (word.equals("debugpy") && next.equals("--listen")) {
        return steered(ELSEWHERE.matcher(third).matches(), "Python", "debugpy");
      } else if (server != null && word.equals("--debug") && server.equals("flask")) {
        return flask("--debug");
      } else if (server != null && word.equals("--reload")) {
        return server(server + " --reload");
      } else if (word.matches("(?i)(?:-d)?display_errors=(?:on|1)")) {
        return mode(Severity.MEDIUM, "PHP", "display_errors", "Off");
      }
    }
    return null;
  }

  private static DebugSwitch server(String by) {
    return new DebugSwitch(
        Severity.MEDIUM,
        "a server for development is started, which is not made for strangers (%s)".formatted(by),
        away("start the one for production here"));
  }
}
