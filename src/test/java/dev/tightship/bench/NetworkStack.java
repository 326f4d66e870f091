package dev.tightship.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Projects whose databases get networks of their own. */
@SuppressWarnings(
    "ImmutableEnumChecker") // the collections are immutable, which their types do not say
enum NetworkStack {
  TIERS(
      "web",
      List.of("app"),
      Map.of("web", 80, "app", 8000, "cache", 6379, "db", 5432),
      Set.of("web app", "app db", "app cache"),
      Set.of("web db", "web cache", "cache db", "db cache")),
  BROKER(
      "front",
      List.of("api", "mailer", "printer"),
      Map.of("front", 80, "api", 8000, "mailer", 8000, "printer", 8000, "queue", 5672, "db", 3306),
      Set.of("front api", "api queue", "mailer queue", "printer queue", "mailer db"),
      Set.of("front db", "front queue", "queue db")),
  OWN(
      "web",
      List.of("app", "other"),
      Map.of("web", 80, "app", 8000, "other", 8000, "db", 5432, "events", 1883, "fixed", 11211),
      Set.of("web app", "app db", "app events", "other fixed"),
      Set.of("web db", "other db", "web events", "fixed db")),
  CONFIG(
      "proxy",
      List.of("one", "two", "watch"),
      Map.of("proxy", 8080, "one", 8000, "two", 8000, "watch", 8000, "cache", 11211, "state", 6379),
      Set.of("proxy one", "proxy two", "one cache", "two cache", "watch state"),
      Set.of("proxy cache", "proxy state", "one state", "watch cache")),
  LABELS(
      "proxy",
      List.of("app"),
      Map.of("proxy", 80, "app", 8000, "cache", 6379, "db", 5432),
      Set.of("proxy app", "app db", "app cache"),
      Set.of("proxy db", "proxy cache", "cache db")),
  PAIRS(
      "web",
      List.of("shop", "stock", "mail", "prices"),
      Map.of("web", 80, "shop", 8000, "stock", 8000, "mail", 8000, "prices", 8000, "db", 5432),
      Set.of(
          "web shop", "web stock", "shop db", "stock db", "stock mail", "mail stock", "prices db"),
      Set.of("web db", "mail db")),
  NAMESPACES(
      "web",
      List.of("app"),
      Map.of("web", 80, "gate", 8000, "db", 27017),
      Set.of("web gate", "gate db", "helper db"),
      Set.of("web db"));

  private static final Path FOLDER = Path.of("src", "test", "bench", "networks");

  /** The program that each of them runs as its application. */
  static final Path APPLICATION = FOLDER.resolve("app");

  private final String front;
  private final List<String> applications;
  private final Map<String, Integer> ports;
  private final Set<String> used;
  private final Set<String> unused;

  /**
   * @param front which publishes a port
   * @param applications which answer well only while they reach all that they call
   * @param ports in the containers, by service
   * @param used a client and its server, which it must go on to reach
   * @param unused a service and one that it has no business with, which it reached before
   */
  NetworkStack(
      String front,
      List<String> applications,
      Map<String, Integer> ports,
      Set<String> used,
      Set<String> unused) {
    this.front = front;
    this.applications = applications;
    this.ports = ports;
    this.used = used;
    this.unused = unused;
  }

  Path folder() {
    return FOLDER.resolve(name().toLowerCase(java.util.Locale.ROOT));
  }

  String front() {
    return front;
  }

  /** Of the service in front, in its container. */
  int frontPort() {
    return ports.getOrDefault(front, 0);
  }

  List<String> applications() {
    return applications;
  }

  Map<String, Integer> ports() {
    return ports;
  }

  Set<String> used() {
    return used;
  }

  Set<String> unused() {
    return unused;
  }
}
