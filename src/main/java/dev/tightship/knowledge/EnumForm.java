package dev.tightship.knowledge;

/** One of the constants of an enumeration, as the image files write it. */
final class EnumForm<E extends Enum<E>> implements FactForm<E> {

  private final E[] values;

  EnumForm(E[] values) {
    this.values = values;
  }

  @Override
  public String write(E value) {
    return FactKey.word(value);
  }

  @Override
  public E read(String text) {
    return FactKey.one(values, text);
  }

  @Override
  public String words(E value) {
    return FactKey.word(value);
  }

  @Override
  public E from(FactFields fields) {
    return FactKey.one(values, fields.text("value"));
  }
}
