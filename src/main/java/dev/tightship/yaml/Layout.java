package dev.tightship.yaml;

import java.util.HashMap;
import java.util.Map;

/**
 * How the owner of a file writes YAML, so that new lines look like theirs.
 *
 * @param step columns by which a mapping stands to the right of its key
 * @param listStep columns by which the dash of a list stands to the right of its key; 0 when it
 *     stands under the key
 * @param flowLists whether lists are mostly written in brackets
 * @param single whether quotes are mostly single
 */
record Layout(int step, int listStep, boolean flowLists, boolean single) {

  /** The habits of a whole file; two columns, and lists indented, where it shows none. */
  static Layout of(YamlFile file) {
    var count = new Count(file);
    file.documents().forEach(count::node);
    return count.result(new Layout(2, 2, false, false));
  }

  /** The habits of one mapping, and those of its file where it shows none. */
  static Layout of(YamlFile file, Node.Mapping mapping) {
    var count = new Count(file);
    count.entries(mapping, false);
    var whole = file.layout();
    var near = count.result(whole);
    return new Layout(near.step, near.listStep, whole.flowLists, whole.single);
  }

  private static final class Count {
    private final YamlFile file;
    private final Gaps gaps;
    private final Map<Integer, Integer> steps = new HashMap<>();
    private final Map<Integer, Integer> listSteps = new HashMap<>();
    private int flowLists;
    private int blockLists;
    private int singles;
    private int doubles;

    Count(YamlFile file) {
      this.file = file;
      this.gaps = new Gaps(file.text());
    }

    /** Recursion is bounded by the reader's own limit on nesting. */
    void node(Node node) {
      if (node instanceof Node.Mapping mapping) {
        entries(mapping, true);
      } else if (node instanceof Node.Sequence list) {
        if (list.flow()) {
          flowLists++;
        } else {
          blockLists++;
        }
        list.items().forEach(this::node);
      } else if (node instanceof Node.Scalar scalar) {
        singles += scalar.style() == Node.Style.SINGLE ? 1 : 0;
        doubles += scalar.style() == Node.Style.DOUBLE ? 1 : 0;
      }
    }

    void entries(Node.Mapping mapping, boolean deep) {
      for (Node.Entry entry : mapping.entries().values()) {
        Node value = entry.value();
        int column = column(file, entry.key().span().start());
        if (!mapping.flow() && value instanceof Node.Mapping inner && isBlock(inner)) {
          int first = inner.entries().values().iterator().next().key().span().start();
          steps.merge(column(file, first) - column, 1, Integer::sum);
        } else if (!mapping.flow() && value instanceof Node.Sequence list && isBlock(list)) {
          listSteps.merge(column(file, gaps.content(list)) - column, 1, Integer::sum);
        }
        if (deep) {
          node(value);
        }
      }
    }

    private static boolean isBlock(Node.Mapping mapping) {
      return !mapping.flow() && !mapping.entries().isEmpty();
    }

    private static boolean isBlock(Node.Sequence list) {
      return !list.flow() && !list.items().isEmpty();
    }

    Layout result(Layout otherwise) {
      int step = most(steps, otherwise.step);
      return new Layout(
          step,
          most(listSteps, steps.isEmpty() ? otherwise.listStep : otherwise.listStep(step)),
          flowLists > blockLists,
          singles > doubles);
    }

    private static int most(Map<Integer, Integer> counts, int otherwise) {
      return counts.entrySet().stream()
          .filter(e -> e.getKey() >= 0)
          .max(
              Map.Entry.<Integer, Integer>comparingByValue()
                  .thenComparing(Map.Entry.comparingByKey()))
          .map(Map.Entry::getKey)
          .orElse(otherwise);
    }
  }

  /** Lists are indented as far as mappings are, or not at all. */
  private int listStep(int step) {
    return listStep == 0 ? 0 : step;
  }

  /** Column from 0; a byte order mark takes none. */
  static int column(YamlFile file, int offset) {
    int column = file.lines().position(offset).column() - 1;
    boolean afterMark = file.text().startsWith("\uFEFF") && file.lines().lineAt(offset) == 0;
    return afterMark ? column - 1 : column;
  }
}
