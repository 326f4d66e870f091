package dev.tightship.edit;

import org.jspecify.annotations.Nullable;

/**
 * One goal for one place. A goal that already holds yields no splice, so idempotence begins here.
 */
public sealed interface Edit {

  /** Path of the file that the goal speaks of, from the project's root. */
  String file();

  /** A goal for a YAML file. */
  sealed interface Yaml extends Edit {
    Place at();

    /** The same goal at another place. */
    Yaml at(Place other);

    @Override
    default String file() {
      return at().file();
    }
  }

  /**
   * The place has this value. Missing parents are made; where the place exists, its value is
   * replaced.
   */
  record Set(Place at, Value value) implements Yaml {
    @Override
    public Yaml at(Place other) {
      return new Set(other, value);
    }
  }

  /**
   * The place has a value of its own: where an alias or a merge key brings it, it is written out,
   * so that it can be changed without changing what others share.
   *
   * @param value what is written there when the place has none of its own
   */
  record Own(Place at, Value value) implements Yaml {
    @Override
    public Yaml at(Place other) {
      return new Own(other, value);
    }
  }

  /**
   * The scalar that stands at the place is this text, and is it for all that share it by an anchor.
   * Nothing is made where none stands.
   */
  record Text(Place at, String text) implements Yaml {
    @Override
    public Yaml at(Place other) {
      return new Text(other, text);
    }
  }

  /** The list at the place holds this item. A missing list is made. */
  record Ensure(Place at, Value item) implements Yaml {
    @Override
    public Yaml at(Place other) {
      return new Ensure(other, item);
    }
  }

  /** The place does not exist. Never climbs: a mapping that becomes empty is a goal of its own. */
  record Remove(Place at) implements Yaml {
    @Override
    public Yaml at(Place other) {
      return new Remove(other);
    }
  }

  /** The key that ends the place is called {@code key}; its value stays. */
  record Rename(Place at, String key) implements Yaml {
    @Override
    public Yaml at(Place other) {
      return new Rename(other, key);
    }
  }

  /** A goal for a Dockerfile. */
  sealed interface Dockerfile extends Edit {}

  /**
   * The image that a stage starts from is written {@code image}.
   *
   * @param stage index of the stage in the file, from 0
   * @param image the whole reference as it shall stand in the FROM instruction
   */
  record SetBase(String file, int stage, String image) implements Dockerfile {}

  /**
   * The ARG with this name that stands before the first FROM has this default.
   *
   * @param value the default, unquoted
   */
  record SetGlobalArg(String file, String name, String value) implements Dockerfile {}

  /**
   * The last user that a stage sets, and so the user of its CMD and ENTRYPOINT, is {@code user}.
   *
   * @param stage index of the stage in the file, from 0
   * @param user as it shall stand in the USER instruction
   */
  record SetUser(String file, int stage, String user) implements Dockerfile {}

  /**
   * Each instruction of a stage that says {@code before} says {@code after}. Both are written on
   * one line, see {@code Instruction.whole}. A blank or tab more than one, in front of what is
   * added, asks for a line of its own with that indentation. Where none says either, as another fix
   * changed it too, the words that differ change in the one that is meant.
   *
   * @param stage index of the stage in the file, from 0
   * @param nth the one that is meant: its index among those of the stage with its keyword; -1 where
   *     only the text tells it
   */
  record Rewrite(String file, int stage, String before, String after, int nth)
      implements Dockerfile {

    /** Only the text tells which one is meant. */
    public Rewrite(String file, int stage, String before, String after) {
      this(file, stage, before, after, -1);
    }
  }

  /**
   * The instruction stands directly before another one of its stage.
   *
   * @param stage index of the stage in the file, from 0
   * @param instruction on one line
   * @param next what the other one says; null where the new one ends the stage
   */
  record Insert(String file, int stage, String instruction, @Nullable String next)
      implements Dockerfile {}

  /**
   * Of the instructions of a stage with this keyword only the last one stands.
   *
   * @param stage index of the stage in the file, from 0
   * @param keyword in upper case
   */
  record KeepLast(String file, int stage, String keyword) implements Dockerfile {}

  /**
   * No ENV of a stage sets this variable; one that would set nothing else does not stand.
   *
   * @param stage index of the stage in the file, from 0
   */
  record UnsetEnv(String file, int stage, String name) implements Dockerfile {}

  /** The file exists with exactly this text. An existing file is never overwritten. */
  record Create(String file, String text) implements Edit {}

  /**
   * A text file that is neither a Compose file nor a Dockerfile has this line. One that exists gets
   * it at its end; where there is none, it is made.
   *
   * @param heading whole lines before the first one of a file that is made, or nothing
   * @param line without its line break
   */
  record Line(String file, String heading, String line) implements Edit {}

  /**
   * A file of variables, such as {@code .env}, gives a variable this secret as its value. One that
   * exists gets a line at its end; where there is none, it is made. What it holds is shown nowhere
   * and goes into no patch. A variable that it gives another value is never changed.
   */
  record Variable(String file, String name, String secret) implements Edit {
    @Override
    public String toString() {
      return "Variable[file=%s, name=%s]".formatted(file, name);
    }
  }

  /**
   * Each line of a file of variables that gives {@code name} a value gives {@code key} one instead,
   * which is written as {@code text}, its quotes and variables included. A name that stands alone
   * stays.
   */
  record Assign(String file, String name, String key, String text) implements Edit {
    /** Without the text, a part of which may be a secret that stays. */
    @Override
    public String toString() {
      return "Assign[file=%s, name=%s, key=%s]".formatted(file, name, key);
    }
  }

  /**
   * The file exists and holds exactly this secret. What it holds is shown nowhere and goes into no
   * patch. An existing file is never overwritten.
   */
  record Keep(String file, String secret) implements Edit {
    @Override
    public String toString() {
      return "Keep[file=" + file + "]";
    }
  }
}
