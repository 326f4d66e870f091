package dev.tightship.knowledge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Something that may be known of an image, by the name that it has in the image files and in their
 * compiled form. A new kind of fact is one line here; {@link FactForm} is what its values look
 * like.
 */
public final class FactKey<T> {

  private static final List<FactKey<?>> ALL = new ArrayList<>();

  /** What the Docker Official Images library says of it. */
  public static final FactKey<Status> STATUS =
      new FactKey<>("status", new EnumForm<>(Status.values()));

  /** What it is in a project. */
  public static final FactKey<Kind> KIND = new FactKey<>("kind", new EnumForm<>(Kind.values()));

  /** Whether a container keeps data that a later start, or a later version, must read. */
  public static final FactKey<Boolean> HOLDS_DATA = new FactKey<>("holds_data", new YesNoForm());

  /** Whether it calls hosts that its settings do not name, for updates, licences or statistics. */
  public static final FactKey<Boolean> CALLS_OUT = new FactKey<>("calls_out", new YesNoForm());

  /** Whether people tell it while it runs, by its pages or its interface, whom to speak to. */
  public static final FactKey<Boolean> CHOOSES_HOSTS =
      new FactKey<>("chooses_hosts", new YesNoForm());

  /** What {@code no-new-privileges} does to it. */
  public static final FactKey<Verdict> NO_NEW_PRIVILEGES =
      new FactKey<>("no_new_privileges", new VerdictForm());

  /**
   * User that an unchanged container starts as: {@code root}, numbers {@code UID:GID}, or the name
   * of an account whose numbers are not known.
   */
  public static final FactKey<Variants<String>> USER = new FactKey<>("user", new VariantsForm());

  /** Numbers {@code UID:GID} of the account that its program runs as in the end. */
  public static final FactKey<Variants<String>> ACCOUNT =
      new FactKey<>("account", new VariantsForm());

  /** Name of that account, where a project's own program may run as it too. */
  public static final FactKey<Variants<String>> ACCOUNT_NAME =
      new FactKey<>("account_name", new VariantsForm());

  /**
   * How a build adds to it: {@code alpine}, {@code debian} (Ubuntu too), {@code rpm}, or {@code
   * none} where it has no shell.
   */
  public static final FactKey<Variants<String>> DISTRIBUTION =
      new FactKey<>("distribution", new VariantsForm());

  /**
   * Image on which a program runs that was built with it, where that needs none of its tools;
   * {@code scratch} for nothing at all.
   */
  public static final FactKey<Variants<String>> RUNS_ON =
      new FactKey<>("runs_on", new VariantsForm());

  /**
   * What stands between the engine and a program that its command names: {@code none}, or a {@code
   * script} that starts any program of the image as it is told. Either leaves the shell of builds
   * as it is.
   */
  public static final FactKey<Variants<String>> ENTRY_POINT =
      new FactKey<>("entry_point", new VariantsForm());

  /** Programs that health checks often call and that it does not have. */
  public static final FactKey<Variants<List<String>>> LACKS =
      new FactKey<>("lacks", VariantListsForm.any());

  /**
   * Whether a build finds the programs {@code useradd} and {@code groupadd} in it: {@code always},
   * or {@code not-always} where some releases lack them.
   */
  public static final FactKey<Variants<String>> USERADD =
      new FactKey<>("useradd", new VariantsForm());

  /** Commands beside its own with which it starts as described. */
  public static final FactKey<Commands> COMMANDS = new FactKey<>("commands", new CommandsForm());

  /** Files and folders of its configuration beside those below {@code /etc}. */
  public static final FactKey<List<String>> CONFIGURATION =
      new FactKey<>("configuration", WordsForm.plain());

  /**
   * Those of them, and of what lies below {@code /etc}, into which every project puts its own: with
   * that the image still starts as described, unless one of the next words stands in it.
   */
  public static final FactKey<List<String>> EXPECTS = new FactKey<>("expects", WordsForm.plain());

  /**
   * Release lines beside those that {@code versions} lists, mostly older ones, for which the facts
   * hold as well.
   */
  public static final FactKey<List<String>> COVERS = new FactKey<>("covers", WordsForm.plain());

