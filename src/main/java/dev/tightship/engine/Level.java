package dev.tightship.engine;

import dev.tightship.pass.Risk;

/** How far a run goes. */
public enum Level {
  /** Only what is neutral or proven: what a bot may propose to strangers. */
  SAFE(Risk.PROVEN),
  /** And what follows from what was read. */
  STANDARD(Risk.INFERRED),
  /** And what may need follow-up work. */
  STRICT(Risk.BREAKING);

  private final Risk highest;

  Level(Risk highest) {
    this.highest = highest;
  }

  boolean allows(Risk risk) {
    return risk.compareTo(highest) <= 0;
  }

  /** The lowest level at which a fix of this risk is applied. */
  static Level of(Risk risk) {
    for (Level level : values()) {
      if (level.allows(risk)) {
        return level;
      }
    }
    throw new IllegalArgumentException("no level applies what is " + risk.word());
  }

  /** The name as the command line has it. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
