package dev.tightship.passes;

import dev.tightship.analysis.Recipe;
import dev.tightship.compose.Mount;
import dev.tightship.compose.Service;
import dev.tightship.compose.Sources.Source;
import dev.tightship.dockerfile.Copy;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.Resolution;
import dev.tightship.dockerfile.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The file behind the name of a program. A shell runs a script that does not say what reads it; the
 * engine refuses it (exec format error, measured with engine 28.5.2).
 */
final class ProgramFile {

  /** What packages bring lies there, and says what it is. */
  private static final Pattern OF_PACKAGES = Pattern.compile("(/usr)?(/local)?/s?bin/[^/]+");

  private final Service service;
  private final Recipe.Read recipe;
  private final String name;

  private ProgramFile(Service service, Recipe.Read recipe, String name) {
    this.service = service;
    this.recipe = recipe;
    this.name = name;
  }

  /** Why it is not certain that the engine can start it, half a sentence; null where it is. */
  static @Nullable String unsure(Service service, Recipe.Read recipe, String program) {
    if (program.indexOf('/') < 0) {
      return new ProgramFile(service, recipe, program).onPath();
    }
    String path = program.startsWith("/") ? program : inWorkdir(service, recipe, program);
    return path == null
        ? "it is not known where %s lies".formatted(program)
        : new ProgramFile(service, recipe, program).at(path);
  }

  private static @Nullable String inWorkdir(Service service, Recipe.Read recipe, String program) {
    Setting<String> workdir = recipe.image().workdir();
    String folder =
        service.has("working_dir")
            ? service.text("working_dir").orElse(null)
            : workdir instanceof Setting.Unset ? "/" : workdir.value();
    String below = program.startsWith("./") ? program.substring(2) : program;
    return folder == null || below.startsWith(".") || below.contains("/.")
        ? null
        : (folder.endsWith("/") ? folder : folder + "/") + below;
  }

  // By its path

  private @Nullable String at(String path) {
    for (Mount mount : service.mounts()) {
      if (mount.target() == null || mount.covers(path)) {
        String folder = mount.inProject();
        String target = mount.target();
        return folder == null || target == null
            ? "%s may come from a volume".formatted(name)
            : script(joined(folder, path.substring(target.length())));
      }
    }
    List<Copy> copies = recipe.image().copies();
    for (int i = copies.size() - 1; i >= 0; i--) {
      Copy copy = copies.get(i);
      if (!(copy.target() instanceof Resolution.Known target)) {
        return "line %s copies to a place that is not known".formatted(copy.by().line());
      }
      String folder = target.text();
      boolean whole = path.equals(folder);
      if (whole || path.startsWith(folder.equals("/") ? "/" : folder + "/")) {
        String found = from(copy, whole ? "" : path.substring(folder.length()));
        if (found != null) {
          return script(found);
        }
        if (whole || copy.from() != null) {
          return "what line %s copies to %s is not looked at".formatted(copy.by().line(), name);
        }
      }
    }
    return OF_PACKAGES.matcher(path).matches()
        ? onPath(path.substring(path.lastIndexOf('/') + 1))
        : "it is not known what %s is".formatted(name);
  }

  /** The file of the project that a copy brings; null where there is none. */
  private @Nullable String from(Copy copy, String below) {
    if (copy.from() != null) {
      return null;
    }
    for (Resolution resolution : copy.sources()) {
      if (!(resolution instanceof Resolution.Known source)) {
        continue;
      }
      var places = new ArrayList<String>(List.of(source.text() + below));
      if (below.equals("/" + last(source.text()))) {
        places.add(source.text());
      }
      for (String place : places) {
        String path = recipe.build().inContext(place);
        if (path != null && isFile(path)) {
          return path;
        }
      }
    }
    return null;
  }

  private boolean isFile(String path) {
    Source source = service.project().read(path);
    return source instanceof Source.Text
        || (source instanceof Source.Refused && !path.isEmpty() && path.contains(last(name)));
  }

  private @Nullable String script(String path) {
    return service.project().read(path) instanceof Source.Text text
        ? text.text().startsWith("#!")
            ? null
            : "%s has no #! in its first line, so that only a shell runs it".formatted(path)
        : "%s could not be read".formatted(path);
  }

  // By its name alone

  private @Nullable String onPath() {
    return onPath(name);
  }

  /** It is on the path: what packages put there is fine, what the project puts there is read. */
  private @Nullable String onPath(String program) {
    for (Mount mount : service.mounts()) {
      String target = mount.target();
      if (target == null
          || last(target).equals(program)
          || OF_PACKAGES.matcher(target + "/" + program).matches()) {
        return "%s may come from what is mounted".formatted(name);
      }
    }
    for (Copy copy : recipe.image().copies()) {
      boolean named =
          copy.target() instanceof Resolution.Known to && last(to.text()).equals(program);
      for (Resolution source : copy.sources()) {
        named |= source instanceof Resolution.Known from && last(from.text()).equals(program);
      }
      String found = from(copy, "/" + program);
      if (found == null && named) {
        found = from(copy, "");
        if (found == null) {
          return "what line %s copies to %s is not looked at".formatted(copy.by().line(), name);
        }
      }
      String because = found == null ? null : script(found);
      if (because != null) {
        return because;
      }
    }
    boolean ownPath = recipe.image().env().containsKey("PATH");
    Pattern made =
        Pattern.compile((ownPath ? "/" : "/s?bin/") + Pattern.quote(program) + "(?![\\w./-])");
    for (Instruction run : recipe.image().runs()) {
      if (made.matcher(run.span().of(recipe.file().text())).find()) {
        return "line %s may make %s".formatted(run.line(), name);
      }
    }
    return null;
  }

  private static String joined(String folder, String below) {
    String rest = below.startsWith("/") ? below.substring(1) : below;
    return rest.isEmpty() ? folder : folder.isEmpty() ? rest : folder + "/" + rest;
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