  /** Folders whose files its start script runs, or writes out elsewhere. */
  public static final FactKey<List<String>> START_FILES =
      new FactKey<>("start_files", WordsForm.plain());

  /**
   * Variables that move what the profile speaks of, unless they name a place in one of its volumes.
   */
  public static final FactKey<List<String>> UNLESS_SET =
      new FactKey<>("unless_set", WordsForm.plain());

  /**
   * Words of its configuration that name a file which it writes: a mounted file without any of them
   * leaves the written paths as they are.
   */
  public static final FactKey<List<String>> CONFIGURATION_WRITES =
      new FactKey<>("configuration_writes", WordsForm.withBlanks());

  /** Capabilities that an unchanged start needs under {@code cap_drop: [ALL]}. */
  public static final FactKey<Variants<List<String>>> CAPABILITIES =
      new FactKey<>("capabilities", VariantListsForm.ofCapabilities());

  /** The same for a start with {@code user:} set to its account. */
  public static final FactKey<Variants<List<String>>> CAPABILITIES_AS_ACCOUNT =
      new FactKey<>("capabilities_as_account", VariantListsForm.ofCapabilities());

  /** What a read-only root does to it, with the tmpfs that it needs. */
  public static final FactKey<Verdict> READ_ONLY = new FactKey<>("read_only", new VerdictForm());

  /**
   * Paths outside of its volumes that it writes and can lose, {@code PATH} or {@code PATH:OPTIONS}.
   */
  public static final FactKey<List<String>> TMPFS = new FactKey<>("tmpfs", WordsForm.plain());

  /** Paths that it declares as volumes. */
  public static final FactKey<List<String>> VOLUMES = new FactKey<>("volumes", WordsForm.plain());

  /** Paths that it writes, must not lose, and does not declare as volumes. */
  public static final FactKey<List<String>> DATA = new FactKey<>("data", WordsForm.plain());

  /** What it takes of the memory. */
  public static final FactKey<Memory> MEMORY = new FactKey<>("memory", new MemoryForm());

  /** Processes and threads that a small installation does not exceed. */
  public static final FactKey<Integer> PIDS = new FactKey<>("pids", new CountForm());

  /**
   * The test of a health check that works in it, as Compose has it ({@code CMD}, program, …); the
   * word {@code IMAGE} alone where the image brings one.
   */
  public static final FactKey<Variants<List<String>>> HEALTH =
      new FactKey<>("health", VariantListsForm.any());

  /** Whether its start script makes it listen on IPv6 by changing its configuration. */
  public static final FactKey<Boolean> IPV6_FROM_SCRIPT =
      new FactKey<>("ipv6_from_script", new YesNoForm());

  /** Which of its variables hold secrets, and how it takes each of them from a file. */
  public static final FactKey<SecretFiles> SECRET_FILES =
      new FactKey<>("secret_files", new SecretFilesForm());

  /**
   * When a release line reached, or reaches, the end of its life: {@code yyyy-mm-dd} by line, as
   * tags begin with it ({@code 3.12}, {@code bookworm}).
   */
  public static final FactKey<Map<String, String>> END_OF_LIFE =
      new FactKey<>("end_of_life", new DatesForm());

  private final String name;
  private final FactForm<T> form;

  private FactKey(String name, FactForm<T> form) {
    this.name = name;
    this.form = form;
    ALL.add(this);
  }

  /** All of them, in the order in which profiles list them. */
  public static List<FactKey<?>> all() {
    return List.copyOf(ALL);
  }

  /** As in the image files, {@code no_new_privileges}. */
  public String name() {
    return name;
  }

  /** A value as one text without tabs and line breaks. */
  String write(T value) {
    return form.write(value);
  }

  /**
   * The value that {@link #write} wrote.
   *
   * @throws IllegalArgumentException for any other text
   */
  T read(String text) {
    return form.read(text);
  }

  /**
   * The value that an image file states.
   *
   * @throws IllegalArgumentException for a value that cannot be
   */
  public T from(FactFields fields) {
    return form.from(fields);
  }

  /** A value for people, half a sentence. */
  public String words(T value) {
    return form.words(value);
  }

  @Override
  public String toString() {
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
}
