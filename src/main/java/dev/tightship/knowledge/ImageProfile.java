package dev.tightship.knowledge;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of one family of images. What is absent is unknown, which is not "no". */
public final class ImageProfile {

  private final List<String> names;
  private final Map<FactKey<?>, Fact<?>> facts;
  private final Versions versions;
  private final @Nullable String statedIn;

  private ImageProfile(
      List<String> names,
      Map<FactKey<?>, Fact<?>> facts,
      Versions versions,
      @Nullable String statedIn) {
    this.names = List.copyOf(names);
    this.facts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    this.versions = versions;
    this.statedIn = statedIn;
  }

  /** Collects the facts of a profile, each under the key of its type. */
  public static final class Builder {
    private final Map<FactKey<?>, Fact<?>> facts = new LinkedHashMap<>();
    private @Nullable String statedIn;

    public <T> Builder add(FactKey<T> key, @Nullable Fact<T> fact) {
      if (fact != null) {
        facts.put(key, fact);
      }
      return this;
    }

    /** Says that a project states some of it, or all, in a file of its own. */
    public Builder statedIn(String file) {
      statedIn = file;
      return this;
    }

    /**
     * @throws IllegalArgumentException where a fact that every profile has is missing
     */
    public ImageProfile build(List<String> names, Versions versions) {
      for (FactKey<?> key : List.of(FactKey.STATUS, FactKey.KIND, FactKey.HOLDS_DATA)) {
        if (!facts.containsKey(key)) {
          throw new IllegalArgumentException("missing: " + key);
        }
      }
      if (names.isEmpty()) {
        throw new IllegalArgumentException("missing: names");
      }
      return new ImageProfile(names, facts, versions, statedIn);
    }
  }

  /** The name that the family is spoken of by, {@code nginx}. */
  public String name() {
    return names.get(0);
  }

  /** The familiar names, or {@code NAMESPACE/*}, that this profile holds for; never empty. */
  public List<String> names() {
    return names;
  }

  /** What is known under a key. */
  @SuppressWarnings("unchecked") // the builder takes a fact only under the key of its type
  public <T> Optional<Fact<T>> fact(FactKey<T> key) {
    return Optional.ofNullable((Fact<T>) facts.get(key));
  }

  /** The value under a key, or null where nothing is known. */
  public <T> @Nullable T value(FactKey<T> key) {
    return fact(key).map(Fact::value).orElse(null);
  }

  /** All facts, in the order in which they were added. */
  public Map<FactKey<?>, Fact<?>> facts() {
    return facts;
  }

  public Kind kind() {
    return required(FactKey.KIND);
  }

  /**
   * Whether a container keeps data of its own that a later start, or a later version, must read.
   */
  public boolean holdsData() {
    return required(FactKey.HOLDS_DATA);
  }

  private <T> T required(FactKey<T> key) {
    T value = value(key);
    if (value == null) {
      throw new IllegalStateException("every profile has " + key);
    }
    return value;
  }

  /**
   * The file of the project that states some of this profile, or all; null when all of it is built
   * in. What follows from it is inferred at best.
   */
  public @Nullable String statedIn() {
    return statedIn;
  }

  public Versions versions() {
    return versions;
  }
}
