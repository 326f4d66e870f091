package dev.tightship.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stops a transaction between any two of its steps, as a crash or as a failure of the disk. */
@SuppressWarnings("NullAway.Init")
class TransactionFaultTest {

  private static final Map<String, String> OLD =
      Map.of("a.yaml", "old a", "sub", "/", "sub/b.yaml", "old b");

  private static final Map<String, String> NEW =
      Map.of(
          "a.yaml",
          "new a",
          "sub",
          "/",
          "sub/b.yaml",
          "new b",
          "sub/c.txt",
          "new c",
          "s",
          "/",
          "s/d.txt",
          "new d");

  @TempDir Path temp;

  /** The process is gone: nothing after it runs. */
  private static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Counts steps, and lets the one at {@code stop} fail. */
  private static final class Stop implements Mutations.Watch {

    private final int stop;
    private final boolean crash;
    private final List<String> steps = new ArrayList<>();

    Stop(int stop, boolean crash) {
      this.stop = stop;
      this.crash = crash;
    }

    @Override
    public void before(String step) throws IOException {
      steps.add(step);
      if (steps.size() - 1 == stop) {
        if (crash) {
          throw new Crash();
        }
        throw new IOException("no space left");
      }
    }

    boolean stopped() {
      return steps.size() > stop;
    }
  }

  @Test
  void a_crash_at_any_step_leaves_all_old_or_all_new_after_recovery() throws Exception {
    var outcomes = new ArrayList<Map<String, String>>();
    for (int i = 0; ; i++) {
      Folder project = project("crash" + i);
      Stop stop = new Stop(i, true);
      try {
        change(project, stop);
        assertThat(stop.stopped()).isFalse();
        break;
      } catch (Crash e) {
        Recovery recovery = Transaction.recover(project.root());
        assertThat(project.tree()).as("crash before step %s", stop.steps).isIn(OLD, NEW);
        assertThat(recovery.leftAlone()).isEmpty();
        if (recovery.kind() == Recovery.Kind.FINISHED) {
          assertThat(project.tree()).isEqualTo(NEW);
        }
        outcomes.add(project.tree());
      }
    }
    assertThat(outcomes).hasSizeGreaterThan(40).contains(OLD, NEW);
    // Once decided, it stays decided.
    assertThat(outcomes.lastIndexOf(OLD)).isLessThan(outcomes.indexOf(NEW));
  }

  @Test
  void a_crash_at_any_step_of_the_recovery_is_recovered_too() throws Exception {
    for (String first : List.of("link c.txt", "replace b.yaml", "delete", "mode ", "sync s")) {
      for (int i = 0; ; i++) {
        Folder project = project("twice-" + first.replace(' ', '-') + i);
        crashAt(project, first);
        Stop stop = new Stop(i, true);
        try {
          Recovery.run(project.path(), new Mutations(stop));
          assertThat(stop.stopped()).isFalse();
          assertThat(project.tree()).isIn(OLD, NEW);
          break;
        } catch (Crash e) {
          Transaction.recover(project.root());
          assertThat(project.tree()).as("%s, then %s", first, stop.steps).isIn(OLD, NEW);
        }
      }
    }
  }

  @Test
  void a_failure_at_any_step_changes_nothing_or_all_and_leaves_nothing_behind() throws Exception {
    int failures = 0;
    for (int i = 0; ; i++) {
      Folder project = project("fail" + i);
      Stop stop = new Stop(i, false);
      try {
        List<String> notes = change(project, stop);
        if (!stop.stopped()) {
          break;
        }
        Transaction.recover(project.root());
        assertThat(notes).as("%s", stop.steps).hasSize(1);
        assertThat(project.tree()).as("%s", stop.steps).isEqualTo(NEW);
      } catch (ProjectException e) {
        failures++;
        assertThat(e).hasMessageEndingWith("; nothing was changed");
        assertThat(project.tree()).as("%s", stop.steps).isEqualTo(OLD);
      }
    }
    assertThat(failures).isGreaterThan(30);
  }

  @Test
  void a_crash_while_taking_back_is_recovered() throws Exception {
    for (int i = 0; i < 200; i++) {
      Folder project = project("back" + i);
      int crash = i;
      var steps = new ArrayList<String>();
      boolean crashed = false;
      try {
        change(
            project,
            step -> {
              boolean failed = steps.contains("link c.txt");
              steps.add(step);
              if (step.equals("link c.txt")) {
                throw new IOException("no");
              }
              if (failed && steps.size() - steps.indexOf("link c.txt") - 2 == crash) {
                throw new Crash();
              }
            });
      } catch (Crash e) {
        crashed = true;
      } catch (ProjectException e) {
        assertThat(e).hasMessage("cannot be replaced: no; nothing was changed");
      }
      Transaction.recover(project.root());
      assertThat(project.tree()).as("%s", steps).isIn(OLD, NEW);
      if (!crashed) {
        assertThat(i).isGreaterThan(10);
        return;
      }
    }
    throw new AssertionError("never ended without a crash");
  }

