package dev.tightship.passes;

import dev.tightship.analysis.Recipe;
import dev.tightship.compose.Answer;
import dev.tightship.compose.Origin;
import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Base;
import dev.tightship.dockerfile.BuiltImage;
import dev.tightship.dockerfile.Command;
import dev.tightship.dockerfile.Copy;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Resolution;
import dev.tightship.dockerfile.Setting;
import dev.tightship.knowledge.Commands;
import dev.tightship.knowledge.FactKey;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.ImageReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a service that is built here starts, as far as its Dockerfile and its own settings tell.
 *
 * @param dockerfile that it is built from
 * @param image what the Dockerfile makes of the base image
 * @param base what is known of the base image, or null
 * @param tag of the base image, or null
 * @param asBase why it does not start as its base image does, half a sentence; null when it does
 * @param user that its first process starts as
 */
record BuiltHere(
    Dockerfile dockerfile,
    BuiltImage image,
    @Nullable ImageProfile base,
    @Nullable String tag,
    @Nullable String asBase,
    StartUser user) {

  /**
   * Reads a service that is built.
   *
   * @throws Unread with the reason, half a sentence, where its Dockerfile does not tell
   */
  static BuiltHere of(Service service) throws Unread {
    if (service.inheritance() != null) {
      throw new Unread(service.inheritance());
    }
    Recipe recipe = Recipe.of(service);
    if (!(recipe instanceof Recipe.Read read)) {
      throw new Unread(
          recipe instanceof Recipe.Unread unread ? unread.because() : "it is not built here");
    }
    BuiltImage image = read.image();
    ImageReference reference =
        image.base() instanceof Base.Image from
            ? ImageReference.parse(from.reference()).orElse(null)
            : null;
    String tag = reference == null ? null : reference.tag().orElse(null);
    return new BuiltHere(
        read.file(),
        image,
        read.base(),
        tag,
        altered(service, image, reference, read.base()),
        user(service, read, tag));
  }

  /** The Dockerfile does not tell how the service starts. */
  static final class Unread extends Exception {
    private static final long serialVersionUID = 1L;

    Unread(@Nullable String because) {
      super(because);
    }

    String because() {
      return String.valueOf(getMessage());
    }
  }

  private static @Nullable String altered(
      Service service,
      BuiltImage image,
      @Nullable ImageReference reference,
      @Nullable ImageProfile base) {
    if (base == null || reference == null) {
      return "nothing is known of its base image";
    }
    if (!(service.find("entrypoint") instanceof Answer.Absent)
        || !(image.entrypoint() instanceof Setting.Inherited)) {
      return "it has an entrypoint of its own";
    }
    List<String> own = null;
    if (!(service.find("command") instanceof Answer.Absent)) {
      own = service.words("command");
    } else if (image.command() instanceof Setting.Given<Command> given) {
      own = given.value().shell() ? null : given.value().words();
    } else if (image.command() instanceof Setting.Inherited) {
      own = List.of();
    }
    Commands known = base.value(FactKey.COMMANDS);
    if (own == null || (!own.isEmpty() && (known == null || !known.cover(own)))) {
      return "it has a command of its own";
    }
    String range = Origin.outOfRange(reference, base);
    if (range != null) {
      return range;
    }
    for (Copy copy : image.copies()) {
      if (!(copy.target() instanceof Resolution.Known target)) {
        return "line %s copies to a place that is not known".formatted(copy.by().line());
      }
      if (service.replacesImage(target.text(), base)) {
        return "line %s copies over what its base image brings".formatted(copy.by().line());
      }
      String configured =
          service.isExpected(target.text(), base) ? service.configuredToWrite(base, copy) : null;
      if (configured != null) {
        return configured;
      }
    }
    return Origin.startsOtherwise(service, base);
  }

  private static StartUser user(Service service, Recipe.Read recipe, @Nullable String tag) {
    BuiltImage image = recipe.image();
    ImageProfile base = recipe.base();
    if (service.find("user") instanceof Answer.Absent
        && !(image.user() instanceof Setting.Inherited)) {
      return image.user() instanceof Setting.Given<String> given
          ? StartUser.read(given.value(), account(given.value(), recipe, tag))
          : image.user() instanceof Setting.Unset
              ? new StartUser.Root()
              : new StartUser.Unknown("the user of its image depends on a variable");
    }
    if (base != null) {
      return StartUser.of(service, base, tag);
    }
    String text = service.text("user").orElse(null);
    if (text != null) {
      return StartUser.read(text, null);
    }
    return image.base() instanceof Base.Scratch
        ? new StartUser.Root()
        : new StartUser.Unknown("the user of its base image is not known");
  }

  /** The account of the base image, or one that the file makes with this number. */
  private static @Nullable String account(String user, Recipe.Read recipe, @Nullable String tag) {
    String ofBase = recipe.base() == null ? null : StartUser.account(recipe.base(), tag);
    if (!user.matches("\\d+") || (ofBase != null && ofBase.startsWith(user + ":"))) {
      return ofBase;
    }
    Accounts accounts = Accounts.of(recipe.file(), recipe.image().runs());
    for (CreatedAccount account : accounts.made()) {
      String group = accounts.groupOf(account);
      if (user.equals(account.number()) && group != null && accounts.keepsNumbers()) {
        return user + ":" + group;
      }
    }
    return null;
  }
}
