package dev.tightship.passes;

import dev.tightship.analysis.Recipe;
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
import dev.tightship.knowledge.Variants;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The user that an image which starts as root could start as.
 *
 * @param written what a USER says: the number where it is known for sure, else the name. Docker
 *     takes group, further groups and home from {@code /etc/passwd} and {@code /etc/group} for a
 *     number that stands there as well (GetExecUser of moby/sys)
 * @param owner what chown takes so that files belong to it
 * @param made the command that makes it first; null where it is there
 * @param shell whether a RUN works in the image
 * @param title of the fix
 * @param why it is there, or works without being there: half a sentence
 * @param doubt why a person has to look, half a sentence, or null
 */
record ImageUser(
    String written,
    String owner,
    @Nullable String made,
    boolean shell,
    String title,
    String why,
    @Nullable String doubt) {

  /**
   * Beyond what distributions and people's machines give out by themselves, so that it is nobody
   * else's number where a folder of the host is mounted.
   */
  static final String NUMBER = "10001";

  private static final String NAME = "app";

  private static final String SHADOW =
      "groupadd --gid %s %s && useradd --uid %s --gid %s --create-home %s";

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
  static ImageUser of(Recipe.Read recipe) throws None {
    return new Search(recipe).find();
  }

  /** One look. */
  private static final class Search {
    private final Dockerfile file;
    private final BuiltImage image;
    private final @Nullable ImageProfile base;
    private final @Nullable ImageReference reference;
    private final Distribution distribution;
    private final Accounts accounts;

    Search(Recipe.Read recipe) {
      this.file = recipe.file();
      this.image = recipe.image();
      this.base = recipe.base();
      this.reference =
          image.base() instanceof Base.Image from
              ? ImageReference.parse(from.reference()).orElse(null)
              : null;
      this.distribution = Distribution.of(image, base);
      this.accounts = Accounts.of(file, image.runs());
    }

    ImageUser find() throws None {
      ImageUser left = leftAgain();
      left = left != null ? left : startOfBase();
      if (left != null) {
        return left;
      }
      Instruction unclear = accounts.unclear();
      if (unclear != null) {
        throw new None(
            "line %s may make or change users in a way that is not understood: start as the one that is meant"
                .formatted(unclear.line()));
      }
      ImageUser created = created();
      if (created != null) {
        return created;
      }
      ImageUser ofBase = ofBase();
      return ofBase != null ? ofBase : made();
    }

    private ImageUser there(
        String name, @Nullable String number, String owner, String title, String why) {
      return new ImageUser(
          number == null ? name : number,
          owner,
          null,
          distribution != Distribution.NONE,
          title.formatted(number == null ? name : name + " (" + number + ")"),
          why,
          null);
    }

    /** The last user other than root that a USER names, before another one goes back to root. */
    private @Nullable ImageUser leftAgain() {
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
      return there(
          name,
          numberOf(name),
          name,
          "start as %s again",
          "line %s names that user already".formatted(found.line()));
    }

    /** The number of a user of the base image, or of one that the file makes; null if not known. */
    private @Nullable String numberOf(String name) {
      if (!accounts.keepsNumbers() || copiesUsers() != null) {
        return null;
      }
      for (CreatedAccount account : accounts.made()) {
        if (account.name().equals(name)) {
          return account.number();
        }
      }
      boolean ofBase = name.equals(known(FactKey.ACCOUNT_NAME)) && !accounts.removes(name);
      String numbers = ofBase ? known(FactKey.ACCOUNT) : null;
      return numbers == null ? null : numbers.split(":", 2)[0];
    }

    private @Nullable String known(FactKey<Variants<String>> key) {
      Variants<String> values = base == null || reference == null ? null : base.value(key);
      return values == null || reference == null ? null : values.of(reference.tag().orElse(null));
    }

    /** What brings a list of users from elsewhere, or null. */
    private @Nullable Copy copiesUsers() {
      for (Copy copy : image.copies()) {
        if (copy.target() instanceof Resolution.Known target
            && (target.text().equals("/etc") || target.text().equals("/etc/passwd"))) {
          return copy;
        }
      }
      return null;
    }

    /** The user that the base image itself starts as, where the file only went to root. */
    private @Nullable ImageUser startOfBase() {
      String user = known(FactKey.USER);
      return base == null || user == null || user.equals("root")
          ? null
          : there(
              user,
              null,
              user,
              "start as %s again",
              "%s starts as that user".formatted(base.name()));
    }

    private @Nullable ImageUser created() throws None {
      List<CreatedAccount> made = accounts.made();
      if (made.isEmpty()) {
        return null;
      }
      CreatedAccount account = made.get(0);
      if (made.size() > 1 || !account.isPlain()) {
        throw new None(
            "line %s makes %s, which no USER names: start as the one that is meant"
                .formatted(
                    account.by().line(),
                    made.stream().map(CreatedAccount::name).collect(Collectors.joining(" and "))));
      }
      return there(
          account.name(),
          numberOf(account.name()),
          account.name(),
          "start as %s, which the Dockerfile makes and does not use",
          "line %s makes that user".formatted(account.by().line()));
    }

    private @Nullable ImageUser ofBase() {
      String name = known(FactKey.ACCOUNT_NAME);
      if (name == null || reference == null || accounts.removes(name)) {
        return null;
      }
      return there(
          name,
          numberOf(name),
          name + ":" + name,
          "start as %s, a user that " + reference.familiarName() + " has",
          "%s has that user for such programs".formatted(reference.familiarName()));
    }

    private ImageUser made() throws None {
      Instruction group = accounts.group();
      for (Instruction run : image.runs()) {
        if (run.equals(group) || Accounts.text(file, run).contains(NUMBER)) {
          throw new None(
              "line %s makes a group or uses the number %s: make a user there, and start as it with USER"
                  .formatted(run.line(), NUMBER));
        }
      }
      return switch (distribution) {
        case ALPINE -> made("addgroup -g %s %s && adduser -D -u %s -G %s %s");
        case DEBIAN -> made(SHADOW);
        case RPM -> hasUseradd() ? made(SHADOW) : numberAlone();
        case NONE -> number();
        case UNKNOWN ->
            throw new None(
                "it is not known how to make a user on %s: make one with a number of its own, and"
                        .formatted(describe())
                    + " start as it with USER");
      };
    }

    private boolean hasUseradd() {
      return accounts.hasUseradd() || "always".equals(known(FactKey.USERADD));
    }

    /** Where it is not known how to make a user, a number works as long as nobody looks it up. */
    private ImageUser numberAlone() {
      String number = NUMBER + ":" + NUMBER;
      return new ImageUser(
          number,
          number,
          null,
          true,
          "start as the number " + number,
          "%s may lack useradd".formatted(describe()),
          "%s may lack useradd, and for a number alone there is no name and no home: a program may look up its user, or keep files at home"
              .formatted(describe()));
    }

    private static ImageUser made(String form) {
      return new ImageUser(
          NUMBER,
          NAME + ":" + NAME,
          form.formatted(NUMBER, NAME, NUMBER, NAME, NAME),
          true,
          "start as %s (%s), a user of its own".formatted(NAME, NUMBER),
          "the number %s belongs to nobody else".formatted(NUMBER),
          null);
    }

    /** Without a list of users a number alone is one. */
    private ImageUser number() throws None {
      Copy users = copiesUsers();
      if (users != null) {
        return ofPasswd(users);
      }
      String number = NUMBER + ":" + NUMBER;
      return new ImageUser(
          number,
          number,
          null,
          false,
          "start as the number %s, which needs no entry anywhere".formatted(number),
          "nothing in it looks up users",
          null);
    }

    /** The list of users comes from the stage that made one. */
    private ImageUser ofPasswd(Copy copy) throws None {
      Stage stage = copy.from() == null ? null : file.stage(copy.from());
      if (stage != null) {
        Accounts others =
            Accounts.of(file, stage.instructions().stream().filter(i -> i.is("RUN")).toList());
        List<CreatedAccount> made = others.made();
        if (others.unclear() == null && made.size() == 1 && made.get(0).isPlain()) {
          CreatedAccount account = made.get(0);
          return there(
              account.name(),
              others.keepsNumbers() ? account.number() : null,
              account.name(),
              "start as %s",
              "line %s makes it, and line %s copies the list that it is in"
                  .formatted(account.by().line(), copy.by().line()));
        }
      }
      throw new None(
          "line %s copies a list of users: start as one of them with USER"
              .formatted(copy.by().line()));
    }

    private String describe() {
      return image.base() instanceof Base.Image from ? from.reference() : "its base image";
    }
  }
}
