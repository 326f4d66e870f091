package dev.tightship.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.compose.Project;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Place;
import dev.tightship.edit.Value;
import dev.tightship.engine.Step.Status;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Risk;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import dev.tightship.text.Lines.Position;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HardenerTest {

  private static final String FILE = "compose.yaml";

  private static final String TWO =
      """
      services:
        web:
          image: nginx # front
        db:
          image: mongo
          command: |
            run
      """;

  /** A pass that says what a test wants it to say. */
  private record Says(String id, Function<Project, List<Remark>> what) implements Pass {
    @Override
    public Stream<Remark> inspect(Project project) {
      return what.apply(project).stream();
    }
  }

  private static Place at(String... path) {
    return Place.of(FILE, path);
  }

  private static Place service(String name, String... path) {
    Place place = at("services", name);
    for (String key : path) {
      place = place.key(key);
    }
    return place;
  }

  private static Edit set(String value, String name, String... path) {
    return new Edit.Set(service(name, path), Value.string(value));
  }

  private static Remark finding(String service, Risk risk, Edit... edits) {
    return Remark.finding(
        new Subject.OfService(service, service(service)),
        Severity.LOW,
        "something",
        Fix.of("mend it", risk, "it is so", edits));
  }

  private static Remark finding(String service, Edit... edits) {
    return finding(service, Risk.NEUTRAL, edits);
  }

  private static Pass always(String id, Remark... remarks) {
    return new Says(id, project -> List.of(remarks));
  }

  private static Outcome run(String text, Pass... passes) {
    return run(text, Options.at(Level.STANDARD), passes);
  }

  private static Outcome run(String text, Options options, Pass... passes) {
    return new Hardener(List.of(passes)).harden(Given.compose(text).load(), options);
  }

  private static String after(Outcome outcome) {
    return java.util.Objects.requireNonNull(outcome.texts().get(FILE)).text();
  }

  private static List<Status> statuses(Outcome outcome) {
    return outcome.steps().stream().map(Step::status).toList();
  }

  // ---- one wrong fix

  @Test
  void a_goal_that_cannot_be_spliced_holds_only_its_own_fix() {
    Outcome outcome =
        run(
            TWO,
            always(
                "p",
                finding("web", set("a", "web", "user")),
                finding("db", set("x", "db", "image", "deeper")),
                finding("db", set("b", "db", "user"))));

    assertThat(statuses(outcome)).containsExactly(Status.APPLIED, Status.HELD, Status.APPLIED);
    assertThat(outcome.steps().get(1).reason())
        .isEqualTo("a value stands where a mapping is wanted");
    assertThat(after(outcome))
        .isEqualTo(
            """
            services:
              web:
                image: nginx # front
                user: a
              db:
                image: mongo
                command: |
                  run
                user: b
            """);
  }

  /** What is written for a number that is none reads as a text: only the check can tell. */
  @Test
  void a_fix_whose_text_does_not_mean_what_it_says_is_held_alone() {
    Edit wrong =
        new Edit.Set(service("web", "labels", "x"), new Value.Scalar(Value.Kind.INT, "abc"));
    Outcome outcome =
        run(
            TWO,
            always(
                "p",
                finding("web", set("a", "web", "user")),
                finding("web", set("h", "web", "hostname"), wrong),
                finding("db", set("b", "db", "user"))));

    assertThat(statuses(outcome)).containsExactly(Status.APPLIED, Status.HELD, Status.APPLIED);
    assertThat(outcome.steps().get(1).reason()).isEqualTo(Batch.WRONG);
    assertThat(after(outcome))
        .contains("    user: a\n")
        .contains("    user: b\n")
        .doesNotContain("labels")
        .doesNotContain("hostname");
  }

  /** Its backslash takes the next line in, which shows only when the whole file is read again. */
  @Test
  void a_fix_that_swallows_the_next_instruction_of_a_dockerfile_is_held_alone() {
    String dockerfile = "FROM scratch\nRUN build\nUSER 1\nCMD [\"serve\"]\n";
    Given given = Given.compose("services: {api: {build: .}}\n").and("Dockerfile", dockerfile);
    Edit right = new Edit.SetUser("Dockerfile", 0, "2");
    for (Edit wrong :
        List.of(
            new Edit.Rewrite("Dockerfile", 0, "RUN build", "RUN build --release \\"),
            new Edit.Insert("Dockerfile", 0, "RUN test \\", "CMD [\"serve\"]"))) {
      Pass pass = always("p", finding("api", wrong), finding("api", right));
      Outcome outcome =
          new Hardener(List.of(pass)).harden(given.load(), Options.at(Level.STANDARD));

      assertThat(statuses(outcome)).containsExactly(Status.HELD, Status.APPLIED);
      assertThat(outcome.steps().get(0).reason()).isEqualTo(Batch.WRONG);
      assertThat(java.util.Objects.requireNonNull(outcome.texts().get("Dockerfile")).text())
          .isEqualTo(dockerfile.replace("USER 1", "USER 2"));
    }
  }

  @Test
  void a_fix_that_would_leave_no_mapping_is_held_and_nothing_is_lost() {
    String text = "services:\n  web:\n    image: nginx\n  db: {image: mongo}\n";
    Outcome outcome =
        run(
            text,
            always(
                "p",
                finding("web", new Edit.Remove(service("web", "image"))),
                finding("db", set("b", "db", "user"))));

    assertThat(statuses(outcome).get(1)).isEqualTo(Status.APPLIED);
    assertThat(after(outcome)).contains("  web:").contains("db: {image: mongo, user: b}");
  }

  @Test
  void a_fix_is_applied_whole_or_not_at_all() {
    Outcome outcome =
        run(
            TWO,
            always(
                "p",
                finding("web", set("a", "web", "user"), set("x", "web", "image", "deeper")),
                finding("db", set("b", "db", "user"))));

    assertThat(statuses(outcome)).containsExactly(Status.HELD, Status.APPLIED);
    assertThat(after(outcome)).doesNotContain("user: a").contains("user: b");
  }

  @Test
  void a_fix_whose_second_edit_is_held_in_a_later_wave_leaves_nothing_behind() {
    // the second edit waits for the first, and is refused only once that one is in the text
    Outcome outcome =
        run(
            TWO,
            always(
                "p",
                finding("db", set("b", "db", "user")),
                finding(
                    "web", set("a", "web", "labels", "x"), set("c", "web", "labels", "x", "y"))));

    assertThat(statuses(outcome)).containsExactly(Status.APPLIED, Status.HELD);
    assertThat(outcome.steps().get(1).reason())
        .isEqualTo("a value stands where a mapping is wanted");
    assertThat(after(outcome)).doesNotContain("labels").contains("user: b");
  }

  @Test
  void two_fixes_may_need_one_parent_that_is_not_there() {
    Outcome outcome =
        run(
            TWO,
            always(
                "p",
                finding("web", set("a", "web", "labels", "one")),
                finding("web", set("b", "web", "labels", "two"))));

    assertThat(statuses(outcome)).containsExactly(Status.APPLIED, Status.APPLIED);
    assertThat(after(outcome))
        .contains("    image: nginx # front\n    labels:\n      one: a\n      two: b\n  db:");
  }

  @Test
  void two_fixes_for_one_value_do_not_both_hold() {
    Outcome outcome =
        run(
            TWO,
            always(
                "p",
                finding("web", set("a", "web", "user")),
                finding("web", set("a", "web", "user"))));

    assertThat(statuses(outcome)).containsExactly(Status.APPLIED, Status.FINE);
    assertThat(outcome.steps().get(1).reason()).isEqualTo("another fix did it already");
  }

  @Test
  void a_file_that_two_readers_see_differently_is_not_edited() {
    Outcome outcome =
        run(
            TWO.replace("front", "fr\u2028ont"),
            always("p", finding("web", set("a", "web", "user"))));

    assertThat(statuses(outcome)).containsExactly(Status.HELD);
    assertThat(outcome.changed()).isFalse();
  }

  @Test
  void a_file_that_is_not_of_the_project_is_not_edited() {
    Outcome outcome =
        run(
            TWO,
            always(
                "p",
                finding("web", new Edit.Set(Place.of("other.yaml", "a"), Value.string("b"))),
                finding("web", new Edit.SetBase("Dockerfile", 0, "node:24"))));

    assertThat(outcome.steps())
        .extracting(Step::reason)
        .containsExactly("the file is not part of the project", "the Dockerfile could not be read");
  }

  // ---- dockerfiles and files that are made

  @Test
  void two_goals_for_one_dockerfile_are_both_reached() {
    Given given =
        Given.compose("services: {a: {build: .}}\n")
            .and("Dockerfile", "FROM node:24 AS x\nFROM node:22\n");
    Outcome outcome =
        new Hardener(
                List.of(
                    always(
                        "p",
                        finding(
                            "a",
                            new Edit.SetBase("Dockerfile", 0, "node:24.1.0"),
                            new Edit.SetBase("Dockerfile", 1, "node:22.1.0")),
                        finding("a", new Edit.SetUser("Dockerfile", 1, "node")),
                        finding("a", new Edit.SetBase("Dockerfile", 7, "node:1")))))
            .harden(given.load(), Options.at(Level.SAFE));

    assertThat(statuses(outcome)).containsExactly(Status.APPLIED, Status.APPLIED, Status.HELD);
    assertThat(java.util.Objects.requireNonNull(outcome.texts().get("Dockerfile")).text())
        .isEqualTo("FROM node:24.1.0 AS x\nFROM node:22.1.0\nUSER node\n");
  }

  @Test
  void goals_that_change_and_goals_that_move_instructions_are_all_reached() {
    Given given =
        Given.compose("services: {a: {build: .}}\n")
            .and("Dockerfile", "FROM node\nADD a /\nADD b /\nCMD x\nCMD y\n");
    Outcome outcome =
        new Hardener(
                List.of(
                    always(
                        "p",
                        finding("a", new Edit.Rewrite("Dockerfile", 0, "ADD a /", "COPY a /")),
                        finding("a", new Edit.KeepLast("Dockerfile", 0, "CMD")),
                        finding("a", new Edit.Rewrite("Dockerfile", 0, "ADD b /", "COPY b /")),
                        finding("a", new Edit.SetBase("Dockerfile", 0, "node:24")),
                        finding("a", new Edit.Insert("Dockerfile", 0, "USER node", "CMD y")))))
            .harden(given.load(), Options.at(Level.SAFE));

    assertThat(statuses(outcome)).containsOnly(Status.APPLIED);
    assertThat(java.util.Objects.requireNonNull(outcome.texts().get("Dockerfile")).text())
        .isEqualTo("FROM node:24\nCOPY a /\nCOPY b /\nUSER node\nCMD y\n");
  }

  @Test
  void a_file_is_made_once() {
    var create = new Edit.Create("secrets/db.txt", "s3cret");
    Outcome outcome =
        run(
            TWO,
            always("p", finding("web", create), finding("db", create)),
            always("q", finding("db", create)));

    assertThat(outcome.after().created()).containsOnlyKeys("secrets/db.txt");
    assertThat(statuses(outcome)).containsExactly(Status.APPLIED, Status.FINE, Status.FINE);
    assertThat(outcome.changed()).isTrue();
  }

  @Test
  void a_file_is_never_overwritten() {
    Outcome outcome =
        new Hardener(
                List.of(
                    always(
                        "p",
                        finding("web", new Edit.Create("a.txt", "new")),
                        finding("web", new Edit.Create("b.txt", "one")),
                        finding("db", new Edit.Create("b.txt", "two")))))
            .harden(Given.compose(TWO).and("a.txt", "old").load(), Options.at(Level.SAFE));

    assertThat(outcome.after().created()).containsExactly(java.util.Map.entry("b.txt", "one"));
    assertThat(statuses(outcome)).containsExactly(Status.HELD, Status.APPLIED, Status.HELD);
    assertThat(outcome.steps(Status.HELD))
        .extracting(Step::reason)
        .containsOnly("there is a file of that name already");
  }

  @Test
  void lines_are_added_to_a_text() {
    var heading = "# left out\n";
    Outcome outcome =
        new Hardener(
                List.of(
                    always(
                        "p",
                        finding("web", new Edit.Line(".gitignore", heading, "secrets/")),
                        finding("web", new Edit.Line("new/.gitignore", heading, "a")),
                        finding("db", new Edit.Line("new/.gitignore", heading, "b")),
                        finding("db", new Edit.Line("new/.gitignore", heading, "a")),
                        finding("db", new Edit.Line(".gitignore", heading, ".env"))),
                    always(
                        "q",
                        finding("web", new Edit.Line(".gitignore", heading, "*.log")),
                        finding("web", new Edit.Line("compose.yaml", heading, "*.log")))))
            .harden(
                Given.compose(TWO).and(".gitignore", "dist\r\n.env").load(),
                Options.at(Level.SAFE));

    assertThat(statuses(outcome))
        .containsExactly(
            Status.APPLIED,
            Status.APPLIED,
            Status.APPLIED,
            Status.FINE,
            Status.FINE,
            Status.APPLIED,
            Status.HELD);
    assertThat(outcome.text(".gitignore").text()).isEqualTo("dist\r\n.env\r\nsecrets/\r\n*.log");
    assertThat(outcome.text(".gitignore").original()).isEqualTo("dist\r\n.env");
    assertThat(outcome.after().created())
        .containsExactly(java.util.Map.entry("new/.gitignore", "# left out\na\nb\n"));
    assertThat(outcome.steps(Status.HELD))
        .extracting(Step::reason)
        .containsExactly("the file is read as a Compose file or a Dockerfile");
  }

  @Test
  void a_line_that_would_be_two_is_held() {
    Outcome outcome =
        new Hardener(
                List.of(
                    always(
                        "p",
                        finding("web", new Edit.Line("a.txt", "", "one\ntwo")),
                        finding("web", new Edit.Line("b.txt", "", "one\ntwo")),
                        finding("db", new Edit.Line("b.txt", "", "three")))))
            .harden(Given.compose(TWO).and("a.txt", "zero\n").load(), Options.at(Level.SAFE));

    assertThat(statuses(outcome)).containsExactly(Status.HELD, Status.HELD, Status.APPLIED);
    assertThat(outcome.steps(Status.HELD)).extracting(Step::reason).containsOnly(Batch.WRONG);
    assertThat(outcome.texts().get("a.txt")).isNull();
    assertThat(outcome.after().created()).containsExactly(java.util.Map.entry("b.txt", "three\n"));
  }

  @Test
  void lines_come_behind_what_a_new_file_has_already() {
    Outcome outcome =
        run(
            TWO,
            always(
                "p",
                finding("web", new Edit.Create("a.txt", "one\n")),
                finding("web", new Edit.Line("a.txt", "never\n", "two")),
                finding("db", new Edit.Keep("b.txt", "hunter2-A")),
                finding("db", new Edit.Line("b.txt", "", "two")),
                finding("db", new Edit.Keep("a.txt", "hunter2-A")),
                finding("db", new Edit.Create("b.txt", "two"))));

    assertThat(outcome.after().created())
        .containsExactly(java.util.Map.entry("a.txt", "one\ntwo\n"));
    assertThat(outcome.after().others().kept())
        .containsExactly(java.util.Map.entry("b.txt", "hunter2-A"));
    assertThat(statuses(outcome))
        .containsExactly(
            Status.APPLIED, Status.APPLIED, Status.APPLIED, Status.HELD, Status.HELD, Status.HELD);
  }

  @Test
  void a_secret_is_kept_in_a_file_of_its_own_once() {
    Outcome outcome =
        new Hardener(
                List.of(
                    always(
                        "p",
                        finding("web", new Edit.Keep("secrets/a.txt", "hunter2-A")),
                        finding("db", new Edit.Keep("secrets/a.txt", "hunter2-A")),
                        finding("db", new Edit.Keep("secrets/a.txt", "hunter2-B"))),
                    always(
                        "q",
                        finding("web", new Edit.Keep("secrets/a.txt", "hunter2-A")),
                        finding("web", new Edit.Keep("secrets/a.txt", "hunter2-B")),
                        finding("web", new Edit.Keep("secrets/old.txt", "hunter2-A")),
                        finding("web", new Edit.Keep("secrets/same.txt", "hunter2-A")))))
            .harden(
                Given.compose(TWO)
                    .and("secrets/old.txt", "hunter2-C")
                    .and("secrets/same.txt", "hunter2-A")
                    .load(),
                Options.at(Level.SAFE));

    assertThat(outcome.after().others().kept())
        .containsExactly(java.util.Map.entry("secrets/a.txt", "hunter2-A"));
    assertThat(outcome.after().created()).isEmpty();
    assertThat(outcome.changed()).isTrue();
    assertThat(statuses(outcome))
        .containsExactly(
            Status.APPLIED,
            Status.FINE,
            Status.HELD,
            Status.FINE,
            Status.HELD,
            Status.HELD,
            Status.FINE);
    assertThat(outcome.steps(Status.HELD))
        .extracting(Step::reason)
        .containsExactly(
            "secrets/a.txt is to hold another secret already",
            "secrets/a.txt is to hold another secret already",
            "secrets/old.txt exists and holds something else, which is never overwritten");
    assertThat(outcome.toString() + outcome.after().others()).doesNotContain("hunter2-A");
  }

  @Test
  void a_variable_gets_its_value_once() {
    var file = ".env";
    Outcome outcome =
        new Hardener(
                List.of(
                    always(
                        "p",
                        finding("web", new Edit.Variable(file, "NEW", "hunter2-A")),
                        finding("db", new Edit.Variable(file, "NEW", "hunter2-A")),
                        finding("db", new Edit.Variable(file, "NEW", "hunter2-B")),
                        finding("db", new Edit.Variable(file, "OLD", "hunter2-C"))),
                    always(
                        "q",
                        finding("web", new Edit.Variable(file, "NEW", "hunter2-A")),
                        finding("web", new Edit.Variable(file, "OTHER", "it's $5")),
                        finding("web", new Edit.Variable(file, "LINES", "a\nb")),
                        finding("web", new Edit.Variable("compose.yaml", "NEW", "x")))))
            .harden(Given.compose(TWO).and(file, "# mine\nOLD=1").load(), Options.at(Level.SAFE));

    assertThat(outcome.after().others().variables())
        .containsExactly(
            java.util.Map.entry(file, "# mine\nOLD=1\nNEW=hunter2-A\nOTHER=\"it's \\$5\""));
    assertThat(outcome.after().variables().get("NEW")).isEqualTo("hunter2-A");
    assertThat(outcome.after().variables().get("OTHER")).isEqualTo("it's $5");
    assertThat(outcome.texts()).doesNotContainKey(file);
    assertThat(outcome.changed()).isTrue();
    assertThat(statuses(outcome))
        .containsExactly(
            Status.APPLIED,
            Status.FINE,
            Status.HELD,
            Status.HELD,
            Status.FINE,
            Status.APPLIED,
            Status.HELD,
            Status.HELD);
    assertThat(outcome.steps(Status.HELD))
        .extracting(Step::reason)
        .containsExactly(
            ".env gives NEW another value already",
            ".env gives OLD another value already",
            "no file of variables can hold such a value",
            "compose.yaml is no file of variables alone");
    assertThat(outcome.toString() + outcome.after().others()).doesNotContain("hunter2-A");
  }

  @Test
  void a_variable_is_held_where_the_file_cannot_be_added_to() {
    for (String text : List.of("A='open\n", "1 2 3\n", "A=\"x")) {
      Outcome outcome =
          new Hardener(
                  List.of(
                      always("p", finding("web", new Edit.Variable(".env", "NEW", "hunter2-A")))))
              .harden(Given.compose(TWO).and(".env", text).load(), Options.at(Level.SAFE));
      assertThat(statuses(outcome)).as(text).containsExactly(Status.HELD);
      assertThat(outcome.changed()).isFalse();
    }
  }

  private static Outcome assign(String text, Edit.Assign... goals) {
    Remark[] findings = Stream.of(goals).map(goal -> finding("web", goal)).toArray(Remark[]::new);
    return new Hardener(List.of(always("p", findings)))
        .harden(Given.compose(TWO).and("a.env", text).load(), Options.at(Level.SAFE));
  }

  @Test
  void an_assignment_says_something_else_and_all_around_it_stays() {
    String before =
        "\ufeff# A=no\r\nexport A = 'x y'\t # A\r\nA\nB: \"a\n#b\"  \nA=2\nAA=3\nC=${D:?}\nE='f";
    Outcome outcome =
        assign(
            before + "'",
            new Edit.Assign("a.env", "A", "A_FILE", "/f"),
            new Edit.Assign("a.env", "B", "B", "\"${B:?}\""),
            new Edit.Assign("a.env", "C", "C", "${D:?}"),
            new Edit.Assign("a.env", "E", "E", "${E:?}"));

    assertThat(outcome.text("a.env").text())
        .isEqualTo(
            "\ufeff# A=no\r\nexport A_FILE = /f\t # A\r\nA\nB: \"${B:?}\"  \nA_FILE=/f\nAA=3\n"
                + "C=${D:?}\nE=${E:?}");
    assertThat(statuses(outcome))
        .containsExactly(Status.APPLIED, Status.APPLIED, Status.FINE, Status.APPLIED);
    assertThat(outcome.after().others().changed()).containsOnlyKeys("a.env");
  }

  @Test
  void an_assignment_is_held_where_it_would_not_mean_what_was_intended() {
    var unclosed = new Edit.Assign("a.env", "A", "A", "'hunter2-A");
    var gone = new Edit.Assign("a.env", "B", "C", "x");
    var none = new Edit.Assign("b.env", "A", "A", "x");
    var compose = new Edit.Assign("compose.yaml", "A", "A", "x");

    assertThat(assign("A=1\nD=2\n", unclosed, gone, none, compose).steps(Status.HELD))
        .extracting(Step::reason)
        .containsExactly(
            Batch.WRONG,
            "a.env gives B no value",
            "b.env is gone",
            "compose.yaml is no file of variables alone");
    assertThat(assign("A='1\n", unclosed).steps(Status.HELD))
        .extracting(Step::reason)
        .containsExactly("a.env cannot be read");
    assertThat(unclosed.toString()).doesNotContain("hunter2-A");
  }

  @Test
  void a_file_is_not_made_when_the_rest_of_its_fix_is_held() {
    Outcome outcome =
        run(
            TWO,
            always(
                "p",
                finding("web", new Edit.Create("a.txt", "x"), set("x", "web", "image", "deeper"))));

    assertThat(statuses(outcome)).containsExactly(Status.HELD);
    assertThat(outcome.changed()).isFalse();
  }

  // ---- levels, choice of passes and services

  @ParameterizedTest
  @CsvSource({
    "SAFE, NEUTRAL, APPLIED", "SAFE, PROVEN, APPLIED", "SAFE, INFERRED, OFFERED",
    "SAFE, BREAKING, OFFERED", "STANDARD, INFERRED, APPLIED", "STANDARD, BREAKING, OFFERED",
    "STRICT, INFERRED, APPLIED", "STRICT, BREAKING, APPLIED"
  })
  void a_level_applies_what_its_risk_allows(Level level, Risk risk, Status status) {
    Outcome outcome =
        run(TWO, Options.at(level), always("p", finding("web", risk, set("a", "web", "user"))));

    assertThat(statuses(outcome)).containsExactly(status);
    assertThat(outcome.changed()).isEqualTo(status == Status.APPLIED);
    if (status == Status.OFFERED) {
      String from = risk == Risk.BREAKING ? "strict" : "standard";
      assertThat(outcome.steps().get(0).reason())
          .isEqualTo("applied from level " + from + " on: it is so");
    }
  }

  @Test
  void only_and_skip_choose_the_passes() {
    Pass p = always("p", finding("web", set("a", "web", "user")));
    Pass q = always("q", finding("web", set("b", "web", "hostname")));
    var only = new Options(Level.SAFE, Set.of("p"), Set.of(), Set.of(), false, false);
    var skip = new Options(Level.SAFE, Set.of(), Set.of("p"), Set.of(), false, false);
    var both = new Options(Level.SAFE, Set.of("p"), Set.of("p"), Set.of(), false, false);

    assertThat(run(TWO, only, p, q).steps()).extracting(Step::pass).containsExactly("p");
    assertThat(run(TWO, skip, p, q).steps()).extracting(Step::pass).containsExactly("q");
    assertThat(run(TWO, both, p, q).steps()).isEmpty();
  }

  @Test
  void services_limit_a_run_to_what_belongs_to_them() {
    var options = new Options(Level.SAFE, Set.of(), Set.of(), Set.of("db"), false, false);
    Remark file = Remark.fine(new Subject.OfFile(at("version")), "nothing");
    Outcome outcome =
        run(
            TWO,
            options,
            always(
                "p",
                finding("web", set("a", "web", "user")),
                finding("db", set("b", "db", "user")),
                file));

    assertThat(outcome.steps())
        .extracting(s -> s.remark().subject().describe())
        .containsExactly("service db");
    assertThat(after(outcome)).doesNotContain("user: a").contains("user: b");
  }

  @Test
  void a_pass_sees_what_those_before_it_did() {
    Pass second =
        new Says(
            "q",
            project ->
                List.of(
                    Remark.fine(
                        new Subject.OfService("web", service("web")),
                        project.services().get(0).text("user").orElse("none"))));
    Outcome outcome = run(TWO, always("p", finding("web", set("a", "web", "user"))), second);

    assertThat(outcome.steps().get(1).reason()).isEqualTo("a");
    assertThat(outcome.before().services().get(0).has("user")).isFalse();
  }

  @Test
  void positions_speak_of_the_original() {
    Outcome outcome =
        run(
            TWO,
            always("p", finding("web", set("a", "web", "user"))),
            always(
                "q",
                Remark.fine(new Subject.OfService("db", service("db", "image")), "x"),
                Remark.fine(new Subject.OfService("web", service("web", "user")), "x"),
                Remark.fine(new Subject.OfFile(at("version")), "x")));

    assertThat(outcome.steps())
        .extracting(outcome::position)
        .containsExactly(
            new Position(2, 3), new Position(5, 5), new Position(2, 3), new Position(1, 1));
  }

  @Test
  void a_stage_stands_at_its_from() {
    Outcome outcome =
        new Hardener(
                List.of(
                    always(
                        "p",
                        Remark.fine(new Subject.OfStage("Dockerfile", 1), "x"),
                        Remark.fine(new Subject.OfStage("Dockerfile", 9), "x"))))
            .harden(
                Given.compose("services: {a: {build: .}}\n")
                    .and("Dockerfile", "# c\nFROM a AS x\n\nFROM b\n")
                    .load(),
                Options.at(Level.SAFE));

    assertThat(outcome.steps())
        .extracting(outcome::position)
        .containsExactly(new Position(4, 1), null);
  }

  @Test
  void ids_of_steps_are_what_changed_text_is_traced_to() {
    Outcome outcome =
        run(
            TWO,
            always(
                "p",
                Remark.advice(
                    new Subject.OfService("web", service("web")), Severity.LOW, "m", "look"),
                finding("db", set("b", "db", "user"))));

    assertThat(outcome.steps()).extracting(Step::id).containsExactly("p#1", "p#2");
    assertThat(statuses(outcome)).containsExactly(Status.ADVISED, Status.APPLIED);
    assertThat(outcome.steps().get(0).reason()).isEqualTo("look");
  }
}
