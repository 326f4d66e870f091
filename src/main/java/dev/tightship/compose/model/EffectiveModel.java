package dev.tightship.compose.model;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a project comes to, field by field as {@code docker compose config --format json} prints it.
 *
 * @param data the model; its dollar signs stand for themselves
 * @param blank variables that have no value and no default, so that nothing stands in their place
 */
public record EffectiveModel(Data.Mapping data, Set<String> blank) {

  private static final String PROJECT_NAME = "COMPOSE_PROJECT_NAME";

  public EffectiveModel {
    blank = Set.copyOf(blank);
  }

  /**
   * What is read, and as seen from where.
   *
   * @param files absolute paths of the Compose files, in the order in which they are merged
   * @param directory absolute path of the project directory
   * @param variables those of the shell and of {@code .env}
   * @param profiles those that are chosen; {@code *} for all
   * @param home what {@code ~} stands for in a path; where it is null the sign stays
   * @param envFiles whether the env files of services are read
   */
  public record Request(
      List<String> files,
      String directory,
      Function<String, @Nullable String> variables,
      List<String> profiles,
      @Nullable String home,
      boolean envFiles) {}

  /** As {@code --no-interpolate} prints it: every service, and every text as it is written. */
  public static EffectiveModel written(Files files, Request request) throws Refused {
    return new EffectiveModel(normalized(files, request, false, new Bounds()), Set.of());
  }

  /** With variables filled in and values of their types, for the services of the profiles. */
  public static EffectiveModel resolved(Files files, Request request) throws Refused {
    var bounds = new Bounds();
    Data.Mapping model = normalized(files, request, true, bounds);
    var typed =
        new Typed(
            files, variables(request.variables, name(model)), request.profiles, request.envFiles);
    return new EffectiveModel(typed.of(model), bounds.blank());
  }

  private static Data.Mapping normalized(Files files, Request request, boolean fill, Bounds bounds)
      throws Refused {
    var loader = new Loader(files, fill, request.home, bounds);
    String name = projectName(loader, request, fill);
    // where variables stay as they are, Compose knows none but that of the name (measured)
    Function<String, @Nullable String> variables =
        variables(fill ? request.variables : unset -> null, name);
    var environment = new Environment(variables, files);
    var frame = new Frame(request.directory, request.directory, environment);
    Data.Mapping model = loader.model(request.files, frame, List.of());
    if (model.entries().isEmpty() || name.isEmpty()) {
      throw new Refused("nothing in the files, or a project without a name");
    }
    return new Normalization(variables).normalize(model.with("name", Data.string(name)));
  }

  private static String name(Data.Mapping model) {
    return String.valueOf(Data.text(model.get("name")));
  }

  private static Function<String, @Nullable String> variables(
      Function<String, @Nullable String> given, String name) {
    return variable -> variable.equals(PROJECT_NAME) ? name : given.apply(variable);
  }

  /** The variable, else the last {@code name} of the files, else the folder's own. */
  private static String projectName(Loader loader, Request request, boolean fill) throws Refused {
    String given = request.variables.apply(PROJECT_NAME);
    if (given != null && !given.isEmpty()) {
      if (!given.equals(normalized(given))) {
        throw new Refused("a name that no project can have");
      }
      return given;
    }
    String written = "";
    for (String path : request.files) {
      for (Document document : loader.documents(path)) {
        String name =
            document.data() instanceof Data.Mapping root ? Data.text(root.get("name")) : null;
        written = name == null || name.isEmpty() ? written : name;
      }
    }
    if (written.isEmpty()) {
      return normalized(FilePath.name(request.directory));
    }
    return normalized(
        fill ? new Variables(request.variables, new Bounds()).fill(written) : written);
  }

  private static String normalized(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "").replaceAll("^[_-]+", "");
  }
}
