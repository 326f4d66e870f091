package dev.tightship.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Answer;
import dev.tightship.compose.Given;
import dev.tightship.compose.Service;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Value;
import dev.tightship.engine.Step.Status;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Risk;
import dev.tightship.pass.ServicePass;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A fix holds in each variant of the project, or it is held with the file's name. */
class VariantsTest {

  private static final String BASE = "services:\n  web:\n    image: nginx\n";

  /** A pass that judges one service as a test wants it to. */
  private record Judges(Function<Service, Remark> how) implements ServicePass {
    @Override
    public String id() {
      return "p";
    }

    @Override
    public Remark inspect(Service service) {
      return how.apply(service);
    }
  }

  private static Remark fix(Service service, Risk risk, String title, Edit... edits) {
    return Remark.finding(
        Subject.of(service), Severity.LOW, "something", Fix.of(title, risk, "so it is", edits));
  }

  /** Sets a key where it is missing. */
  private static Judges setting(String key, String value) {
    return new Judges(
        service ->
            service.has(key)
                ? Remark.fine(Subject.of(service, key), "it is set")
                : fix(
                    service,
                    Risk.NEUTRAL,
                    "set " + key,
                    new Edit.Set(service.at(key), Value.string(value))));
  }

  private static Judges adding(String key, String item) {
    return new Judges(
        service ->
            service.find(key) instanceof Answer.Absent
                ? fix(
                    service,
                    Risk.NEUTRAL,
                    "add " + item,
                    new Edit.Set(service.atHome(key), Value.sequence(Value.string(item))))
                : fix(
                    service,
                    Risk.NEUTRAL,
                    "add " + item,
                    new Edit.Ensure(service.atHome(key), Value.string(item))));
  }

  private static Outcome run(Judges pass, String... siblings) {
    Given given = Given.compose(BASE);
    var names = new String[siblings.length];
    for (int i = 0; i < siblings.length; i++) {
      names[i] = "compose.v%d.yaml".formatted(i);
      given = given.and(names[i], "services:\n  web:\n" + siblings[i].indent(4));
    }
    return new Hardener(List.of(pass)).harden(given.loadBeside(names), Options.at(Level.STANDARD));
  }

  private static @Nullable String held(Judges pass, String... siblings) {
    Outcome outcome = run(pass, siblings);
    Step step = outcome.steps().get(0);
    assertThat(step.status()).isIn(Status.APPLIED, Status.HELD);
    assertThat(outcome.changed()).isEqualTo(step.status() == Status.APPLIED);
    assertThat(step.reason() == null).isEqualTo(step.status() == Status.APPLIED);
    return step.reason();
  }

  @Test
  void what_the_pass_wants_there_as_well_is_applied() {
    assertThat(held(setting("user", "a"), "restart: always", "labels: {a: b}")).isNull();
    assertThat(held(adding("cap_drop", "ALL"), "cap_drop: [CHOWN]")).isNull();
  }

  @Test
  void what_the_other_file_sets_itself_is_applied_below_it() {
    assertThat(held(setting("user", "a"), "user: b")).isNull();
    assertThat(held(adding("cap_drop", "ALL"), "cap_drop: [ALL]")).isNull();
  }

  @Test
  void a_limit_beside_those_of_deploy_is_held() {
    String deploy = "deploy: {resources: {limits: {cpus: '1'}}}";
    assertThat(held(setting("mem_limit", "1g"), "restart: always", deploy))
        .isEqualTo(
            "compose.v1.yaml sets deploy.resources.limits, beside which Docker Compose refuses"
                + " mem_limit");
    assertThat(held(setting("user", "a"), deploy)).isNull();
  }

  @Test
  void what_the_pass_only_advises_there_is_held_with_its_reason() {
    var pass =
        new Judges(
            service ->
                service.text("image").orElse("").equals("nginx")
                    ? setting("user", "a").inspect(service)
                    : Remark.advice(Subject.of(service), Severity.LOW, "m", "nothing is known"));
    assertThat(held(pass, "image: other"))
        .isEqualTo("with compose.v0.yaml merged over it: nothing is known");
    assertThat(held(pass, "image: other\nuser: b")).isNull();
  }

