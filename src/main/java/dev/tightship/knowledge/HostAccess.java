package dev.tightship.knowledge;

import dev.tightship.text.Resources;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What images that watch or steer their host need of it, and with what less they do. Apart from the
 * image profiles, since it is known of images of which nothing else is.
 */
public final class HostAccess {

  /** A way into the host. */
  public enum Need {
    /** The socket of the container engine. */
    DOCKER_SOCKET,
    /** The same, for an image that is there to answer others in its place. */
    SOCKET_PROXY,
    /** Files of the host, to read. */
    HOST_FILES,
    /** The processes of the host. */
    HOST_PROCESSES,
    /** The network of the host. */
    HOST_NETWORK,
    /** A device that is dangerous in other hands. */
    DEVICES,
    /** All of it. */
    PRIVILEGED
  }

  private static final String PATH = "host-access.txt";

  private final Map<String, Map<Need, Fact<String>>> byName;

  private HostAccess(Map<String, Map<Need, Fact<String>>> byName) {
    this.byName = byName;
  }

  /** Read when it is first asked for: most projects never do. */
  private static final class Packed {
    static final HostAccess ALL = parse(Resources.text(PATH));
  }

  /** What is enough for the image that has this need, half a sentence; empty without the need. */
  public static Optional<Fact<String>> of(ImageReference image, Need need) {
    return Packed.ALL.find(image, need);
  }

  Optional<Fact<String>> find(ImageReference image, Need need) {
    return Optional.ofNullable(byName.getOrDefault(image.familiarName(), Map.of()).get(need));
  }

  /**
   * Reads the text of the resource.
   *
   * @throws IllegalStateException naming the line, if it is not as it must be
   */
  static HostAccess parse(String text) {
    var byName = new HashMap<String, Map<Need, Fact<String>>>();
    var block = new ArrayList<String>();
    int number = 0;
    for (String line : (text + "\n").split("\n", -1)) {
      number++;
      if (line.isBlank()) {
        add(byName, block, number);
        block.clear();
      } else if (!line.startsWith("#")) {
        block.add(line);
      }
    }
    return new HostAccess(byName);
  }

  private static void add(
      Map<String, Map<Need, Fact<String>>> byName, List<String> block, int number) {
    String names = null;
    Source source = null;
    Known known = null;
    var needs = new EnumMap<Need, Fact<String>>(Need.class);
    for (String line : block) {
      int colon = line.indexOf(": ");
      String value = colon < 0 ? "" : line.substring(colon + 2).strip();
      switch (colon < 0 ? line : line.substring(0, colon)) {
        case "image" -> names = value;
        case "source" -> source = source(value);
        case "known" -> known = one(Known.values(), value);
        default -> {
          Need need = one(Need.values(), line.substring(0, Math.max(colon, 0)));
          if (need == null || source == null || known == null || value.isEmpty()) {
            throw fault(number, "cannot be read: " + line);
          }
          if (needs.put(need, new Fact<>(value, known, source, null)) != null) {
            throw fault(number, "says it twice: " + line);
          }
        }
      }
    }
    if (!block.isEmpty() && (names == null || needs.isEmpty())) {
      throw fault(number, "lacks its image or its needs");
    }
    for (String name : names == null ? new String[0] : names.split(" ", -1)) {
      if (byName.put(name, needs) != null) {
        throw fault(number, "there are two of " + name);
      }
    }
  }

  private static @Nullable Source source(String text) {
    int comma = text.lastIndexOf(", ");
    return comma < 0 ? null : new Source(text.substring(0, comma), text.substring(comma + 2));
  }

  private static <E extends Enum<E>> @Nullable E one(E[] values, String word) {
    for (E value : values) {
      if (value.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(word)) {
        return value;
      }
    }
    return null;
  }

  private static IllegalStateException fault(int line, String what) {
    return new IllegalStateException(
        "%s, block before line %s: %s".formatted(PATH, Integer.toString(line), what));
  }
}
