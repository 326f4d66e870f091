package dev.tightship.knowledge;

/** Yes or no. */
final class YesNoForm implements FactForm<Boolean> {

  @Override
  public String write(Boolean value) {
    return value.toString();
  }

  @Override
  public Boolean read(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("unknown value " + text);
    };
  }

  @Override
  public String words(Boolean value) {
    return value ? "yes" : "no";
  }

  @Override
  public Boolean from(FactFields fields) {
    return fields.bool("value");
  }
}
