package dev.tightship.compose.model;

import dev.tightship.compose.ShellWords;
import dev.tightship.edit.Value.Kind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Shapes that Compose has for more than one setting (compose-go: types). */
final class Shapes {

  private Shapes() {}

  /** Texts; one alone is a list of one. */
  static final Shape TEXTS = Shape.list(Shape.TEXT);

  static final Shape TEXT_OR_TEXTS =
      Shape.simple(
          Data.Sequence.EMPTY,
          in -> TEXTS.of(Data.text(in) == null ? in : new Data.Sequence(List.of(in))));

  /** Texts or numbers, printed as texts. */
  static final Shape PRINTED =
      Shape.simple(
          Data.Sequence.EMPTY,
          in -> {
            var items = new ArrayList<String>();
            List<Data> all = in instanceof Data.Sequence list ? list.items() : List.of(in);
            all.forEach(item -> items.add(item.print()));
            return Data.strings(items);
          });

  /** Words; null and none are two things, and both are printed. */
  static final Shape COMMAND =
      Shape.simple(
          Data.Scalar.NULL,
          in -> {
            String text = Data.text(in);
            return text == null ? TEXTS.of(in) : Data.strings(words(text));
          });

  private static List<String> words(String text) throws Refused {
    List<String> words = ShellWords.split(text);
    if (words == null) {
      throw new Refused("a command with an open quote or a parenthesis");
    }
    return words;
  }

  static final Shape HEALTH_TEST =
      Shape.simple(
          Data.Sequence.EMPTY,
          in -> {
            String text = Data.text(in);
            return text == null ? TEXTS.of(in) : Data.strings(List.of("CMD-SHELL", text));
          });

  /** A mapping or {@code KEY=VALUE} items; a key without a value has an empty one. */
  static final Shape PAIRS = Shape.simple(Data.Mapping.EMPTY, in -> pairs(in, Data.string("")));

  /** The same, but a key without a value has none. */
  static final Shape VARIABLES = Shape.simple(Data.Mapping.EMPTY, in -> variables(in));

  /** A mapping to texts. */
  static final Shape OPTIONS =
      Shape.simple(
          Data.Mapping.EMPTY,
          in -> {
            if (in instanceof Data.Sequence) {
              throw new Refused("not a mapping");
            }
            return pairs(in, Data.string(""));
          });

  /** A mapping to lists of texts. */
  static final Shape MANY_OPTIONS =
      Shape.simple(
          Data.Mapping.EMPTY,
          in -> {
            var options = new LinkedHashMap<String, Data>();
            if (!(in instanceof Data.Mapping mapping)) {
              throw new Refused("not a mapping");
            }
            for (Map.Entry<String, Data> entry : mapping.entries().entrySet()) {
              Data printed = PRINTED.of(entry.getValue());
              options.put(
                  entry.getKey(), printed.equals(Data.Sequence.EMPTY) ? Data.Scalar.NULL : printed);
            }
            return new Data.Mapping(options);
          });

  static final Shape MAP_OF_TEXTS = Shape.map(Shape.TEXT);

  /** {@code HOST=IP}, sorted. */
  static final Shape HOSTS = Shape.simple(Data.Sequence.EMPTY, Hosts::of);

  /** Bits of a mode, printed as an octal text. */
  static final Shape MODE =
      Shape.simple(
          Data.Scalar.NULL,
          in -> {
            if (in instanceof Data.Scalar scalar && scalar.kind() == Kind.INT) {
              return Data.string("0" + new BigInteger(scalar.text()).toString(8));
            }
            String text = Data.text(in);
            if (text == null || !text.matches("[-+]?[0-7]{1,21}")) {
              throw new Refused("a mode that is none");
            }
            return Data.string("0" + Long.toString(Long.parseLong(text, 8), 8));
          });

  static final Shape LIMIT = Shape.maybe(Shape.simple(Data.Mapping.EMPTY, Shapes::limit));

  /** A count of devices; all of them are minus one. */
  static final Shape COUNT =
      Shape.simple(
          Data.integer(0),
          in -> "all".equalsIgnoreCase(Data.text(in)) ? Data.integer(-1) : Shape.INT.of(in));

  /** Keys for SSH, of which only names are printed as JSON. */
  static final Shape SSH_KEYS =
      Shape.simple(
          Data.Sequence.EMPTY,
          in -> {
            if (!(in instanceof Data.Mapping mapping)) {
              throw new Refused("not a mapping");
            }
            for (Data path : mapping.entries().values()) {
              if (!path.isNull() && !path.print().isEmpty()) {
                throw new Refused("an SSH key with a path, which Compose can't print as JSON");
              }
            }
            return Data.strings(List.copyOf(new TreeMap<>(mapping.entries()).keySet()));
          });

  private static Data pairs(Data in, Data nothing) throws Refused {
    var pairs = new LinkedHashMap<String, Data>();
    if (in instanceof Data.Mapping mapping) {
      mapping
          .entries()
          .forEach((k, v) -> pairs.put(k, v.isNull() ? nothing : Data.string(v.print())));
    } else if (in instanceof Data.Sequence list) {
      for (Data item : list.items()) {
        String text = item.print();
        int equals = text.indexOf('=');
        pairs.put(
            equals < 0 ? text : text.substring(0, equals),
            equals < 0 ? nothing : Data.string(text.substring(equals + 1)));
      }
    } else {
      throw new Refused("neither a list nor a mapping");
    }
    return new Data.Mapping(pairs);
  }

  private static Data variables(Data in) throws Refused {
    var pairs = (Data.Mapping) pairs(in, Data.Scalar.NULL);
    if (in instanceof Data.Sequence) {
      for (String key : pairs.entries().keySet()) {
        if (!key.isEmpty() && isBlank(key.charAt(key.length() - 1))) {
          throw new Refused("a variable with a blank at the end of its name");
        }
      }
    }
    return pairs;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  private static Data limit(Data in) throws Refused {
    if (!(in instanceof Data.Mapping mapping)) {
      Data single = Shape.INT.of(in);
      return Shape.INT.isEmpty(single) ? Data.Mapping.EMPTY : single;
    }
    return new Shape.Struct().with(Shape.INT, "soft", "hard").of(mapping);
  }
}
