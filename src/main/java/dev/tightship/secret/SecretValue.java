package dev.tightship.secret;

/**
 * A secret. It can be compared, and written where it belongs; what prints it by accident prints
 * none of it.
 */
public final class SecretValue {

  private final String text;

  public SecretValue(String text) {
    this.text = text;
  }

  /** The secret itself, for the one place that it is meant for. */
  public String reveal() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SecretValue value && value.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "***";
  }
}
