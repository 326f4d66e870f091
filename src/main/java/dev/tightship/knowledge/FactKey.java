package dev.tightship.knowledge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that may be known of an image, by the name that it has in the image files and in their
 * compiled form. A new kind of fact is one line here.
 *
 * <p>Classes and no lambdas, whose first use costs a run some milliseconds.
 */
public abstract class FactKey<T> {

  private static final List<FactKey<?>> ALL = new ArrayList<>();

  /** What the Docker Official Images library says of it. */
  public static final FactKey<Status> STATUS = new Word<>("status", Status.values());

  /** What it is in a project. */
  public static final FactKey<Kind> KIND = new Word<>("kind", Kind.values());

  /** Whether a container keeps data that a later start, or a later version, must read. */
  public static final FactKey<Boolean> HOLDS_DATA = new YesNo("holds_data");

  /** What {@code no-new-privileges} does to it. */
  public static final FactKey<Verdict> NO_NEW_PRIVILEGES = new OneVerdict("no_new_privileges");

  /** User that an unchanged container starts as: {@code root}, or numbers {@code UID:GID}. */
  public static final FactKey<Variants<String>> USER = new VariantsOf("user");

  /** Numbers {@code UID:GID} of the account that its program runs as in the end. */
  public static final FactKey<Variants<String>> ACCOUNT = new VariantsOf("account");

  /** Commands beside its own with which it starts as described. */
  public static final FactKey<Commands> COMMANDS = new CommandsKey("commands");

  /** Files and folders of its configuration beside those below {@code /etc}. */
  public static final FactKey<List<String>> CONFIGURATION = new Words("configuration");

  /**
   * Those of them, and of what lies below {@code /etc}, into which every project puts its own: with
   * that the image still starts as described, unless one of the next words stands in it.
   */
  public static final FactKey<List<String>> EXPECTS = new Words("expects");

  /** Folders whose files its start script runs, or writes out elsewhere. */
  public static final FactKey<List<String>> START_FILES = new Words("start_files");

  /**
   * Variables that move what the profile speaks of, unless they name a place in one of its volumes.
   */
  public static final FactKey<List<String>> UNLESS_SET = new Words("unless_set");

  /**
   * Words of its configuration that name a file which it writes: a mounted file without any of them
   * leaves the written paths as they are.
   */
  public static final FactKey<List<String>> CONFIGURATION_WRITES =
      new Texts("configuration_writes");

  /** Capabilities that an unchanged start needs under {@code cap_drop: [ALL]}. */
  public static final FactKey<Variants<List<String>>> CAPABILITIES =
      new CapabilityNames("capabilities");

  /** The same for a start with {@code user:} set to its account. */
  public static final FactKey<Variants<List<String>>> CAPABILITIES_AS_ACCOUNT =
      new CapabilityNames("capabilities_as_account");

  /** What a read-only root does to it, with the tmpfs that it needs. */
  public static final FactKey<Verdict> READ_ONLY = new OneVerdict("read_only");

  /**
   * Paths outside of its volumes that it writes and can lose, {@code PATH} or {@code PATH:OPTIONS}.
   */
  public static final FactKey<List<String>> TMPFS = new Words("tmpfs");

  /** Paths that it declares as volumes. */
  public static final FactKey<List<String>> VOLUMES = new Words("volumes");

  /** Paths that it writes, must not lose, and does not declare as volumes. */
  public static final FactKey<List<String>> DATA = new Words("data");

  /** What it takes of the memory. */
  public static final FactKey<Memory> MEMORY = new MemoryKey("memory");

  /** Processes and threads that a small installation does not exceed. */
  public static final FactKey<Integer> PIDS = new Count("pids");

  /**
   * The test of a health check that works in it, as Compose has it ({@code CMD}, program, …); the
   * word {@code IMAGE} alone where the image brings one.
   */
  public static final FactKey<Variants<List<String>>> HEALTH = new VariantsOfLists("health");

  /** Whether its start script makes it listen on IPv6 by changing its configuration. */
  public static final FactKey<Boolean> IPV6_FROM_SCRIPT = new YesNo("ipv6_from_script");

