package dev.tightship.compose.model;

import dev.tightship.compose.Interpolation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Fills in variables: in every value, never in a key (compose-go: interpolation). */
final class Variables {

  private final Function<String, @Nullable String> lookup;
  private final Bounds bounds;

  Variables(Function<String, @Nullable String> lookup, Bounds bounds) {
    this.lookup = lookup;
    this.bounds = bounds;
  }

  Data fill(Data model) throws Refused {
    return fill(model, Casts.RULES);
  }

  private Data fill(Data at, @Nullable Rules<Casts.Cast> rules) throws Refused {
    if (at instanceof Data.Mapping mapping) {
      var filled = new LinkedHashMap<String, Data>();
      for (Map.Entry<String, Data> entry : mapping.entries().entrySet()) {
        Rules<Casts.Cast> below = rules == null ? null : rules.key(entry.getKey());
        filled.put(entry.getKey(), fill(entry.getValue(), below));
      }
      return new Data.Mapping(filled);
    }
    if (at instanceof Data.Sequence list) {
      Rules<Casts.Cast> below = rules == null ? null : rules.item();
      List<Data> filled = new ArrayList<>();
      for (Data item : list.items()) {
        filled.add(fill(item, below));
      }
      return new Data.Sequence(filled);
    }
    String text = Data.text(at);
    if (text == null) {
      return at;
    }
    String filled = fill(text);
    Casts.Cast cast = rules == null ? null : rules.here();
    return cast == null ? Data.string(filled) : cast.of(filled);
  }

  String fill(String text) throws Refused {
    if (text.indexOf('$') < 0) {
      return text;
    }
    var result = Interpolation.parse(text).evaluate(lookup);
    if (result instanceof Interpolation.Text filled) {
      bounds.filled(filled.text(), filled.blank());
      return filled.text();
    }
    String name = ((Interpolation.Failure) result).variable();
    throw new Refused(
        name == null ? "what is no variable" : "the variable " + name + " has no value");
  }
}
