package dev.tightship.passes;

import dev.tightship.analysis.Recipe;
import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Base;
import dev.tightship.dockerfile.BuiltImage;
import dev.tightship.dockerfile.Copy;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.Resolution;
import dev.tightship.dockerfile.Stage;
import dev.tightship.knowledge.FactKey;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.ImageReference;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The user that an image which starts as root could start as.
 *
 * @param written what a USER says
 * @param owner what chown takes so that files belong to it
 * @param made the command that makes it first; null where it is there
 * @param shell whether a RUN works in the image
 * @param title of the fix
 * @param why it is there, or works without being there: half a sentence
 */
record ImageUser(
    String written, String owner, @Nullable String made, boolean shell, String title, String why) {

  /**
   * Beyond what distributions and people's machines give out by themselves, so that it is nobody
   * else's number where a folder of the host is mounted.
   */
  static final String NUMBER = "10001";

  private static final String NAME = "app";

  private static final Pattern GROUP = Pattern.compile("(?<![\\w-])(groupadd|addgroup)(?![\\w-])");

  /** There is none that would be right for sure. */
  static final class None extends Exception {
    private static final long serialVersionUID = 1L;

    None(String because) {
      super(because, null, false, false);
    }

    String because() {
      return String.valueOf(getMessage());
    }
  }

  /**
   * Looks for one that is there, and else for how to make one.
   *
   * @throws None with half a sentence
   */
  static ImageUser of(Service service, Recipe.Read recipe) throws None {
    Dockerfile file = recipe.file();
    BuiltImage image = recipe.image();
    Distribution distribution = Distribution.of(image, recipe.base());
    boolean shell = distribution != Distribution.NONE;
    ImageUser left = leftAgain(image, shell);
    left = left != null ? left : startOfBase(recipe.base(), image, shell);
    if (left != null) {
      return left;
    }
    ImageUser created = created(file, image, shell);
    if (created != null) {
      return created;
    }
    ImageUser ofBase = ofBase(recipe.base(), image, shell);
    if (ofBase != null) {
      return ofBase;
    }
    for (Instruction run : image.runs()) {
      String text = CreatedAccount.text(file, run);
      if (GROUP.matcher(text).find() || text.contains(NUMBER)) {
        throw new None(
            "line %s makes a group or uses the number %s: make a user there, and start as it with USER"
                .formatted(run.line(), NUMBER));
      }
    }
    return switch (distribution) {
      case ALPINE -> made("addgroup -g %s %s && adduser -D -u %s -G %s %s");
      case DEBIAN -> made("groupadd --gid %s %s && useradd --uid %s --gid %s --create-home %s");
      case NONE -> number(file, image);
      case RPM ->
          throw new None(
              "the small images of its distribution cannot make users: add `RUN useradd --uid %s %s`"
                      .formatted(NUMBER, NAME)
                  + ", where useradd is there, and `USER %s` before its CMD".formatted(NAME));
      case UNKNOWN ->
          throw new None(
              "it is not known how to make a user on %s: make one with a number of its own, and"
                      .formatted(describe(image))
                  + " start as it with USER");
    };
  }

  private static ImageUser made(String form) {
    return new ImageUser(
        NAME,
        NAME + ":" + NAME,
        form.formatted(NUMBER, NAME, NUMBER, NAME, NAME),
        true,
        "start as a user of its own, " + NAME,
        "the number %s belongs to nobody else".formatted(NUMBER));
  }

  /** Without a list of users a number alone is one. */
  private static ImageUser number(Dockerfile file, BuiltImage image) throws None {
    for (Copy copy : image.copies()) {
      if (copy.target() instanceof Resolution.Known target
          && (target.text().equals("/etc") || target.text().equals("/etc/passwd"))) {
        return ofPasswd(file, copy);
      }
    }
    String number = NUMBER + ":" + NUMBER;
    return new ImageUser(
        number,
        number,
        null,
        false,
        "start as the number %s, which needs no entry anywhere".formatted(number),
        "nothing in it looks up users");
  }

  /** The list of users comes from the stage that made one. */
  private static ImageUser ofPasswd(Dockerfile file, Copy copy) throws None {
    Stage stage = copy.from() == null ? null : file.stage(copy.from());
    if (stage != null) {
      List<Instruction> runs = stage.instructions().stream().filter(i -> i.is("RUN")).toList();
      List<CreatedAccount> accounts = CreatedAccount.in(file, runs);
      if (accounts.size() == 1 && accounts.get(0).isPlain()) {
        CreatedAccount account = accounts.get(0);
        return new ImageUser(
            account.name(),
            account.name(),
            null,
            false,
            "start as " + account.name(),
            "line %s makes it, and line %s copies the list that it is in"
                .formatted(account.by().line(), copy.by().line()));
      }
    }
    throw new None(
        "line %s copies a list of users: start as one of them with USER"
            .formatted(copy.by().line()));
  }

  /** The last user other than root that a USER names, before another one goes back to root. */
  private static @Nullable ImageUser leftAgain(BuiltImage image, boolean shell) {
    Instruction found = null;
    for (Stage stage : image.stages()) {
      for (Instruction instruction : stage.instructions()) {
        String name = instruction.is("USER") ? instruction.arguments().text() : "";
        if (name.matches("[a-z_][a-z0-9_-]*(:[a-z_][a-z0-9_-]*)?|[1-9]\\d*(:\\d+)?")
            && !name.matches("root(:.*)?")) {
          found = instruction;
        }
      }
    }
    if (found == null) {
      return null;
    }
    String name = found.arguments().text();
    return new ImageUser(
        name,
        name,
        null,
        shell,
        "start as %s again".formatted(name),
        "line %s names that user already".formatted(found.line()));
  }

  /** The user that the base image itself starts as, where the file only went to root. */
  private static @Nullable ImageUser startOfBase(
      @Nullable ImageProfile base, BuiltImage image, boolean shell) {
    if (base == null || !(image.base() instanceof Base.Image from)) {
      return null;
    }
    String tag = ImageReference.parse(from.reference()).flatMap(ImageReference::tag).orElse(null);
    var users = base.value(FactKey.USER);
    String user = users == null ? null : users.of(tag);
    return user == null || user.equals("root")
        ? null
        : new ImageUser(
            user,
            user,
            null,
            shell,
            "start as %s again".formatted(user),
            "%s starts as that user".formatted(base.name()));
  }

  private static @Nullable ImageUser created(Dockerfile file, BuiltImage image, boolean shell)
      throws None {
    List<CreatedAccount> accounts = CreatedAccount.in(file, image.runs());
    if (accounts.isEmpty()) {
      return null;
    }
    var names = new ArrayList<String>();
    accounts.forEach(account -> names.add(account.name()));
    CreatedAccount account = accounts.get(0);
    if (accounts.size() > 1 || !account.isPlain()) {
      throw new None(
          "line %s makes %s, which no USER names: start as the one that is meant"
              .formatted(account.by().line(), String.join(" and ", names)));
    }
    return new ImageUser(
        account.name(),
        account.name(),
        null,
        shell,
        "start as %s, which the Dockerfile makes and does not use".formatted(account.name()),
        "line %s makes that user".formatted(account.by().line()));
  }

  private static @Nullable ImageUser ofBase(
      @Nullable ImageProfile base, BuiltImage image, boolean shell) {
    if (base == null || !(image.base() instanceof Base.Image from)) {
      return null;
    }
    ImageReference reference = ImageReference.parse(from.reference()).orElse(null);
    var names = base.value(FactKey.ACCOUNT_NAME);
    String name =
        names == null || reference == null ? null : names.of(reference.tag().orElse(null));
    return name == null || reference == null
        ? null
        : new ImageUser(
            name,
            name + ":" + name,
            null,
            shell,
            "start as %s, a user that %s has".formatted(name, reference.familiarName()),
            "%s has that user for such programs".formatted(reference.familiarName()));
  }

  private static String describe(BuiltImage image) {
    return image.base() instanceof Base.Image base ? base.reference() : "its base image";
  }
}
