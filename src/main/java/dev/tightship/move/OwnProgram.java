package dev.tightship.move;

import dev.tightship.compose.Build;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.compose.Sources.File;
import dev.tightship.compose.Sources.Listing;
import dev.tightship.compose.Sources.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the sources of programs speak of, in the folders that services are built from or get: a
 * program that names {@code DB_PASSWORD_FILE} reads it.
 */
final class OwnProgram {

  private static final int MOST_ENTRIES = 5_000;
  private static final int MOST_BYTES_OF_ONE = 256 << 10;
  private static final int MOST_BYTES = 4 << 20;

  private static final Set<String> NOT_ENTERED =
      Set.of(
          "node_modules",
          "vendor",
          ".git",
          "venv",
          ".venv",
          "dist",
          "target",
          "test",
          "tests",
          "__tests__",
          "spec",
          "docs",
          "doc",
          "examples");

  /** Languages of programs, and scripts that start one. */
  private static final Pattern PROGRAM =
      Pattern.compile(
          ".*\\.(?:[cm]?[jt]s|py|rb|php|go|java|kt|cs|rs|ex|exs|sh|bash)|(?:.*/)?[\\w-]*entrypoint[\\w.-]*");

  private static final Pattern TEST =
      Pattern.compile(".*[._-](?:test|spec)s?\\.\\w+|(?:.*/)?test_.*");

  private final Project project;
  private final Map<String, List<String>> texts = new HashMap<>();

  OwnProgram(Project project) {
    this.project = project;
  }

  /** Whether the program of a service that is built here reads a variable for a file. */
  boolean reads(Service service, String fileVariable) {
    Build build = service.build().orElse(null);
    if (build == null || build.context() == null) {
      return false;
    }
    Pattern name =
        Pattern.compile("(?<![A-Za-z0-9_])" + Pattern.quote(fileVariable) + "(?![A-Za-z0-9_])");
    return texts.computeIfAbsent(build.context(), this::texts).stream()
        .anyMatch(text -> text.contains(fileVariable) && name.matcher(text).find());
  }

  /** Whether a program in a folder speaks of something. */
  boolean speakOf(String folder, Pattern name) {
    return texts.computeIfAbsent(folder, this::texts).stream()
        .anyMatch(text -> name.matcher(text).find());
  }

  private List<String> texts(String context) {
    Listing listing =
        project.filesBelow(
            context,
            folder -> !NOT_ENTERED.contains(folder.substring(folder.lastIndexOf('/') + 1)),
            MOST_ENTRIES);
    var texts = new ArrayList<String>();
    long left = MOST_BYTES;
    if (listing instanceof Listing.Files all) {
      for (File file : all.files()) {
        boolean wanted =
            PROGRAM.matcher(file.path()).matches() && !TEST.matcher(file.path()).matches();
        if (wanted && file.bytes() <= MOST_BYTES_OF_ONE && file.bytes() <= left) {
          left -= file.bytes();
          if (project.read(file.path()) instanceof Source.Text text) {
            texts.add(text.text());
          }
        }
      }
    }
    return texts;
  }
}
