package dev.tightship.passes;

import dev.tightship.compose.Answer;
import dev.tightship.compose.Service;
import dev.tightship.edit.Place;
import dev.tightship.pass.Subject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A limit that Compose takes in two places, under a short key of the service and below {@code
 * deploy.resources.limits}: whether a service has it, and where it goes when it has not.
 */
sealed interface Limits {

  /**
   * The project sets it.
   *
   * @param texts what it is set to, in one place or in both, variables filled in; a text whose
   *     variables have no value is left out
   */
  record Given(List<String> texts) implements Limits {
    public Given {
      texts = List.copyOf(texts);
    }
  }

  /**
   * Whether it is set is not known, or nothing can be set.
   *
   * @param because half a sentence
   */
  record Barred(String because) implements Limits {}

  /**
   * It is missing.
   *
   * @param path the keys below the service under which it goes
   */
  record Missing(Service service, List<String> path) implements Limits {
    public Missing {
      path = List.copyOf(path);
    }

    /** Whether it goes below {@code deploy}, where Compose wants a text for what is no integer. */
    boolean inDeploy() {
      return path.size() > 1;
    }

    Place place() {
      return service.at(keys());
    }

    Subject subject() {
      return Subject.of(service, keys());
    }

    private String[] keys() {
      return path.toArray(String[]::new);
    }
  }

  /**
   * @param key the short key, {@code mem_limit}
   * @param field the field below {@code deploy.resources.limits}, {@code memory}
   */
  static Limits of(Service service, String key, String field) {
    String[] inDeploy = {"deploy", "resources", "limits", field};
    List<Answer> answers = List.of(service.find(key), service.find(inDeploy));
    if (answers.stream().anyMatch(Answer.Known.class::isInstance)) {
      return new Given(
          Stream.of(service.text(key), service.text(inDeploy)).flatMap(Optional::stream).toList());
    }
    for (Answer answer : answers) {
      if (answer instanceof Answer.Unknown unknown) {
        return new Barred(unknown.because());
      }
    }
    String swarm = service.project().swarm();
    if (swarm != null) {
      return new Barred(
          "%s shows that the file is deployed as a stack: set deploy.resources.limits.%s%s there"
              .formatted(swarm, field, field.equals("pids") ? ", which needs version 3.9" : ""));
    }
    // any limit below deploy makes the short key illegal beside it (measured, Compose v5.4.0)
    String[] path = service.has("deploy", "resources", "limits") ? inDeploy : new String[] {key};
    String obstacle = service.obstacle(path);
    return obstacle != null ? new Barred(obstacle) : new Missing(service, List.of(path));
  }
}
