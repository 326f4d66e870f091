package dev.tightship.move;

import dev.tightship.analysis.LiteralSecret;
import dev.tightship.analysis.LiteralSecret.InCompose;
import dev.tightship.compose.Service;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The password of the first user of RabbitMQ. Since 3.9 its image takes it from no file, but the
 * server reads all files of a folder for its settings (RabbitMQ documentation, "Configuration"; run
 * with RabbitMQ 3.10).
 */
final class RabbitSettings {

  private static final String VARIABLE = "RABBITMQ_DEFAULT_PASS";
  private static final String TARGET = "/etc/rabbitmq/conf.d/90-password.conf";

  /** What the reader of settings takes as it stands. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.:/@%+=-]+");

  /** Releases without that folder; they have a variable for a file. */
  private static final Pattern OLD = Pattern.compile("(?:[12]|3\\.[0-8])(?:[.-].*)?");

  private RabbitSettings() {}

  /** What gives a shell the password that stands in the file, as Compose reads it. */
  static String reading(String target) {
    return "$$(sed 's/.*= //' " + target + ")";
  }

  /** The way of a secret; null where it is none that the server can read so. */
  static @Nullable Way of(
      LiteralSecret secret, InCompose where, Service service, Consumer consumer) {
    String value = secret.value().reveal();
    boolean old = consumer.tag() != null && OLD.matcher(consumer.tag()).matches();
    return secret.name().equals(VARIABLE)
            && consumer.profile().name().equals("rabbitmq")
            && !old
            && PLAIN.matcher(value).matches()
        ? new Way.DropIn(secret, where, service, TARGET, "default_pass = " + value + "\n")
        : null;
  }
}
