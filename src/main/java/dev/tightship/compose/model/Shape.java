package dev.tightship.compose.model;

import dev.tightship.edit.Value.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What Compose keeps of a value, and prints. A setting that is empty, as its shape has it, is left
 * out where it is a part of something larger.
 */
interface Shape {

  /**
   * @param in what the model says, never null
   */
  Data of(Data in) throws Refused;

  /** What there is where the model says nothing. */
  Data zero() throws Refused;

  default boolean isEmpty(Data out) throws Refused {
    return out.equals(zero());
  }

  /** The value, or what there is without one. */
  static Data value(Shape shape, Data in) throws Refused {
    return in.isNull() ? shape.zero() : shape.of(in);
  }

  /** How one value is read. */
  interface Reading {
    Data of(Data in) throws Refused;
  }

  /** A shape of which the zero is left out. */
  static Shape simple(Data zero, Reading reading) {
    return new Shape() {
      @Override
      public Data of(Data in) throws Refused {
        return reading.of(in);
      }

      @Override
      public Data zero() {
        return zero;
      }
    };
  }

  Shape TEXT = simple(Data.string(""), Shape::text);
  Shape BOOL = simple(Data.bool(false), Shape::bool);
  Shape INT = simple(Data.integer(0), Shape::integer);
  Shape FLOAT = simple(new Data.Scalar(Kind.FLOAT, "0"), Shape::number);
  Shape BYTES = simple(Data.string("0"), Shape::bytes);
  Shape DURATION = simple(Data.string("0s"), Shape::duration);

  /** The same where nothing and zero are two things. */
  Shape MAYBE_BOOL = maybe(BOOL);

  Shape MAYBE_INT = maybe(INT);
  Shape MAYBE_DURATION = maybe(DURATION);

  /** Printed only where it is false. */
  Shape OPT_OUT =
      new Shape() {
        @Override
        public Data of(Data in) throws Refused {
          return bool(in);
        }

        @Override
        public Data zero() {
          return Data.bool(false);
        }

        @Override
        public boolean isEmpty(Data out) {
          return out.equals(Data.bool(true));
        }
      };

  /** A shape that has nothing for a zero. */
  static Shape maybe(Shape shape) {
    return simple(Data.Scalar.NULL, shape::of);
  }

  static Shape list(Shape item) {
    return simple(
        Data.Sequence.EMPTY,
        in -> {
          if (!(in instanceof Data.Sequence list)) {
            throw new Refused("not a list");
          }
          var items = new ArrayList<Data>();
          for (Data each : list.items()) {
            items.add(value(item, each));
          }
          return new Data.Sequence(items);
        });
  }

  static Shape map(Shape each) {
    return simple(
        Data.Mapping.EMPTY,
        in -> {
          if (!(in instanceof Data.Mapping mapping)) {
            throw new Refused("not a mapping");
          }
          var entries = new LinkedHashMap<String, Data>();
          for (Map.Entry<String, Data> entry : mapping.entries().entrySet()) {
            entries.put(entry.getKey(), value(each, entry.getValue()));
          }
          return new Data.Mapping(entries);
        });
  }

  /** Settings with names; never empty, even where none is set. */
  final class Struct implements Shape {

    private record Field(String key, String printed, Shape shape, boolean always) {}

    private final List<Field> fields = new ArrayList<>();

    /** Adds settings of one shape, for the one that builds the table. */
    Struct with(Shape shape, String... keys) {
      for (String key : keys) {
        fields.add(new Field(key, key, shape, false));
      }
      return this;
    }

    /** Adds settings that are printed even where they are empty. */
    Struct always(Shape shape, String... keys) {
      for (String key : keys) {
        fields.add(new Field(key, key, shape, true));
      }
      return this;
    }

    /** Adds one that is always printed, under another name. */
    Struct printed(Shape shape, String key, String printed) {
      fields.add(new Field(key, printed, shape, true));
      return this;
    }

    /** Adds all settings of another one. */
    Struct with(Struct other) {
      fields.addAll(other.fields);
      return this;
    }

    @Override
    public Data of(Data in) throws Refused {
      if (!(in instanceof Data.Mapping mapping)) {
        throw new Refused("not a mapping");
      }
      var out = new LinkedHashMap<String, Data>();
      for (Field field : fields) {
        Data value =
            value(field.shape, mapping.entries().getOrDefault(field.key, Data.Scalar.NULL));
        if (field.always || !field.shape.isEmpty(value)) {
          out.put(field.printed, value);
        }
      }
      return new Data.Mapping(out);
    }

    @Override
    public Data zero() throws Refused {
      return of(Data.Mapping.EMPTY);
    }

    @Override
    public boolean isEmpty(Data out) {
      return false;
    }
  }

  private static Data.Scalar scalar(Data in) throws Refused {
    if (in instanceof Data.Scalar scalar) {
      return scalar;
    }
    throw new Refused("not a single value");
  }

  private static Data text(Data in) throws Refused {
    Data.Scalar scalar = scalar(in);
    return switch (scalar.kind()) {
      case STRING -> scalar;
      case INT -> Data.string(scalar.text());
      default -> throw new Refused("not a text");
    };
  }

  private static Data bool(Data in) throws Refused {
    Data.Scalar scalar = scalar(in);
    return switch (scalar.kind()) {
      case BOOL -> scalar;
      case STRING -> Casts.bool(scalar.text());
      default -> throw new Refused("not a truth value");
    };
  }

  /** What is behind the point is cut off. */
  private static Data integer(Data in) throws Refused {
    Data.Scalar scalar = scalar(in);
    return switch (scalar.kind()) {
      case INT -> scalar;
      case STRING -> Casts.integer(scalar.text());
      case FLOAT -> new Data.Scalar(Kind.INT, whole(scalar.text()).toString());
      default -> throw new Refused("not a whole number");
    };
  }

  private static BigInteger whole(String text) throws Refused {
    return new BigDecimal(Numbers.parse(text)).toBigInteger();
  }

  /** Compose keeps such numbers in 32 bits. */
  private static Data number(Data in) throws Refused {
    Data.Scalar scalar = scalar(in);
    return switch (scalar.kind()) {
      case INT, FLOAT, STRING -> Casts.decimal(scalar.text(), true);
      default -> throw new Refused("not a number");
    };
  }

  /** Bytes, printed as a text; a number that is not whole counts for nothing. */
  private static Data bytes(Data in) throws Refused {
    Data.Scalar scalar = scalar(in);
    return switch (scalar.kind()) {
      case INT -> Data.string(scalar.text());
      case STRING -> Data.string(Numbers.bytes(scalar.text()).toString());
      default -> Data.string("0");
    };
  }

  private static Data duration(Data in) throws Refused {
    return Data.string(Durations.print(Durations.parse(in.print())));
  }
}
