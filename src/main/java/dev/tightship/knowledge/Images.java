package dev.tightship.knowledge;

import dev.tightship.text.Resources;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The door to the image knowledge. What is known of an image by its own name counts, else what is
 * known of all images of its namespace: a look-up reads at most two resources, and a resource is
 * read once. May be shared between threads.
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

  /** Stands for each name of a namespace. */
  private static final String ANY = "*";

  private final Loader loader;

  /** More names than any run has; past it they are looked up again, so that nothing grows on. */
  private static final int MOST_MISSING = 10_000;

  private final Map<String, ImageProfile> found;

  /** Names of which nothing is known: to find no resource costs more than to read one. */
  private final Set<String> missing;

  /** What a project states itself, by name or namespace. */
  private final Map<String, ImageProfile> own;

  public Images(Loader loader) {
    this(loader, new ConcurrentHashMap<>(), ConcurrentHashMap.newKeySet(), Map.of());
  }

  private Images(
      Loader loader,
      Map<String, ImageProfile> found,
      Set<String> missing,
      Map<String, ImageProfile> own) {
    this.loader = loader;
    this.found = found;
    this.missing = missing;
    this.own = Map.copyOf(own);
  }

  /**
   * The same knowledge below that of a project.
   *
   * @param profiles by name or namespace; each takes the place of the one of that very name
   */
  public Images under(Map<String, ImageProfile> profiles) {
    return new Images(loader, found, missing, profiles);
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
    return find(reference.familiarName());
  }

  /**
   * The same for the name that a file has for it.
   *
   * @param name a familiar name or {@code NAMESPACE/*}
   */
  public Optional<ImageProfile> find(String name) {
    ImageProfile known = named(name);
    if (known == null) {
      String namespace = namespace(name);
      known = namespace == null ? null : named(namespace);
    }
    return Optional.ofNullable(known);
  }

  private @Nullable ImageProfile named(String name) {
    ImageProfile known = own.containsKey(name) ? own.get(name) : found.get(name);
    if (known == null && !missing.contains(name)) {
      String path = resource(name);
      String text = loader.load(path);
      if (text == null) {
        if (missing.size() < MOST_MISSING) {
          missing.add(name);
        }
        return null;
      }
      known = CompiledProfile.read(path, text);
      // A file system that ignores case may have answered for another name.
      if (!known.names().contains(name)) {
        return null;
      }
      found.put(name, known);
    }
    return known;
  }

  /** The name that stands for all images beside this one; null for one of the library. */
  private static @Nullable String namespace(String familiarName) {
    int slash = familiarName.lastIndexOf('/');
    return slash < 0 ? null : familiarName.substring(0, slash + 1) + ANY;
  }

  /**
   * Whether a text names images in an image file: a familiar name, or a whole namespace as {@code
   * linuxserver/*} or {@code ghcr.io/linuxserver/*}. A registry is no namespace.
   */
  public static boolean isName(String text) {
    if (!text.endsWith("/" + ANY)) {
      return isFamiliar(text);
    }
    String namespace = text.substring(0, text.length() - 2);
    return isFamiliar(namespace + "/x")
        && ImageReference.parse(namespace + "/x")
            .filter(image -> image.repository().indexOf('/') > 0)
            .isPresent();
  }

  private static boolean isFamiliar(String name) {
    return ImageReference.parse(name)
        .filter(image -> image.familiarName().equals(name))
        .isPresent();
  }

  /**
   * Path of the resource for a familiar name or a namespace. A plus sign is in no image name, so
   * that no two names share a path and none is the folder of another; a namespace ends with one, as
   * not every file system takes a star.
   */
  public static String resource(String name) {
    String bare = name.endsWith(ANY) ? name.substring(0, name.length() - 1) : name;
    return "images/" + bare.replace('/', '+');
  }

  /** A class and no lambda: the first lambda of a run costs some milliseconds. */
  private static final class ClassPath implements Loader {
    @Override
    public @Nullable String load(String path) {
      return Resources.find(path).orElse(null);
    }
  }
}
