package dev.tightship.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The one door to what is packed into the program. */
public final class Resources {

  private Resources() {}

  /** A resource that must be there, as text. */
  public static String text(String path) {
    return find(path).orElseThrow(() -> new IllegalStateException("no resource " + path));
  }

  /** A resource that may be there, as text. */
  public static Optional<String> find(String path) {
    try (InputStream in = Resources.class.getClassLoader().getResourceAsStream(path)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
