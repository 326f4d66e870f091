package dev.tightship.move;

import dev.tightship.analysis.LiteralSecret;
import dev.tightship.analysis.LiteralSecrets;
import dev.tightship.compose.Project;
import dev.tightship.edit.Place;
import dev.tightship.secret.SecretValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;

/** What moves together, and how. */
public final class Moves {

  private final List<LiteralSecret> secrets;
  private final Ways ways;
  private final Writing writing;

  private Moves(Project project, List<LiteralSecret> secrets, Consumer.Of consumers) {
    this.secrets = secrets;
    var variables = VariableFile.of(project);
    this.ways = new Ways(project, consumers, variables, secrets);
    this.writing = new Writing(project, variables);
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
    var free = new ArrayList<Group>();
    for (Group group : groups()) {
      ways.choose(group);
      String blocked = group.blocked();
      boolean ofImage =
          group.secrets().stream().allMatch(s -> s.setting() == LiteralSecret.Setting.IMAGE);
      if (group.isOutside() || ofImage) {
        continue; // of the one there is nothing to say, of the other its Dockerfile's passes do
      }
      if (blocked == null) {
        free.add(group);
      } else {
        moves.add(new Move(ordered(group), List.of(), List.of(), blocked));
      }
    }
    for (List<Group> together : together(free)) {
      Writing.Written written = writing.write(together);
      var all = new ArrayList<LiteralSecret>();
      together.forEach(group -> all.addAll(ordered(group)));
      moves.add(
          written.blocked() == null
              ? new Move(all, written.files(), written.edits(), null)
              : new Move(all, List.of(), List.of(), written.blocked()));
    }
    return moves;
  }

  private static List<LiteralSecret> ordered(Group group) {
    var ordered = new ArrayList<LiteralSecret>();
    ordered.add(group.owner());
    group.secrets().stream().filter(s -> s != group.owner()).forEach(ordered::add);
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
    var first = new HashMap<Place, List<Group>>();
    var all = new ArrayList<List<Group>>();
    for (Group group : groups) {
      List<Group> own = new ArrayList<>(List.of(group));
      for (Place place : group.places()) {
        List<Group> other = first.get(place);
        if (other != null && other != own) {
          other.addAll(own);
          List<Group> gone = own;
          all.removeIf(list -> list == gone);
          List<Group> into = other;
          first.replaceAll((p, list) -> list == gone ? into : list);
          own = other;
        }
      }
      for (Place place : group.places()) {
        first.put(place, own);
      }
      List<Group> last = own;
      if (all.stream().noneMatch(list -> list == last)) {
        all.add(own);
      }
    }
    return all;
  }
}
