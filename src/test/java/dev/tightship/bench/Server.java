package dev.tightship.bench;

import java.util.List;

/**
 * A server that many projects have: a service as they write it, with data where they keep it, and
 * how a client uses it from another container. The address of the service is {@code $S} there.
 */
@SuppressWarnings("ImmutableEnumChecker") // lists of constants, never changed
enum Server {
  MARIADB(
      999,
      """
          image: mariadb:latest
          environment:
            MARIADB_ROOT_PASSWORD: sesame
            MARIADB_DATABASE: notes
            MARIADB_USER: app
            MARIADB_PASSWORD: sesame
            MARIADB_INITDB_SKIP_TZINFO: "1"
          volumes:
            - data:/var/lib/mysql
          healthcheck:
            test: [CMD, healthcheck.sh, --connect, --innodb_initialized]
            interval: 1s
            retries: 60
      """,
      "mariadb -h $S -u app -psesame notes -Ne \"CREATE TABLE IF NOT EXISTS note (text TEXT);"
          + " INSERT INTO note VALUES ('rope'); SELECT text FROM note\"",
      "mariadb -h $S -u app -psesame notes -Ne 'SELECT text FROM note'",
      "rope"),
  /** Its check is late: one that comes before the server makes a cookie as root, and spoils it. */
  RABBITMQ(
      999,
      """
          image: rabbitmq:latest
          hostname: broker
          environment:
            RABBITMQ_DEFAULT_USER: app
            RABBITMQ_DEFAULT_PASS: sesame
          volumes:
            - data:/var/lib/rabbitmq
          healthcheck:
            test: [CMD, rabbitmq-diagnostics, -q, ping]
            interval: 8s
            retries: 60
      """,
      "amqp-declare-queue -u amqp://app:sesame@$S -d -q notes &&"
          + " amqp-publish -u amqp://app:sesame@$S -r notes -p -b rope &&"
          + " amqp-publish -u amqp://app:sesame@$S -r notes -p -b rope &&"
          + " amqp-get -u amqp://app:sesame@$S -q notes",
      "amqp-get -u amqp://app:sesame@$S -q notes",
      "rope"),
  POSTGRES(
      999,
      """
          image: postgres:16
          environment:
            POSTGRES_USER: app
            POSTGRES_PASSWORD: sesame
            POSTGRES_DB: notes
          volumes:
            - data:/var/lib/postgresql/data
          healthcheck:
            test: [CMD-SHELL, pg_isready -U app -d notes]
            interval: 1s
            retries: 60
      """,
      "psql postgresql://app:sesame@$S/notes -qAtc \"CREATE TABLE IF NOT EXISTS note (text text);"
          + " INSERT INTO note VALUES ('rope'); SELECT text FROM note\"",
      "psql postgresql://app:sesame@$S/notes -qAtc 'SELECT text FROM note'",
      "rope"),
  MONGO(
      999,
      """
          image: mongo:8.0
          environment:
            MONGO_INITDB_ROOT_USERNAME: app
            MONGO_INITDB_ROOT_PASSWORD: sesame
          volumes:
            - data:/data/db
      """,
      "mongo --quiet --host $S -u app -p sesame --authenticationDatabase admin --eval"
          + " \"db.runCommand({insert: 'notes', documents: [{text: 'rope'}]})\" &&"
          + " mongo --quiet --host $S -u app -p sesame --authenticationDatabase admin --eval"
          + " \"db.runCommand({find: 'notes'})\"",
      "mongo --quiet --host $S -u app -p sesame --authenticationDatabase admin --eval"
          + " \"db.runCommand({find: 'notes'})\"",
      "rope"),
  REDIS(
      999,
      """
          image: redis:latest
          command: redis-server --appendonly yes
          volumes:
            - data:/data
          healthcheck:
            test: [CMD, redis-cli, ping]
            interval: 1s
            retries: 60
      """,
      "redis-cli -h $S set note rope && redis-cli -h $S get note",
      "redis-cli -h $S get note",
      "rope"),
  NGINX(
      101,
      """
          image: nginx:stable
      """,
      "curl -sf http://$S/",
      "curl -sf http://$S/",
      "nginx"),
  HTTPD(
      33,
      """
          image: httpd:latest
      """,
      "curl -sf http://$S/",
      "curl -sf http://$S/",
      "It works!"),
  MOSQUITTO(
      1883,
      """
          image: eclipse-mosquitto:latest
          volumes:
            - ./mosquitto.conf:/mosquitto/config/mosquitto.conf:ro
            - data:/mosquitto/data
      """,
      "mosquitto_pub -h $S -t note -r -q 1 -m rope && mosquitto_sub -h $S -t note -C 1 -W 3",
      "mosquitto_sub -h $S -t note -C 1 -W 3",
      "rope"),
  MEMCACHED(
      11211,
      """
          image: memcached:latest
      """,
      "exec 3<>/dev/tcp/$S/11211; printf 'set note 0 0 4\\r\\nrope\\r\\nget note\\r\\nquit\\r\\n' >&3; cat <&3",
      "exec 3<>/dev/tcp/$S/11211; printf 'version\\r\\nquit\\r\\n' >&3; cat <&3",
      "rope|VERSION"),
  HAPROXY(
      99,
      """
          image: haproxy:latest
          volumes:
            - ./haproxy.cfg:/usr/local/etc/haproxy/haproxy.cfg:ro
      """,
      "curl -sf http://$S:8080/",
      "curl -sf http://$S:8080/",
      "well met");

  /** Settings that lie beside the Compose file: HAProxy has none of its own. */
  static final String HAPROXY_CFG =
      """
      defaults
        mode http
        timeout connect 5s
        timeout client 5s
        timeout server 5s
      frontend front
        bind :8080
        http-request return status 200 content-type text/plain string "well met"
      """;

  /** Settings that lie beside the Compose file: by itself Mosquitto keeps nothing. */
  static final String MOSQUITTO_CONF =
      """
      listener 1883
      allow_anonymous true
      persistence true
      persistence_location /mosquitto/data/
      """;

  private final int account;
  private final String service;
  private final String use;
  private final String useAgain;
  private final String answer;

  Server(int account, String service, String use, String useAgain, String answer) {
    this.account = account;
    this.service = service;
    this.use = use;
    this.useAgain = useAgain;
    this.answer = answer;
  }

  /** Whether the image itself starts as its account. */
  boolean startsAsAccount() {
    return List.of(MEMCACHED, HAPROXY).contains(this);
  }

  /** Number of the account that serves; its group has the same. */
  int account() {
    return account;
  }

  /** The Compose file of an ordinary project with this server. */
  String compose() {
    return "services:\n  server:\n"
        + service
        + (service.contains("- data:") ? "volumes:\n  data:\n" : "");
  }

  /** A shell command that stores something and reads it back. */
  String use() {
    return use;
  }

  /** A shell command that reads what was stored before. */
  String useAgain() {
    return useAgain;
  }

  /** Pattern of what both have to say. */
  String answer() {
    return answer;
  }
}
