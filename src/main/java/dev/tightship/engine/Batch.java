package dev.tightship.engine;

import dev.tightship.compose.InlineDockerfile;
import dev.tightship.compose.Project;
import dev.tightship.compose.Sources.Source;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.DockerfileData;
import dev.tightship.dockerfile.DockerfileException;
import dev.tightship.dockerfile.DockerfileSplicer;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Value;
import dev.tightship.pass.Fix;
import dev.tightship.text.TextEdit;
import dev.tightship.text.Traced;
import dev.tightship.yaml.Goals;
import dev.tightship.yaml.Node;
import dev.tightship.yaml.Plan;
import dev.tightship.yaml.Splicer;
import dev.tightship.yaml.YamlException;
import dev.tightship.yaml.YamlFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Applies the fixes of one pass together: what touches disjoint text is spliced at once and each
 * file is read again once. After each splice the data must be what the goals make of the data
 * before; when it is not, the fixes are tried one by one, so that only the wrong one is held.
 */
final class Batch {

  static final String WRONG =
      "read again, the text would not mean what was intended; please report this";

  /** A project and where its chars come from. */
  record State(Project project, Map<String, Traced> texts) {}

  /**
   * @param held by id of the fix, why it could not be applied
   * @param idle ids of the fixes whose goals held already
   */
  record Result(State state, Map<String, String> held, Set<String> idle) {

    /** Whether nothing was changed for a fix. */
    boolean isIdleOrHeld(String id) {
      return held.containsKey(id) || idle.contains(id);
    }
  }

  private final Map<String, String> held = new LinkedHashMap<>();
  private final Set<String> idle = new LinkedHashSet<>();

  private final Map<Edit, Integer> reaching;

  private Batch(Map<Edit, Integer> reaching) {
    this.reaching = reaching;
  }

  /**
   * @param reaching by edit, how many of its first keys may lead into an anchor that others share
   */
  static Result apply(State state, Map<String, Fix> fixes, Map<Edit, Integer> reaching) {
    var batch = new Batch(reaching);
    return new Result(batch.together(state, fixes), batch.held, batch.idle);
  }

  private State together(State state, Map<String, Fix> fixes) {
    var open = new LinkedHashMap<>(fixes);
    while (!open.isEmpty()) {
      var attempt = new Attempt(state, open, reaching, false);
      State reached = attempt.run();
      held.putAll(attempt.refused);
      open.keySet().removeAll(attempt.refused.keySet());
      if (reached != null) {
        idle.addAll(attempt.idle());
        return reached;
      }
      if (attempt.refused.isEmpty()) {
        return oneByOne(state, open);
      }
    }
    return state;
  }

  private State oneByOne(State state, Map<String, Fix> fixes) {
    State at = state;
    for (Map.Entry<String, Fix> e : fixes.entrySet()) {
      var attempt = new Attempt(at, Map.of(e.getKey(), e.getValue()), reaching, true);
      State reached = attempt.run();
      if (reached == null) {
        held.put(e.getKey(), attempt.refused.getOrDefault(e.getKey(), WRONG));
      } else {
        at = reached;
        idle.addAll(attempt.idle());
      }
    }
    return at;
  }

  /** One try to reach the goals of some fixes. */
  private static final class Attempt {
    private final Map<String, List<Edit>> open = new LinkedHashMap<>();
    private final Map<String, String> refused = new LinkedHashMap<>();
    private final Set<String> touched = new HashSet<>();
    private final Set<String> all;
    private final Map<Edit, Integer> reaching;
    private final boolean single;
    private State state;

    /**
     * @param single whether one edit is spliced at a time
     */
    Attempt(State state, Map<String, Fix> fixes, Map<Edit, Integer> reaching, boolean single) {
      this.state = state;
      this.reaching = reaching;
      this.single = single;
      this.all = fixes.keySet();
      fixes.forEach((id, fix) -> open.put(id, new ArrayList<>(fix.edits())));
    }

    Set<String> idle() {
      var idle = new LinkedHashSet<>(all);
      idle.removeAll(touched);
      idle.removeAll(refused.keySet());
      return idle;
    }

    /**
     * The state in which all goals hold, or null: then see {@link #refused}, or the check failed.
     */
    @Nullable State run() {
      while (!open.isEmpty()) {
        boolean first = touched.isEmpty();
        var wave = new Wave(state.project, reaching);
        for (String id : List.copyOf(open.keySet())) {
          String reason = advance(wave, id);
          if (reason != null) {
            refused.put(id, reason);
            open.remove(id);
            if (!first || wave.has(id)) {
              return null; // part of it is spliced already: begin again without it
            }
          }
        }
        State next = wave.splice(state);
        if (next == null) {
          return null;
        }
        state = next;
      }
      return state;
    }

