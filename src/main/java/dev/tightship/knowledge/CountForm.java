package dev.tightship.knowledge;

/** A number above 0. */
final class CountForm implements FactForm<Integer> {

  @Override
  public String write(Integer value) {
    return value.toString();
  }

  @Override
  public Integer read(String text) {
    return FactForm.integer(text);
  }

  @Override
  public String words(Integer value) {
    return value.toString();
  }

  @Override
  public Integer from(FactFields fields) {
    return fields.integer("value");
  }
}
