package dev.tightship.knowledge;

import java.util.ArrayList;
import java.util.List;

/** First words of commands, and what must not stand in them. */
final class CommandsForm implements FactForm<Commands> {

  @Override
  public String write(Commands value) {
    return String.join(PART, value.programs()) + ENTRY + String.join(PART, value.unless());
  }

  @Override
  public Commands read(String text) {
    List<String> lists = FactForm.split(text, ENTRY);
    if (lists.size() != 2) {
      throw new IllegalArgumentException("two lists expected");
    }
    return new Commands(FactForm.split(lists.get(0), PART), FactForm.split(lists.get(1), PART));
  }

  @Override
  public String words(Commands value) {
    List<String> programs = new ArrayList<>();
    for (String program : value.programs()) {
      programs.add(program.equals("-") ? "any switch" : program);
    }
    String unless = value.unless().isEmpty() ? "" : ", but not with ";
    return String.join(", ", programs) + unless + String.join(", ", value.unless());
  }

  @Override
  public Commands from(FactFields fields) {
    return new Commands(fields.texts("value"), fields.optionalTexts("unless"));
  }
}
