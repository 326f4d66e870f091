package dev.tightship.passes;

import dev.tightship.analysis.DevelopmentMount;
import dev.tightship.analysis.Recipe;
import dev.tightship.compose.Mount;
import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Copy;
import dev.tightship.dockerfile.Resolution;
import dev.tightship.pass.Remark;
import dev.tightship.pass.ServicePass;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Reports volumes over what a build copies. The engine fills a volume once, when it is empty, so
 * that it hides what later builds bring.
 */
final class VolumeOverCode implements ServicePass {

  @Override
  public String id() {
    return "volume-over-code";
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public Remark inspect(Service service) {
    Subject subject = Subject.of(service, "volumes");
    if (!(Recipe.of(service) instanceof Recipe.Read read)) {
      return Remark.fine(subject, "its image is not built here, as far as it is known");
    }
    if (DevelopmentMount.of(service).isPresent()) {
      return Remark.fine(subject, "it runs from its sources, not from its image");
    }
    for (Mount mount : service.mounts()) {
      Copy hidden = mount.kind() == Mount.Kind.VOLUME ? hidden(mount, read) : null;
      if (hidden != null) {
        return Remark.advice(
            subject,
            Severity.MEDIUM,
            "the volume %s hides what line %s of %s copies to %s: it keeps what the first image brought"
                .formatted(
                    mount.source() == null ? "there" : mount.source(),
                    hidden.by().line(),
                    read.file().path(),
                    ((Resolution.Known) hidden.target()).text()),
            "mount it only over a folder for data: until then no new build is seen");
      }
    }
    return Remark.fine(subject, "no volume lies over what its build copies");
  }

  private static @Nullable Copy hidden(Mount mount, Recipe.Read read) {
    String target = mount.target();
    if (target == null || DevelopmentMount.isForData(target)) {
      return null;
    }
    for (Copy copy : read.image().copies()) {
      if (copy.target() instanceof Resolution.Known to && mount.covers(to.text())) {
        return copy;
      }
    }
    return null;
  }
}
