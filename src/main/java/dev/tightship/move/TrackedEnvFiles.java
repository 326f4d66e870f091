package dev.tightship.move;

import dev.tightship.analysis.LiteralSecret.InEnvFile;
import dev.tightship.compose.DotEnv;
import dev.tightship.compose.EnvFiles;
import dev.tightship.compose.Mount;
import dev.tightship.compose.Paths;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.compose.Sources.Source;
import dev.tightship.compose.Sources.Tracking;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.text.Lines;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of {@code env_file} that git tracks. Compose fills in variables in them as it does in
 * its own files (seen with 2.40.3 and 5.6.0), but who else reads them does not.
 */
final class TrackedEnvFiles {

  private final Project project;
  private final OwnProgram programs;
  private final Mentions mentions;
  private final Map<String, Optional<String>> blocked = new HashMap<>();

  TrackedEnvFiles(Project project, OwnProgram programs, Mentions mentions) {
    this.project = project;
    this.programs = programs;
    this.mentions = mentions;
  }

  /** The services that read a file. */
  List<Service> readers(String path) {
    return project.services().stream()
        .filter(service -> service.environmentFiles().stream().anyMatch(f -> f.path().equals(path)))
        .toList();
  }

  /** Why no secret leaves a file, half a sentence; null where one may. */
  @Nullable String blocked(String path) {
    return blocked.computeIfAbsent(path, p -> Optional.ofNullable(look(p))).orElse(null);
  }

  private @Nullable String look(String path) {
    if (project.envFiles().paths().contains(path)) {
      return "git tracks %s, which holds it too: take that out of git first".formatted(path);
    }
    if (EnvFiles.EXAMPLES.contains(name(path))) {
      return "%s holds it too, an example that people copy".formatted(path);
    }
    String base = project.directory().isEmpty() ? "" : project.directory() + "/";
    if (!path.startsWith(base)) {
      return "it stands in %s, from which other projects may draw".formatted(path);
    }
    for (Service reader : readers(path)) {
      if (reader.environmentFiles().stream().anyMatch(f -> f.path().equals(path) && f.raw())) {
        return "service %s gets %s as it is written (format: raw)".formatted(reader.name(), path);
      }
      if (reader.takesEnvironmentFilesFromElsewhere()) {
        return "service %s gets %s by a file from which other projects may draw"
            .formatted(reader.name(), path);
      }
    }
    String others = others(path);
    return others == null
        ? null
        : "%s may read %s too, and not as Compose does".formatted(others, path);
  }

  /** Who else may read a file, by which nothing is filled in; null where nobody is seen to. */
  private @Nullable String others(String path) {
    String scripts = mentions.of(name(path));
    if (!scripts.isEmpty()) {
      return scripts;
    }
    Pattern name = Mentions.name(name(path));
    for (Dockerfile dockerfile : project.dockerfiles()) {
      if (name.matcher(dockerfile.text()).find()) {
        return dockerfile.path();
      }
    }
    for (Service service : project.services()) {
      var folders = new TreeSet<String>();
      service.build().map(build -> build.context()).ifPresent(folders::add);
      for (Mount mount : service.mounts()) {
        String bound = mount.inProject();
        if (bound != null) {
          folders.add(bound);
        }
      }
      for (String folder : folders) {
        boolean holds = folder.isEmpty() || (path + "/").startsWith(folder + "/");
        // many programs look for a .env where they start, and do not say so
        boolean usual = name(path).startsWith(".env") || folder.equals(path);
        if (holds && (usual || programs.speakOf(folder, name))) {
          return "the program of service " + service.name();
        }
      }
    }
    return null;
  }

  /**
   * The variable in which a secret stands; null where the file cannot be read, or gives it twice.
   */
  @Nullable EnvLine line(InEnvFile where) {
    if (!(project.read(where.file()) instanceof Source.Text source)
        || !(DotEnv.written(source.text()) instanceof DotEnv.Read read)) {
      return null;
    }
    String text = source.text();
    for (DotEnv.Entry entry : read.entries()) {
      boolean holds =
          entry.valueSpan().start() <= where.span().start()
              && where.span().end() <= entry.valueSpan().end();
      if (holds && !entry.inherited()) {
        long same = read.entries().stream().filter(e -> e.key().equals(entry.key())).count();
        int line = new Lines(text).position(entry.keySpan().start()).line();
        return same == 1
            ? new EnvLine(
                where.file(),
                entry.key(),
                entry.valueSpan().of(text),
                entry.valueSpan().start(),
                entry.quote(),
                line)
            : null;
      }
    }
    return null;
  }

  /** By path, the texts of those that git tracks. */
  Map<String, String> texts() {
    var texts = new LinkedHashMap<String, String>();
    for (Service service : project.services()) {
      for (Service.EnvironmentFile file : service.environmentFiles()) {
        if (project.tracking(file.path()) == Tracking.TRACKED
            && project.read(file.path()) instanceof Source.Text text) {
          texts.put(file.path(), text.text());
        }
      }
    }
    return texts;
  }

  private static String name(String path) {
    String folder = Paths.folder(path);
    return path.substring(folder.isEmpty() ? 0 : folder.length() + 1);
  }
}
