package dev.tightship.passes;

import dev.tightship.compose.Answer;
import dev.tightship.compose.Service;
import dev.tightship.knowledge.FactKey;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.Variants;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The user that the first process of a service starts as. */
sealed interface StartUser {

  Pattern FORM = Pattern.compile("(\\d+)(?::(\\d+))?");

  record Root() implements StartUser {}

  /** Any other user whose numbers are known. */
  record Numbers(long uid, long gid) implements StartUser {}

  /** An account other than root of which only the name is known. */
  record Named(String name) implements StartUser {}

  /**
   * @param because half a sentence
   */
  record Unknown(String because) implements StartUser {}

  /**
   * The user of a service that is pulled: the one that it names, else the one of its image.
   *
   * @param tag of the image, null where none is written
   */
  static StartUser of(Service service, ImageProfile profile, @Nullable String tag) {
    Answer user = service.find("user");
    if (user instanceof Answer.Unknown unknown) {
      return new Unknown(unknown.because());
    }
    if (user instanceof Answer.Known) {
      String text = service.text("user").orElse(null);
      return text == null
          ? new Unknown("its user depends on a variable that has no value here")
          : read(text, account(profile, tag));
    }
    return ofImage(profile, tag);
  }

  /**
   * The user of an image itself, whatever a service says.
   *
   * @param tag of the image, null where none is written
   */
  static StartUser ofImage(ImageProfile profile, @Nullable String tag) {
    Variants<String> known = profile.value(FactKey.USER);
    String start = known == null ? null : known.of(tag);
    return start == null
        ? new Unknown("it is not known which user %s starts as".formatted(profile.name()))
        : read(start, null);
  }

  /** Numbers of the account that the program of an image runs as in the end, or null. */
  static @Nullable String account(ImageProfile profile, @Nullable String tag) {
    Variants<String> account = profile.value(FactKey.ACCOUNT);
    return account == null ? null : account.of(tag);
  }

  /**
   * A user as Docker reads it.
   *
   * @param account of the image, whose group a number without one has; null where it is not known
   */
  static StartUser read(String text, @Nullable String account) {
    if (text.matches("(root|0)(:.*)?")) {
      return new Root();
    }
    Matcher numbers = FORM.matcher(text);
    if (!numbers.matches()) {
      return text.isEmpty() || text.contains("$")
          ? new Unknown("its user depends on a variable")
          : new Named(text);
    }
    String group = numbers.group(2);
    if (group == null) {
      // the primary group of the account when there is one with this number, else root's
      boolean own = account != null && account.startsWith(numbers.group(1) + ":");
      group = own && account != null ? account.substring(account.indexOf(':') + 1) : "0";
    }
    try {
      return new Numbers(Long.parseLong(numbers.group(1)), Long.parseLong(group));
    } catch (NumberFormatException e) {
      return new Unknown("its user is no number that Docker takes");
    }
  }
}
