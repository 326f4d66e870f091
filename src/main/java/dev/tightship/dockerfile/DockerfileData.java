package dev.tightship.dockerfile;

import dev.tightship.edit.Edit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a Dockerfile says, as plain lists: no comments, spacing, line ends or spans. Two files with
 * equal data build the same image. Goals have their second reading here, so that an edit can be
 * checked by meaning: {@code data(after).equals(data(before).apply(goal))}.
 *
 * @param directives value by name
 */
public record DockerfileData(Map<String, String> directives, List<Item> instructions) {

  /** What stands between the name and the value of an ENV. */
  private static final Pattern ASSIGNED = Pattern.compile("[=\\s]");

  /**
   * One instruction.
   *
   * @param keyword in upper case
   * @param flags as {@code name=value}, without quotes
   * @param json whether the arguments are the strings of the JSON form
   * @param arguments for FROM, ARG and USER the words without quotes; for ENV its assignments as
   *     they are written, one in the old form; for the JSON form its strings; else the text as one
   */
  public record Item(
      String keyword,
      List<String> flags,
      boolean json,
      List<String> arguments,
      List<Document> heredocs) {

    public Item {
      flags = List.copyOf(flags);
      arguments = List.copyOf(arguments);
      heredocs = List.copyOf(heredocs);
    }

    private boolean is(String name) {
      return keyword.equals(name);
    }

    /** Whether it is written as one line of text. */
    private boolean isPlain() {
      return !json && heredocs.isEmpty();
    }

    private String line() {
      var line = new StringBuilder(keyword);
      flags.forEach(flag -> line.append(" --").append(flag));
      arguments.forEach(argument -> line.append(' ').append(argument));
      return line.toString();
    }

    /** An ENV without its assignments to a variable. */
    private Item without(String name) {
      var others = new ArrayList<>(arguments);
      others.removeIf(assignment -> ASSIGNED.split(assignment, 2)[0].equals(name));
      return new Item(keyword, flags, json, others, heredocs);
    }

    private Item withArgument(int index, String argument) {
      var changed = new ArrayList<>(arguments);
      changed.set(index, argument);
      return new Item(keyword, flags, json, changed, heredocs);
    }
  }

  /** One heredoc with its text. */
  public record Document(String delimiter, boolean expand, boolean chomp, String text) {}

  public DockerfileData {
    directives = Map.copyOf(directives);
    instructions = List.copyOf(instructions);
  }

  static DockerfileData of(Dockerfile file) {
    var directives = new TreeMap<String, String>();
    file.directives().forEach(d -> directives.put(d.name(), d.value()));
    return new DockerfileData(
        directives, file.instructions().stream().map(i -> item(i, file.text())).toList());
  }

  static Item item(Instruction instruction, String text) {
    return new Item(
        instruction.keyword(),
        instruction.flags().stream()
            .map(f -> f.value() == null ? f.name() : f.name() + "=" + f.value())
            .toList(),
        instruction.isJson(),
        arguments(instruction),
        instruction.heredocs().stream()
            .map(h -> new Document(h.delimiter(), h.expand(), h.chomp(), h.body().of(text)))
            .toList());
  }

  private static List<String> arguments(Instruction instruction) {
    List<String> json = instruction.json();
    boolean health = instruction.is("HEALTHCHECK");
    if (json != null && !health) {
      return json;
    }
    if (instruction.is("ARG")) {
      return instruction.assignments().stream()
          .map(a -> a.value() == null ? a.name() : a.name() + "=" + a.value())
          .toList();
    }
    char escape = instruction.escape();
    if (instruction.is("FROM")) {
      return instruction.words().stream().map(w -> ShellLexer.unquoted(w.text(), escape)).toList();
    }
    if (instruction.is("ENV") && !instruction.isOldForm()) {
      return instruction.words().stream().map(Word::text).toList();
    }
    String text = instruction.arguments().text();
    return List.of(instruction.is("USER") ? ShellLexer.unquoted(text, escape) : text);
  }

  /**
   * What the file says once the goal holds. A goal for something that the file doesn't have changes
   * nothing; the splicer holds such a goal.
   */
  public DockerfileData apply(Edit.Dockerfile goal) {
    var changed = new ArrayList<>(instructions);
    if (goal instanceof Edit.SetBase set) {
      setBase(changed, set);
    } else if (goal instanceof Edit.SetGlobalArg set) {
      setGlobalArg(changed, set);
    } else if (goal instanceof Edit.SetUser set) {
      setUser(changed, set);
    } else if (goal instanceof Edit.Rewrite rewrite) {
      rewrite(changed, rewrite);
    } else if (goal instanceof Edit.Insert insert) {
      insert(changed, insert);
    } else if (goal instanceof Edit.KeepLast keep) {
      keepLast(stage(changed, keep.stage()), keep.keyword());
    } else if (goal instanceof Edit.UnsetEnv unset) {
      unsetEnv(stage(changed, unset.stage()), unset.name());
    }
    return new DockerfileData(directives, changed);
  }

