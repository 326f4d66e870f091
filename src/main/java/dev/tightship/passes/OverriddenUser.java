package dev.tightship.passes;

import dev.tightship.analysis.Recipe;
import dev.tightship.compose.Answer;
import dev.tightship.compose.Origin;
import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Base;
import dev.tightship.dockerfile.BuiltImage;
import dev.tightship.dockerfile.Setting;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.ImageReference;
import dev.tightship.pass.Remark;
import dev.tightship.pass.ServicePass;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import org.jspecify.annotations.Nullable;

/** Reports services that root starts, although their images name another user. */
final class OverriddenUser implements ServicePass {

  @Override
  public String id() {
    return "overridden-user";
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public Remark inspect(Service service) {
    Subject subject = Subject.of(service, "user");
    if (service.find("user") instanceof Answer.Absent) {
      return Remark.fine(subject, "it starts as its image says");
    }
    String user = service.text("user").orElse(null);
    if (user == null || !(StartUser.read(user, null) instanceof StartUser.Root)) {
      return Remark.fine(subject, "it is not root that it names, as far as it is known");
    }
    String named = named(service);
    return named == null
        ? Remark.fine(subject, "its image names no other user, as far as it is known")
        : Remark.advice(
            subject,
            Severity.MEDIUM,
            "root starts it, although %s".formatted(named),
            "take user away; where files in its volumes belong to root, change their owner once");
  }

  /** Who names another user, half a sentence; null where nobody does, or it is not known. */
  private static @Nullable String named(Service service) {
    if (service.origin() instanceof Origin.Pulled pulled) {
      return ofImage(pulled.profile(), pulled.tag());
    }
    if (!(Recipe.of(service) instanceof Recipe.Read read)) {
      return null;
    }
    BuiltImage image = read.image();
    if (image.user() instanceof Setting.Given<String> given) {
      StartUser user = StartUser.read(given.value(), null);
      return user instanceof StartUser.Numbers || user instanceof StartUser.Named
          ? "line %s of %s names %s".formatted(given.by().line(), read.file().path(), given.value())
          : null;
    }
    return image.user() instanceof Setting.Inherited && image.base() instanceof Base.Image from
        ? ofImage(
            read.base(),
            ImageReference.parse(from.reference()).flatMap(ImageReference::tag).orElse(null))
        : null;
  }

  private static @Nullable String ofImage(@Nullable ImageProfile profile, @Nullable String tag) {
    if (profile == null) {
      return null;
    }
    StartUser user = StartUser.ofImage(profile, tag);
    String name =
        user instanceof StartUser.Numbers numbers
            ? numbers.uid() + ":" + numbers.gid()
            : user instanceof StartUser.Named named ? named.name() : null;
    return name == null ? null : "%s starts as %s".formatted(profile.name(), name);
  }
}
