package dev.tightship.passes;

import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Heredoc;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.ShellBlock;
import dev.tightship.dockerfile.ShellBlock.Join;
import dev.tightship.dockerfile.ShellBlock.Kind;
import dev.tightship.dockerfile.ShellCommand;
import dev.tightship.dockerfile.ShellScripts;
import dev.tightship.dockerfile.ShellWord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The users and groups that the steps of an image make, as far as they can be read. */
final class Accounts {

  private static final Set<String> PROGRAMS =
      Set.of(
          "useradd",
          "adduser",
          "groupadd",
          "addgroup",
          "usermod",
          "groupmod",
          "userdel",
          "deluser");

  /** Of one package in the distributions that install RPM packages. */
  private static final Set<String> SHADOW = Set.of("useradd", "groupadd", "usermod", "userdel");

  private static final Pattern MENTIONED =
      Pattern.compile(
          "(?<![\\w.-])(useradd|adduser|groupadd|addgroup|usermod|groupmod|userdel|deluser|newusers)(?![\\w.-])");

  /** The lists of users and groups themselves. */
  private static final Pattern LISTS = Pattern.compile("/etc/(passwd|group)(?![\\w.-])");

  /** What only asks for a program, or says its name. */
  private static final Set<String> HARMLESS =
      Set.of("command", "which", "type", "hash", "echo", "printf");

  /** What changes a file that its words name. */
  private static final Set<String> CHANGING =
      Set.of("sed", "tee", "cp", "mv", "install", "ln", "rsync");

  private final Map<String, CreatedAccount> made = new LinkedHashMap<>();
  private final Map<String, String> groups = new HashMap<>();
  private final Set<String> removed = new HashSet<>();
  private @Nullable Instruction group;
  private @Nullable Instruction unclear;
  private boolean renumbered;
  private boolean hasUseradd;

  private Accounts() {}

  /** Those that some RUNs of a file make. */
  static Accounts of(Dockerfile file, List<Instruction> runs) {
    var accounts = new Accounts();
    for (ShellScripts.Script script : ShellScripts.of(file)) {
      if (runs.contains(script.instruction())) {
        accounts.read(Runs.of(script), text(file, script.instruction()));
      }
    }
    return accounts;
  }

  /** What a RUN runs: its own text, and that of its documents. */
  static String text(Dockerfile file, Instruction run) {
    var text = new StringBuilder(run.arguments().text());
    for (Heredoc document : run.heredocs()) {
      text.append('\n').append(document.body().of(file.text()));
    }
    return text.toString();
  }

  /** In order, without those that are removed again. */
  List<CreatedAccount> made() {
    return List.copyOf(made.values());
  }

  /** Whether one of the base image is taken away. */
  boolean removes(String name) {
    return removed.contains(name);
  }

  /** Whether the steps show that the image has the programs of shadow. */
  boolean hasUseradd() {
    return hasUseradd;
  }

  /** A step that makes a group, or null. */
  @Nullable Instruction group() {
    return group;
  }

  /** A step that may make or change users in a way that is not understood, or null. */
  @Nullable Instruction unclear() {
    return unclear;
  }

  /** Whether numbers that the file, or the base image, gives to users stay as they are. */
  boolean keepsNumbers() {
    return unclear == null && !renumbered;
  }

  /** Number of the own group of a user that is made here; null where it is not known. */
  @Nullable String groupOf(CreatedAccount account) {
    String own = account.group();
    return own == null || own.matches("\\d+") ? own : groups.get(own);
  }

  private void read(Runs run, String text) {
    Instruction by = run.instruction();
    if (!run.known() && (MENTIONED.matcher(text).find() || LISTS.matcher(text).find())) {
      unclear(by);
    }
    for (int i = 0; i < run.scripts().size(); i++) {
      List<ShellCommand> script = run.scripts().get(i);
      for (int k = 0; k < script.size(); k++) {
        boolean sure = i == 0 && isSure(script, k);
        read(script.get(k), by, sure);
      }
    }
  }

