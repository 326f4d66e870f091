package dev.tightship.move;

import dev.tightship.analysis.Recipe;
import dev.tightship.analysis.ScalarPlaces;
import dev.tightship.compose.Environment;
import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Resolution;
import dev.tightship.knowledge.SecretVariable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How services take variables from files, wherever those stand before. */
final class FileVariables {

  private final Consumer.Of consumers;
  private final OwnProgram own;
  private final ScalarPlaces scalars;

  FileVariables(Consumer.Of consumers, OwnProgram own, ScalarPlaces scalars) {
    this.consumers = consumers;
    this.own = own;
    this.scalars = scalars;
  }

  /**
   * A variable that a service takes from a file.
   *
   * @param uses where its scripts use the variable, and can read the file in its place
   */
  record Taken(SecretVariable variable, List<Scripts.Use> uses) {}

  /**
   * How a service takes a variable from a file in which a secret stands alone; null where it does
   * not, or where the variable says more.
   *
   * @param value of the variable; null where it is not known
   */
  @Nullable Taken taken(Service service, String name, @Nullable String value, String secret) {
    SecretVariable variable = variable(service, name);
    String file = variable == null ? null : variable.fileVariable();
    if (variable == null || file == null || !isAll(service, name, value, file, secret)) {
      return null;
    }
    Consumer consumer = consumers.consumer(service);
    List<Scripts.Use> uses = uses(service, name);
    boolean read = uses != null && (uses.isEmpty() || (consumer != null && consumer.hasShell()));
    return uses != null && read ? new Taken(variable, uses) : null;
  }

  /** Whether a variable that no file replaces can go: it is a secret, and no script uses it. */
  boolean mayGo(Service service, String name, String secret) {
    List<Scripts.Use> uses = uses(service, name);
    return variable(service, name) == null
        && isAll(service, name, value(service, name), name, secret)
        && uses != null
        && uses.isEmpty();
  }

  /** What a service gives a variable; null where it does not, or nobody knows. */
  static @Nullable String value(Service service, String name) {
    Environment.Value value = service.environment().values().get(name);
    return value != null && value.known() ? value.text() : null;
  }

  private @Nullable SecretVariable variable(Service service, String name) {
    Consumer consumer = consumers.consumer(service);
    if (consumer != null) {
      return consumer.fileVariable(name);
    }
    String file = name + "_FILE"; // as programs of the project may have it, if their sources say so
    return own.reads(service, file) ? SecretVariable.throughFile(name, file) : null;
  }

  private @Nullable List<Scripts.Use> uses(Service service, String name) {
    return Scripts.of(service, scalars).uses(name);
  }

  /**
   * Whether a secret is all that a service gets by a variable, and it gets nothing by the one for
   * the file, so that a secret of Compose can stand for it.
   */
  private static boolean isAll(
      Service service, String name, @Nullable String value, String file, String secret) {
    Environment environment = service.environment();
    boolean plain = secret.equals(secret.strip()) && secret.chars().allMatch(c -> c >= ' ');
    boolean twice = !file.equals(name) && environment.values().containsKey(file);
    return secret.equals(value)
        && plain
        && !twice
        && environment.unread().isEmpty()
        && !isOtherInImage(service, name, secret)
        && service.obstacleAtHome("secrets") == null;
  }

  /**
   * Whether its image gives a variable another value, which would show again once the service sets
   * it no longer. Many start scripts refuse a variable and its file together.
   */
  private static boolean isOtherInImage(Service service, String name, String secret) {
    if (!(Recipe.of(service) instanceof Recipe.Read recipe)) {
      return false;
    }
    Resolution value = recipe.image().env().get(name);
    return value != null
        && !(value instanceof Resolution.Known known && known.text().equals(secret));
  }
}
