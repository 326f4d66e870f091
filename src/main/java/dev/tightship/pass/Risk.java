package dev.tightship.pass;

/** What a fix may do to how a project behaves. */
public enum Risk {
  /** What runs stays the same. */
  NEUTRAL("what runs stays the same"),
  /** Restricts, and a run of the real image, or of the kernel's own rule, showed that it works. */
  PROVEN("restricts, shown to work"),
  /** Restricts; follows from what was read. */
  INFERRED("restricts, follows from what was read"),
  /** Restricts what this project may be built on; often needs follow-up work. */
  BREAKING("restricts what the project may be built on"),
  /** No edit: a person must decide. */
  MANUAL("a person must decide");

  private final String meaning;

  Risk(String meaning) {
    this.meaning = meaning;
  }

  /** The definition in half a sentence. */
  public String meaning() {
    return meaning;
  }

  /** The name as reports write it. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
