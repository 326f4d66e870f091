package dev.tightship.network;

import dev.tightship.compose.Origin;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What services are for, by what is known of their images. */
final class Roles {

  private static final Set<Kind> STORES = Set.of(Kind.DATASTORE, Kind.BROKER, Kind.CACHE);
  private static final Set<Kind> ANSWERING = Set.of(Kind.DATASTORE, Kind.CACHE);

  private final Map<String, ImageProfile> profiles = new HashMap<>();

  Roles(Project project) {
    for (Service service : project.services()) {
      if (service.origin() instanceof Origin.Pulled pulled && pulled.profile() != null) {
        profiles.put(service.name(), pulled.profile());
      }
    }
  }

  /** Whether it keeps data, values or messages of others. */
  boolean isStore(String service) {
    ImageProfile profile = profiles.get(service);
    return profile != null && STORES.contains(profile.kind());
  }

  /**
   * Whether it is unlikely that a client makes use of a variable with the name of a server: one
   * that only answers was given it together with the other services, unless both are parts of one
   * cluster.
   */
  boolean isOdd(String client, String server) {
    @Nullable ImageProfile profile = profiles.get(client);
    return profile != null && ANSWERING.contains(profile.kind()) && profile != profiles.get(server);
  }
}
