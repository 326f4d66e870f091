package dev.tightship.move;

import dev.tightship.compose.Service;
import dev.tightship.knowledge.FactKey;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.SecretFiles;
import dev.tightship.knowledge.SecretVariable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The image of a service that starts as what is known of it describes.
 *
 * @param tag null where none is written
 */
public record Consumer(ImageProfile profile, @Nullable String tag) {

  /** Tells of a service which image it starts as; null where it is none that is known. */
  public interface Of {
    @Nullable Consumer consumer(Service service);
  }

  /** How it takes a variable from a file that anybody can read; null where it does not. */
  @Nullable SecretVariable fileVariable(String variable) {
    SecretFiles known = profile.value(FactKey.SECRET_FILES);
    if (known == null || known.ownerOnly()) {
      return null;
    }
    SecretVariable found = known.of(variable, tag).orElse(null);
    return found == null || found.fileVariable() == null ? null : found;
  }

  /** Whether a shell and the usual programs are in it, as far as is known. */
  boolean hasShell() {
    var known = profile.value(FactKey.LACKS);
    List<String> lacks = known == null ? null : known.of(tag);
    return lacks == null || (!lacks.contains("sh") && !lacks.contains("cat"));
  }
}
