package dev.tightship.yaml;

import dev.tightship.edit.Edit;
import dev.tightship.edit.Place.Segment;
import dev.tightship.edit.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The second reading of a goal, on plain data. After each splice {@code data(text after)} must
 * equal {@code goal(data(text before))}; the splicer and this class share no code, so that one
 * catches the other.
 */
public final class Goals {

  private Goals() {}

  /** The data of a file with one document after the goals were reached, one after the other. */
  public static Value reached(YamlFile file, List<Edit.Yaml> goals) {
    Node root = file.root();
    Value data = root == null ? new Value.Mapping(Map.of()) : copy(root.value());
    for (Edit.Yaml goal : goals) {
      apply(data, goal);
    }
    return data;
  }

  /** A copy whose mappings and lists can be changed. */
  private static Value copy(Value value) {
    if (value instanceof Value.Mapping mapping) {
      var entries = new LinkedHashMap<String, Value>();
      mapping.entries().forEach((k, v) -> entries.put(k, copy(v)));
      return new Value.Mapping(entries);
    }
    if (value instanceof Value.Sequence list) {
      var items = new ArrayList<Value>();
      list.items().forEach(i -> items.add(copy(i)));
      return new Value.Sequence(items);
    }
    return value instanceof Value.Marked m
        ? new Value.Marked(m.anchor(), m.tag(), copy(m.value()))
        : value;
  }

  private static void apply(Value data, Edit.Yaml goal) {
    List<Segment> path = goal.at().path();
    Value at = data;
    for (Segment segment : path.subList(0, path.size() - 1)) {
      Value inner = plain(get(at, segment));
      if (inner == null || isNull(inner)) {
        if (goal instanceof Edit.Remove) {
          return;
        }
        inner = new Value.Mapping(new LinkedHashMap<>());
        put(at, segment, inner);
      }
      at = inner;
    }
    Segment last = path.get(path.size() - 1);
    if (goal instanceof Edit.Own own) {
      Value old = plain(get(at, last));
      if (old == null || isNull(old) || old instanceof Value.Alias) {
        put(at, last, copy(own.value()));
      }
    } else if (goal instanceof Edit.Set set) {
      put(at, last, copy(set.value()));
    } else if (goal instanceof Edit.Text text) {
      put(at, last, Value.string(text.text()));
    } else if (goal instanceof Edit.Ensure ensure) {
      ensure(at, last, ensure.item());
    } else if (goal instanceof Edit.Remove) {
      remove(at, last);
    } else if (goal instanceof Edit.Rename rename && last instanceof Segment.Key key) {
      rename(at, key.name(), rename.key());
    }
  }

  private static void ensure(Value at, Segment last, Value item) {
    Value list = plain(get(at, last));
    if (list instanceof Value.Sequence s) {
      if (indexOf(s, item) < 0) {
        s.items().add(item);
      }
    } else if (list == null || isNull(list)) {
      put(at, last, copy(Value.sequence(item)));
    } else if (!list.equals(item)) {
      put(at, last, copy(Value.sequence(list, item)));
    }
  }

  private static @Nullable Value get(Value at, Segment segment) {
    if (at instanceof Value.Mapping mapping && segment instanceof Segment.Key key) {
      return mapping.entries().get(key.name());
    }
    if (at instanceof Value.Sequence list && segment instanceof Segment.Item item) {
      int index = indexOf(list, item.value());
      return index < 0 ? null : list.items().get(index);
    }
    return null;
  }

  private static void put(Value at, Segment segment, Value value) {
    if (at instanceof Value.Mapping mapping && segment instanceof Segment.Key key) {
      mapping.entries().put(key.name(), marked(mapping.entries().get(key.name()), value));
    } else if (at instanceof Value.Sequence list && segment instanceof Segment.Item item) {
      int index = indexOf(list, item.value());
      if (index >= 0) {
        list.items().set(index, marked(list.items().get(index), value));
      }
    }
  }

  /** An anchor stays where it is when the value behind it changes. */
  private static Value marked(@Nullable Value old, Value value) {
    return old instanceof Value.Marked m ? new Value.Marked(m.anchor(), m.tag(), value) : value;
  }

  private static void remove(Value at, Segment segment) {
    if (at instanceof Value.Mapping mapping && segment instanceof Segment.Key key) {
      mapping.entries().remove(key.name());
    } else if (at instanceof Value.Sequence list && segment instanceof Segment.Item item) {
      int index = indexOf(list, item.value());
      if (index >= 0) {
        list.items().remove(index);
      }
    }
  }

  private static void rename(Value at, String key, String name) {
    if (at instanceof Value.Mapping mapping && mapping.entries().containsKey(key)) {
      var entries = new LinkedHashMap<>(mapping.entries());
      mapping.entries().clear();
      entries.forEach((k, v) -> mapping.entries().put(k.equals(key) ? name : k, v));
    }
  }

  private static int indexOf(Value.Sequence list, Value item) {
    for (int i = 0; i < list.items().size(); i++) {
      if (item.equals(plain(list.items().get(i)))) {
        return i;
      }
    }
    return -1;
  }

  private static @Nullable Value plain(@Nullable Value value) {
    return value instanceof Value.Marked m ? m.value() : value;
  }

  private static boolean isNull(Value value) {
    return value instanceof Value.Scalar s && s.kind() == Value.Kind.NULL;
  }
}