  @Test
  void a_journal_torn_at_any_byte_is_recovered() throws Exception {
    Folder sample = project("sample");
    crashAt(sample, "replace a.yaml");
    int length = sample.read(Journal.NAME).length();

    for (int cut = 0; cut <= length; cut++) {
      Folder project = project("torn" + cut);
      crashAt(project, "replace a.yaml");
      Path journal = project.path().resolve(Journal.NAME);
      byte[] whole = Files.readAllBytes(journal);
      String text = new String(whole, StandardCharsets.US_ASCII);
      boolean prepared = cut > text.indexOf('\n', text.indexOf("\nprepared ") + 1);
      Files.write(journal, Arrays.copyOf(whole, cut));
      if (!prepared) {
        // Before this part is whole no helper file exists.
        project.tree().keySet().stream()
            .filter(name -> name.contains(Change.PREFIX) && !name.equals(Journal.NAME))
            .forEach(name -> assertThat(project.path().resolve(name).toFile().delete()).isTrue());
        for (String made : List.of("s")) {
          Files.deleteIfExists(project.path().resolve(made));
        }
      }

      Recovery recovery = Transaction.recover(project.root());

      assertThat(project.tree()).as("cut at %s", cut).isEqualTo(cut == length ? NEW : OLD);
      assertThat(recovery.kind())
          .isEqualTo(cut == length ? Recovery.Kind.FINISHED : Recovery.Kind.TAKEN_BACK);
    }
  }

  @Test
  void what_someone_edits_after_the_crash_is_never_overwritten() throws Exception {
    for (String step :
        List.of("replace a.yaml", "replace b.yaml", "link c.txt", "delete", "sync")) {
      for (String edited : List.of("a.yaml", "sub/b.yaml")) {
        Folder project = project("edit-" + step.replace(' ', '-') + edited.replace('/', '-'));
        crashAfterDecision(project, step);
        String before = project.read(edited);
        project.write("editor", "theirs");
        Files.move(
            project.path().resolve("editor"),
            project.path().resolve(edited),
            StandardCopyOption.REPLACE_EXISTING);

        Recovery recovery = Transaction.recover(project.root());

        // The other files go with the version that was edited.
        var expected = new TreeMap<>(before.startsWith("new") ? NEW : OLD);
        expected.put(edited, "theirs");
        assertThat(project.tree()).as("%s, %s", step, edited).isEqualTo(expected);
        assertThat(recovery.leftAlone()).containsExactly(edited);
      }
    }
  }

  @Test
  void without_hard_links_copies_are_kept() throws Exception {
    for (int i = 0; ; i++) {
      Folder project = project("copies" + i);
      Stop stop = new Stop(i, true);
      try {
        change(
            project,
            step -> {
              stop.before(step);
              if (step.startsWith("link ")) {
                throw new UnsupportedOperationException();
              }
            });
        assertThat(stop.stopped()).isFalse();
        assertThat(project.tree()).isEqualTo(NEW);
        return;
      } catch (Crash e) {
        Transaction.recover(project.root());
        assertThat(project.tree()).as("%s", stop.steps).isIn(OLD, NEW);
      }
    }
  }

  @Test
  void a_recovery_that_cannot_be_right_says_so_and_touches_nothing() throws Exception {
    Folder project = project("lost");
    crashAfterDecision(project, "replace b.yaml");
    for (String name : List.copyOf(project.tree().keySet())) {
      if (name.contains(Change.PREFIX) && !name.equals(Journal.NAME)) {
        Files.delete(project.path().resolve(name));
      }
    }
    Map<String, String> before = project.tree();

    assertThatThrownBy(() -> Transaction.recover(project.root()))
        .isInstanceOf(ProjectException.class)
        .hasMessageContaining("neither the old nor the new version is complete any more");
    assertThat(project.tree()).isEqualTo(before);
  }

  private Folder project(String name) throws IOException {
    Folder project = Folder.at(temp.resolve(name));
    project.write("a.yaml", "old a");
    project.write("sub/b.yaml", "old b");
    return project;
  }

  private static List<String> change(Folder project, Mutations.Watch watch)
      throws ProjectException {
    Disk disk = project.disk();
    disk.read("a.yaml");
    disk.read("sub/b.yaml");
    return new Transaction(disk, new Mutations(watch))
        .folder("s", 0700)
        .replace("a.yaml", "new a")
        .replace("sub/b.yaml", "new b")
        .create("sub/c.txt", "new c")
        .create("s/d.txt", "new d", 0444)
        .commit();
  }

  private static void crashAt(Folder project, String step) {
    assertThatThrownBy(
            () ->
                change(
                    project,
                    each -> {
                      if (each.startsWith(step)) {
                        throw new Crash();
                      }
                    }))
        .isInstanceOf(Crash.class);
  }

  /** Crashes at the first such step after the first target was about to be replaced. */
  private static void crashAfterDecision(Folder project, String step) {
    var steps = new ArrayList<String>();
    assertThatThrownBy(
            () ->
                change(
                    project,
                    each -> {
                      steps.add(each);
                      if (each.startsWith(step) && steps.contains("replace a.yaml")) {
                        throw new Crash();
                      }
                    }))
        .isInstanceOf(Crash.class);
  }
}
