package dev.tightship.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralFinderTest {

  /** A variable with its value, and how each secret of it is known. */
  private static List<String> found(String assignment) {
    int equals = assignment.indexOf('=');
    return LiteralFinder.named(
            assignment.substring(0, equals), Located.of(assignment.substring(equals + 1)))
        .stream()
        .map(found -> found.kind() + " " + found.value().reveal())
        .toList();
  }

  record Case(String assignment, List<String> found) {
    @Override
    public String toString() {
      return assignment;
    }
  }

  private static Case has(String assignment, String... found) {
    return new Case(assignment, List.of(found));
  }

  static Stream<Case> secrets() {
    return Stream.of(
        // by name
        has("DB_PASSWORD=hunter2", "VALUE hunter2"),
        has("DB_PASSWORD=\"hunter2\"", "VALUE \"hunter2\""),
        has("DB_PASSWORD= a b ", "VALUE  a b "),
        has("DB_PASSWORD=$ecret", "VALUE $ecret"),
        has("DB_PASSWORD=1234", "VALUE 1234"),
        has("dbPassword=hunter2", "VALUE hunter2"),
        has("SMTPPASS=hunter2", "VALUE hunter2"),
        has("DB_PW=hunter2", "VALUE hunter2"),
        has("spring.datasource.password=hunter2", "VALUE hunter2"),
        has("SECRET_KEY_BASE=0a1b2c", "VALUE 0a1b2c"),
        has("API_KEY_READ_ONLY=0a1b2c", "VALUE 0a1b2c"),
        has("ENCRYPTION_SALT_KEYS=00beef", "VALUE 00beef"),
        has("AWS_SECRET_ACCESS_KEY=abc/def+g", "VALUE abc/def+g"),
        has("KAFKA_SSL_KEYSTORE_PASSWORD=confluent", "VALUE confluent"),
        has("ADMIN_PASSWORD_HASH=$2y$05$abcdefghijk", "HASH $2y$05$abcdefghijk"),
        has("NEO4J_AUTH=neo4j/hunter2", "VALUE hunter2"),
        has("SMTP_AUTH=mailer:hunter2", "VALUE hunter2"),
        has("TOKEN_1=hunter2", "VALUE hunter2"),
        // in URLs
        has("DATABASE_URL=postgres://u:pw@db:5432/x", "URL pw"),
        has("DATABASE_URL=postgresql+asyncpg://u:p%40w@db/x?ssl=1", "URL p%40w"),
        has("DATABASE_URL=mysql://root:pw@db/x", "URL pw"),
        has("DATABASE_URL=jdbc:postgresql://db/x?user=u&password=pw&ssl=true", "PARAMETER pw"),
        has("DATABASE_URL=jdbc:mysql://u:pw@db/x", "URL pw"),
        has("MONGO_URL=mongodb://u:pw@a:27017,b:27017/x?replicaSet=r", "URL pw"),
        has("MONGO_URL=mongodb+srv://u:pw@cluster.example.org", "URL pw"),
        has("BROKER=amqp://u:p@ss@mq:5672/x", "URL p@ss"),
        has("BROKER=amqp://u:p/w@mq:5672/x", "URL p/w"),
        has("BROKERS=amqp://u:p1@a:5672,amqp://u:p2@b:5672", "URL p1", "URL p2"),
        has("CACHE=redis://:pw@cache:6379/0", "URL pw"),
        has("MAIL=smtp://u:pw@mail:587", "URL pw"),
        has("PROXY=http://u:pw@proxy:3128", "URL pw"),
        has("SA=db+postgresql://u:pw@db/x", "URL pw"),
        has("TOKEN_URL=https://u:pw@h/x", "URL pw"),
        // in texts
        has("CS=Server=db;User Id=sa;Password=p@ss word;Database=x", "PARAMETER p@ss"),
        has("CS=Driver={ODBC Driver 18};Server=db;UID=u;PWD=pw;", "PARAMETER pw"),
        has("CS=host=db user=u password=pw dbname=x", "PARAMETER pw"),
        has("CS=cache:6379,password=pw,ssl=False", "PARAMETER pw"),
        has("CS=AccountName=a;AccountKey=aGVsbG8=;E=x", "PARAMETER aGVsbG8="),
        has("OPTS=-Ddb.user=u -Ddb.password=pw -Dx=y", "PARAMETER pw"),
        has("OPTS=-Djavax.net.ssl.keyStorePassword=changeit", "PARAMETER changeit"),
        has("JAAS=Module required username=\"u\" password=\"p w\" x=\"y\";", "PARAMETER p w"),
        has("JSON={\"user\": \"u\", \"password\": \"pw\", \"port\": 1}", "PARAMETER pw"),
        has("YAML=db:\n  user: u\n  password: p w  # old\n  port: 1", "PARAMETER p w"),
        has("SQL=ALTER USER u IDENTIFIED BY 'pw'", "PARAMETER pw"),
        has("HEADER=Authorization: Bearer abcdef123456", "PARAMETER abcdef123456"),
        has("USERS=u:$apr1$abcdefgh$abcdefghijkl", "HASH $apr1$abcdefgh$abcdefghijkl"),
        has(
            "CERT=-----BEGIN RSA PRIVATE KEY-----\nx\n-----END RSA PRIVATE KEY-----",
            "PRIVATE_KEY -----BEGIN RSA PRIVATE KEY-----\nx\n-----END RSA PRIVATE KEY-----"));
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void finds(Case given) {
    assertThat(found(given.assignment)).isEqualTo(given.found);
  }

  /** What is acted upon must be hidden too. */
  @ParameterizedTest
  @MethodSource("secrets")
  void hides_what_it_finds(Case given) {
    for (String line : given.assignment.lines().toList()) {
      String shown = line;
      var spans = SecretFinder.find("      - " + line);
      for (int i = spans.size() - 1; i >= 0; i--) {
        shown =
            shown.substring(0, spans.get(i).start() - 8)
                + "#"
                + shown.substring(spans.get(i).end() - 8);
      }
      for (String secret : given.found) {
        String value = secret.substring(secret.indexOf(' ') + 1);
        assertThat(shown).doesNotMatch(".*\\b" + Pattern.quote(value) + "\\b.*");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // names that speak of something else
        "TOKEN_TTL=hour",
        "TOKEN_TTL=3600",
        "MAX_TOKENS=4096",
        "MAX_TOTAL_TOKENS=2048",
        "PASSWORD_MIN_LENGTH=12",
        "PASSWORDMAXCHAR=250",
        "LIMITER_GET_TOKEN=3",
        "PASSWORD_POLICY=strict",
        "USER_PASSWORD_REQUIREMENTS=15",
        "PASSWORD_FILE=/run/secrets/db",
        "TOKENIZER_MODEL=cl100k",
        "TOKENIZERS_PARALLELISM=maybe",
        "JWT_PUBLIC_KEY=abcdef",
        "STRIPE_PUBLISHABLE_KEY=abcdef",
        "RECAPTCHA_SITE_KEY=abcdef",
        "PRIMARY_KEY=id",
        "CACHE_KEY=products",
        "CONNECT_KEY_CONVERTER=org.apache.kafka.connect.storage.StringConverter",
        "CLUSTER_ID=oh-sxaDRTcyAr6pFRbXyzA",
        "AWS_ACCESS_KEY_ID=minioadmin",
        "KAFKA_SSL_KEY_CREDENTIALS=broker_creds",
        "CREDENTIALS_SOURCE=OAUTHBEARER",
        "SECRET_LOCAL_HOSTNAME=0.0.0.0",
        "tls-secret=web-cert",
        "BYPASS=everything",
        "COMPASS=north",
        "AUTH_USER=valor",
        "COOKIE_NAME=session",
        "SESSION_DRIVER=database",
        "DB_CONNECTION=sqlite",
        // values that are none
        "DB_PASSWORD=",
        "DB_PASSWORD=\"\"",
        "DB_PASSWORD=none",
        "DB_PASSWORD='none'",
        "RANDOM_ROOT_PASSWORD=yes",
        "ALLOW_EMPTY_PASSWORD=true",
        "DB_PASSWORD=${DB_PASSWORD}",
        "DB_PASSWORD=$DB_PASSWORD",
        "DB_PASSWORD=/run/secrets/db",
        "DB_PASSWORD={{ db_password }}",
        "DB_PASSWORD=\ufffcx",
        "API_KEYS=[]",
        "API_KEY=user_provided",
        "TLS_KEY=server.key",
        "JWT_SECRET_KEY=%kernel.project_dir%/config/jwt/private.pem",
        "WORKER_TOKEN=file:///home/node/worker_token",
        "TOKEN=arn:aws:secretsmanager:eu-west-1:1:secret:x",
        "REGISTRY_AUTH=htpasswd",
        "SMTP_AUTH=login",
        "OIDC_TOKEN=http://dex:5556/token",
        // texts with nothing in them
        "DATABASE_URL=postgres://u@db/x",
        "DATABASE_URL=postgres://u:\ufffc@db/x",
        "DATABASE_URL=postgres://u:$PASSWORD@db/x",
        "REDIS_URL=redis://:@redis:6379/0",
        "URL=http://api:3000/x",
        "URLS=http://a:1,http://b:2/@x",
        "MAIL=someone@example.org",
        "LISTENERS=PLAINTEXT://kafka:9092",
        "OPTS=-Des.username= -Des.password= -Dkb.url=http://kibana:5601",
        "LOGGERS=INFO,io.confluent.security.auth=INFO,x=WARN",
        "FLAGS=enable-login-with-password enable-smtp",
        "TEXT=the password is what you choose",
        "IMAGE=registry:5000/app@sha256:0123456789abcdef",
        "CERT=-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----",
      })
  void leaves_what_is_none(String assignment) {
    assertThat(found(assignment)).isEmpty();
  }

  @Test
  void tells_the_public_half_of_a_pair_by_what_stands_beside_it() {
    var beside = Set.of("S3_ACCESS_KEY", "S3_SECRET_KEY", "STORAGE_ACCESS_KEY");
    assertThat(LiteralFinder.isName("S3_ACCESS_KEY", beside)).isFalse();
    assertThat(LiteralFinder.isName("S3_SECRET_KEY", beside)).isTrue();
    assertThat(LiteralFinder.isName("STORAGE_ACCESS_KEY", beside)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "changeme, true",
    "admin, true",
    "postgres, true",
    "secret123, true",
    "P@ssw0rd1, true",
    "my-secret-pw, true",
    "<your-token>, true",
    "'\"<TOKEN>\"', true",
    "00000000000000000, true",
    "changeme-generate-with-openssl-rand-base64-32, true",
    "short7x, true",
    "correct-horse-battery, false",
    "d0ck3r_Labs!, false",
    "2Gn5puuVCH0SI386E9RqOqHm0hGIAyrB, false",
  })
  void says_what_is_weak(String value, boolean weak) {
    assertThat(LiteralFinder.named("DB_PASSWORD", Located.of(value)))
        .singleElement()
        .satisfies(found -> assertThat(found.weak()).isEqualTo(weak));
  }

  @Test
  void a_password_that_is_the_name_of_its_user_is_weak() {
    assertThat(LiteralFinder.named("URL", Located.of("postgres://geonetwork:geonetwork@db/x")))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.weak()).isTrue();
              assertThat(found.span().start()).isEqualTo(22);
            });
  }

  @Test
  void prints_no_value() {
    var found = LiteralFinder.named("DB_PASSWORD", Located.of("hunter2"));
    assertThat(found.toString()).doesNotContain("hunter2").contains("***");
    assertThat(new SecretValue("a"))
        .isEqualTo(new SecretValue("a"))
        .isNotEqualTo(new SecretValue("b"));
  }

  @Test
  void looks_at_hostile_texts_in_linear_time() {
    for (String part :
        List.of(
            "://",
            "a://b:",
            "a://@",
            "password=\"",
            "password=\\\"",
            "a_secret=",
            "key: ",
            "-----BEGIN PRIVATE KEY-----",
            "identified by ",
            "bearer ",
            "${",
            "$(",
            "\"",
            "'",
            "\\",
            "mc alias set ",
            "-p ",
            "user=u password=p,")) {
      String text = part.repeat(60_000 / part.length());
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () -> {
            LiteralFinder.named("DB_PASSWORD", Located.of(text));
            LiteralFinder.in(null, Located.of(text));
            CommandLiterals.ofScript(Located.of(text));
          },
          part);
    }
  }
}
