package dev.tightship.passes;

import dev.tightship.compose.Origin;
import dev.tightship.compose.Service;
import dev.tightship.knowledge.HostAccess;
import dev.tightship.knowledge.HostAccess.Need;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.Kind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A known image, started as it is meant to, of a kind that stores, serves or passes on: such a
 * program works neither on devices nor on the kernel of its machine.
 *
 * @param kind what it is
 * @param what half a sentence for the why of a fix
 */
record PlainServer(Kind kind, String what) {

  private static final Map<Kind, String> KINDS =
      Map.of(
          Kind.DATASTORE, "a datastore",
          Kind.BROKER, "a message broker",
          Kind.CACHE, "a cache",
          Kind.WEB, "a web server",
          Kind.PROXY, "a proxy");

  /** Null where nothing of the kind is known, or the need is. */
  static @Nullable PlainServer of(Service service, Need need) {
    ImageProfile profile =
        service.origin() instanceof Origin.Pulled pulled && enough(service, need) == null
            ? pulled.counting()
            : null;
    Kind kind = profile == null ? null : profile.kind();
    String word = kind == null ? null : KINDS.get(kind);
    return profile == null || kind == null || word == null
        ? null
        : new PlainServer(
            kind,
            "%s is %s, which needs no device, no kernel and no process of its machine"
                .formatted(profile.name(), word));
  }

  /** What is enough for an image that is known to have a need, half a sentence, or null. */
  static @Nullable String enough(Service service, Need need) {
    return service.origin() instanceof Origin.Pulled pulled
        ? HostAccess.of(pulled.reference(), need).map(fact -> fact.value()).orElse(null)
        : null;
  }
}