    /** Adds as many edits of a fix to the wave as fit; why the fix cannot be applied, or null. */
    private @Nullable String advance(Wave wave, String id) {
      List<Edit> edits = java.util.Objects.requireNonNull(open.get(id));
      while (!edits.isEmpty()) {
        if (single && wave.size() > 0) {
          return null;
        }
        Answer answer = wave.add(edits.get(0), id);
        if (answer.held() != null) {
          return answer.held();
        }
        if (answer.later()) {
          return null;
        }
        if (answer.changes()) {
          touched.add(id);
        }
        if (edits.remove(0) instanceof Edit.Own && answer.changes()) {
          return null; // what follows is meant for what stands there then
        }
      }
      open.remove(id);
      return null;
    }
  }

  /** Edits that are spliced together. */
  private static final class Wave {
    private static final Comparator<Plan.Splice> DEEPER_FIRST =
        Comparator.comparingInt((Plan.Splice s) -> -s.depth());

    private final Project project;
    private final Set<Plan.Lock> locks = new HashSet<>();
    private final Map<String, List<Plan.Splice>> splices = new LinkedHashMap<>();
    private final Map<String, List<Edit>> goals = new LinkedHashMap<>();
    private final MadeFiles made;
    private final Set<String> fixes = new HashSet<>();
    private final Map<Edit, Integer> reaching;
    private int size;

    Wave(Project project, Map<Edit, Integer> reaching) {
      this.project = project;
      this.made = new MadeFiles(project);
      this.reaching = reaching;
    }

    int size() {
      return size;
    }

    boolean has(String fix) {
      return fixes.contains(fix);
    }

    Answer add(Edit edit, String fix) {
      Answer answer = plan(edit, fix);
      if (answer.changes()) {
        size++;
        fixes.add(fix);
        goals.computeIfAbsent(edit.file(), f -> new ArrayList<>()).add(edit);
      }
      return answer;
    }

    private Answer plan(Edit edit, String fix) {
      if (edit instanceof Edit.Create create) {
        return made.create(create);
      }
      if (edit instanceof Edit.Keep keep) {
        return made.keep(keep);
      }
      if (edit instanceof Edit.Variable variable) {
        return made.variable(variable);
      }
      if (edit instanceof Edit.Line line) {
        return made.isNew(line.file())
            ? made.line(line)
            : take(line.file(), Appended.plan(project, line, fix));
      }
      if (edit instanceof Edit.Assign assign) {
        return take(assign.file(), Assigned.plan(project, assign, fix));
      }
      if (edit instanceof Edit.Yaml goal) {
        YamlFile file = project.file(edit.file());
        return file == null
            ? Answer.of("the file is not part of the project")
            : take(edit.file(), Splicer.plan(file, goal, fix, reaching.getOrDefault(goal, 0)));
      }
      Dockerfile file = project.dockerfile(edit.file());
      if (file == null) {
        return Answer.of("the Dockerfile could not be read");
      }
      InlineDockerfile inline = project.inline(edit.file());
      if (inline != null && inline.obstacle() != null) {
        return Answer.of(inline.obstacle());
      }
      var result = DockerfileSplicer.splice(file, (Edit.Dockerfile) edit, fix);
      if (result instanceof DockerfileSplicer.Result.Held no) {
        return Answer.of(no.why());
      }
      var edits = ((DockerfileSplicer.Result.Spliced) result).edits();
      var whole = new Plan.Lock(-1, edit.file());
      if (inline == null && isWithin(edit)) {
        return locks.contains(whole) && !edits.isEmpty()
            ? Answer.LATER
            : take(edit.file(), new Plan.Ready(splices(edits), touched(file, edits)));
      }
      // what comes and goes may meet anything else: nothing beside it
      var lock = Set.of(whole);
      if (inline == null || edits.isEmpty()) {
        return splices.containsKey(edit.file()) && !edits.isEmpty()
            ? Answer.LATER
            : take(edit.file(), new Plan.Ready(splices(edits), lock));
      }
      List<TextEdit> outer = inline.edits(edits);
      if (outer == null) {
        return Answer.of("the dockerfile_inline is written on one line");
      }
      Answer answer = take(inline.file().path(), new Plan.Ready(splices(outer), lock));
      if (answer.changes()) {
        goals.computeIfAbsent(inline.file().path(), f -> new ArrayList<>()).add(inline.goal(edits));
      }
      return answer;
    }

