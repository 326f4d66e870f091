package dev.tightship.passes;

import dev.tightship.compose.Build;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Base;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.GlobalArg;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.Stage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The stages of a Dockerfile that the builds of the project's services need, each with the images
 * that it starts from under the arguments of these services.
 */
final class BuiltStages {

  private final Map<Integer, Set<String>> images = new TreeMap<>();
  private final Map<Integer, List<Use>> uses = new TreeMap<>();
  private final Set<Integer> inImages = new HashSet<>();

  private BuiltStages() {}

  /**
   * A service that builds the file; of those that build it alike, the first.
   *
   * @param open arguments of its FROMs that the service passes, with a value that is not known
   */
  record Use(Service service, Build build, Set<String> open) {}

  static BuiltStages of(Project project, Dockerfile file) {
    var built = new BuiltStages();
    var seen = new HashSet<List<Object>>();
    for (Service service : project.services()) {
      Build build = service.build().orElse(null);
      if (build != null && file.path().equals(build.dockerfile())) {
        boolean known = build.target() != null || !service.has("build", "target");
        var use = new Use(service, build, open(service, build, file));
        if (seen.add(List.of(Optional.ofNullable(build.target()), build.args(), known, use.open))) {
          built.add(use, known, file);
        }
      }
    }
    return built;
  }

  private static Set<String> open(Service service, Build build, Dockerfile file) {
    return file.globalArgs().stream()
        .map(GlobalArg::name)
        .filter(name -> !build.args().containsKey(name))
        .filter(name -> service.mentions(name, "build", "args"))
        .collect(Collectors.toSet());
  }

  /** Whether the stage is part of what some service runs, not only one that others copy from. */
  static boolean isInImage(Project project, Dockerfile file, Stage stage) {
    return of(project, file).isInImage(stage);
  }

  /** The same; where it can't be told, it may be. */
  boolean isInImage(Stage stage) {
    return inImages.contains(stage.index());
  }

  boolean contains(Stage stage) {
    return images.containsKey(stage.index());
  }

  /** What a stage starts from; empty where it is another stage, nothing, or not known. */
  List<String> images(Stage stage) {
    return List.copyOf(images.getOrDefault(stage.index(), Set.of()));
  }

  /** The services that need a stage, as far as they build it in different ways. */
  List<Use> uses(Stage stage) {
    return List.copyOf(uses.getOrDefault(stage.index(), List.of()));
  }

  /**
   * @param known whether it can be told which stage is built; else each may be
   */
  private void add(Use use, boolean known, Dockerfile file) {
    var meaning = file.build(use.build.args());
    var open = new ArrayDeque<Stage>();
    Stage target = known ? file.target(use.build.target()) : null;
    if (target != null) {
      open.add(target);
      addImage(target, meaning, file);
    } else {
      open.addAll(file.stages());
      file.stages().forEach(stage -> inImages.add(stage.index()));
    }
    var seen = new HashSet<Integer>();
    while (!open.isEmpty()) {
      Stage stage = open.remove();
      if (!seen.add(stage.index())) {
        continue;
      }
      uses.computeIfAbsent(stage.index(), i -> new ArrayList<>()).add(use);
      Set<String> from = images.computeIfAbsent(stage.index(), i -> new LinkedHashSet<>());
      Base base = meaning.base(stage);
      if (base instanceof Base.Image image) {
        from.add(image.reference());
      } else if (base instanceof Base.EarlierStage earlier) {
        open.add(file.stages().get(earlier.index()));
      }
      stage.instructions().forEach(instruction -> follow(instruction, file, open));
    }
  }

  private void addImage(Stage target, dev.tightship.dockerfile.Build meaning, Dockerfile file) {
    Stage stage = target;
    inImages.add(stage.index());
    while (meaning.base(stage) instanceof Base.EarlierStage earlier) {
      stage = file.stages().get(earlier.index());
      inImages.add(stage.index());
    }
  }

  /** {@code COPY --from=build} and {@code RUN --mount=from=build,…} need the stage as well. */
  private static void follow(Instruction instruction, Dockerfile file, Deque<Stage> open) {
    for (ImageMounts.Taken taken : ImageMounts.of(instruction)) {
      Stage stage = file.stage(taken.from());
      if (stage != null) {
        open.add(stage);
      }
    }
  }
}
