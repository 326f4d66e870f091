package dev.tightship.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLiteralsTest {

  record Case(String command, List<String> found) {
    @Override
    public String toString() {
      return command;
    }
  }

  private static Case has(String command, String... found) {
    return new Case(command, List.of(found));
  }

  static Stream<Case> commands() {
    return Stream.of(
        has("redis-server --requirepass hunter2 --port 1", "requirepass hunter2"),
        has("redis-server --requirepass \"a b\"", "requirepass a b"),
        has("redis-server --requirepass 'it'\\''s'", "requirepass it's"),
        has("redis-cli CONFIG SET requirepass hunter2", "password hunter2"),
        has("redis-cli -a hunter2 ping", "password hunter2"),
        has("/usr/bin/redis-cli --pass hunter2 ping", "pass hunter2"),
        has("redis-cli -h x -p 6379 -a hunter2 ping | grep PONG", "password hunter2"),
        has("x --password=hunter2 --port=1", "password hunter2"),
        has("x -password=hunter2", "password hunter2"),
        has("x --db.password hunter2 --db.name x", "db.password hunter2"),
        has("bitcoind -rpcpassword=hunter2", "rpcpassword hunter2"),
        has("mysqladmin ping -uroot -phunter2", "password hunter2"),
        has("mysqladmin ping -uroot -p'hunter 2'", "password hunter 2"),
        has("mongosh -u a -p hunter2 --eval x", "password hunter2"),
        has("sqlcmd -S localhost -U sa -P hunter2 -Q x", "password hunter2"),
        has("ldapsearch -x -D cn=a -w hunter2 -b x", "password hunter2"),
        has("curl -u admin:hunter2 http://x", "password hunter2"),
        has("curl --user admin:hunter2 http://x", "password hunter2"),
        has("curl http://admin:hunter2@x/", "http hunter2"),
        has("curl -H 'Authorization: Bearer abcdef123456' x", "authorization abcdef123456"),
        has("curl -H 'X-Api-Key: abcdef123456' x", "X-Api-Key abcdef123456"),
        has("PGPASSWORD=hunter2 psql -h x", "PGPASSWORD hunter2"),
        has("sh -c \"PGPASSWORD=hunter2 psql -c 'select 1'\"", "PGPASSWORD hunter2"),
        has("bash -ec 'a && redis-cli -a hunter2 ping; b'", "password hunter2"),
        has("redis-server --requirepass \"${REDIS_PASSWORD:-hunter2}\"", "requirepass hunter2"),
        has(
            "until mc alias set m http://minio:9000 admin hunter2; do sleep 1; done",
            "password hunter2"),
        has("mc config host add m http://minio:9000 admin hunter2", "password hunter2"),
        has("rabbitmqctl add_user app hunter2", "password hunter2"),
        has("rabbitmqctl -q authenticate_user app hunter2", "password hunter2"),
        has("htpasswd -Bbn admin hunter2", "password hunter2"),
        has("sh -c 'mosquitto_passwd -c -b /a/users app hunter2 && b'", "password hunter2"),
        has("echo root:hunter2 | chpasswd", "password hunter2"),
        has("nats-server --auth hunter2", "auth hunter2"),
        has("mysql -e \"ALTER USER a IDENTIFIED BY 'hunter2'\"", "password hunter2"),
        has("flyway -url=jdbc:postgresql://db/x -user=u -password=hunter2", "password hunter2"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void finds(Case given) {
    assertThat(named(CommandLiterals.ofScript(Located.of(given.command)))).isEqualTo(given.found);
  }

  private static List<String> named(List<Literal> found) {
    return found.stream().map(f -> f.name() + " " + f.value().reveal()).toList();
  }

  /** What is acted upon must be hidden too. */
  @ParameterizedTest
  @MethodSource("commands")
  void hides_what_it_finds(Case given) {
    String line = "    command: " + given.command;
    if (given.command.contains("'\\''") || given.command.contains(" --auth ")) {
      return; // quotes within quotes, and an option that is mostly a switch: seen as one line only
    }
    assertThat(SecretFinder.find(line))
        .anySatisfy(
            span ->
                assertThat(span.of(line))
                    .contains(given.found.get(0).substring(given.found.get(0).indexOf(' ') + 1)));
  }

  @Test
  void finds_in_the_words_of_a_list() {
    assertThat(words("redis-server", "--requirepass", "a b")).containsExactly("2 requirepass a b");
    assertThat(words("CMD", "mysqladmin", "ping", "-phunter2"))
        .containsExactly("3 password hunter2");
    assertThat(words("CMD-SHELL", "redis-cli -a hunter2 ping"))
        .containsExactly("1 password hunter2");
    assertThat(words("/bin/sh", "-c", "redis-cli -a hunter2 ping"))
        .containsExactly("2 password hunter2");
    assertThat(words("redis-cli -a hunter2 ping")).containsExactly("0 password hunter2");
    assertThat(words("--user", "u", "--pass", "hunter2")).containsExactly("3 pass hunter2");
  }

  private static List<String> words(String... words) {
    return CommandLiterals.ofWords(Stream.of(words).map(Located::of).toList()).stream()
        .map(f -> f.item() + " " + f.literal().name() + " " + f.literal().value().reveal())
        .toList();
  }

  @Test
  void tells_where_it_is_written() {
    String script = "redis-cli -a 'hun''ter2' ping";
    assertThat(CommandLiterals.ofScript(Located.of(script)))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.value().reveal()).isEqualTo("hunter2");
              assertThat(found.span().of(script)).isEqualTo("hun''ter2");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis-server --requirepass ${REDIS_PASSWORD}",
        "redis-server --requirepass $REDIS_PASSWORD",
        "redis-server --requirepass \ufffc",
        "mysqladmin ping --password=\"$(cat /run/secrets/db)\" --silent",
        "mysqladmin ping -p$MYSQL_ROOT_PASSWORD",
        "mysqladmin ping -h localhost -p -P 3306",
        "redis-cli -p 6379 ping",
        "docker run -p 80:80 -u 1000:1000 x",
        "docker run --user node:node x",
        "pg_isready -U postgres -d app",
        "mongod --auth --bind_ip_all",
        "mongod --keyFile /etc/keyfile --auth",
        "geth --jwt-secret /var/lib/jwtsecret --authrpc.port 8551",
        "vllm --max-total-tokens 8192 --tokenizer-mode slow",
        "x --auth basic --token-ttl 3600",
        "x --enable-basic-auth --other",
        "x --insecure --password-file /run/x",
        "traefik --entrypoints.web.address=:80 --providers.docker=true",
        "openssl req -keyout server.key -out server.crt",
        "curl -f http://localhost:3000/login",
        "x --uipassword_env=APP_PASSWORD",
        "bin/kibana-encryption-keys generate",
        "puma -p 28080 config.ru",
        "celery -A app inspect ping",
      })
  void leaves_what_is_none(String command) {
    assertThat(named(CommandLiterals.ofScript(Located.of(command)))).isEmpty();
  }
}
