package dev.tightship.cli;

import dev.tightship.compose.Named;
import dev.tightship.compose.Named.Bind;
import dev.tightship.compose.Origin;
import dev.tightship.compose.Project;
import dev.tightship.engine.Outcome;
import dev.tightship.files.Disk;
import dev.tightship.files.ProjectCopy;
import dev.tightship.files.ProjectException;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.report.Escape;
import dev.tightship.yaml.Node;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A hardened copy of a project that starts from where it is written. */
final class CopyOfProject {

  private final Loaded loaded;
  private final Terminal terminal;

  CopyOfProject(Loaded loaded, Terminal terminal) {
    this.loaded = loaded;
    this.terminal = terminal;
  }

  /**
   * @return whether all of it could be copied
   * @throws ProjectException if nothing was written, with the path as the user sees it
   */
  boolean write(Outcome outcome, Path directory) throws ProjectException {
    Named named = loaded.project().named();
    Set<String> data = dataFolders(named);
    ProjectCopy.Copied copied = stoppable(copy(named, data, outcome), directory);
    boolean whole = true;
    for (ProjectCopy.Remark remark : copied.remarks()) {
      String line = loaded.shown(remark.path()) + ": " + remark.sentence();
      if (remark.trouble()) {
        whole = false;
        terminal.error(line);
      } else if (!data.contains(remark.path())) {
        terminal.note("  " + Escape.text(line) + "\n");
      }
    }
    for (String folder : data) {
      terminal.note("  not copied, since it holds data: " + Escape.text(folder) + "\n");
    }
    terminal.note("  copied to " + Escape.text(directory.toString()) + "\n");
    hint(directory);
    return whole;
  }

  private ProjectCopy copy(Named named, Set<String> data, Outcome outcome) {
    var copy = new ProjectCopy(loaded.disk());
    data.forEach(copy::leaveOut);
    loaded.envFiles().stream().filter(this::exists).forEach(copy::include);
    named.files().stream().filter(this::exists).forEach(copy::include);
    named.contexts().stream().filter(this::exists).forEach(copy::includeUnlessTracked);
    for (Bind bind : named.binds()) {
      if (!data.contains(bind.path())) {
        switch (loaded.disk().kind(bind.path())) {
          case FILE -> copy.include(bind.path());
          case FOLDER -> copy.includeUnlessTracked(bind.path());
          default -> {} // nothing there that could be copied
        }
      }
    }
    Results.changed(outcome).forEach(copy::replace);
    outcome.after().created().forEach(copy::create);
    KeptFiles.of(outcome).write(copy::folder, copy::create, copy::replace);
    return copy;
  }

  /** Writes the copy; a process that is told to stop leaves nothing half written. */
  private ProjectCopy.Copied stoppable(ProjectCopy copy, Path directory) throws ProjectException {
    var hook = new Thread(copy::cancel, "end of the copy");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return copy.writeTo(directory);
    } catch (ProjectException e) {
      throw directory.toString().equals(e.path()) ? e : loaded.seen(e);
    } finally {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The process is stopping: the hook has done its work or is at it.
      }
    }
  }

  /** Says how to start the copy on the volumes of the original. */
  private void hint(Path directory) {
    String name = projectName(loaded.project());
    if (name != null
        && !name.equals(normal(nameOf(directory.resolve(loaded.project().directory()))))) {
      terminal.note(
          """
            started from there it is another project, with empty volumes; with the present ones:
              docker compose -p %s up
          """
              .formatted(name));
    }
  }

  private boolean exists(String path) {
    return loaded.disk().kind(path) != Disk.Kind.MISSING;
  }

  /** Folders that a service writes its data into: the image keeps data, or the target says so. */
  private Set<String> dataFolders(Named named) {
    var data = new TreeSet<String>();
    for (Bind bind : named.binds()) {
      boolean source =
          named.contexts().stream()
              .anyMatch(
                  c -> c.isEmpty() || bind.path().equals(c) || bind.path().startsWith(c + "/"));
      boolean folder = loaded.disk().kind(bind.path()) == Disk.Kind.FOLDER;
      if (bind.writable() && folder && keepsData(bind) && !(source && isBuilt(bind))) {
        data.add(bind.path());
      }
    }
    return data;
  }

  private static boolean isBuilt(Bind bind) {
    return bind.service().build().isPresent();
  }

  private static boolean keepsData(Bind bind) {
    ImageProfile profile =
        bind.service().origin() instanceof Origin.Pulled pulled ? pulled.profile() : null;
    boolean image = profile != null && profile.holdsData();
    String target = bind.target();
    return (image && !target.startsWith("/docker-entrypoint") && !target.startsWith("/etc/"))
        || target.startsWith("/var/lib/")
        || target.equals("/data")
        || target.startsWith("/data/");
  }

  /**
   * The name that Compose gives the project by its folder, or by a variable that the copy does not
   * hold; null where the files give one.
   */
  private @Nullable String projectName(Project project) {
    boolean named =
        project.files().stream()
            .anyMatch(f -> f.root() instanceof Node.Mapping root && root.get("name") != null);
    if (project.variables().isSet("COMPOSE_PROJECT_NAME")) {
      return null;
    }
    if (loaded.chosen().projectName() != null) {
      return loaded.chosen().projectName();
    }
    if (named) {
      return null;
    }
    String name = normal(nameOf(loaded.root().folder().resolve(project.directory())));
    return name.isEmpty() ? null : name;
  }

  private static String nameOf(Path folder) {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return name == null ? "" : name.toString();
  }

  /** As Compose makes a project's name of a folder's. */
  private static String normal(String folder) {
    return folder.toLowerCase(Locale.ROOT).replaceAll("[^-_a-z0-9]", "").replaceAll("^[-_]+", "");
  }
}
