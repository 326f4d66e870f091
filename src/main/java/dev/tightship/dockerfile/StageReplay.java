package dev.tightship.dockerfile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the instructions of a stage and of those below it, as the builder does (BuildKit,
 * frontend/dockerfile/dockerfile2llb/convert.go). For one stage, in time linear in the file.
 */
final class StageReplay {

  /** As long as a path may be on Linux. */
  private static final int LONGEST_PATH = 4096;

  /** Chars by which all references together may lengthen a file; no real file comes near. */
  private static final int BUDGET = 1_000_000;

  private final Dockerfile file;
  private final Function<String, ShellLexer.Variable> globals;
  private final Map<String, String> buildArgs;
  private final Base base;
  private final List<Stage> chain;

  /** ARG and ENV alike, as later instructions see them. */
  private final Map<String, Resolution> variables = new HashMap<>();

  private final Map<String, Resolution> env = new LinkedHashMap<>();

  /** Names of ENVs that an ARG hides, for the rest of its stage. */
  private final Set<String> hidden = new LinkedHashSet<>();

  private final List<Resolution> ports = new ArrayList<>();
  private final List<Resolution> volumes = new ArrayList<>();
  private final List<Instruction> runs = new ArrayList<>();
  private final List<Copy> copies = new ArrayList<>();
  private Setting<String> workdir;
  private Setting<String> user;
  private Setting<Command> entrypoint;
  private Setting<Command> command;
  private boolean commandInStage;
  private int budget = BUDGET;

  /**
   * @param globals what a stage sees in an ARG without a default
   */
  StageReplay(
      Dockerfile file,
      Build build,
      Stage target,
      Map<String, String> buildArgs,
      Function<String, ShellLexer.Variable> globals) {
    this.file = file;
    this.buildArgs = buildArgs;
    this.globals = globals;
    Deque<Stage> stages = new ArrayDeque<>(List.of(target));
    while (build.base(stages.getFirst()) instanceof Base.EarlierStage earlier) {
      stages.addFirst(file.stages().get(earlier.index()));
    }
    this.chain = List.copyOf(stages);
    this.base = build.base(stages.getFirst());
    this.workdir = atFirst();
    this.user = atFirst();
    this.entrypoint = atFirst();
    this.command = atFirst();
  }

  private <T> Setting<T> atFirst() {
    return base instanceof Base.Scratch ? new Setting.Unset<>() : new Setting.Inherited<>();
  }

  BuiltImage run() {
    List<Instruction> triggers = List.of();
    for (Stage stage : chain) {
      commandInStage = false;
      endHiding();
      triggers.forEach(this::add);
      stage.instructions().forEach(this::add);
      // They are for the next stage alone.
      triggers = stage.instructions().stream().flatMap(i -> Stream.ofNullable(i.inner())).toList();
    }
    return new BuiltImage(
        base, chain, env, workdir, user, entrypoint, command, ports, volumes, runs, copies);
  }

  private void add(Instruction instruction) {
    switch (instruction.keyword()) {
      case "ENV" -> addEnv(instruction);
      case "ARG" -> instruction.assignments().forEach(this::addArg);
      case "WORKDIR" ->
          workdir = setting(inWorkdir(expand(instruction.arguments().text())), instruction);
      case "USER" -> user = setting(expand(instruction.arguments().text()), instruction);
      case "ENTRYPOINT" -> {
        entrypoint = start(instruction);
        command = commandInStage ? command : new Setting.Unset<>();
      }
      case "CMD" -> {
        command = start(instruction);
        commandInStage = true;
      }
      case "EXPOSE" -> instruction.words().forEach(word -> ports.add(expand(word.text())));
      case "VOLUME" -> words(instruction).forEach(word -> volumes.add(expand(word)));
      case "RUN" -> runs.add(instruction);
      case "COPY", "ADD" -> addCopy(instruction);
      default -> {}
    }
  }

  /** All values of one ENV are seen with what stood before it. */
  private void addEnv(Instruction instruction) {
    var set = new LinkedHashMap<String, Resolution>();
    for (Assignment assignment : instruction.assignments()) {
      Word written = assignment.written();
      if (written != null) {
        set.put(assignment.name(), expand(written.text()));
      }
    }
    env.putAll(set);
    variables.putAll(set);
  }

