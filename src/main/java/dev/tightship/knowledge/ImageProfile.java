package dev.tightship.knowledge;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of one family of images. What is absent is unknown, which is not "no". */
public final class ImageProfile {

  private final List<String> names;
  private final Fact<Status> status;
  private final Fact<Kind> kind;
  private final Fact<Boolean> holdsData;
  private final @Nullable Fact<NoNewPrivileges> noNewPrivileges;
  private final @Nullable Fact<Integer> pidsLimit;
  private final Versions versions;

  public ImageProfile(
      List<String> names,
      Fact<Status> status,
      Fact<Kind> kind,
      Fact<Boolean> holdsData,
      @Nullable Fact<NoNewPrivileges> noNewPrivileges,
      @Nullable Fact<Integer> pidsLimit,
      Versions versions) {
    this.names = List.copyOf(names);
    this.status = status;
    this.kind = kind;
    this.holdsData = holdsData;
    this.noNewPrivileges = noNewPrivileges;
    this.pidsLimit = pidsLimit;
    this.versions = versions;
  }

  /** The name that the family is spoken of by, {@code nginx}. */
  public String name() {
    return names.get(0);
  }

  /** The familiar names that this profile holds for; never empty. */
  public List<String> names() {
    return names;
  }

  public Fact<Status> status() {
    return status;
  }

  public Fact<Kind> kind() {
    return kind;
  }

  /**
   * Whether a container keeps data of its own that a later start, or a later version, must read.
   */
  public Fact<Boolean> holdsData() {
    return holdsData;
  }

  /** What {@code no-new-privileges} does to it. */
  public Optional<Fact<NoNewPrivileges>> noNewPrivileges() {
    return Optional.ofNullable(noNewPrivileges);
  }

  /** Processes and threads that a small installation does not exceed. */
  public Optional<Fact<Integer>> pidsLimit() {
    return Optional.ofNullable(pidsLimit);
  }

  public Versions versions() {
    return versions;
  }
}
