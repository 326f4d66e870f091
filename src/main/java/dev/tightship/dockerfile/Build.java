package dev.tightship.dockerfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a Dockerfile means under given build arguments: what its stages start from, and as whom they
 * end. Computed once, in time linear in the file.
 */
public final class Build {

  /**
   * What the builder sets by itself for every FROM (BuildKit, defaultArgs in
   * frontend/dockerfile/dockerfile2llb/platform.go).
   */
  private static final Set<String> SET_BY_BUILDER =
      Set.of(
          "BUILDPLATFORM",
          "BUILDOS",
          "BUILDOSVERSION",
          "BUILDARCH",
          "BUILDVARIANT",
          "TARGETPLATFORM",
          "TARGETOS",
          "TARGETOSVERSION",
          "TARGETARCH",
          "TARGETVARIANT",
          "TARGETSTAGE");

  /** Chars that the values of all ARGs may hold together; no real file comes near. */
  private static final int BUDGET = 1_000_000;

  private final Dockerfile file;
  private final Map<String, String> buildArgs;
  private final Map<String, Resolution> args = new HashMap<>();
  private final List<Base> bases = new ArrayList<>();
  private final List<@Nullable String> users = new ArrayList<>();

  Build(Dockerfile file, Map<String, String> buildArgs) {
    this.file = file;
    this.buildArgs = Map.copyOf(buildArgs);
    resolveArgs();
    var names = new HashMap<String, Integer>();
    for (Stage stage : file.stages()) {
      Base base = base(stage, names);
      bases.add(base);
      users.add(user(stage, base));
      if (stage.name() != null) {
        names.put(stage.name(), stage.index());
      }
    }
  }

  private void resolveArgs() {
    for (String name : SET_BY_BUILDER) {
      String given = buildArgs.get(name);
      if (given != null) {
        args.put(name, new Resolution.Known(given));
      }
    }
    int budget = BUDGET;
    for (GlobalArg arg : file.globalArgs()) {
      String given = buildArgs.get(arg.name());
      Word written = arg.written();
      if (given != null) {
        args.put(arg.name(), new Resolution.Known(given));
      } else if (written != null) {
        Resolution value =
            budget < 0
                ? new Resolution.Unknown("the values of all ARGs are too long together")
                : resolve(written.text());
        budget -= value instanceof Resolution.Known known ? known.text().length() : 0;
        args.put(arg.name(), value);
      }
    }
  }

  /**
   * A text as a FROM sees it: quotes and escapes taken away, references replaced by the ARGs before
   * the first FROM. Unknown when it depends on an ARG that has no default and was not given, on
   * what only the builder knows, or on a form that is not evaluated here.
   */
  public Resolution resolve(String text) {
    return ShellLexer.resolve(text, file.escape(), this::variable);
  }

  private ShellLexer.Variable variable(String name) {
    Resolution value = args.get(name);
    if (value instanceof Resolution.Known known) {
      return new ShellLexer.Variable.Value(known.text());
    }
    if (value instanceof Resolution.Unknown unknown) {
      return new ShellLexer.Variable.Unknown(unknown.why());
    }
    return SET_BY_BUILDER.contains(name)
        ? new ShellLexer.Variable.Unknown("`" + name + "` is set by the builder")
        : new ShellLexer.Variable.Unset();
  }

  /** What a stage starts from. */
  public Base base(Stage stage) {
    return bases.get(stage.index());
  }

  /**
   * The user of the CMD and ENTRYPOINT of a stage: that of its last USER, else that of the stage it
   * is built on. Without quotes, references kept, since they may speak of an ENV.
   *
   * @return null when no USER says it, so that it is the user of the base image
   */
  public @Nullable String user(Stage stage) {
    return users.get(stage.index());
  }

  /** What a stage comes to, with the stages that it is built on. Computed for each call. */
  public BuiltImage image(Stage stage) {
    return new StageReplay(file, this, stage, buildArgs, this::variable).run();
  }

  private Base base(Stage stage, Map<String, Integer> names) {
    Resolution resolution = resolve(stage.base().text());
    if (resolution instanceof Resolution.Unknown unknown) {
      return new Base.Unknown(unknown.why());
    }
    String reference = ((Resolution.Known) resolution).text();
    Integer earlier = names.get(reference.toLowerCase(Locale.ROOT));
    if (earlier != null) {
      return new Base.EarlierStage(earlier);
    }
    if (reference.isEmpty()) {
      return new Base.Unknown("the name of the image is empty");
    }
    return reference.equals("scratch") ? new Base.Scratch() : new Base.Image(reference);
  }

  private @Nullable String user(Stage stage, Base base) {
    Instruction last = stage.last("USER");
    if (last != null) {
      return ShellLexer.unquoted(last.arguments().text(), file.escape());
    }
    return base instanceof Base.EarlierStage earlier ? users.get(earlier.index()) : null;
  }
}
