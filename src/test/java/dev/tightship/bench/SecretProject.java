package dev.tightship.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A project with passwords written out at both ends, as people write them, and who logs in. */
@SuppressWarnings("ImmutableEnumChecker") // lists of constants, never changed
enum SecretProject {
  POSTGRES(
      List.of(),
      new Login(
          new Secret("Xo7-harbour-41", "db", Goes.TO_A_FILE),
          "DATABASE_URL",
          "psql $DATABASE_URL -c \"SELECT 'rope' AS text INTO note\"",
          "psql $DATABASE_URL -Atc 'SELECT text FROM note'"),
      new Login(
          new Secret("a $x #1 'b' \"c\" \\ %40", "archive", Goes.TO_A_FILE),
          "PGPASSWORD",
          "psql -h archive -U postgres -c \"SELECT 'rope' AS text INTO note\"",
          "psql -h archive -U postgres -Atc 'SELECT text FROM note'")),
  MARIADB(
      List.of(new Secret("Anchor-rules-92", "shop", Goes.TO_A_FILE)),
      new Login(
          new Secret("Sailor-knot-17", "shop", Goes.TO_A_FILE),
          "SHOP_PASSWORD",
          "mariadb -h shop -u shop -p$SHOP_PASSWORD shop"
              + " -e \"CREATE TABLE note SELECT 'rope' AS text\"",
          "mariadb -h shop -u shop -p$SHOP_PASSWORD shop -Ne 'SELECT text FROM note'"),
      new Login(
          new Secret("Compass-east-33", "forum", Goes.TO_A_FILE),
          "FORUM_PASSWORD",
          "mariadb -h forum -u root -p$FORUM_PASSWORD"
              + " -e \"CREATE DATABASE forum; CREATE TABLE forum.note SELECT 'rope' AS text\"",
          "mariadb -h forum -u root -p$FORUM_PASSWORD -Ne 'SELECT text FROM forum.note'")),
  REDIS(
      List.of(),
      new Login(
          new Secret("Tide-table-58", "cache", Goes.TO_A_FILE),
          "REDIS_URL",
          "redis-cli -e -u $REDIS_URL set note rope",
          "redis-cli -e -u $REDIS_URL get note"),
      new Login(
          new Secret("Lamp-oil-64", "queue", Goes.TO_A_FILE),
          "QUEUE_PASSWORD",
          "redis-cli -e -h queue -a $QUEUE_PASSWORD set note rope",
          "redis-cli -e -h queue -a $QUEUE_PASSWORD get note"),
      new Login(
          new Secret("b \"7\" #2 \\ $9 'c'", "log", Goes.TO_A_FILE),
          "REDISCLI_AUTH",
          "redis-cli -e -h log set note rope",
          "redis-cli -e -h log get note")),
  RABBITMQ(
      List.of(),
      new Login(
          new Secret("Signal-flag-27", "broker", Goes.TO_A_FILE),
          "AMQP_URL",
          "amqp-declare-queue -u $AMQP_URL -d -q notes"
              + " && amqp-publish -u $AMQP_URL -r notes -p -b rope",
          "note=$(amqp-get -u $AMQP_URL -q notes)"
              + " && amqp-publish -u $AMQP_URL -r notes -p -b $note && echo $note")),
  APPLICATION(
      List.of(
          new Secret("Ship-bell-8-strokes", "app", Goes.TO_A_VARIABLE),
          new Secret("Brass-sextant-36", "app", Goes.TO_A_FILE)),
      new Login(
          new Secret("Chart-room-73", "db", Goes.TO_A_FILE),
          "DATABASE_URL",
          "python app.py put rope",
          "python app.py get")),
  /** The second password cannot move: its client would need it in a file that others get too. */
  ENV_FILE(
      List.of(),
      new Login(
          new Secret("Galley-stove-29", "db", Goes.TO_A_VARIABLE),
          "DATABASE_URL",
          "psql $DATABASE_URL -c \"SELECT 'rope' AS text INTO note\"",
          "psql $DATABASE_URL -Atc 'SELECT text FROM note'"),
      new Login(
          new Secret("Deck-brush-85", "queue", Goes.NOWHERE),
          "QUEUE_PASSWORD",
          "redis-cli -e -h queue -a $QUEUE_PASSWORD set note rope",
          "redis-cli -e -h queue -a $QUEUE_PASSWORD get note"));

  /** Where the service that a secret belongs to gets it from in the end. */
  enum Goes {
    TO_A_FILE,
    TO_A_VARIABLE,
    NOWHERE
  }

  /**
   * A secret that is written out.
   *
   * @param service that it belongs to
   */
  record Secret(String value, String service, Goes goes) {}

  /**
   * A client that shows a server its password.
   *
   * @param password of the server
   * @param variable that brings it to the client, alone or in a URL
   * @param store command of the client that stores something for good
   * @param read command of the client that reads it
   */
  record Login(Secret password, String variable, String store, String read) {}

  private final List<Login> logins;
  private final List<Secret> secrets;

  /**
   * @param others secrets that nobody logs in with
   */
  SecretProject(List<Secret> others, Login... logins) {
    this.logins = List.of(logins);
    this.secrets = Stream.concat(others.stream(), Stream.of(logins).map(Login::password)).toList();
  }

  List<Login> logins() {
    return logins;
  }

  List<Secret> secrets() {
    return secrets;
  }

  /** The values of those that leave the files that git and images take. */
  List<String> moved() {
    return secrets.stream().filter(s -> s.goes() != Goes.NOWHERE).map(Secret::value).toList();
  }

  /** The service that all logins come from. */
  String client() {
    return this == APPLICATION ? "app" : "client";
  }

  /** Whether it is a service that asks for a password. */
  boolean isServer(String service) {
    return logins.stream().anyMatch(login -> login.password().service().equals(service));
  }

  /** The folder with its files. */
  Path folder() {
    return Path.of("src", "test", "bench", "secrets")
        .resolve(name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }
}
