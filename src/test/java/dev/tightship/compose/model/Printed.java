package dev.tightship.compose.model;

import dev.tightship.oracle.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A model in the shape of JSON, as Compose prints it, and how two of them differ. */
public final class Printed {

  private Printed() {}

  /**
   * @param doubled whether each dollar sign is printed twice, as {@code config} does where it has
   *     filled in variables
   */
  public static Object of(Data data, boolean doubled) {
    if (data instanceof Data.Mapping mapping) {
      var map = new LinkedHashMap<String, Object>();
      mapping.entries().forEach((k, v) -> map.put(text(k, doubled), of(v, doubled)));
      return map;
    }
    if (data instanceof Data.Sequence list) {
      var items = new ArrayList<Object>();
      list.items().forEach(item -> items.add(of(item, doubled)));
      return items;
    }
    var scalar = (Data.Scalar) data;
    return switch (scalar.kind()) {
      case NULL -> Json.NULL;
      case STRING -> text(scalar.text(), doubled);
      case BOOL -> scalar.text().equals("true");
      case INT, FLOAT -> new BigDecimal(scalar.text());
      // RFC 3339
      case TIMESTAMP ->
          scalar
              .text()
              .replaceFirst(" ", "T")
              .replace(" +0000 UTC", "Z")
              .replaceFirst(" ([+-]\\d\\d)(\\d\\d) .*", "$1:$2");
    };
  }

  private static String text(String text, boolean doubled) {
    return doubled ? text.replace("$", "$$") : text;
  }

  /** Where two values differ, a line each. */
  public static List<String> differences(Object ours, Object theirs) {
    var lines = new ArrayList<String>();
    differences("", ours, theirs, lines);
    return lines;
  }

  private static void differences(
      String at, @Nullable Object ours, @Nullable Object theirs, List<String> lines) {
    if (ours instanceof Map<?, ?> map && theirs instanceof Map<?, ?> other) {
      var keys = new TreeSet<String>();
      map.keySet().forEach(key -> keys.add(String.valueOf(key)));
      other.keySet().forEach(key -> keys.add(String.valueOf(key)));
      keys.forEach(key -> differences(at + "/" + key, map.get(key), other.get(key), lines));
    } else if (ours instanceof List<?> list
        && theirs instanceof List<?> other
        && list.size() == other.size()) {
      for (int i = 0; i < list.size(); i++) {
        differences(at + "/" + i, list.get(i), other.get(i), lines);
      }
    } else if (!same(ours, theirs)) {
      lines.add(at + ": " + ours + ", but Compose " + theirs);
    }
  }

  private static boolean same(@Nullable Object ours, @Nullable Object theirs) {
    if (ours instanceof BigDecimal one && theirs instanceof BigDecimal other) {
      return one.compareTo(other) == 0;
    }
    return Objects.equals(ours, theirs);
  }
}