  /**
   * When a release line reached, or reaches, the end of its life: {@code yyyy-mm-dd} by line, as
   * tags begin with it ({@code 3.12}, {@code bookworm}).
   */
  public static final FactKey<Map<String, String>> END_OF_LIFE = new Dates("end_of_life");

  /** Apart from each other in a text; no text of a profile holds them. */
  private static final String ENTRY = "\u001e";

  private static final String PART = "\u001f";

  private final String name;

  private FactKey(String name) {
    this.name = name;
    ALL.add(this);
  }

  /** All of them, in the order in which profiles list them. */
  public static List<FactKey<?>> all() {
    return List.copyOf(ALL);
  }

  /** As in the image files, {@code no_new_privileges}. */
  public final String name() {
    return name;
  }

  /** A value as one text without tabs and line breaks. */
  abstract String write(T value);

  /**
   * The value that {@link #write} wrote.
   *
   * @throws IllegalArgumentException for any other text
   */
  abstract T read(String text);

  /**
   * The value that an image file states.
   *
   * @throws IllegalArgumentException for a value that cannot be
   */
  public abstract T from(FactFields fields);

  /** A value for people, half a sentence. */
  public abstract String words(T value);

  @Override
  public final String toString() {
    return name;
  }

  /** A constant as the image files write it, {@code not-in-library}. */
  public static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static <E extends Enum<E>> E one(E[] values, String text) {
    for (E value : values) {
      if (word(value).equals(text)) {
        return value;
      }
    }
    throw new IllegalArgumentException("unknown value " + text);
  }

  private static String byVariant(Map<String, String> values) {
    List<String> lines = new ArrayList<>();
    values.forEach(
        (variant, each) -> lines.add(variant.isEmpty() ? each : variant + " tags: " + each));
    return String.join("; ", lines);
  }

  private static List<String> split(String text, String separator) {
    return text.isEmpty() ? List.of() : List.of(text.split(separator, -1));
  }

