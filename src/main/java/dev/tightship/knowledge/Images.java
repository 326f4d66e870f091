package dev.tightship.knowledge;

import dev.tightship.text.Resources;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The door to the image knowledge. One look-up reads at most one resource, and a resource is read
 * once. May be shared between threads.
 */
public final class Images {

  /** Where the compiled resources come from. */
  @FunctionalInterface
  public interface Loader {
    /**
     * The text of a resource, or null when there is none.
     *
     * @param path as {@link Images#resource} gives it
     */
    @Nullable String load(String path);
  }

  private final Loader loader;

  /** Only what was found, so that hostile input cannot make it grow. */
  private final Map<String, ImageProfile> found = new ConcurrentHashMap<>();

  public Images(Loader loader) {
    this.loader = loader;
  }

  /** The knowledge that the program was built with. */
  public static Images onClassPath() {
    return new Images(new ClassPath());
  }

  /**
   * What is known of the image that a reference names. Only the name counts: whether the tag is in
   * the range of the profile is for {@link Versions#pin} to say.
   *
   * @throws IllegalStateException if the resource is damaged: a fault of the build
   */
  public Optional<ImageProfile> find(ImageReference reference) {
    String name = reference.familiarName();
    ImageProfile known = found.get(name);
    if (known == null) {
      String path = resource(name);
      String text = loader.load(path);
      if (text == null) {
        return Optional.empty();
      }
      known = CompiledProfile.read(path, text);
      // A file system that ignores case may have answered for another name.
      if (!known.names().contains(name)) {
        return Optional.empty();
      }
      found.put(name, known);
    }
    return Optional.of(known);
  }

  /**
   * Path of the resource for a familiar name. A plus sign is in no image name, so that no two names
   * share a path and none is the folder of another.
   */
  public static String resource(String familiarName) {
    return "images/" + familiarName.replace('/', '+');
  }

  /** A class and no lambda: the first lambda of a run costs some milliseconds. */
  private static final class ClassPath implements Loader {
    @Override
    public @Nullable String load(String path) {
      return Resources.find(path).orElse(null);
    }
  }
}