  /**
   * What one instruction says, written on one line.
   *
   * @return null where it is not one instruction
   */
  static @Nullable Item item(String instruction, Map<String, String> directives) {
    String escape = directives.get("escape");
    String head = escape == null ? "" : "# escape=" + escape + "\n";
    try {
      List<Item> items =
          Dockerfile.read("", head + "FROM scratch\n" + instruction + "\n").data().instructions();
      return items.size() == 2 ? items.get(1) : null;
    } catch (DockerfileException e) {
      return null;
    }
  }

  private void rewrite(List<Item> items, Edit.Rewrite goal) {
    Item before = item(goal.before(), directives);
    Item after = item(goal.after(), directives);
    if (before == null || after == null) {
      return;
    }
    List<Item> stage = stage(items, goal.stage());
    if (stage.contains(before) || stage.contains(after)) {
      stage.replaceAll(item -> item.equals(before) ? after : item);
      return;
    }
    int at = nth(stage.stream().map(Item::keyword).toList(), goal);
    if (at >= 0 && stage.get(at).isPlain()) {
      String merged = Pieces.merged(before.line(), after.line(), stage.get(at).line());
      Item item = merged == null ? null : item(merged, directives);
      stage.set(at, item == null ? stage.get(at) : item);
    }
  }

  /** The index of the instruction that is meant, or -1. */
  static int nth(List<String> keywords, Edit.Rewrite goal) {
    String keyword = goal.before().split("\\s", 2)[0].toUpperCase(Locale.ROOT);
    int left = goal.nth();
    for (int i = 0; left >= 0 && i < keywords.size(); i++) {
      if (keywords.get(i).equals(keyword) && left-- == 0) {
        return i;
      }
    }
    return -1;
  }

  private void insert(List<Item> items, Edit.Insert goal) {
    Item added = item(goal.instruction(), directives);
    Item next = goal.next() == null ? null : item(goal.next(), directives);
    if (added == null || (next == null && goal.next() != null)) {
      return;
    }
    List<Item> stage = stage(items, goal.stage());
    int at = next == null ? stage.size() : stage.indexOf(next);
    if (at >= 0 && (at == 0 || !stage.get(at - 1).equals(added))) {
      stage.add(at, added);
    }
  }

  private static void keepLast(List<Item> stage, String keyword) {
    var others = new ArrayList<Item>();
    boolean last = true;
    for (int i = stage.size() - 1; i >= 0; i--) {
      Item item = stage.get(i);
      if (!item.is(keyword) || last) {
        others.add(0, item);
      }
      last &= !item.is(keyword);
    }
    stage.clear();
    stage.addAll(others);
  }

  private static void unsetEnv(List<Item> stage, String name) {
    stage.replaceAll(item -> item.is("ENV") ? item.without(name) : item);
    stage.removeIf(item -> item.is("ENV") && item.arguments().isEmpty());
  }

  /** What follows the FROM of a stage, as a part of the list. */
  private static List<Item> stage(List<Item> items, int stage) {
    int first = Math.min(from(items, stage) + 1, items.size());
    return items.subList(first, from(items, stage + 1));
  }

  private static void setBase(List<Item> items, Edit.SetBase goal) {
    int from = from(items, goal.stage());
    if (from < items.size()) {
      items.set(from, items.get(from).withArgument(0, goal.image()));
    }
  }

  private static void setGlobalArg(List<Item> items, Edit.SetGlobalArg goal) {
    String prefix = goal.name() + "=";
    int end = from(items, 0);
    for (int i = 0; i < end; i++) {
      Item item = items.get(i);
      for (int word = 0; item.is("ARG") && word < item.arguments().size(); word++) {
        if (item.arguments().get(word).startsWith(prefix)) {
          items.set(i, items.get(i).withArgument(word, prefix + goal.value()));
        }
      }
    }
  }

  private static void setUser(List<Item> items, Edit.SetUser goal) {
    if (from(items, goal.stage()) == items.size()) {
      return;
    }
    List<Item> stage = stage(items, goal.stage());
    List<String> keywords = stage.stream().map(Item::keyword).toList();
    int user = keywords.lastIndexOf("USER");
    if (user >= 0 && stage.get(user).arguments().equals(List.of(goal.user()))) {
      return;
    }
    if (UserPlace.canChange(keywords)) {
      stage.set(user, stage.get(user).withArgument(0, goal.user()));
    } else {
      stage.add(
          UserPlace.toInsert(keywords),
          new Item("USER", List.of(), false, List.of(goal.user()), List.of()));
    }
  }

  /** Index of the FROM of a stage; the count of items when there is no such stage. */
  private static int from(List<Item> items, int stage) {
    int left = stage;
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i).is("FROM") && left-- == 0) {
        return i;
      }
    }
    return items.size();
  }
}
