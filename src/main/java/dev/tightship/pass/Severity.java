package dev.tightship.pass;

import java.util.Locale;

/** How much a finding matters. */
public enum Severity {
  HIGH,
  MEDIUM,
  LOW,
  INFO;

  /** The name as reports write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
