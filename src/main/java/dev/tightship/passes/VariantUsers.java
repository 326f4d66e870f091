package dev.tightship.passes;

import dev.tightship.analysis.Recipe;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.compose.Variant;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at the files that are merged over the project at other times, and then mount over the same
 * image.
 */
final class VariantUsers {

  private final Project project;
  private final List<Variant> variants = new ArrayList<>();
  private boolean known;

  VariantUsers(Project project) {
    this.project = project;
  }

  /** What becomes of a change when it has to hold for them as well. */
  UserVerdict with(Dockerfile file, Stage stage, UserVerdict.Change change) {
    if (!known) {
      known = true;
      for (Variant.Sibling sibling : project.siblings()) {
        Variant variant = sibling.of(project);
        if (variant != null) {
          variants.add(variant);
        }
      }
    }
    UserVerdict.Change all = change;
    for (Variant variant : variants) {
      for (Service service : variant.project().services()) {
        if (!DockerfileUser.starts(service, file, stage)
            || !(Recipe.of(service) instanceof Recipe.Read read)) {
          continue;
        }
        String settings = RootNeeds.inSettings(service);
        StateFolders folders = StateFolders.of(service, read.image(), change.user());
        String against = settings != null ? settings : ServiceUser.development(service);
        against = against != null ? against : folders.against();
        if (against != null) {
          return new UserVerdict.Against(service, "with %s, %s".formatted(variant.file(), against));
        }
        all =
            all.and(
                new UserVerdict.Change(
                    service, change.user(), folders.prepared(), folders.open(), change.looked()));
      }
    }
    return all;
  }
}
