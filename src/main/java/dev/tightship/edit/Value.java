package dev.tightship.edit;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a piece of YAML says, without how it is written. An alias stays an alias and {@code <<}
 * stays a key: this is the data of one file, not the merged model of a project.
 */
public sealed interface Value {

  /** What kind of scalar a text is when it is written plainly. */
  enum Kind {
    STRING,
    BOOL,
    INT,
    FLOAT,
    TIMESTAMP,
    NULL
  }

  /**
   * @param text as written, unquoted and unfolded ({@code 0600} stays {@code 0600})
   */
  record Scalar(Kind kind, String text) implements Value {}

  record Sequence(List<Value> items) implements Value {}

  /** Entries in the order of the file. */
  record Mapping(Map<String, Value> entries) implements Value {}

  /** A use of an anchor ({@code *name}). */
  record Alias(String anchor) implements Value {}

  /** A value that carries an anchor ({@code &name}), a tag ({@code !reset}), or both. */
  record Marked(@Nullable String anchor, @Nullable String tag, Value value) implements Value {}

  static Scalar string(String text) {
    return new Scalar(Kind.STRING, text);
  }

  static Scalar integer(long number) {
    return new Scalar(Kind.INT, Long.toString(number));
  }

  static Scalar bool(boolean value) {
    return new Scalar(Kind.BOOL, Boolean.toString(value));
  }

  static Sequence sequence(Value... items) {
    return new Sequence(List.of(items));
  }
}
