package dev.tightship.knowledge;

import java.util.List;

/** A floor and a limit, in MiB. */
final class MemoryForm implements FactForm<Memory> {

  @Override
  public String write(Memory value) {
    return value.floor() + " " + value.limit() + (value.grows() ? " grows" : "");
  }

  @Override
  public Memory read(String text) {
    List<String> words = FactForm.split(text, " ");
    boolean grows = words.size() == 3 && words.get(2).equals("grows");
    if (words.size() != 2 && !grows) {
      throw new IllegalArgumentException("two numbers expected");
    }
    return new Memory(FactForm.integer(words.get(0)), FactForm.integer(words.get(1)), grows);
  }

  @Override
  public String words(Memory value) {
    return "at least %s MiB, at most %s MiB%s"
        .formatted(
            value.floor(), value.limit(), value.grows() ? ", growing with what it keeps" : "");
  }

  @Override
  public Memory from(FactFields fields) {
    FactFields value = fields.fields("value");
    Memory memory =
        new Memory(value.integer("floor"), value.integer("limit"), value.optionalBool("grows"));
    if (memory.floor() > memory.limit()) {
      throw new IllegalArgumentException("the floor lies above the limit");
    }
    return memory;
  }
}
