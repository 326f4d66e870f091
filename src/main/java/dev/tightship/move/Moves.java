package dev.tightship.move;

import dev.tightship.analysis.LiteralSecret;
import dev.tightship.analysis.LiteralSecrets;
import dev.tightship.compose.Project;
import dev.tightship.edit.Place;
import dev.tightship.secret.SecretValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What moves together, and how. */
public final class Moves {

  private final Leftovers leftovers;
  private final List<LiteralSecret> secrets;
  private final Ways ways;
  private final Writing writing;
  private final Mentions mentions;

  private Moves(Project project, List<LiteralSecret> secrets, Consumer.Of consumers) {
    this.secrets = secrets;
    this.mentions = new Mentions(project);
    var folders = new BuildFolders(project);
    var variables = VariableFile.of(project, folders);
    var uses = new VariableUses(project);
    var programs = new OwnProgram(project);
    var envFiles = new TrackedEnvFiles(project, programs, mentions);
    this.leftovers = new Leftovers(project, envFiles, secrets);
    this.ways = new Ways(project, consumers, variables, uses, programs, envFiles, secrets);
    this.writing = new Writing(project, folders, variables, uses);
  }

  /**
   * All secrets that are written out in the files of a project.
   *
   * @param consumers tells which image a service starts as
   */
  public static List<Move> of(Project project, Consumer.Of consumers) {
    List<LiteralSecret> secrets = LiteralSecrets.of(project);
    return secrets.isEmpty() ? List.of() : new Moves(project, secrets, consumers).all();
  }

  private List<Move> all() {
    var moves = new ArrayList<Move>();
    var blocked = new LinkedHashMap<Group, String>();
    var free = new ArrayList<Group>();
    for (Group group : groups()) {
      ways.choose(group);
      if (group.isOutside() || group.isPlaceholder()) {
        continue; // there is nothing to say of it
      }
      String stays = group.blocked();
      stays = stays == null ? leftovers.of(group) : stays;
      if (stays == null) {
        free.add(group);
      } else {
        blocked.put(group, stays);
      }
    }
    keepTogether(free, blocked);
    blocked.forEach((group, because) -> moves.add(Move.held(ordered(group), because)));
    for (List<Group> together : together(free)) {
      Writing.Written written = writing.write(together);
      var all = new ArrayList<LiteralSecret>();
      together.forEach(group -> all.addAll(ordered(group)));
      moves.add(
          written.blocked() == null
              ? new Move(all, written.files(), written.edits(), notes(together), null)
              : Move.held(all, written.blocked()));
    }
    return moves;
  }

  /** A variable leaves its Dockerfile with all secrets that stand in it, or not at all. */
  private static void keepTogether(List<Group> free, Map<Group, String> blocked) {
    var kept = new HashSet<String>();
    int before = -1;
    while (kept.size() > before) {
      before = kept.size();
      blocked.keySet().forEach(group -> kept.addAll(group.variablesOfImages()));
      for (Group group : List.copyOf(free)) {
        if (group.variablesOfImages().stream().anyMatch(kept::contains)) {
          free.remove(group);
          blocked.put(group, "another secret that stands beside it cannot leave the image");
        }
      }
    }
  }

  /** What else of the project may need what moves, or ask for it where it was. */
  private List<String> notes(List<Group> groups) {
    var notes = new ArrayList<String>();
    String callers = mentions.callers();
    if (!callers.isEmpty()) {
      notes.add(
          callers
              + (callers.contains(",") ? " call" : " calls")
              + " Compose, which needs it there too");
    }
    for (Group group : groups) {
      for (Way.FromImage way : group.of(Way.FromImage.class)) {
        notes.add(
            "whatever else starts the image of %s has to bring %s"
                .formatted(way.where().file(), way.where().variable()));
      }
      for (Way way : group.ways()) {
        String name = way instanceof Way.Plain file ? file.secret().name() : "";
        String readers = name.isEmpty() ? "" : mentions.readers(name);
        if (!readers.isEmpty()) {
          notes.add("%s speaks of %s, which the container no longer has".formatted(readers, name));
        }
      }
    }
    return notes.stream().distinct().toList();
  }

  private static List<LiteralSecret> ordered(Group group) {
    LiteralSecret owner = group.owner();
    var ordered = new ArrayList<>(List.of(owner));
    group.secrets().stream().filter(secret -> !secret.equals(owner)).forEach(ordered::add);
    return ordered;
  }

  private List<Group> groups() {
    var groups = new LinkedHashMap<SecretValue, Group>();
    for (LiteralSecret secret : secrets) {
      groups.computeIfAbsent(secret.value(), Group::new).add(secret);
    }
    return List.copyOf(groups.values());
  }

  /** Those that stand in one text are written together. */
  private static List<List<Group>> together(List<Group> groups) {
    int[] first = new int[groups.size()];
    var at = new HashMap<Place, Integer>();
    for (int i = 0; i < first.length; i++) {
      first[i] = i;
      for (Place place : groups.get(i).places()) {
        Integer other = at.putIfAbsent(place, i);
        if (other != null) {
          int a = first(first, other);
          int b = first(first, i);
          first[Math.max(a, b)] = Math.min(a, b);
        }
      }
    }
    var all = new TreeMap<Integer, List<Group>>();
    for (int i = 0; i < first.length; i++) {
      all.computeIfAbsent(first(first, i), n -> new ArrayList<>()).add(groups.get(i));
    }
    return List.copyOf(all.values());
  }

  /** The index of the first group that one is written with. */
  private static int first(int[] first, int index) {
    int at = index;
    while (first[at] != at) {
      at = first[at];
    }
    return at;
  }
}
