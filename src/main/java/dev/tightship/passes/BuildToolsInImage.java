package dev.tightship.passes;

import dev.tightship.analysis.DevelopmentMount;
import dev.tightship.analysis.Recipe;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Resolution;
import dev.tightship.dockerfile.ShellScripts;
import dev.tightship.dockerfile.Stage;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Subject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells what an image carries that only its build needs, and how to leave it out. */
final class BuildToolsInImage implements Pass {

  /** In the order in which they are asked: the first one that has something to say counts. */
  private static final List<Separation> WAYS =
      List.of(
          new BuiltProgram(),
          new JavaRuntime(),
          new ServedPages(),
          new InstalledCompilers(),
          new NodeProduction(),
          new PhpComposer(),
          new SmallerBase());

  private static final String NOTHING = "nothing is seen in it that only its build needs";
  private static final String DEVELOPMENT =
      "it is for work on the sources, which needs their tools";

  /** Names of stages that no one runs in earnest. */
  private static final Pattern FOR_DEVELOPMENT =
      Pattern.compile(
          "(.*[-_.])?(dev|devel|develop|development|debug|tests?|testing|ci|watch|local|devcontainer)"
              + "([-_.].*)?",
          Pattern.CASE_INSENSITIVE);

  /** First words of a start that runs sources as they are written. */
  private static final Set<String> WATCHERS =
      Set.of("nodemon", "ts-node-dev", "tsx", "air", "watchexec", "reflex");

  @Override
  public String id() {
    return "build-tools-in-image";
  }

  @Override
  public boolean joins() {
    return true;
  }

  /** One remark an image; where services start it in different ways, of the first in earnest. */
  @Override
  public Stream<Remark> inspect(Project project) {
    Map<Subject, Remark> remarks = new LinkedHashMap<>();
    Map<String, List<ShellScripts.Script>> scripts = new HashMap<>();
    for (Service service : project.services()) {
      if (Recipe.of(service) instanceof Recipe.Read recipe) {
        List<Stage> stages = recipe.image().stages();
        Subject subject = StagePass.subject(recipe.file(), stages.get(stages.size() - 1));
        FinalImage image =
            FinalImage.of(
                service,
                recipe,
                scripts.computeIfAbsent(
                    recipe.file().path(), path -> ShellScripts.of(recipe.file())));
        Remark remark =
            isForDevelopment(service, recipe, image)
                ? Remark.fine(subject, DEVELOPMENT)
                : judge(subject, image);
        remarks.merge(
            subject, remark, (first, next) -> first instanceof Remark.Finding ? first : next);
      }
    }
    return remarks.values().stream();
  }

  private static Remark judge(Subject subject, @Nullable FinalImage image) {
    if (image == null) {
      return Remark.fine(subject, "it starts from nothing, or from what is not known");
    }
    for (Separation way : WAYS) {
      Separation.Proposal proposal = way.of(image);
      if (proposal != null) {
        return Remark.advice(subject, proposal.severity(), proposal.message(), proposal.instead());
      }
    }
    return Remark.fine(subject, NOTHING);
  }

  private static boolean isForDevelopment(
      Service service, Recipe.Read recipe, @Nullable FinalImage image) {
    List<Stage> stages = recipe.image().stages();
    String name = stages.get(stages.size() - 1).name();
    Resolution mode = recipe.image().env().get("NODE_ENV");
    return (name != null && FOR_DEVELOPMENT.matcher(name).matches())
        || DevelopmentMount.of(service).isPresent()
        || (mode instanceof Resolution.Known known && known.text().equals("development"))
        || startsWatcher(image);
  }

  /** {@code npm run dev}, {@code nodemon app.js}. */
  private static boolean startsWatcher(@Nullable FinalImage image) {
    return image != null
        && (WATCHERS.contains(image.starts())
            || image.start().stream()
                .anyMatch(w -> w.matches("(run|start):?dev|dev|--watch|--reload|watch")));
  }
}