  private static int integer(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a number: " + text, e);
    }
  }

  private static final class Word<E extends Enum<E>> extends FactKey<E> {
    private final E[] values;

    Word(String name, E[] values) {
      super(name);
      this.values = values;
    }

    @Override
    String write(E value) {
      return word(value);
    }

    @Override
    E read(String text) {
      return one(values, text);
    }

    @Override
    public String words(E value) {
      return word(value);
    }

    @Override
    public E from(FactFields fields) {
      return one(values, fields.text("value"));
    }
  }

  private static final class YesNo extends FactKey<Boolean> {
    YesNo(String name) {
      super(name);
    }

    @Override
    String write(Boolean value) {
      return value.toString();
    }

    @Override
    Boolean read(String text) {
      return switch (text) {
        case "true" -> true;
        case "false" -> false;
        default -> throw new IllegalArgumentException("unknown value " + text);
      };
    }

    @Override
    public String words(Boolean value) {
      return value ? "yes" : "no";
    }

    @Override
    public Boolean from(FactFields fields) {
      return fields.bool("value");
    }
  }

  private static final class Count extends FactKey<Integer> {
    Count(String name) {
      super(name);
    }

    @Override
    String write(Integer value) {
      return value.toString();
    }

    @Override
    Integer read(String text) {
      return integer(text);
    }

    @Override
    public String words(Integer value) {
      return value.toString();
    }

    @Override
    public Integer from(FactFields fields) {
      return fields.integer("value");
    }
  }

  private static final class OneVerdict extends FactKey<Verdict> {
    private static final String BREAKS = "breaks ";

    OneVerdict(String name) {
      super(name);
    }

    @Override
    String write(Verdict value) {
      return value instanceof Verdict.Breaks breaks ? BREAKS + breaks.reason() : "ok";
    }

    @Override
    Verdict read(String text) {
      if (text.equals("ok")) {
        return new Verdict.Ok();
      }
      if (!text.startsWith(BREAKS)) {
        throw new IllegalArgumentException("unknown value " + text);
      }
      return new Verdict.Breaks(text.substring(BREAKS.length()));
    }

    @Override
    public String words(Verdict value) {
      return value instanceof Verdict.Breaks breaks ? "breaks: " + breaks.reason() : "works";
    }

    @Override
    public Verdict from(FactFields fields) {
      String value = fields.text("value");
      return switch (value) {
        case "ok" -> new Verdict.Ok();
        case "breaks" -> new Verdict.Breaks(fields.text("reason"));
        default -> throw new IllegalArgumentException("unknown value " + value);
      };
    }
  }

  private static class Words extends FactKey<List<String>> {
    Words(String name) {
      super(name);
    }

    @Override
    String write(List<String> value) {
      return String.join(" ", value);
    }

    @Override
    List<String> read(String text) {
      return split(text, " ");
    }

    @Override
    public String words(List<String> value) {
      return value.isEmpty() ? "none" : String.join(", ", value);
    }

    /** The word {@code none} says that the list is known to be empty. */
    @Override
    public List<String> from(FactFields fields) {
      if (!fields.isList("value")) {
        String none = fields.text("value");
        if (!none.equals("none")) {
          throw new IllegalArgumentException("a list or none is expected, not " + none);
        }
        return List.of();
      }
      List<String> words = fields.texts("value");
      words.forEach(this::check);
      return words;
    }

    /**
     * @throws IllegalArgumentException for a word that cannot stand here
     */
    void check(String word) {
      if (word.indexOf(' ') >= 0) {
        throw new IllegalArgumentException("a blank in: " + word);
      }
    }
  }

  /** Words that may hold blanks, {@code stats socket}. */
  private static final class Texts extends Words {
    Texts(String name) {
      super(name);
    }

    @Override
    String write(List<String> value) {
      return String.join(PART, value);
    }

    @Override
    List<String> read(String text) {
      return split(text, PART);
    }

    @Override
    void check(String word) {}
  }

  /** Only what Docker gives by default: no fix hands out more. */
  private static final class CapabilityNames extends VariantsOfLists {
    private static final List<String> DEFAULT =
        List.of(
            "AUDIT_WRITE",
            "CHOWN",
            "DAC_OVERRIDE",
            "FOWNER",
            "FSETID",
            "KILL",
            "MKNOD",
            "NET_BIND_SERVICE",
            "NET_RAW",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID",
            "SYS_CHROOT");

    CapabilityNames(String name) {
      super(name);
    }

    /** The word {@code none} says that it is known to need none. */
    @Override
    List<String> items(List<String> words) {
      if (words.equals(List.of("none"))) {
        return List.of();
      }
      for (String word : words) {
        if (!DEFAULT.contains(word)) {
          throw new IllegalArgumentException(word + " is not among Docker's default capabilities");
        }
      }
      return words;
    }
  }

  private static final class VariantsOf extends FactKey<Variants<String>> {
    VariantsOf(String name) {
      super(name);
    }

    @Override
    String write(Variants<String> value) {
      List<String> entries = new ArrayList<>();
      value.values().forEach((variant, each) -> entries.add(variant + PART + each));
      return String.join(ENTRY, entries);
    }

    @Override
    Variants<String> read(String text) {
      Map<String, String> values = new LinkedHashMap<>();
      for (String entry : split(text, ENTRY)) {
        int at = entry.indexOf(PART);
        if (at < 0) {
          throw new IllegalArgumentException("unknown value " + entry);
        }
        values.put(entry.substring(0, at), entry.substring(at + 1));
      }
      return new Variants<>(values);
    }

    @Override
    public String words(Variants<String> value) {
      return byVariant(value.values());
    }

    @Override
    public Variants<String> from(FactFields fields) {
      Map<String, String> values = new LinkedHashMap<>();
      String always = fields.optionalText("value");
      if (always != null) {
        values.put("", always);
      }
      values.putAll(fields.optionalPairs("variants"));
      if (values.isEmpty()) {
        throw new IllegalArgumentException("neither value nor variants");
      }
      return new Variants<>(values);
    }
  }

  private static class VariantsOfLists extends FactKey<Variants<List<String>>> {
    VariantsOfLists(String name) {
      super(name);
    }

    @Override
    String write(Variants<List<String>> value) {
      List<String> entries = new ArrayList<>();
      value
          .values()
          .forEach(
              (variant, each) ->
                  entries.add(
                      variant + PART + (each.isEmpty() ? "none" : String.join(PART, each))));
      return String.join(ENTRY, entries);
    }

    @Override
    Variants<List<String>> read(String text) {
      Map<String, List<String>> values = new LinkedHashMap<>();
      for (String entry : split(text, ENTRY)) {
        List<String> parts = split(entry, PART);
        if (parts.size() < 2) {
          throw new IllegalArgumentException("unknown value " + entry);
        }
        values.put(parts.get(0), items(parts.subList(1, parts.size())));
      }
      return new Variants<>(values);
    }

    @Override
    public String words(Variants<List<String>> value) {
      Map<String, String> lines = new LinkedHashMap<>();
      value
          .values()
          .forEach(
              (variant, each) ->
                  lines.put(variant, each.isEmpty() ? "none" : String.join(" ", each)));
      return byVariant(lines);
    }

    @Override
    public Variants<List<String>> from(FactFields fields) {
      Map<String, List<String>> values = new LinkedHashMap<>();
      List<String> always =
          fields.isList("value") ? fields.texts("value") : single(fields.optionalText("value"));
      if (!always.isEmpty()) {
        values.put("", items(always));
      }
      fields.optionalLists("variants").forEach((variant, list) -> values.put(variant, items(list)));
      if (values.isEmpty()) {
        throw new IllegalArgumentException("neither value nor variants");
      }
      return new Variants<>(values);
    }

    /**
     * The items that words stand for.
     *
     * @throws IllegalArgumentException for a word that cannot stand here
     */
    List<String> items(List<String> words) {
      return words;
    }
  }

  private static List<String> single(@Nullable String text) {
    return text == null ? List.of() : List.of(text);
  }

  private static final class CommandsKey extends FactKey<Commands> {
    CommandsKey(String name) {
      super(name);
    }

    @Override
    String write(Commands value) {
      return String.join(PART, value.programs()) + ENTRY + String.join(PART, value.unless());
    }

    @Override
    Commands read(String text) {
      List<String> lists = split(text, ENTRY);
      if (lists.size() != 2) {
        throw new IllegalArgumentException("two lists expected");
      }
      return new Commands(split(lists.get(0), PART), split(lists.get(1), PART));
    }

    @Override
    public String words(Commands value) {
      List<String> programs = new ArrayList<>();
      for (String program : value.programs()) {
        programs.add(program.equals("-") ? "any switch" : program);
      }
      String unless = value.unless().isEmpty() ? "" : ", but not with ";
      return String.join(", ", programs) + unless + String.join(", ", value.unless());
    }

    @Override
    public Commands from(FactFields fields) {
      return new Commands(fields.texts("value"), fields.optionalTexts("unless"));
    }
  }

  private static final class MemoryKey extends FactKey<Memory> {
    MemoryKey(String name) {
      super(name);
    }

    @Override
    String write(Memory value) {
      return value.floor() + " " + value.limit() + (value.grows() ? " grows" : "");
    }

    @Override
    Memory read(String text) {
      List<String> words = split(text, " ");
      boolean grows = words.size() == 3 && words.get(2).equals("grows");
      if (words.size() != 2 && !grows) {
        throw new IllegalArgumentException("two numbers expected");
      }
      return new Memory(integer(words.get(0)), integer(words.get(1)), grows);
    }

    @Override
    public String words(Memory value) {
      return "at least %s MiB, at most %s MiB%s"
          .formatted(
              value.floor(), value.limit(), value.grows() ? ", growing with what it keeps" : "");
    }

    @Override
    public Memory from(FactFields fields) {
      FactFields value = fields.fields("value");
      Memory memory =
          new Memory(value.integer("floor"), value.integer("limit"), value.optionalBool("grows"));
      if (memory.floor() > memory.limit()) {
        throw new IllegalArgumentException("the floor lies above the limit");
      }
      return memory;
    }
  }

  private static final class Dates extends FactKey<Map<String, String>> {
    Dates(String name) {
      super(name);
    }

    @Override
    String write(Map<String, String> value) {
      List<String> pairs = new ArrayList<>();
      value.forEach((key, each) -> pairs.add(key + "=" + each));
      return String.join(" ", pairs);
    }

    @Override
    Map<String, String> read(String text) {
      Map<String, String> pairs = new LinkedHashMap<>();
      for (String pair : split(text, " ")) {
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
}