  @Test
  void what_would_be_another_fix_there_is_held_with_its_title() {
    var pass =
        new Judges(
            service ->
                fix(
                    service,
                    Risk.NEUTRAL,
                    service.has("command") ? "set more" : "set less",
                    new Edit.Set(
                        service.at("mem_limit"),
                        Value.string(service.has("command") ? "2g" : "1g"))));
    assertThat(held(pass, "command: big"))
        .isEqualTo("with compose.v0.yaml merged over it, it would be: set more");
  }

  @Test
  void what_is_riskier_there_than_the_level_allows_is_held() {
    var pass =
        new Judges(
            service ->
                fix(
                    service,
                    service.has("command") ? Risk.BREAKING : Risk.NEUTRAL,
                    "t",
                    new Edit.Set(service.at("user"), Value.string("a"))));
    assertThat(held(pass, "command: odd"))
        .isEqualTo("with compose.v0.yaml merged over it, it is breaking: so it is");
  }

  @Test
  void capabilities_are_not_added_to_those_of_the_other_file() {
    var pass =
        new Judges(
            service ->
                service.has("cap_drop")
                    ? Remark.fine(Subject.of(service), "it drops them")
                    : fix(
                        service,
                        Risk.NEUTRAL,
                        "drop",
                        new Edit.Set(
                            service.atHome("cap_drop"), Value.sequence(Value.string("ALL"))),
                        new Edit.Set(
                            service.atHome("cap_add"), Value.sequence(Value.string("CHOWN")))));
    assertThat(held(pass, "cap_drop: [ALL]"))
        .isEqualTo("compose.v0.yaml has its own capabilities, to which these would be added");
    assertThat(held(pass, "cap_drop: [ALL]\ncap_add: [CHOWN]")).isNull();
  }

  @Test
  void a_port_that_the_other_file_publishes_too_is_not_moved() {
    Given given =
        Given.compose(BASE + "    ports:\n      - \"80:80\"\n")
            .and("compose.v.yaml", "services: {web: {ports: [\"80:80\"]}}");
    var pass =
        new Judges(
            service ->
                fix(
                    service,
                    Risk.NEUTRAL,
                    "move",
                    new Edit.Set(
                        service.at("ports").item(Value.string("80:80")),
                        Value.string("127.0.0.1:80:80"))));
    Outcome outcome =
        new Hardener(List.of(pass))
            .harden(given.loadBeside("compose.v.yaml"), Options.at(Level.STANDARD));
    assertThat(outcome.steps().get(0).reason())
        .isEqualTo("compose.v.yaml publishes 80:80 as well, which would then be published twice");
  }

  @Test
  void what_a_stack_ignores_is_applied_and_a_limit_is_not() {
    String stack = "restart: always\ndeploy: {placement: {constraints: [a]}}";
    var wary =
        new Function<String, Judges>() {
          @Override
          public Judges apply(String key) {
            return new Judges(
                service ->
                    service.project().swarm() != null
                        ? Remark.advice(Subject.of(service), Severity.LOW, "m", "it is a stack")
                        : adding(key, "x").inspect(service));
          }
        };
    assertThat(held(wary.apply("security_opt"), stack)).isNull();
    assertThat(held(wary.apply("pids_limit"), stack))
        .isEqualTo("with compose.v0.yaml merged over it: it is a stack");
  }

  @Test
  void a_project_of_its_own_holds_nothing() {
    assertThat(
            held(
                setting("mem_limit", "1g"),
                "image: nginx\ncontainer_name: a\ndeploy: {resources: {limits: {cpus: '1'}}}"))
        .isNotNull();
    Given given =
        Given.compose(BASE + "    container_name: a\n")
            .and(
                "compose.v.yaml",
                BASE
                    + "    container_name: a\n"
                    + "    deploy: {resources: {limits: {cpus: '1'}}}\n");
    assertThat(
            new Hardener(List.of(setting("mem_limit", "1g")))
                .harden(given.loadBeside("compose.v.yaml"), Options.at(Level.STANDARD))
                .steps(Status.APPLIED))
        .hasSize(1);
  }
}
