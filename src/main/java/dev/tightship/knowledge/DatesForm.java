package dev.tightship.knowledge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A date by release line. */
final class DatesForm implements FactForm<Map<String, String>> {

  @Override
  public String write(Map<String, String> value) {
    List<String> pairs = new ArrayList<>();
    value.forEach((key, each) -> pairs.add(key + "=" + each));
    return String.join(" ", pairs);
  }

  @Override
  public Map<String, String> read(String text) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : FactForm.split(text, " ")) {
      int at = pair.indexOf('=');
      if (at < 0) {
        throw new IllegalArgumentException("unknown value " + pair);
      }
      pairs.put(pair.substring(0, at), pair.substring(at + 1));
    }
    return pairs;
  }

  @Override
  public String words(Map<String, String> value) {
    List<String> lines = new ArrayList<>();
    value.forEach((line, date) -> lines.add(line + " on " + date));
    return String.join(", ", lines);
  }

  @Override
  public Map<String, String> from(FactFields fields) {
    Map<String, String> pairs = fields.optionalPairs("value");
    if (pairs.isEmpty()) {
      throw new IllegalArgumentException("a mapping is expected");
    }
    pairs.forEach(
        (line, date) -> {
          if (!line.matches("[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException("not what a tag begins with: " + line);
          }
          if (!date.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
            throw new IllegalArgumentException("not a date: " + date);
          }
        });
    return pairs;
  }
}
