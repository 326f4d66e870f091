package dev.tightship.knowledge;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The name of an image, read as Docker reads it.
 *
 * <p>{@code [domain/]path[:tag][@digest]}. The part before the first slash is a domain only when it
 * holds a dot, a colon or an upper-case letter, or is {@code localhost}; else the image is Docker
 * Hub's, and a name without a slash is of its {@code library}. The grammar is the one of the
 * distribution project's reference library. Text that still holds a variable is for the caller to
 * resolve first: it is not a reference.
 */
public final class ImageReference {

  private static final String HUB = "docker.io";
  private static final String LEGACY_HUB = "index.docker.io";
  private static final String LIBRARY = "library/";
  private static final int MAX_REPOSITORY = 255;
  private static final int MAX_TAG = 128;

  // Sets of chars as text: a lambda for each would cost more at start-up than all look-ups.
  private static final String DIGITS = "0123456789";
  private static final String HEX = DIGITS + "abcdef";
  private static final String LOWER_ALPHANUMERIC = DIGITS + "abcdefghijklmnopqrstuvwxyz";
  private static final String ALPHANUMERIC = LOWER_ALPHANUMERIC + "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private final String written;
  private final String domain;
  private final String repository;
  private final @Nullable String tag;
  private final @Nullable String digest;

  private ImageReference(
      String written,
      String domain,
      String repository,
      @Nullable String tag,
      @Nullable String digest) {
    this.written = written;
    this.domain = domain;
    this.repository = repository;
    this.tag = tag;
    this.digest = digest;
  }

  /** Reads a reference; empty when the text is none. */
  public static Optional<ImageReference> parse(String text) {
    // Docker takes these for the id of an image.
    if (text.length() == 64 && all(text, 0, HEX)) {
      return Optional.empty();
    }
    int at = text.indexOf('@');
    String digest = at < 0 ? null : text.substring(at + 1);
    String named = at < 0 ? text : text.substring(0, at);

    int slash = named.indexOf('/');
    String first = slash < 0 ? "" : named.substring(0, slash);
    boolean hasDomain = slash >= 0 && isDomainLike(first);
    String domain = hasDomain && !first.equals(LEGACY_HUB) ? first : HUB;
    int path = hasDomain ? slash + 1 : 0;

    int colon = named.indexOf(':', path);
    String tag = colon < 0 ? null : named.substring(colon + 1);
    String written = colon < 0 ? named : named.substring(0, colon);
    String repository = written.substring(path);
    if (domain.equals(HUB) && repository.indexOf('/') < 0) {
      repository = LIBRARY + repository;
    }
    return isDomain(domain)
            && isRepository(repository)
            && (tag == null || isTag(tag))
            && (digest == null || isDigest(digest))
        ? Optional.of(new ImageReference(written, domain, repository, tag, digest))
        : Optional.empty();
  }

  /** The registry, with its port if one is written; {@code docker.io} for Docker Hub. */
  public String domain() {
    return domain;
  }

  /** The path in the registry: {@code library/nginx} for {@code nginx}. */
  public String repository() {
    return repository;
  }

  public Optional<String> tag() {
    return Optional.ofNullable(tag);
  }

  /** Algorithm and hash: {@code sha256:…}. */
  public Optional<String> digest() {
    return Optional.ofNullable(digest);
  }

  /** The shortest name that Docker reads as this image, without tag and digest. */
  public String familiarName() {
    if (!domain.equals(HUB)) {
      return domain + "/" + repository;
    }
    return repository.startsWith(LIBRARY) && repository.indexOf('/', LIBRARY.length()) < 0
        ? repository.substring(LIBRARY.length())
        : repository;
  }

  /**
   * The reference with another tag, its name as it was written. A digest is left out, since it
   * would still name the old image.
   *
   * @throws IllegalArgumentException if {@code tag} is none
   */
  public ImageReference withTag(String tag) {
    if (!isTag(tag)) {
      throw new IllegalArgumentException("not a tag: " + tag);
    }
    return new ImageReference(written, domain, repository, tag, null);
  }

  /** As it was written, or as it would be. */
  @Override
  public String toString() {
    return written + (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
  }

  /** Whether both are written alike; two spellings of one image are not equal. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ImageReference that && toString().equals(that.toString());
  }

  @Override
  public int hashCode() {
    return Objects.hash(written, tag, digest);
  }

  private static boolean isDomainLike(String first) {
    return first.indexOf('.') >= 0
        || first.indexOf(':') >= 0
        || first.equals("localhost")
        || !first.equals(first.toLowerCase(Locale.ROOT));
  }

  private static boolean isDomain(String text) {
    int end = text.length();
    int port = text.startsWith("[") ? text.indexOf(':', text.indexOf(']') + 1) : text.indexOf(':');
    if (port >= 0) {
      if (port + 1 == end || !all(text, port + 1, end, DIGITS)) {
        return false;
      }
      end = port;
    }
    if (text.startsWith("[")) {
      return end > 2 && text.charAt(end - 1) == ']' && all(text, 1, end - 1, HEX + "ABCDEF:");
    }
    int start = 0;
    while (true) {
      int dot = text.indexOf('.', start);
      int stop = dot < 0 || dot >= end ? end : dot;
      if (!isLabel(text, start, stop)) {
        return false;
      }
      if (stop == end) {
        return true;
      }
      start = stop + 1;
    }
  }

  private static boolean isLabel(String text, int start, int end) {
    return start < end
        && text.charAt(start) != '-'
        && text.charAt(end - 1) != '-'
        && all(text, start, end, ALPHANUMERIC + "-");
  }

  private static boolean isRepository(String text) {
    if (text.length() > MAX_REPOSITORY) {
      return false;
    }
    int start = 0;
    while (true) {
      int slash = text.indexOf('/', start);
      if (!isComponent(text, start, slash < 0 ? text.length() : slash)) {
        return false;
      }
      if (slash < 0) {
        return true;
      }
      start = slash + 1;
    }
  }

  /** Lower-case letters and digits, apart by one dot, one or two underscores, or any hyphens. */
  private static boolean isComponent(String text, int start, int end) {
    int at = start;
    while (true) {
      int word = at;
      while (at < end && LOWER_ALPHANUMERIC.indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      if (at == word) {
        return false;
      }
      if (at == end) {
        return true;
      }
      int gap = at;
      char separator = text.charAt(at);
      while (at < end && text.charAt(at) == separator) {
        at++;
      }
      boolean separates =
          switch (separator) {
            case '.' -> at - gap == 1;
            case '_' -> at - gap <= 2;
            case '-' -> true;
            default -> false;
          };
      if (!separates) {
        return false;
      }
    }
  }

  private static boolean isTag(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_TAG
        && all(text, 0, 1, ALPHANUMERIC + "_")
        && all(text, 1, ALPHANUMERIC + "_.-");
  }

  /** Only the three algorithms that Docker can check. */
  private static boolean isDigest(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return false;
    }
    int length =
        switch (text.substring(0, colon)) {
          case "sha256" -> 64;
          case "sha384" -> 96;
          case "sha512" -> 128;
          default -> -1;
        };
    String hash = text.substring(colon + 1);
    return hash.length() == length && all(hash, 0, HEX);
  }

  private static boolean all(String text, int start, String allowed) {
    return all(text, start, text.length(), allowed);
  }

  private static boolean all(String text, int start, int end, String allowed) {
    for (int i = start; i < end; i++) {
      if (allowed.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }
}
