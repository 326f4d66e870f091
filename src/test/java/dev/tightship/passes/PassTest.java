package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import dev.tightship.engine.Outcome;
import dev.tightship.engine.Step;
import dev.tightship.engine.Step.Status;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import java.util.List;
import java.util.Map;

/**
 * What a test of a pass says: that it hardens a text into another, leaves it, or speaks of it. Each
 * of these also asserts the {@link Laws}.
 */
abstract class PassTest {

  static final String COMPOSE = "compose.yaml";
  static final String OVERRIDE = "compose.override.yaml";
  static final String DOCKERFILE = "Dockerfile";

  private final Pass pass;

  PassTest(Pass pass) {
    this.pass = pass;
  }

  final Pass pass() {
    return pass;
  }

  /** A service that is built on Debian, from a Dockerfile with a few lines more. */
  static Given onDebian(String lines) {
    return Given.compose("services: {api: {build: .}}\n")
        .and(DOCKERFILE, "FROM debian:13\n" + lines + "\n");
  }

  /** At level standard. */
  final void hardens(String before, String after) {
    hardens(Level.STANDARD, before, after);
  }

  final void hardens(Level level, String before, String after) {
    hardens(level, Given.compose(before), Map.of(COMPOSE, after));
  }

  /**
   * @param after all files that differ afterwards
   */
  final void hardens(Level level, Given before, Map<String, String> after) {
    assertThat(after).as("what shall change").isNotEmpty();
    Outcome outcome = Laws.check(before, List.of(pass), level);
    assertThat(Laws.changed(outcome)).isEqualTo(after);
  }

  /** There is nothing to do, at any level, because of {@code reason}. */
  final void leaves(String text, String reason) {
    leaves(Given.compose(text), reason);
  }

  final void leaves(Given given, String reason) {
    Outcome outcome = unchanged(given, Level.STRICT);
    assertThat(outcome.steps()).extracting(Step::status).containsOnly(Status.FINE);
    assertThat(outcome.steps()).extracting(Step::reason).contains(reason);
  }

  /** There is something to say, and at no level a fix. */
  final void advises(String text, String reason) {
    advises(Given.compose(text), reason);
  }

  final void advises(Given given, String reason) {
    Outcome outcome = unchanged(given, Level.STRICT);
    assertThat(outcome.steps(Status.ADVISED)).extracting(Step::reason).contains(reason);
  }

  /** There is a fix that this level does not apply. */
  final void offers(Level level, String text) {
    offers(level, Given.compose(text));
  }

  final void offers(Level level, Given given) {
    Outcome outcome = unchanged(given, level);
    assertThat(outcome.steps(Status.OFFERED)).as("offered: %s", outcome.steps()).isNotEmpty();
  }

  /** There is a fix that cannot be spliced in without a risk. */
  final void holds(String text, String reason) {
    Outcome outcome = unchanged(Given.compose(text), Level.STRICT);
    assertThat(outcome.steps(Status.HELD)).extracting(Step::reason).contains(reason);
  }

  /** Why each fix has its risk, in the order of the steps. */
  final List<String> whys(Level level, Given given) {
    return Laws.check(given, List.of(pass), level).steps().stream()
        .map(Step::remark)
        .map(remark -> remark instanceof Remark.Finding f && f.fix() != null ? f.fix().why() : "")
        .toList();
  }

  /** What there is to say against a text, in order. */
  final List<Remark.Finding> findings(String text) {
    return Laws.check(Given.compose(text), List.of(pass), Level.SAFE).steps().stream()
        .map(Step::remark)
        .filter(Remark.Finding.class::isInstance)
        .map(Remark.Finding.class::cast)
        .toList();
  }

  /** What it says of a project at level strict, each with its severity. */
  final List<String> said(Given given) {
    return Laws.check(given, List.of(pass), Level.STRICT).steps().stream()
        .map(Step::remark)
        .filter(Remark.Finding.class::isInstance)
        .map(Remark.Finding.class::cast)
        .map(finding -> finding.severity().word() + " " + finding.message())
        .toList();
  }

  private Outcome unchanged(Given given, Level level) {
    Outcome outcome = Laws.check(given, List.of(pass), level);
    assertThat(Laws.changed(outcome)).as("what changed").isEmpty();
    return outcome;
  }
}
