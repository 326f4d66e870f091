package dev.tightship.move;

import dev.tightship.compose.DotEnv;
import dev.tightship.compose.EnvFiles;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.compose.Sources.Source;
import dev.tightship.compose.Sources.Tracking;
import dev.tightship.edit.Edit;
import dev.tightship.secret.SecretNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The file that gives the variables of Compose their values, {@code .env} as a rule, and what goes
 * with a secret in it.
 *
 * @param folders in which images are built
 * @param path from the project's root
 * @param blocked why no secret may be written into it, half a sentence; null where one may
 * @param readers the services that get all of it, as it is also their {@code env_file}
 */
record VariableFile(
    Project project,
    BuildFolders folders,
    String path,
    @Nullable String blocked,
    Set<String> readers) {

  private static final String HEADING =
      "# Copy to .env and fill in; no value belongs into this file.\n";

  static VariableFile of(Project project, BuildFolders folders) {
    String home = project.envFiles().home(project.directory());
    if (home == null) {
      return new VariableFile(
          project, folders, "", "the run reads no .env, to which it could go", Set.of());
    }
    var readers = new TreeSet<String>();
    for (Service service : project.services()) {
      if (service.environmentFiles().stream().anyMatch(file -> file.path().equals(home))) {
        readers.add(service.name());
      }
    }
    return new VariableFile(project, folders, home, blocked(project, folders, home), readers);
  }

  private static @Nullable String blocked(Project project, BuildFolders folders, String path) {
    if (project.swarm() != null) {
      return "it could only go to %s, which a stack does not read (%s)"
          .formatted(path, project.swarm());
    }
    if (project.exists(path) && project.tracking(path) == Tracking.TRACKED) {
      return "it could only go to %s, which git tracks".formatted(path);
    }
    return folders.open(path);
  }

  /**
   * Why a secret of some services may not be written into it, half a sentence; null where it may.
   */
  @Nullable String blockedFor(Set<String> services) {
    if (blocked != null) {
      return blocked;
    }
    for (String reader : readers) {
      if (!project.exists(path)) {
        return "it could only go to %s, the env_file of service %s, which is not here"
            .formatted(path, reader);
      }
      if (!services.contains(reader)) {
        return "it could only go to %s, all of which service %s gets as its env_file"
            .formatted(path, reader);
      }
    }
    return null;
  }

  /** Whether it gives a variable a value. */
  boolean has(String name) {
    return project.variables().isSet(name);
  }

  /** Whether it gives a variable this very value. */
  boolean has(String name, String value) {
    return value.equals(project.variables().get(name));
  }

  /** A variable of it that has a value already and whose name is that of a secret; or null. */
  @Nullable String holding(String value) {
    if (project.read(path) instanceof Source.Text text
        && DotEnv.read(text.text(), name -> null) instanceof DotEnv.Read read) {
      for (DotEnv.Entry entry : read.entries()) {
        if (value.equals(entry.value())
            && has(entry.key(), value)
            && SecretNames.isSecret(entry.key())) {
          return entry.key();
        }
      }
    }
    return null;
  }

  /** The goals that make it give a variable a value, and keep it where it belongs. */
  List<Edit> edits(String name, String value) {
    var edits = new ArrayList<Edit>();
    edits.add(new Edit.Variable(path, name, value));
    if (project.tracking(path) != Tracking.IGNORED) {
      edits.add(new Edit.Line(beside(".gitignore"), "", file()));
    }
    edits.addAll(folders.keepOut(path));
    example(name).ifPresent(edits::add);
    return edits;
  }

  private Optional<Edit> example(String name) {
    String example = beside(EnvFiles.EXAMPLES.get(0));
    for (String other : EnvFiles.EXAMPLES) {
      if (project.exists(beside(other))) {
        example = beside(other);
        break;
      }
    }
    boolean named =
        project.read(example) instanceof Source.Text text
            && text.text().lines().anyMatch(line -> line.matches("#?\\s*" + name + "\\s*=.*"));
    return named ? Optional.empty() : Optional.of(new Edit.Line(example, HEADING, name + "="));
  }

  private String beside(String name) {
    return path.substring(0, path.lastIndexOf('/') + 1) + name;
  }

  private String file() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