  private void addArg(Assignment arg) {
    Resolution value = argument(arg);
    if (value != null) {
      variables.put(arg.name(), value);
      if (env.containsKey(arg.name())) {
        hidden.add(arg.name());
      }
    }
  }

  private void endHiding() {
    for (String name : hidden) {
      Resolution value = env.get(name);
      if (value != null) {
        variables.put(name, value);
      }
    }
    hidden.clear();
  }

  private @Nullable Resolution argument(Assignment arg) {
    String given = buildArgs.get(arg.name());
    if (given != null) {
      return new Resolution.Known(given);
    }
    Word written = arg.written();
    if (written != null) {
      return expand(written.text());
    }
    ShellLexer.Variable global = globals.apply(arg.name());
    if (global instanceof ShellLexer.Variable.Value value) {
      return new Resolution.Known(value.text());
    }
    return global instanceof ShellLexer.Variable.Unknown unknown
        ? new Resolution.Unknown(unknown.why())
        : null;
  }

  private void addCopy(Instruction instruction) {
    List<String> words = words(instruction);
    if (words.isEmpty()) {
      return;
    }
    boolean documents = !instruction.heredocs().isEmpty();
    var sources =
        words.subList(0, words.size() - 1).stream()
            .filter(word -> !(documents && word.startsWith("<<")))
            .map(this::expand)
            .toList();
    Flag from = instruction.flag("from");
    Flag owner = instruction.flag("chown");
    copies.add(
        new Copy(
            instruction,
            from == null ? null : from.value(),
            sources,
            inWorkdir(expand(words.get(words.size() - 1))),
            owner == null || owner.value() == null ? null : expand(owner.value())));
  }

  private static List<String> words(Instruction instruction) {
    List<String> json = instruction.json();
    return json != null ? json : instruction.words().stream().map(Word::text).toList();
  }

  private static Setting<Command> start(Instruction instruction) {
    List<String> json = instruction.json();
    Command command =
        json == null
            ? new Command(List.of(instruction.arguments().text()), true)
            : new Command(json, false);
    return json != null && json.isEmpty()
        ? new Setting.Unset<>()
        : new Setting.Given<>(command, instruction);
  }

  private static Setting<String> setting(Resolution value, Instruction by) {
    return value instanceof Resolution.Known known
        ? new Setting.Given<>(known.text(), by)
        : new Setting.Unknown<>(((Resolution.Unknown) value).why(), by);
  }

  /** A path as seen from the working directory. */
  private Resolution inWorkdir(Resolution path) {
    if (!(path instanceof Resolution.Known known)) {
      return path;
    }
    if (known.text().startsWith("/")) {
      return clean(known.text());
    }
    if (workdir instanceof Setting.Given<String> here) {
      return clean(here.value() + "/" + known.text());
    }
    if (workdir instanceof Setting.Unset<String>) {
      return clean("/" + known.text());
    }
    return new Resolution.Unknown(
        workdir instanceof Setting.Unknown<String> unknown
            ? unknown.why()
            : "it is relative to the working directory of the base image");
  }

  private static Resolution clean(String path) {
    if (path.length() > LONGEST_PATH) {
      return new Resolution.Unknown("the path is longer than any that Linux knows");
    }
    var parts = new ArrayDeque<String>();
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return new Resolution.Known("/" + String.join("/", parts));
  }

  private Resolution expand(String text) {
    if (budget < 0) {
      return new Resolution.Unknown("the values of all variables are too long together");
    }
    Resolution value = ShellLexer.resolve(text, file.escape(), this::variable);
    if (value instanceof Resolution.Known known) {
      budget -= Math.max(0, known.text().length() - text.length());
    }
    return value;
  }

  private ShellLexer.Variable variable(String name) {
    Resolution value = variables.get(name);
    if (value instanceof Resolution.Known known) {
      return new ShellLexer.Variable.Value(known.text());
    }
    if (value instanceof Resolution.Unknown unknown) {
      return new ShellLexer.Variable.Unknown(unknown.why());
    }
    // The builder sets a PATH where the base has none.
    return base instanceof Base.Scratch && !name.equals("PATH")
        ? new ShellLexer.Variable.Value("")
        : new ShellLexer.Variable.Unknown(
            "`" + name + "` is not set in the file, and its base image may set it");
  }
}
