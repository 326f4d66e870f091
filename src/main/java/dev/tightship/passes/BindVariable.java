package dev.tightship.passes;

import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import java.util.Locale;
import java.util.regex.Pattern;

/** The variable with which a user opens the ports of a service again, in one line of .env. */
final class BindVariable {

  private static final String LOOPBACK = "127.0.0.1";

  private BindVariable() {}

  /**
   * {@code DB_BIND} for a service {@code db}, or a longer name where the project uses that one for
   * something else.
   */
  static String of(Service service) {
    String stem = service.name().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    String shortest = (Character.isDigit(stem.charAt(0)) ? "_" : "") + stem + "_BIND";
    String name = shortest;
    for (int i = 2; isTaken(service.project(), name); i++) {
      name = shortest + "_" + i;
    }
    return name;
  }

  /** The address as it is written: the variable, and this machine alone where it is not set. */
  static String written(String name) {
    return "${" + name + ":-" + LOOPBACK + "}";
  }

  private static boolean isTaken(Project project, String name) {
    var used = Pattern.compile("\\$\\{?" + name + "(?!\\w|:-" + Pattern.quote(LOOPBACK) + "})");
    return project.variables().isSet(name)
        || project.allFiles().stream().anyMatch(file -> used.matcher(file.text()).find());
  }
}
