package dev.tightship.move;

import dev.tightship.analysis.LiteralSecret;
import dev.tightship.analysis.LiteralSecret.InCompose;
import dev.tightship.analysis.LiteralSecret.InDockerfile;
import dev.tightship.compose.Origin;
import dev.tightship.compose.Service;
import dev.tightship.edit.Place;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.secret.Placeholders;
import dev.tightship.secret.SecretValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All places of one value, and how each of them follows. */
final class Group {

  private final SecretValue value;
  private final List<LiteralSecret> secrets = new ArrayList<>();
  private final List<Way> ways = new ArrayList<>();

  Group(SecretValue value) {
    this.value = value;
  }

  void add(LiteralSecret secret) {
    secrets.add(secret);
  }

  String value() {
    return value.reveal();
  }

  List<LiteralSecret> secrets() {
    return secrets;
  }

  List<Way> ways() {
    return ways;
  }

  /** The one that it is named by: of the service that keeps it, as far as that is known. */
  LiteralSecret owner() {
    List<Way.ByFile> files = of(Way.ByFile.class);
    for (Way.ByFile file : files) {
      if (!(file instanceof Way.Plain) || isStore(file.service())) {
        return file.secret();
      }
    }
    return files.isEmpty() ? secrets.get(0) : files.get(0).secret();
  }

  /** The ways of one kind, in their order. */
  <W extends Way> List<W> of(Class<W> kind) {
    return ways.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static boolean isStore(Service service) {
    ImageProfile profile = service.origin() instanceof Origin.Pulled p ? p.profile() : null;
    return profile != null && profile.holdsData();
  }

  /** Why it stays, half a sentence; null where all places follow. */
  @Nullable String blocked() {
    String blocked = null;
    for (int i = 0; i < ways.size(); i++) {
      String because =
          ways.get(i) instanceof Way.Blocked way
              ? way.because()
              : ways.get(i) instanceof Way.Default each ? each.variable().blocked() : null;
      if (because != null && secrets.get(i).isOfImage()) {
        return because; // where it is hardest to take it from
      }
      blocked = blocked == null ? because : blocked;
    }
    return blocked;
  }

  /** Whether no version of the project holds it. */
  boolean isOutside() {
    return ways.stream().allMatch(Way.Outside.class::isInstance);
  }

  /** The texts that change with it. */
  Set<Place> places() {
    var places = new LinkedHashSet<Place>();
    ways.forEach(way -> places.addAll(way.places()));
    return places;
  }

  /** The variables of Dockerfiles that hold it, each with its file and line. */
  Set<String> variablesOfImages() {
    var variables = new HashSet<String>();
    for (LiteralSecret secret : secrets) {
      if (secret.where() instanceof InDockerfile where && where.variable() != null) {
        variables.add("%s %s %s".formatted(where.file(), where.line(), where.variable()));
      }
    }
    return variables;
  }

  /** Whether it is a word that stands for a secret, and images alone hold it. */
  boolean isPlaceholder() {
    return Placeholders.is(value.reveal()) && secrets.stream().allMatch(LiteralSecret::isOfImage);
  }

  /** Where a secret stands in a Compose file; null where it stands elsewhere. */
  static @Nullable InCompose where(LiteralSecret secret) {
    return secret.where() instanceof InCompose where ? where : null;
  }
}
