package dev.tightship.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImagesTest {

  /** The families that were surveyed: each must have a file. */
  private static final String FAMILIES =
      """
      postgres mysql mariadb percona mongo cassandra couchdb couchbase neo4j influxdb
      clickhouse crate rethinkdb arangodb orientdb aerospike elasticsearch solr redis
      valkey/valkey memcached rabbitmq nats eclipse-mosquitto emqx zookeeper hashicorp/consul
      nginx nginxinc/nginx-unprivileged httpd caddy unit haproxy traefik varnish hitch kong
      krakend spiped wordpress nextcloud ghost drupal joomla matomo mediawiki redmine odoo
      sonarqube friendica monica espocrm postfixadmin yourls backdrop kibana rocket.chat xwiki
      geonetwork teamspeak znc hashicorp/vault phpmyadmin adminer mongo-express registry
      telegraf chronograf kapacitor logstash fluentd flink spark storm liquibase maven gradle
      composer clojure gcc bash hello-world docker tomcat jetty tomee open-liberty
      websphere-liberty php node python ruby golang rust openjdk eclipse-temurin
      amazoncorretto ibm-semeru-runtimes sapmachine azul-zulu groovy erlang elixir dart swift
      julia r-base perl haskell pypy jruby buildpack-deps alpine debian ubuntu busybox
      almalinux rockylinux amazonlinux oraclelinux fedora
      """;

  private static final Images IMAGES = Images.onClassPath();

  static Stream<String> families() {
    return Stream.of(FAMILIES.split("\\s+"));
  }

  private static Optional<ImageProfile> find(String reference) {
    return IMAGES.find(ImageReference.parse(reference).orElseThrow());
  }

  private static ImageProfile known(String reference) {
    return find(reference).orElseThrow();
  }

  @Test
  void a_hundred_and_twenty_one_families_were_surveyed() {
    assertThat(families()).hasSize(121).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("families")
  void each_family_has_a_file(String name) {
    assertThat(known(name).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @MethodSource("families")
  void every_tag_of_the_table_means_one_thing_and_a_pin_stays(String name) {
    var versions = known(name).versions();
    var seen = new ArrayList<String>(versions.moving());
    for (var release : versions.releases()) {
      for (var group : release.groups()) {
        for (String pattern : group.patterns()) {
          String exact = Versions.expand(pattern, release.version());
          seen.add(exact);
          assertThat(exact).contains(release.version());
          assertThat(versions.pin(exact)).as(exact).isEqualTo(new Pin.Exact(true));
          for (String word : group.floating()) {
            String floating = Versions.expand(pattern, word);
            seen.add(floating);
            assertPinned(versions, floating, exact);
          }
        }
      }
      release
          .others()
          .forEach(
              (floating, exact) -> {
                seen.add(floating);
                assertPinned(versions, floating, exact);
              });
    }
    for (String moving : versions.moving()) {
      assertThat(versions.pin(moving)).as(moving).isInstanceOf(Pin.Unknown.class);
    }
    assertThat(seen).doesNotHaveDuplicates();
  }

  private static void assertPinned(Versions versions, String floating, String exact) {
    assertThat(versions.pin(floating))
        .as(floating)
        .isInstanceOfSatisfying(
            Pin.To.class,
            to -> {
              assertThat(to.tag()).isEqualTo(exact).isNotEqualTo(floating);
              assertThat(to.asOf()).isEqualTo("2026-08-21");
              assertThat(to.source()).contains("37079fb336f5");
              assertThat(versions.pin(to.tag())).isEqualTo(new Pin.Exact(true));
            });
  }

  @ParameterizedTest
  @CsvSource({
    "nginx, 1.31.4, 1.31",
    "nginx:latest, 1.31.4, 1.31",
    "nginx:alpine, 1.31.4-alpine, 1.31",
    "nginx:mainline-alpine, 1.31.4-alpine, 1.31",
    "nginx:stable, 1.30.4, 1.30",
    "nginx:alpine-slim, 1.31.4-alpine-slim, 1.31",
    "docker.io/library/nginx:1, 1.31.4, 1.31",
    "node:22-slim, 22.23.2-slim, 22",
    "node:lts-alpine, 24.19.0-alpine, 24",
    "node:krypton, 24.19.0, 24",
    "node, 26.7.0, 26",
    "python:3, 3.14.7, 3.14",
    "python:3.12-slim-bookworm, 3.12.14-slim-bookworm, 3.12",
    "python:3.15-rc, 3.15.0rc1, 3.15",
    "golang:1.26-alpine, 1.26.7-alpine, 1.26",
    "php:8.3-fpm, 8.3.33-fpm, 8.3",
    "php:fpm-alpine, 8.5.9-fpm-alpine, 8.5",
    "ruby:3, 3.4.10, 3.4",
    "postgres, 18.6, 18",
    "postgres:16-bookworm, 16.15-bookworm, 16",
    "postgres:14-alpine, 14.24-alpine, 14",
    "mysql:8, 8.4.11, 8.4",
    "mysql:lts, 9.7.2, 9.7",
    "mariadb:10, 10.11.18, 10.11",
    "mongo:7, 7.0.40, 7.0",
    "mongo:8.0-noble, 8.0.29-noble, 8.0",
    "redis:7, 7.4.11, 7.4",
    "redis:alpine, 8.10.1-alpine, 8.10",
    "rabbitmq:management, 4.3.5-management, 4.3",
    "rabbitmq:3-management, '', ''",
    "traefik:v3, v3.7.11, 3.7",
    "traefik:3.7, 3.7.11, 3.7",
    "eclipse-temurin:21, 21.0.12_8-jdk, 21",
    "eclipse-temurin:17-jre-alpine, 17.0.20_8-jre-alpine, 17",
    "wordpress:php8.3-fpm, 7.1.0-php8.3-fpm, 7.1",
    "wordpress:cli, cli-2.12.0, 2.12",
    "debian:bookworm-slim, bookworm-20260803-slim, bookworm",
    "debian:12-slim, 12.15-slim, 12",
    "debian, 13.6, 13",
    "ubuntu, 26.04, 26.04",
    "ubuntu:noble, noble-20260810, noble",
    "alpine:3, 3.24.1, 3.24",
    "odoo:19, 19.0-20260817, 19.0",
    "eclipse-mosquitto:2, 2.1.2-alpine, 2.1",
    "xwiki:stable-mysql, 18.6.0-mysql-tomcat, 18.6",
    "influxdb:2, 2.9.1, 2.9",
  })
  void pins_what_the_library_listed(String reference, String tag, String line) {
    var parsed = ImageReference.parse(reference).orElseThrow();
    var pin = known(reference).versions().pin(parsed.tag().orElse(null));

    if (tag.isEmpty()) {
      assertThat(pin).isInstanceOf(Pin.Unknown.class);
    } else {
      assertThat(pin)
          .isInstanceOfSatisfying(
              Pin.To.class,
              to -> {
                assertThat(to.tag()).isEqualTo(tag);
                assertThat(to.line()).isEqualTo(line);
              });
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "node:14-alpine",
        "mongo:4.2-bionic",
        "postgres:9.6",
        "python:2.7-slim",
        "elasticsearch",
        "redis:nonsense",
        "oraclelinux:9",
        "buildpack-deps:bookworm",
        "hello-world",
        "open-liberty",
        "valkey/valkey:9",
        "mongo-express",
      })
  void does_not_invent_a_tag(String reference) {
    var parsed = ImageReference.parse(reference).orElseThrow();

    assertThat(known(reference).versions().pin(parsed.tag().orElse(null)))
        .isInstanceOf(Pin.Unknown.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nginx:1.25.3",
        "nginx:1.25.3-alpine3.18-slim",
        "node:14.21.3-alpine",
        "postgres:13.4",
        "postgres:9.6.24",
        "traefik:v2.10.4",
        "ubuntu:20.04",
        "elasticsearch:7.17.9",
        "mongo-express:1.0.2-20",
        "valkey/valkey:8.1.3",
        "pypy:3.9-7.3.11",
      })
  void a_superseded_version_needs_no_pin(String reference) {
    var parsed = ImageReference.parse(reference).orElseThrow();

    assertThat(known(reference).versions().pin(parsed.tag().orElseThrow()))
        .isEqualTo(new Pin.Exact(false));
  }

  @ParameterizedTest
  @CsvSource({
    "nginx, WEB, false, 128",
    "node, RUNTIME, false, 128",
    "php, RUNTIME, false, 256",
    "debian, BASE, false, 64",
    "memcached, CACHE, false, 64",
    "redis, DATASTORE, true, 64",
    "valkey/valkey, DATASTORE, true, 64",
    "mongo, DATASTORE, true, 1024",
    "elasticsearch, DATASTORE, true, 4096",
    "zookeeper, DATASTORE, true, 256",
    "rabbitmq, BROKER, true, 512",
    "traefik, PROXY, false, 256",
    "nextcloud, APPLICATION, true, 512",
    "kibana, APPLICATION, false, 256",
    "sonarqube, APPLICATION, true, 8192",
    "registry, TOOL, true, 128",
    "adminer, ADMIN, false, 64",
  })
  void knows_kind_data_and_processes(String name, Kind kind, boolean holdsData, int pids) {
    assertThat(known(name).kind()).isEqualTo(kind);
    assertThat(known(name).holdsData()).isEqualTo(holdsData);
    assertThat(known(name).value(FactKey.PIDS)).isEqualTo(pids);
  }

  @ParameterizedTest
  @CsvSource({
    "postgres:16, root, 999:999, CHOWN DAC_OVERRIDE SETGID SETUID",
    "postgres:16-alpine3.23, root, 70:70, CHOWN DAC_OVERRIDE SETGID SETUID",
    "redis:8-alpine, root, 999:1000, CHOWN SETGID SETUID",
    "redis:7.4, root, 999:999, CHOWN DAC_OVERRIDE SETGID SETUID",
    "mariadb:11.8-ubi, mysql, 999:999, CHOWN DAC_OVERRIDE SETGID SETUID",
    "eclipse-mosquitto:2, root, 1883:1883, CHOWN SETGID SETUID",
    "memcached, 11211:11211, 11211:11211, ''",
    "elasticsearch:9.4.1, 1000:0, 1000:0, ''",
    "influxdb:2-alpine, root, 1000:1000, CHOWN DAC_OVERRIDE SETGID SETUID",
    "influxdb:3-core, 1500:1500, 1500:1500, CHOWN DAC_OVERRIDE SETGID SETUID",
    "clickhouse/clickhouse-server:26.7-distroless, 101:101, 101:101, "
        + "CHOWN DAC_OVERRIDE FOWNER SETGID SETUID",
  })
  void knows_how_a_datastore_starts(
      String reference, String user, String account, String capabilities) {
    String tag = ImageReference.parse(reference).orElseThrow().tag().orElse(null);
    var image = known(reference);

    assertThat(image.fact(FactKey.USER).orElseThrow().value().of(tag)).isEqualTo(user);
    assertThat(image.fact(FactKey.ACCOUNT).orElseThrow().value().of(tag)).isEqualTo(account);
    assertThat(image.fact(FactKey.CAPABILITIES).orElseThrow().value().of(tag))
        .isEqualTo(capabilities.isEmpty() ? List.of() : List.of(capabilities.split(" ")));
    assertThat(image.fact(FactKey.CAPABILITIES_AS_ACCOUNT).orElseThrow().value().of(tag)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "postgres, postgres -c max_connections=1000, true",
    "postgres, -c log_directory=/var/log/postgresql, false",
    "postgres, postgres -c config_file=mine.conf, false",
    "postgres, pg_basebackup -R, false",
    "mysql, --character-set-server=utf8mb4, true",
    "mysql, mysqld --datadir=/data, false",
    "mariadb, mysqld --innodb-flush-method=fsync, true",
    "mongo, --replSet rs0 --bind_ip_all, true",
    "mongo, mongod --keyFile /key, false",
    "redis, redis-server --appendonly yes --maxmemory 200mb, true",
    "redis, redis-server /etc/redis.conf, false",
    "redis, redis-sentinel sentinel.conf, false",
    "nats, -m 8222, true",
    "nats, -js -sd /data, false",
    "minio/minio, server /data --console-address :9001, true",
  })
  void knows_which_commands_change_nothing(String name, String command, boolean covered) {
    assertThat(
            known(name)
                .fact(FactKey.COMMANDS)
                .orElseThrow()
                .value()
                .cover(List.of(command.split(" "))))
        .isEqualTo(covered);
  }

  @Test
  void a_datastore_and_a_broker_always_hold_data() {
    assertThat(families().map(ImagesTest::known))
        .filteredOn(image -> List.of(Kind.DATASTORE, Kind.BROKER).contains(image.kind()))
        .hasSize(26)
        .allMatch(image -> image.holdsData());
  }

  @Test
  void knows_what_no_new_privileges_breaks_and_where_it_is_unknown() {
    var ok = new Verdict.Ok();
    assertThat(known("postgres").fact(FactKey.NO_NEW_PRIVILEGES).map(Fact::value)).hasValue(ok);
    assertThat(known("telegraf").fact(FactKey.NO_NEW_PRIVILEGES).map(Fact::value)).hasValue(ok);
    assertThat(known("telegraf").fact(FactKey.NO_NEW_PRIVILEGES).map(Fact::note).orElseThrow())
        .contains("native ping");
    assertThat(
            known("hashicorp/vault").fact(FactKey.NO_NEW_PRIVILEGES).map(Fact::value).orElseThrow())
        .isInstanceOf(Verdict.Breaks.class);
    assertThat(known("docker").fact(FactKey.NO_NEW_PRIVILEGES)).isEmpty();
    assertThat(known("docker").fact(FactKey.PIDS)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "nginx:alpine, root, 101:101, CHOWN SETGID SETUID, /run /var/cache/nginx",
    "nginxinc/nginx-unprivileged, 101:101, 101:101, none, /tmp",
    "httpd:2.4-alpine, root, 82:82, SETGID SETUID, /usr/local/apache2/logs",
    "haproxy, 99:99, 99:99, none, none",
    "caddy, root, ?, NET_BIND_SERVICE, /config",
    "node:22-slim, root, 1000:1000, ?, /tmp",
    "alpine, root, ?, ?, /tmp",
    "php:8.3-cli, root, ?, KILL SETGID SETUID, /run /tmp",
    "php:8.3-apache, root, 33:33, KILL SETGID SETUID, /run /tmp",
    "php:8.3-fpm-alpine3.23, root, 82:82, KILL SETGID SETUID, /run /tmp",
    "wordpress:cli, 82:82, 82:82, CHOWN DAC_OVERRIDE FOWNER KILL SETGID SETUID, /run /tmp",
    "tomcat:9, root, ?, none, ?",
    "gcr.io/cadvisor/cadvisor:v0.49.1, root, ?, ?, ?",
    "grafana/grafana, 472:0, 472:0, none, /tmp /var/log/grafana",
    "grafana/alloy:latest, root, ?, DAC_OVERRIDE, /tmp",
    "quay.io/prometheus/prometheus:v3.14.0-distroless, 65532:65532, 65532:65532, none, none",
    "gitea/gitea:1-rootless, 1000:1000, 1000:1000,"
        + " CHOWN DAC_OVERRIDE FOWNER KILL SETGID SETUID SYS_CHROOT, ?",
    "confluentinc/cp-kafka:5.5.1, root, 1000:1000, none, ?",
    "confluentinc/cp-kafka:7.5.1, 1000:1000, 1000:1000, none, ?",
    "opea/chatqna:1.3, user, ?, none, ?",
    "prom/blackbox-exporter:v0.28.0, root, ?, NET_RAW, none",
    "prom/blackbox-exporter:v0.28.0-distroless, 65532:65532, ?, none, none",
    "matrixdotorg/synapse, root, 991:991, CHOWN DAC_OVERRIDE SETGID SETUID, ?",
    "miniflux/miniflux:2.3.3-distroless, 65532:65532, 65532:65532, none, /tmp",
  })
  void knows_how_servers_start(
      String reference, String user, String account, String capabilities, String tmpfs) {
    ImageProfile image = known(reference);
    String tag = ImageReference.parse(reference).orElseThrow().tag().orElse(null);

    assertThat(ofTag(image.value(FactKey.USER), tag)).isEqualTo(user);
    assertThat(ofTag(image.value(FactKey.ACCOUNT), tag)).isEqualTo(account);
    Variants<List<String>> needed = image.value(FactKey.CAPABILITIES);
    assertThat(listed(needed == null ? null : needed.of(tag))).isEqualTo(capabilities);
    assertThat(listed(image.value(FactKey.TMPFS))).isEqualTo(tmpfs);
  }

  private static String ofTag(@Nullable Variants<String> values, @Nullable String tag) {
    String value = values == null ? null : values.of(tag);
    return value == null ? "?" : value;
  }

  private static String listed(@Nullable List<String> values) {
    return values == null ? "?" : values.isEmpty() ? "none" : String.join(" ", values);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tomcat", "nextcloud", "gitea/gitea", "quay.io/keycloak/keycloak"})
  void knows_which_applications_write_into_their_own_folders(String name) {
    assertThat(known(name).value(FactKey.READ_ONLY)).isInstanceOf(Verdict.Breaks.class);
  }

  @ParameterizedTest
  @CsvSource({
    "postgres, POSTGRES_PASSWORD, POSTGRES_PASSWORD_FILE=/run/secrets/p",
    "postgres, POSTGRES_PASSWORD_FILE, unknown",
    "postgres, POSTGRES_USER, unknown",
    "pgvector/pgvector:pg17, POSTGRES_PASSWORD, POSTGRES_PASSWORD_FILE=/run/secrets/p",
    "mariadb:11, MYSQL_ROOT_PASSWORD, MYSQL_ROOT_PASSWORD_FILE=/run/secrets/p",
    "mariadb:11, MARIADB_PASSWORD, MARIADB_PASSWORD_FILE=/run/secrets/p",
    "mongo, MONGO_INITDB_ROOT_PASSWORD, MONGO_INITDB_ROOT_PASSWORD_FILE=/run/secrets/p",
    "redis:7-alpine, REDIS_PASSWORD, none",
    "valkey/valkey, PASSWORD, none",
    "rabbitmq:3.13, RABBITMQ_DEFAULT_PASS, none",
    "neo4j:5.26, NEO4J_AUTH, NEO4J_AUTH_FILE=/run/secrets/p",
    "neo4j:5, NEO4J_AUTH, NEO4J_AUTH_FILE=/run/secrets/p",
    "neo4j:2025.01.0, NEO4J_AUTH, NEO4J_AUTH_FILE=/run/secrets/p",
    "neo4j:4.4, NEO4J_AUTH, unknown",
    "neo4j:5.22.0, NEO4J_AUTH, unknown",
    "influxdb:1.8, INFLUXDB_ADMIN_PASSWORD, none",
    "influxdb:2.7, DOCKER_INFLUXDB_INIT_PASSWORD, DOCKER_INFLUXDB_INIT_PASSWORD_FILE=/run/secrets/p",
    "grafana/grafana, GF_SECURITY_ADMIN_PASSWORD, GF_SECURITY_ADMIN_PASSWORD__FILE=/run/secrets/p",
    "grafana/grafana, GF_AUTH_GITHUB_CLIENT_SECRET,"
        + " GF_AUTH_GITHUB_CLIENT_SECRET__FILE=/run/secrets/p",
    "grafana/grafana, GF_SECURITY_ADMIN_PASSWORD__FILE, unknown",
    "gitea/gitea:1.24, GITEA__mailer__PASSWD, GITEA__mailer__PASSWD__FILE=/run/secrets/p",
    "gitea/gitea:1.18.5, GITEA__mailer__PASSWD, unknown",
    "quay.io/keycloak/keycloak, KC_DB_PASSWORD, none",
    "lscr.io/linuxserver/bookstack, DB_PASS, FILE__DB_PASS=/run/secrets/p",
    "lscr.io/linuxserver/bookstack, FILE__DB_PASS, unknown",
    "linuxserver/mariadb, MYSQL_ROOT_PASSWORD, FILE__MYSQL_ROOT_PASSWORD=/run/secrets/p",
    "vaultwarden/server, ADMIN_TOKEN, ADMIN_TOKEN_FILE=/run/secrets/p",
    "authelia/authelia, AUTHELIA_SESSION_SECRET, AUTHELIA_SESSION_SECRET_FILE=/run/secrets/p",
    "authelia/authelia, AUTHELIA_LOG_LEVEL, unknown",
    "ghcr.io/goauthentik/server, AUTHENTIK_SECRET_KEY, AUTHENTIK_SECRET_KEY=file:///run/secrets/p",
    "node, PASSWORD, unknown",
  })
  void knows_how_a_secret_is_taken_from_a_file(String reference, String variable, String way) {
    String tag = ImageReference.parse(reference).orElseThrow().tag().orElse(null);
    SecretFiles files = known(reference).value(FactKey.SECRET_FILES);

    String found =
        Optional.ofNullable(files)
            .flatMap(each -> each.of(variable, tag))
            .map(
                each ->
                    each.fileVariable() == null
                        ? "none"
                        : each.fileVariable() + "=" + each.valueFor("/run/secrets/p"))
            .orElse("unknown");
    assertThat(found).isEqualTo(way);
  }

  @Test
  void knows_which_image_wants_the_file_for_its_owner_alone() {
    assertThat(known("elasticsearch").value(FactKey.SECRET_FILES))
        .isNotNull()
        .extracting(SecretFiles::ownerOnly)
        .isEqualTo(true);
  }

  /** Names of users and databases are no secrets, though many images read them from files too. */
  @ParameterizedTest
  @MethodSource("families")
  void a_listed_variable_is_secret_by_its_name_or_holds_a_whole_address(String name) {
    SecretFiles files = known(name).value(FactKey.SECRET_FILES);
    if (files != null) {
      assertThat(files.variables())
          .extracting(SecretVariable::name)
          .doesNotHaveDuplicates()
          .allMatch(
              variable ->
                  variable.indexOf('*') >= 0
                      || variable.matches(
                          "(?i).*(PASS|PASSW|PASSWD|PASSWORD|PASSCODE|PW|SECRET|TOKEN|TOKEN_ID|AUTH"
                              + "|COOKIE|KEY|KEY_BASE|KEY_BASE64|SALT|HASH|URL)"));
    }
  }

  @Test
  void knows_which_families_the_library_keeps() {
    assertThat(known("nginx").value(FactKey.STATUS)).isEqualTo(Status.ACTIVE);
    assertThat(known("openjdk").value(FactKey.STATUS)).isEqualTo(Status.DEPRECATED);
    assertThat(known("unit").value(FactKey.STATUS)).isEqualTo(Status.NO_SUPPORTED_TAGS);
    assertThat(known("valkey/valkey").value(FactKey.STATUS)).isEqualTo(Status.NOT_IN_LIBRARY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "someone/postgres",
        "ghcr.io/x/nginx",
        "ghcr.io/library/nginx",
        "localhost:5000/nginx",
        "bitnami/redis",
        "valkey",
        "docker.io:443/nginx",
        "acme",
      })
  void an_image_of_somebody_else_is_not_known(String reference) {
    assertThat(find(reference)).isEmpty();
  }

  @Test
  void an_image_may_have_several_names() {
    assertThat(known("ghcr.io/nginx/nginx-unprivileged:1").name())
        .isEqualTo("nginxinc/nginx-unprivileged");
  }

  @Test
  void reads_at_most_two_resources_and_each_once() {
    var asked = new ArrayList<String>();
    var images =
        new Images(
            path -> {
              asked.add(path);
              return path.equals("images/nginx") ? compiled("nginx") : null;
            });

    for (String name : List.of("nginx", "library/nginx:1", "redis", "ghcr.io/x/y")) {
      assertThat(images.find(ImageReference.parse(name).orElseThrow()).isPresent())
          .isEqualTo(name.contains("nginx"));
    }
    assertThat(asked)
        .containsExactly("images/nginx", "images/redis", "images/ghcr.io+x+y", "images/ghcr.io+x+");
  }

  @Test
  void a_namespace_stands_for_each_image_that_is_not_known_by_its_own_name() {
    Map<String, String> resources =
        Map.of(
            "images/acme+", named(List.of("acme/*", "ghcr.io/acme/*")),
            "images/ghcr.io+acme+", named(List.of("acme/*", "ghcr.io/acme/*")),
            "images/acme+store", named(List.of("acme/store")));
    var images = new Images(resources::get);

    assertThat(name(images, "acme/wiki:1")).isEqualTo("acme/*");
    assertThat(name(images, "docker.io/acme/wiki")).isEqualTo("acme/*");
    assertThat(name(images, "ghcr.io/acme/wiki")).isEqualTo("acme/*");
    assertThat(name(images, "acme/store")).isEqualTo("acme/store");
    assertThat(name(images, "ghcr.io/acme/store")).isEqualTo("acme/*");
    for (String other : List.of("acme", "acme/a/b", "acmes/wiki", "quay.io/acme/wiki")) {
      assertThat(images.find(ImageReference.parse(other).orElseThrow())).as(other).isEmpty();
    }
  }

  private static String name(Images images, String reference) {
    return images.find(ImageReference.parse(reference).orElseThrow()).orElseThrow().name();
  }

  private static String named(List<String> names) {
    ImageProfile nginx = known("nginx");
    var profile = new ImageProfile.Builder();
    for (FactKey<?> key : nginx.facts().keySet()) {
      add(profile, nginx, key);
    }
    return CompiledProfile.write(profile.build(names, nginx.versions()));
  }

  private static <T> void add(ImageProfile.Builder to, ImageProfile from, FactKey<T> key) {
    to.add(key, from.fact(key).orElse(null));
  }

  @Test
  void a_resource_that_speaks_of_another_name_is_not_taken() {
    var images = new Images(path -> compiled("nginx"));

    assertThat(images.find(ImageReference.parse("GHCR.io/nginx").orElseThrow())).isEmpty();
  }

  @Test
  void a_damaged_resource_is_a_fault_that_names_it() {
    var images = new Images(path -> "broken\n");
    var nginx = ImageReference.parse("nginx").orElseThrow();

    assertThatThrownBy(() -> images.find(nginx))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("images/nginx, line 1: not a profile of this version");
  }

  private static @Nullable String compiled(String name) {
    return CompiledProfile.write(known(name));
  }
}
