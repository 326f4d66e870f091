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

  void write(Outcome outcome, Path directory) throws ProjectException {
    Project project = loaded.project();
    Named named = project.named();
    var copy = new ProjectCopy(loaded.disk());
    Set<String> data = dataFolders(named);
    data.forEach(copy::leaveOut);
    named.files().stream().filter(this::exists).forEach(copy::include);
    named.contexts().stream().filter(this::exists).forEach(copy::include);
    named.binds().stream()
        .map(Bind::path)
        .filter(path -> !data.contains(path) && exists(path))
        .forEach(copy::include);
    Results.changed(outcome).forEach(copy::replace);
    outcome.after().created().forEach(copy::create);
    ProjectCopy.Copied copied = copy.writeTo(directory);
    for (ProjectCopy.Remark remark : copied.remarks()) {
      terminal.error(loaded.shown(remark.path()) + ": " + remark.sentence());
    }
    for (String folder : data) {
      terminal.note("  not copied, since it holds data: " + folder + "\n");
    }
    terminal.note("  copied to " + directory + "\n");
    String name = projectName(project);
    if (name != null && !name.equals(normal(nameOf(directory)))) {
      terminal.note(
          "  started from there it is another project, with empty volumes; the present ones: docker"
              + " compose -p "
              + name
              + " up\n");
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
    boolean image = profile != null && profile.holdsData().value();
    String target = bind.target();
    return (image && !target.startsWith("/docker-entrypoint") && !target.startsWith("/etc/"))
        || target.startsWith("/var/lib/")
        || target.equals("/data")
        || target.startsWith("/data/");
  }

  /** The name that Compose gives the project by its folder; null where the file has one. */
  private @Nullable String projectName(Project project) {
    boolean named =
        project.files().stream()
            .anyMatch(f -> f.root() instanceof Node.Mapping root && root.get("name") != null);
    if (named || project.variables().isSet("COMPOSE_PROJECT_NAME")) {
      return null;
    }
    return normal(nameOf(loaded.root().folder().resolve(project.directory())));
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