    /** Whether a goal changes instructions and leaves their order and their number. */
    private static boolean isWithin(Edit edit) {
      return edit instanceof Edit.Rewrite
          || edit instanceof Edit.SetBase
          || edit instanceof Edit.SetGlobalArg;
    }

    /** The instructions that are changed: two goals may meet in one. */
    private static Set<Plan.Lock> touched(Dockerfile file, List<TextEdit> edits) {
      List<Instruction> all = file.instructions();
      var touched = new HashSet<Plan.Lock>();
      for (TextEdit edit : edits) {
        int low = 0;
        int high = all.size() - 1;
        while (low < high) {
          int middle = (low + high + 1) >>> 1;
          if (all.get(middle).span().start() <= edit.span().start()) {
            low = middle;
          } else {
            high = middle - 1;
          }
        }
        touched.add(new Plan.Lock(low, file.path()));
      }
      return touched;
    }

    private static List<Plan.Splice> splices(List<TextEdit> edits) {
      return edits.stream().map(e -> new Plan.Splice(e, 0)).toList();
    }

    private Answer take(String file, Plan plan) {
      if (plan instanceof Plan.Held no) {
        return Answer.of(no.reason());
      }
      var ready = (Plan.Ready) plan;
      if (ready.splices().isEmpty()) {
        return Answer.IDLE;
      }
      if (ready.locks().stream().anyMatch(locks::contains)) {
        return Answer.LATER;
      }
      locks.addAll(ready.locks());
      splices.computeIfAbsent(file, f -> new ArrayList<>()).addAll(ready.splices());
      return Answer.CHANGES;
    }

    /** The state after the splices, or null when it does not mean what was intended. */
    @Nullable State splice(State state) {
      if (size == 0) {
        return state;
      }
      var texts = new LinkedHashMap<>(state.texts);
      var changed = new LinkedHashMap<>(made.created());
      try {
        for (Map.Entry<String, List<Plan.Splice>> e : splices.entrySet()) {
          e.getValue().sort(DEEPER_FIRST);
          List<TextEdit> edits = e.getValue().stream().map(Plan.Splice::edit).toList();
          Traced before = texts.get(e.getKey());
          Traced traced = (before == null ? other(e.getKey()) : before).apply(edits);
          texts.put(e.getKey(), traced);
          changed.put(e.getKey(), traced.text());
        }
        if (!made.isReadAsMeant()) {
          return null;
        }
        Project next = project.with(changed, made.hidden());
        for (String file : goals.keySet()) {
          if (!means(next, file)) {
            return null;
          }
        }
        return new State(next, texts);
      } catch (YamlException | DockerfileException | IllegalArgumentException e) {
        return null; // overlapping splices, or a text that can no longer be read
      }
    }

    /** A text that was not changed before and is neither a Compose file nor a Dockerfile. */
    private Traced other(String path) {
      return Traced.of(((Source.Text) project.read(path)).text());
    }

    private boolean means(Project next, String path) {
      List<Edit> wanted = goals.getOrDefault(path, List.of());
      YamlFile before = project.file(path);
      YamlFile after = next.file(path);
      if (before != null && after != null) {
        var yaml = wanted.stream().map(Edit.Yaml.class::cast).toList();
        Node root = after.root();
        Value data = root == null ? new Value.Mapping(Map.of()) : root.value();
        return data.equals(Goals.reached(before, yaml));
      }
      Dockerfile from = project.dockerfile(path);
      Dockerfile to = next.dockerfile(path);
      if (from == null || to == null) {
        return from == null
            && to == null
            && means(next.read(path), wanted)
            && Assigned.means(project.read(path), next.read(path), wanted);
      }
      DockerfileData data = from.data();
      for (Edit edit : wanted) {
        data = data.apply((Edit.Dockerfile) edit);
      }
      return data.equals(to.data());
    }

    /** Whether a text has the lines that were to be added. */
    private static boolean means(Source after, List<Edit> wanted) {
      Set<String> lines =
          after instanceof Source.Text text
              ? text.text().lines().collect(Collectors.toSet())
              : Set.of();
      return wanted.stream()
          .noneMatch(edit -> edit instanceof Edit.Line line && !lines.contains(line.line()));
    }
  }
}
