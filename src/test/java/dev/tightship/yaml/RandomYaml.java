package dev.tightship.yaml;

import dev.tightship.edit.Value;
import dev.tightship.edit.Value.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Writes documents in every style that the language has, with comments wherever they may stand, and
 * knows what each one says without reading it.
 */
final class RandomYaml {

  /**
   * @param value what the text says
   */
  record Document(String text, Value value) {}

  private static final List<String> KEYS =
      List.of(
          "image",
          "ports",
          "a.b",
          "x y",
          "command",
          "env",
          "\u00e9",
          "deploy",
          "k",
          "user",
          "\ud83d\ude80");

  private static final List<String> PLAIN =
      List.of(
          "x",
          "nginx:1.27",
          "80:80",
          "/run",
          "true",
          "5",
          "a b",
          "it's",
          "\u00e9\ud83d\ude80",
          "a#b",
          "-x",
          "~",
          "1.5");

  private static final List<String> QUOTED =
      List.of(
          "x", " # no", "a: b", "", "- z", "it's", "a \"b\" \\", "true", "\ud83d\ude80", "[,]{}");

  private static final List<String> LINES =
      List.of("one", "# not a comment", "two: x", "  deeper", "", "- dash", "\ud83d\ude80");

  private final Random random;
  private final StringBuilder out = new StringBuilder();
  private final int step;
  private final int listStep;
  private final List<String> anchors = new ArrayList<>();
  private final List<String> mappings = new ArrayList<>();
  private int count;

  /** Whether the last value was a block text, which takes deeper lines for its own. */
  private boolean blockText;

  private boolean keeps;

  private RandomYaml(Random random) {
    this.random = random;
    this.step = random.nextInt(4) + 1;
    this.listStep = random.nextBoolean() ? 0 : step;
  }

  static Document document(Random random) {
    var yaml = new RandomYaml(random);
    if (random.nextInt(6) == 0) {
      yaml.out.append("--- # start\n");
    }
    yaml.between(0);
    Value value = yaml.blockMapping(0, 0);
    yaml.between(0);
    String text = yaml.out.toString();
    boolean open = !yaml.blockText && text.endsWith("\n") && !text.endsWith("\n\n");
    if (open && random.nextInt(4) == 0) {
      text = text.substring(0, text.length() - 1);
    }
    if (random.nextInt(6) == 0) {
      text = text.replace("\n", "\r\n");
    }
    return new Document(random.nextInt(8) == 0 ? "\ufeff" + text : text, value);
  }

  private boolean one(int in) {
    return random.nextInt(in) == 0;
  }