  private void read(ShellCommand command, Instruction by, boolean sure) {
    ShellCommand.Program program = command.program();
    if (program != null && InstalledPackages.isManager(program.name())) {
      List<ShellWord> arguments = program.arguments();
      boolean named = arguments.stream().anyMatch(word -> word.is("shadow-utils"));
      // what is named, and not installed, may be removed
      hasUseradd =
          named ? sure && InstalledPackages.of(program).contains("shadow-utils") : hasUseradd;
    }
    if (program == null || !PROGRAMS.contains(program.name())) {
      if (mayChange(command, program)) {
        unclear(by);
      }
      return;
    }
    hasUseradd |= sure && SHADOW.contains(program.name());
    List<String> names = AccountWords.of(program).names();
    switch (program.name()) {
      case "useradd", "adduser" -> {
        CreatedAccount account = CreatedAccount.of(program, by, sure, !isBranch(command));
        if (account != null) {
          made.putIfAbsent(account.name(), account);
          removed.remove(account.name());
        } else if (names.size() != 2) {
          unclear(by);
        }
      }
      case "groupadd", "addgroup" -> group(program, by);
      case "userdel", "deluser" -> {
        // of two words after deluser the second is a group that the first one leaves
        if (names.size() == 1) {
          made.remove(names.get(0));
          removed.add(names.get(0));
        } else if (names.size() != 2) {
          unclear(by);
        }
      }
      default -> changes(program, by);
    }
  }

  private void group(ShellCommand.Program program, Instruction by) {
    AccountWords words = AccountWords.of(program);
    // of two words after addgroup the first is a user that joins the second
    if (words.names().size() > 1 && program.name().equals("addgroup")) {
      return;
    }
    group = group == null ? by : group;
    String number = words.value("g", "gid");
    if (number != null && number.matches("\\d+") && words.names().size() == 1) {
      groups.putIfAbsent(words.names().get(0), number);
    }
  }

  /** Of usermod and groupmod, which may change names and numbers. */
  private void changes(ShellCommand.Program program, Instruction by) {
    for (ShellWord word : program.arguments()) {
      String literal = word.literal();
      if (literal == null || literal.matches("-\\w*[ugo]\\w*|--(uid|gid|non-unique)(=.*)?")) {
        renumbered = true;
      } else if (literal.matches("-\\w*[ln]\\w*|--(login|new-name)(=.*)?")) {
        unclear(by);
      }
    }
  }

  /** Whether something that is no program for users changes their list, or calls one inside. */
  private static boolean mayChange(ShellCommand command, ShellCommand.@Nullable Program program) {
    String name = program == null ? "" : program.name();
    boolean writes =
        command.redirections().stream()
            .anyMatch(
                redirection ->
                    redirection.operator().contains(">")
                        && LISTS.matcher(Runs.written(redirection.target())).find());
    // what a shell is handed is read as a script of its own
    boolean harmless =
        HARMLESS.contains(name)
            || InstalledPackages.isManager(name)
            || (Runs.isShell(name) && !name.equals("busybox"));
    for (ShellWord word : command.words()) {
      String written = Runs.written(word);
      boolean inside = word.runs() || !harmless;
      writes |= inside && MENTIONED.matcher(written).find();
      writes |= CHANGING.contains(name) && LISTS.matcher(written).find();
    }
    return writes;
  }

  /** Whether a command is run whatever happens, and ends the build when it fails. */
  private static boolean isSure(List<ShellCommand> script, int index) {
    ShellCommand command = script.get(index);
    boolean depends = command.negated() || command.join() == Join.OR;
    for (ShellBlock block = command.block(); block != null; block = block.parent()) {
      depends |= block.kind() != Kind.GROUP && block.kind() != Kind.SUBSHELL;
      depends |= block.join() == Join.OR || block.negated();
    }
    for (ShellCommand later : script.subList(index + 1, script.size())) {
      depends |= later.join() == Join.OR;
      depends |= later.block() != null && later.block().join() == Join.OR;
    }
    return !depends;
  }

  private static boolean isBranch(ShellCommand command) {
    for (ShellBlock block = command.block(); block != null; block = block.parent()) {
      if (block.kind() != Kind.GROUP && block.kind() != Kind.SUBSHELL) {
        return true;
      }
    }
    return false;
  }

  private void unclear(Instruction by) {
    unclear = unclear == null ? by : unclear;
  }
}
