package dev.tightship.passes;

import dev.tightship.dockerfile.ShellCommand;
import dev.tightship.dockerfile.ShellWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Packages of a language that a command installs by their names alone. Not those of a distribution:
 * its mirrors keep no old versions, so that a version there breaks the next build.
 *
 * @param names as written
 * @param instead how a version is written
 */
record Unpinned(List<String> names, String instead) {

  private static final Pattern PIP = Pattern.compile("pip(?:3(?:[.]\\d{1,2})?)?");
  private static final Pattern PYTHON = Pattern.compile("python(?:3(?:[.]\\d{1,2})?)?");

  private static final Set<String> PIP_WITH_VALUE =
      Set.of(
          "-r",
          "-t",
          "-i",
          "-f",
          "-e",
          "--requirement",
          "--target",
          "--index-url",
          "--extra-index-url",
          "--find-links",
          "--editable",
          "--prefix",
          "--root",
          "--platform",
          "--python",
          "--python-version",
          "--implementation",
          "--abi",
          "--trusted-host",
          "--timeout",
          "--retries",
          "--no-binary",
          "--only-binary",
          "--progress-bar",
          "--upgrade-strategy",
          "--cache-dir",
          "--src",
          "--log",
          "--proxy",
          "--cert");

  private static final Set<String> NODE_WITH_VALUE =
      Set.of("--prefix", "-C", "--registry", "--loglevel", "--cache", "--omit", "--include", "-w");

  private static final Set<String> GEM_WITH_VALUE =
      Set.of("-i", "-n", "-P", "-s", "--install-dir", "--bindir", "--source", "--platform");

  /** What builds with pip are built with. */
  private static final Set<String> TOOLS = Set.of("pip", "setuptools", "wheel");

  private static final Pattern PYTHON_NAME =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}(?:\\[[A-Za-z0-9,._-]{1,200}\\])?");

  private static final Pattern ARCHIVE = Pattern.compile(".*[.](?:whl|zip|tgz|gz|bz2|xz)");

  private static final Pattern NODE_NAME =
      Pattern.compile("(?:@[\\w.-]{1,100}/)?[\\w.-]{1,100}(?:@[A-Za-z][\\w.-]{0,50})?");

  private static final Pattern GEM_NAME = Pattern.compile("[A-Za-z0-9][\\w.-]{0,99}");

  private static final Pattern GO_NAME =
      Pattern.compile("[^\\s@$]{1,200}@(?:latest|upgrade|patch)");

  Unpinned {
    names = List.copyOf(names);
  }

  /** Null where a command installs none, or none that can be told. */
  static @Nullable Unpinned of(ShellCommand.Program program) {
    List<ShellWord> arguments = program.arguments();
    String name = program.name();
    if (PIP.matcher(name).matches()) {
      return pip(arguments, 0);
    }
    if (PYTHON.matcher(name).matches() && starts(arguments, "-m", "pip")) {
      return pip(arguments, 2);
    }
    return switch (name) {
      case "uv" -> starts(arguments, "pip") ? pip(arguments, 1) : null;
      case "npm" -> node(arguments, Set.of("install", "i", "add"));
      case "pnpm" -> node(arguments, Set.of("install", "i", "add"));
      case "yarn" -> node(arguments, Set.of("add"));
      case "gem" -> gem(arguments);
      case "go" ->
          starts(arguments, "install")
              ? found(rest(arguments, 1, Set.of(), GO_NAME), "@VERSION in the place of @latest")
              : null;
      default -> null;
    };
  }

  private static boolean starts(List<ShellWord> arguments, String... words) {
    for (int i = 0; i < words.length; i++) {
      if (i >= arguments.size() || !arguments.get(i).is(words[i])) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable Unpinned found(List<String> names, String instead) {
    return names.isEmpty() ? null : new Unpinned(names, instead);
  }

  private static @Nullable Unpinned pip(List<ShellWord> arguments, int from) {
    int install = index(arguments, from, Set.of("install"), PIP_WITH_VALUE);
    boolean bound =
        arguments.stream().anyMatch(w -> w.is("-c") || Runs.written(w).startsWith("--constraint"));
    if (install < 0 || bound) {
      return null;
    }
    List<String> names = new ArrayList<>(rest(arguments, install + 1, PIP_WITH_VALUE, PYTHON_NAME));
    names.removeIf(n -> TOOLS.contains(n) || n.equals(".") || ARCHIVE.matcher(n).matches());
    return found(names, "NAME==VERSION");
  }

  private static @Nullable Unpinned node(List<ShellWord> arguments, Set<String> commands) {
    int install = index(arguments, 0, commands, NODE_WITH_VALUE);
    if (install < 0) {
      return null;
    }
    List<String> names = new ArrayList<>(rest(arguments, install + 1, NODE_WITH_VALUE, NODE_NAME));
    names.removeIf(n -> n.startsWith(".") || ARCHIVE.matcher(n).matches());
    return found(names, "NAME@VERSION");
  }

  private static @Nullable Unpinned gem(List<ShellWord> arguments) {
    boolean versioned =
        arguments.stream()
            .map(Runs::written)
            .anyMatch(w -> w.startsWith("-v") || w.startsWith("--version"));
    int install = index(arguments, 0, Set.of("install", "i"), GEM_WITH_VALUE);
    if (install < 0 || versioned) {
      return null;
    }
    List<String> names = new ArrayList<>(rest(arguments, install + 1, GEM_WITH_VALUE, GEM_NAME));
    names.removeIf(n -> n.endsWith(".gem"));
    return found(names, "NAME:VERSION");
  }

  /** Where one of the commands stands, behind nothing but options; -1 where it does not. */
  private static int index(
      List<ShellWord> arguments, int from, Set<String> commands, Set<String> withValue) {
    for (int i = from; i < arguments.size(); i++) {
      String literal = arguments.get(i).literal();
      if (literal == null) {
        return -1;
      }
      if (commands.contains(literal)) {
        return i;
      }
      if (withValue.contains(literal)) {
        i++;
      } else if (!literal.startsWith("-") && !literal.equals("global")) {
        return -1;
      }
    }
    return -1;
  }

  /** The arguments that are no option and match. */
  private static List<String> rest(
      List<ShellWord> arguments, int from, Set<String> withValue, Pattern name) {
    var names = new ArrayList<String>();
    for (int i = from; i < arguments.size(); i++) {
      String literal = arguments.get(i).literal();
      if (literal != null && withValue.contains(literal)) {
        i++;
      } else if (literal != null && !literal.startsWith("-") && name.matcher(literal).matches()) {
        names.add(literal);
      }
    }
    return names;
  }
}