  private <T> T any(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static String spaces(int count) {
    return " ".repeat(count);
  }

  // ---- what stands between entries

  /** Comments and blank lines before an entry in this column, or behind the last one. */
  private void between(int column) {
    while (one(5)) {
      if (one(2) && !keeps) {
        // more spaces than the column would be content of a block text
        out.append(one(4) ? spaces(random.nextInt(column + 1)) : "").append('\n');
      } else {
        int deepest = blockText ? column : column + 4;
        out.append(spaces(random.nextInt(deepest + 1)))
            .append(any(List.of("# c", "#- old", "# key: old", "#", "#  image: x  # y")))
            .append('\n');
        blockText = false;
        keeps = false;
      }
    }
  }

  private void trailing() {
    out.append(one(5) ? any(List.of(" # t", "   # t: u", " #", "  ")) : "").append('\n');
  }

  // ---- blocks

  private Value blockMapping(int column, int depth) {
    return blockMapping(column, depth, false);
  }

  /**
   * @param behindDash whether the first entry stands on the line of a dash
   */
  private Value blockMapping(int column, int depth, boolean behindDash) {
    var entries = new LinkedHashMap<String, Value>();
    int size = 1 + random.nextInt(depth == 0 ? 5 : 3);
    for (int i = 0; i < size; i++) {
      String key = any(KEYS);
      if (entries.containsKey(key)) {
        continue;
      }
      if (i > 0 || !behindDash) {
        if (i > 0) {
          between(column);
        }
        out.append(spaces(column));
      }
      if (!mappings.isEmpty() && one(8) && !entries.containsKey("<<")) {
        String anchor = any(mappings);
        out.append("<<: *").append(anchor);
        trailing();
        blockText = false;
        keeps = false;
        entries.put("<<", new Value.Alias(anchor));
        continue;
      }
      if (one(25)) {
        out.append("? ").append(key(key)).append('\n').append(spaces(column)).append(':');
      } else {
        out.append(key(key)).append(one(12) ? " :" : ":");
      }
      entries.put(key, value(column, depth + 1, true));
    }
    return new Value.Mapping(entries);
  }

  private String key(String key) {
    return one(6) ? single(key) : one(6) ? doubled(key) : key;
  }

  private Value blockList(int column, int depth) {
    var items = new ArrayList<Value>();
    int size = 1 + random.nextInt(3);
    for (int i = 0; i < size; i++) {
      if (i > 0) {
        between(column);
      }
      out.append(spaces(column)).append('-');
      if (depth < 4 && one(4)) {
        int blanks = 1 + random.nextInt(3);
        out.append(spaces(blanks));
        items.add(
            one(4)
                ? behindDash(column + 1 + blanks, depth + 1)
                : blockMapping(column + 1 + blanks, depth + 1, true));
      } else {
        items.add(value(column, depth + 1, false));
      }
    }
    return new Value.Sequence(items);
  }

  /** {@code - - x}. */
  private Value behindDash(int column, int depth) {
    out.append('-');
    Value first = value(column, depth + 1, false);
    return Value.sequence(first);
  }

  // ---- values

  /**
   * What follows a colon or dash, up to the end of its last line.
   *
   * @param column of the key or dash
   */
  private Value value(int column, int depth, boolean ofKey) {
    if (!anchors.isEmpty() && one(20)) {
      String name = any(anchors);
      out.append(" *").append(name);
      trailing();
      blockText = false;
      keeps = false;
      return new Value.Alias(name);
    }
    String anchor = one(12) ? "n" + count++ : null;
    String tag = one(80) ? "!t" : null;
    if (anchor != null) {
      out.append(" &").append(anchor);
    }
    if (tag != null) {
      out.append(' ').append(tag);
    }
    Value plain = unmarked(column, depth, ofKey);
    if (anchor != null) {
      anchors.add(anchor);
      if (plain instanceof Value.Mapping) {
        mappings.add(anchor);
      }
    }
    return anchor == null && tag == null ? plain : new Value.Marked(anchor, tag, plain);
  }

  private Value unmarked(int column, int depth, boolean ofKey) {
    int form = random.nextInt(depth > 4 ? 9 : 14);
    if (form >= 9) {
      blockText = false;
      keeps = false;
      trailing();
      between(column + step);
      if (form < 12) {
        return blockMapping(column + step, depth);
      }
      return blockList(column + (ofKey ? listStep : step), depth);
    }
    if (form == 8) {
      return blockText(column);
    }
    Value value;
    if (form >= 6) {
      out.append(' ');
      value = flow(column, depth, one(4));
    } else if (form == 0) {
      value = new Value.Scalar(Kind.NULL, "");
    } else {
      out.append(spaces(one(6) ? 3 : 1));
      value = scalar(column);
    }
    trailing();
    blockText = false;
    keeps = false;
    return value;
  }

  private Value scalar(int column) {
    int form = random.nextInt(8);
    String join = "\n" + spaces(column + 1 + random.nextInt(3));
    return switch (form) {
      case 0 -> quoted(any(QUOTED), true);
      case 1 -> quoted(any(QUOTED), false);
      case 2 -> written("one" + join + "two", "one two");
      case 3 -> written("'one" + join + "# two'", "one # two");
      case 4 -> written("\"one\n" + join + "two\"", "one\ntwo");
      default -> {
        String text = any(PLAIN);
        out.append(text);
        yield new Value.Scalar(Scalars.kind(text), text);
      }
    };
  }

  private Value written(String written, String text) {
    out.append(written);
    return Value.string(text);
  }

  private Value quoted(String text, boolean single) {
    out.append(single ? single(text) : doubled(text));
    return Value.string(text);
  }

  private static String single(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static String doubled(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private Value blockText(int column) {
    boolean literal = random.nextBoolean();
    String chomping = any(List.of("", "-", "+"));
    out.append(literal ? " |" : " >")
        .append(chomping)
        .append(one(5) ? " # header" : "")
        .append('\n');
    var lines = new ArrayList<String>();
    lines.add("first");
    if (literal) {
      for (int i = random.nextInt(3); i > 0; i--) {
        lines.add(any(LINES));
      }
      lines.add("last");
    } else if (random.nextBoolean()) {
      lines.add("second");
    }
    String indent = spaces(column + 1 + random.nextInt(3));
    lines.forEach(line -> out.append(line.isEmpty() ? "" : indent + line).append('\n'));
    int blank = one(3) ? random.nextInt(3) : 0;
    out.append("\n".repeat(blank));
    blockText = true;
    keeps = chomping.equals("+");
    String text = String.join(literal ? "\n" : " ", lines);
    return Value.string(
        switch (chomping) {
          case "-" -> text;
          case "+" -> text + "\n".repeat(1 + blank);
          default -> text + "\n";
        });
  }

  // ---- brackets and braces

  private Value flow(int column, int depth, boolean json) {
    boolean lines = one(3);
    boolean list = random.nextBoolean();
    int size = random.nextInt(4);
    String indent = "\n" + spaces(column + 1 + random.nextInt(4));
    out.append(list ? '[' : '{');
    var items = new ArrayList<Value>();
    var entries = new LinkedHashMap<String, Value>();
    for (int i = 0; i < size; i++) {
      String key = any(KEYS);
      if (entries.containsKey(key)) {
        continue;
      }
      boolean first =
          out.charAt(out.length() - 1) == (list ? '[' : '{')
              && (list ? items.isEmpty() : entries.isEmpty());
      if (!first) {
        out.append(',');
      }
      if (lines) {
        out.append(!first && one(4) ? " # after" : "").append(indent);
      } else {
        out.append(first ? (one(4) ? " " : "") : " ");
      }
      if (list) {
        items.add(one(10) && !json ? pair(column, depth) : flowValue(column, depth, json));
      } else {
        out.append(json ? doubled(key) : key(key));
        if (one(12) && !json) {
          entries.put(key, new Value.Scalar(Kind.NULL, ""));
        } else {
          out.append(json && one(2) ? ":" : ": ");
          entries.put(key, flowValue(column, depth, json));
        }
      }
    }
    boolean any = list ? !items.isEmpty() : !entries.isEmpty();
    out.append(any && !json && one(8) ? "," : "");
    if (lines) {
      out.append(one(4) ? " # last" : "")
          .append("\n")
          .append(spaces(column + random.nextInt(2) + 1));
    } else {
      out.append(one(4) ? " " : "");
    }
    out.append(list ? ']' : '}');
    return list ? new Value.Sequence(items) : new Value.Mapping(entries);
  }

  /** {@code [a: b]}. */
  private Value pair(int column, int depth) {
    out.append("pair: ");
    return new Value.Mapping(Map.of("pair", flowValue(column, depth + 3, false)));
  }

  private Value flowValue(int column, int depth, boolean json) {
    if (depth < 4 && one(4)) {
      return flow(column, depth + 1, json);
    }
    if (json || one(3)) {
      return quoted(any(QUOTED), !json && one(2));
    }
    String text = any(PLAIN);
    out.append(text);
    return new Value.Scalar(Scalars.kind(text), text);
  }
}
