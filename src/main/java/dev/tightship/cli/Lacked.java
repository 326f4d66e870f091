package dev.tightship.cli;

import dev.tightship.compose.Paths;
import dev.tightship.files.Disk;
import dev.tightship.report.Escape;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something that a project needs and that is not there.
 *
 * @param file with a secret, or with the values of variables, from the root; empty where the run
 *     reads no such file
 * @param variable that lacks its value; null where the file itself is missing
 */
record Lacked(String file, @Nullable String variable) {

  private static final Pattern PLAIN = Pattern.compile("[\\w./][\\w./-]*");

  /** {@code secrets/db.txt}, {@code DB_PASSWORD in .env}. */
  String describe(Loaded loaded) {
    String shown = Escape.text(loaded.shown(file));
    return variable == null ? shown : file.isEmpty() ? variable : variable + " in " + shown;
  }

  /** How to make it by hand, for people. */
  String hint(Loaded loaded) {
    String shown = loaded.shown(file);
    if (variable != null) {
      return file.isEmpty()
          ? "set %s where Compose runs".formatted(variable)
          : "add a line %s=... to %s".formatted(variable, Escape.text(shown));
    }
    if (!Escape.text(shown).equals(shown)) {
      return "write it by hand, with mode 444: no command can show such a name";
    }
    String folder = Paths.folder(file);
    boolean isNew = loaded.disk().kind(folder) == Disk.Kind.MISSING;
    return "%sprintf %%s '...' > %2$s && chmod 444 %2$s"
        .formatted(
            isNew ? "mkdir -p -m 700 " + quoted(loaded.shown(folder)) + " && " : "", quoted(shown));
  }

  /** As a shell reads it, since it comes from the project and people copy it. */
  private static String quoted(String path) {
    String safe = path.startsWith("-") ? "./" + path : path;
    return PLAIN.matcher(safe).matches() ? safe : "'" + safe.replace("'", "'\\''") + "'";
  }
}
