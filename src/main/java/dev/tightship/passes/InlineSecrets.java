package dev.tightship.passes;

import dev.tightship.analysis.LiteralSecret;
import dev.tightship.analysis.LiteralSecret.InCompose;
import dev.tightship.compose.Origin;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.edit.Place;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.move.Consumer;
import dev.tightship.move.Move;
import dev.tightship.move.Moves;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Risk;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes the secrets out of the files of a project: into files that Compose hands over where the
 * image reads one, else into {@code .env}. Each value moves once, at both ends, or not at all.
 */
final class InlineSecrets implements Pass {

  /** Places that a sentence names. */
  private static final int MOST_PLACES = 4;

  @Override
  public String id() {
    return "inline-secrets";
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public Stream<Remark> inspect(Project project) {
    var byOwner = new HashMap<String, List<Move>>();
    var spoken = new HashSet<String>();
    for (Move move : Moves.of(project, InlineSecrets::consumer)) {
      if (move.held() != null && move.isOfImages()) {
        continue; // of which the passes for Dockerfiles speak
      }
      byOwner.computeIfAbsent(move.owner().service(), s -> new ArrayList<>()).add(move);
      move.secrets().forEach(secret -> spoken.add(secret.service()));
    }
    var remarks = new ArrayList<Remark>();
    for (Service service : project.services()) {
      byOwner
          .getOrDefault(service.name(), List.of())
          .forEach(move -> remarks.add(remark(service, move)));
      if (!spoken.contains(service.name())) {
        remarks.add(
            Remark.fine(Subject.of(service, "environment"), "no secret of it is written out here"));
      }
    }
    return remarks.stream();
  }

  /** The image that a service starts as; null where it is none that is known. */
  static @Nullable Consumer consumer(Service service) {
    Origin origin = service.origin();
    if (origin instanceof Origin.Pulled pulled) {
      ImageProfile profile = pulled.started(service);
      return profile == null ? null : new Consumer(profile, pulled.tag());
    }
    if (!(origin instanceof Origin.Built)) {
      return null;
    }
    try {
      BuiltHere built = BuiltHere.of(service);
      return built.base() == null || built.asBase() != null
          ? null
          : new Consumer(built.base(), built.tag());
    } catch (BuiltHere.Unread e) {
      return null;
    }
  }

  private static Remark remark(Service service, Move move) {
    Subject subject = subject(service, move.owner());
    String message = message(move);
    String held = move.held();
    if (held != null) {
      return Remark.advice(
          subject,
          Severity.HIGH,
          message,
          held + "; move all of it by hand, and change it: the history has it");
    }
    String files = String.join(" and ", move.files());
    String why =
        switch (move.files().size()) {
          case 0 -> "each service that has it sets another one";
          case 1 -> "the value stays the same, and goes from the file to one that git leaves out";
          default -> "the value stays the same; %s change together from now on".formatted(files);
        };
    String title =
        files.isEmpty()
            ? "take its secret out of " + move.owner().where().file()
            : "move its secret to " + files;
    String also = move.notes().isEmpty() ? "" : "; " + String.join("; ", move.notes());
    return Remark.finding(
        subject, Severity.HIGH, message, new Fix(title, Risk.INFERRED, why + also, move.edits()));
  }

  private static Subject subject(Service service, LiteralSecret owner) {
    if (owner.where() instanceof InCompose where) {
      Place place = where.place();
      boolean named = place.path().stream().allMatch(Place.Segment.Key.class::isInstance);
      if (named) {
        return new Subject.OfService(service.name(), place);
      }
    }
    return Subject.of(service, key(owner));
  }

  private static String key(LiteralSecret secret) {
    return switch (secret.setting()) {
      case ENV_FILE -> "env_file";
      case COMMAND -> "command";
      case ENTRYPOINT -> "entrypoint";
      case HEALTHCHECK -> "healthcheck";
      case HOOK -> "post_start";
      case LABEL -> "labels";
      case LOGGING -> "logging";
      case BUILD_ARGUMENT, IMAGE -> "build";
      case CONFIG -> "configs";
      case ENVIRONMENT -> "environment";
    };
  }

  private static String message(Move move) {
    LiteralSecret owner = move.owner();
    Set<String> others = new LinkedHashSet<>();
    for (LiteralSecret secret : move.secrets().subList(1, move.secrets().size())) {
      others.add(
          secret.service().equals(owner.service()) || secret.isOfImage()
              ? what(secret)
              : "%s of service %s".formatted(what(secret), secret.service()));
    }
    others.remove(what(owner));
    List<String> first = others.stream().limit(MOST_PLACES).toList();
    String also =
        first.isEmpty()
            ? ""
            : ", also for "
                + String.join(", ", first)
                + (others.size() > first.size() ? " and more" : "");
    boolean weak = move.secrets().stream().anyMatch(LiteralSecret::weak);
    return "the secret of %s is written out%s%s"
        .formatted(what(owner), also, weak ? ", and is easily guessed" : "");
  }

  /** What a secret is for, never the secret. */
  private static String what(LiteralSecret secret) {
    return switch (secret.setting()) {
      case ENVIRONMENT, ENV_FILE, BUILD_ARGUMENT -> secret.name();
      case IMAGE -> "%s in %s".formatted(secret.name(), secret.where().file());
      case COMMAND, ENTRYPOINT -> "its command";
      case HEALTHCHECK -> "its health check";
      case HOOK -> "a hook";
      case LABEL -> "a label";
      case LOGGING -> "its logging";
      case CONFIG -> "a config";
    };
  }
}
