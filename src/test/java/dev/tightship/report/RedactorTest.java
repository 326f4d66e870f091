package dev.tightship.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {

  /** A line, and what is shown of it. */
  record Case(String line, String shown) {
    @Override
    public String toString() {
      return line;
    }
  }

  private static Case hides(String line, String shown) {
    return new Case(line, shown.replace("###", Redactor.MASK));
  }

  static Stream<Case> secrets() {
    return Stream.of(
        // environment as a map and as a list
        hides("      DB_PASSWORD: hunter2", "      DB_PASSWORD: ###"),
        hides("      DB_PASSWORD: hunter2 # same", "      DB_PASSWORD: ### # same"),
        hides("      DB_PASSWORD: \"a # b\"  # same", "      DB_PASSWORD: \"###\"  # same"),
        hides("      DB_PASSWORD: 'it''s'", "      DB_PASSWORD: '###'"),
        hides("      DB_PASSWORD: 1234", "      DB_PASSWORD: ###"),
        hides("      \"DB_PASSWORD\": \"a\\\"b\"", "      \"DB_PASSWORD\": \"###\""),
        hides("      - DB_PASSWORD=hunter2", "      - DB_PASSWORD=###"),
        hides("      - DB_PASSWORD=a b;c&d,e", "      - DB_PASSWORD=###"),
        hides("      - DB_PASSWORD=\"a b\" c", "      - DB_PASSWORD=###"),
        hides("      - 'DB_PASSWORD=a b'   # no", "      - 'DB_PASSWORD=###'   # no"),
        hides("      - \"DB_PASSWORD=hunter2\"", "      - \"DB_PASSWORD=###\""),
        hides(
            "      - DB_PASSWORD=${DB_PASSWORD:-hunter2}",
            "      - DB_PASSWORD=${DB_PASSWORD:-###}"),
        hides(
            "      DB_PASSWORD: ${PW:-${OTHER:-hunter2}}",
            "      DB_PASSWORD: ${PW:-${OTHER:-###}}"),
        hides("      X: ${A:-${DB_PASSWORD:-hunter2}}", "      X: ${A:-${DB_PASSWORD:-###}}"),
        hides("      DB_PASSWORD: ${PW:-hunter2", "      DB_PASSWORD: ###"),
        hides("      DB_PASSWORD: x${PW}y", "      DB_PASSWORD: ###"),
        hides("      DB_PASSWORD: &pw hunter2", "      DB_PASSWORD: &pw ###"),
        hides("      DB_PASSWORD: !!str hunter2", "      DB_PASSWORD: !!str ###"),
        hides("      DB_PASSWORD: $$ecret1", "      DB_PASSWORD: ###"),
        hides("      smtpPass: hunter2", "      smtpPass: ###"),
        hides("      SMTPPASS: hunter2", "      SMTPPASS: ###"),
        hides("      spring.datasource.password: x y", "      spring.datasource.password: ###"),
        hides("      NEO4J_AUTH: neo4j/hunter2", "      NEO4J_AUTH: ###"),
        hides("      APP_KEY: base64:abc/def=", "      APP_KEY: ###"),
        hides("      SECRET_KEY_BASE: 0a1b2c", "      SECRET_KEY_BASE: ###"),
        hides("      TOKEN_TTL: hunter2", "      TOKEN_TTL: ###"),
        hides("      DB_PASSWORD: $ecret1Word", "      DB_PASSWORD: ###"),
        hides("      DB_PASSWORD: ${X:?hunter2}", "      DB_PASSWORD: ${X:?###}"),
        hides("      DB_PASSWORD: ${X/hunter2}", "      DB_PASSWORD: ###"),
        hides("      DB_PASSWORD: ${hunter2Word}", "      DB_PASSWORD: ###"),
        hides("      DB_PASSWORD:hunter2", "      DB_PASSWORD:###"),
        hides("      - \"DB_PASSWORD hunter2\"", "      - \"DB_PASSWORD ###\""),
        hides("      example.org/password: hunter2", "      example.org/password: ###"),
        hides("      \"example.org/password\": hunter2", "      \"example.org/password\": ###"),
        hides("      RABBITMQ_ERLANG_COOKIE: hunter2", "      RABBITMQ_ERLANG_COOKIE: ###"),
        // flow collections
        hides(
            "    environment: {DB_PASSWORD: hunter2, NODE_ENV: production, API_TOKEN: \"t,u\"}",
            "    environment: {DB_PASSWORD: ###, NODE_ENV: production, API_TOKEN: \"###\"}"),
        hides(
            "    environment: [\"A_PASSWORD=a,b\", NODE_ENV=production, B_TOKEN=t]",
            "    environment: [\"A_PASSWORD=###\", NODE_ENV=production, B_TOKEN=###]"),
        hides("      credentials: {a: hunter2, b: c}", "      credentials: ###"),
        hides("      - FOO={x PASSWORD=a,b", "      - FOO={x PASSWORD=###"),
        hides(
            "      CONFIG: '{\"user\": \"u\", \"password\": \"a,b\", \"port\": 1}'",
            "      CONFIG: '{\"user\": \"u\", \"password\": \"###\", \"port\": 1}'"),
        hides(
            "      CONFIG: \"{\\\"password\\\": \\\"a,b\\\", \\\"port\\\": 1}\"",
            "      CONFIG: \"{\\\"password\\\": \\\"###\\\", \\\"port\\\": 1}\""),
        // URLs and connection strings
        hides(
            "      - DATABASE_URL=postgres://u:pw@db:5432/x",
            "      - DATABASE_URL=postgres://u:###@db:5432/x"),
        hides("      URL: redis://:pw@cache:6379", "      URL: redis://:###@cache:6379"),
        hides("      URL: redis://:*pw@cache:6379", "      URL: redis://:###@cache:6379"),
        hides("      - DB_PASSWORD=*hunter2", "      - DB_PASSWORD=###"),
        hides("      DB_PASSWORD: !Passw0rd", "      DB_PASSWORD: ###"),
        hides("      # password: *hunter2", "      # password: ###"),
        hides("      URL: amqp://u:p@ss/w?rd@mq/x", "      URL: amqp://u:###@mq/x"),
        hides("      URL: \"amqp://u:it's@mq/x\" # u", "      URL: \"amqp://u:###@mq/x\" # u"),
        hides(
            "      URL: mongodb://u:pw@a:1,b:2/x?y=1", "      URL: mongodb://u:###@a:1,b:2/x?y=1"),
        hides("      URL: http://u:${PW:-hunter2}@h/", "      URL: http://u:${PW:-###}@h/"),
        hides("      URL: http://u:${A-hunter2@h/", "      URL: http://u:###@h/"),
        hides("      DSN: shop:pw@tcp(db:3306)/shop", "      DSN: shop:###@tcp(db:3306)/shop"),
        hides("      DSN: shop/pw@db:1521/XE", "      DSN: shop/###@db:1521/XE"),
        hides("      DSN: \"shop:hunter2@db:5432/shop\"", "      DSN: \"shop:###@db:5432/shop\""),
        hides("    image: ci:hunter2@ghcr.io/x/y:1", "    image: ci:###@ghcr.io/x/y:1"),
        hides(
            "there is no https:/ci:hunter2@example.org/x",
            "there is no https:/ci:###@example.org/x"),
        hides(
            "      SENTRY: https://0123456789abcdef0123@sentry.io/1",
            "      SENTRY: https://###@sentry.io/1"),
        hides(
            "      JDBC: jdbc:mysql://db/x?user=u&password=a&ssl=true",
            "      JDBC: jdbc:mysql://db/x?user=u&password=###&ssl=true"),
        hides(
            "      - CS=Server=db;Uid=u;Pwd=hunter2;Database=x",
            "      - CS=Server=db;Uid=u;Pwd=###;Database=x"),
        hides("      CS: \"Server=db;Password=hunter2\"", "      CS: \"Server=db;Password=###\""),
        hides("      CS: host=db password=hunter2", "      CS: host=db password=###"),
        hides(
            "      CS: AccountName=a;AccountKey=aGVsbG8=;E=x",
            "      CS: AccountName=a;AccountKey=###;E=x"),
        // commands
        hides(
            "    command: redis-server --requirepass hunter2 --port 1",
            "    command: redis-server --requirepass ### --port 1"),
        hides(
            "    command: [\"redis-server\", \"--requirepass\", \"a,b\"]",
            "    command: [\"redis-server\", \"--requirepass\", \"###\"]"),
        hides(
            "    command: [redis-server, --requirepass, hunter2]",
            "    command: [redis-server, --requirepass, ###]"),
        hides(
            "    command: x --password=hunter2 --port=1", "    command: x --password=### --port=1"),
        hides("    command: x --password='a b' y", "    command: x --password='###' y"),
        hides(
            "    command: [\"x\", \"--db-password=hunter2\"]",
            "    command: [\"x\", \"--db-password=###\"]"),
        hides("    test: redis-cli -a hunter2 ping", "    test: redis-cli -a ### ping"),
        hides(
            "    test: [\"CMD\", \"redis-cli\", \"-a\", \"hunter2\", \"ping\"]",
            "    test: [\"CMD\", \"redis-cli\", \"-a\", \"###\", \"ping\"]"),
        hides(
            "    test: mysqladmin ping -uroot -phunter2", "    test: mysqladmin ping -uroot -p###"),
        hides(
            "    test: [\"CMD\", \"mysqladmin\", \"ping\", \"-phunter2\"]",
            "    test: [\"CMD\", \"mysqladmin\", \"ping\", \"-p###\"]"),
        hides(
            "    test: [\"CMD\", \"redis-cli\", \"config\", \"set\", \"masterauth\", \"a b\"]",
            "    test: [\"CMD\", \"redis-cli\", \"config\", \"set\", \"masterauth\", \"###\"]"),
        hides(
            "    command: [rabbitmqctl, add_user, guest, hunter2]",
            "    command: [rabbitmqctl, add_user, guest, ###]"),
        hides(
            "RUN npm config set //npm.example.org/:_authToken hunter2",
            "RUN npm config set //npm.example.org/:_authToken ###"),
        hides(
            "    command: [-url=jdbc:mysql://db/x, \"-password=hunter2\"]",
            "    command: [-url=jdbc:mysql://db/x, \"-password=###\"]"),
        hides(
            "    test: mongosh -u a -p hunter2 --eval x", "    test: mongosh -u a -p ### --eval x"),
        hides("    test: curl -u admin:hunter2 http://x", "    test: curl -u admin:### http://x"),
        hides(
            "    test: curl -H 'Authorization: Bearer abcdef123456' x",
            "    test: curl -H 'Authorization: Bearer ###' x"),
        hides(
            "    command: sh -c \"PGPASSWORD=hunter2 psql\"",
            "    command: sh -c \"PGPASSWORD=###\""),
        hides(
            "RUN mysql -e \"ALTER USER a IDENTIFIED BY 'hunter2'\"",
            "RUN mysql -e \"ALTER USER a IDENTIFIED BY '###'\""),
        hides("requirepass hunter2", "requirepass ###"),
        // labels
        hides(
            "      - traefik.x.basicauth.users=u:$$apr1$$abc$$def.ghi/",
            "      - traefik.x.basicauth.users=u:###"),
        hides("      x: u:$2y$05$abcdefghijk", "      x: u:###"),
        hides("      x: u:{SHA}0123456789abcdef0123=", "      x: u:###"),
        // Dockerfiles
        hides("ENV DB_PASSWORD=hunter2", "ENV DB_PASSWORD=###"),
        hides("ENV DB_PASSWORD hunter 2", "ENV DB_PASSWORD ###"),
        hides("ENV DB_PASSWORD=hunter2 \\", "ENV DB_PASSWORD=### \\"),
        hides("ARG NPM_TOKEN=abc", "ARG NPM_TOKEN=###"),
        hides("LABEL db.password=\"x y\"", "LABEL db.password=\"###\""),
        hides("    ADMIN_PIN=\"1704\" \\", "    ADMIN_PIN=\"###\" \\"),
        hides(
            "RUN echo //registry/:_authToken=abc > .npmrc", "RUN echo //registry/:_authToken=###"),
        hides("        NPM_TOKEN: abc", "        NPM_TOKEN: ###"),
        // shapes
        hides("      X: ghp_0123456789abcdefghijABCDEFGHIJ", "      X: ###"),
        hides("      X: AKIAIOSFODNN7EXAMPLE", "      X: ###"),
        hides("      X: eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-def", "      X: ###"),
        hides("      X: xoxb-1234567890-abc", "      X: ###"),
        hides("  -----BEGIN RSA PRIVATE KEY-----", "  ###"),
        hides(
            "  X: \"-----BEGIN PRIVATE KEY-----\\nMII=\\n-----END PRIVATE KEY-----\"",
            "  X: \"###-----END PRIVATE KEY-----\""),
        // comments
        hides("    # password: hunter2 (old)", "    # password: ###"),
        hides("    # the password is !hunter2", "    # the password is ###"),
        hides("    # the password is hunter2", "    # the password is ###"),
        hides("    # - DB_PASSWORD=hunter2", "    # - DB_PASSWORD=###"),
        hides("    image: x # password hunter2", "    image: x # password ###"));
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void hides_a_secret_and_nothing_else(Case c) {
    String shown = Redactor.line(c.line());

    assertThat(shown).isEqualTo(c.shown());
    assertThat(Redactor.line(shown)).as("hidden twice").isEqualTo(shown);
    assertThat(Redactor.line(c.line() + "\r\n")).isEqualTo(shown + "\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      value = {
        "RUN echo 'root:Docker!' | chpasswd ¦ RUN echo ******** | chpasswd",
        "RUN echo \"app:$X y\" | /usr/sbin/chpasswd -e ¦ RUN echo ******** | /usr/sbin/chpasswd -e",
        "RUN a && printf 'a:hunter2\\n' | sudo chpasswd && b ¦ RUN a && printf ******** | sudo chpasswd && b",
        "RUN chpasswd <<< 'root:hunter2' ¦ RUN chpasswd <<< ********",
        "RUN htpasswd -c -B -b /a/users app hunter2 ¦ RUN htpasswd -c -B -b /a/users app ********",
        "command: sh -c \"mosquitto_passwd -b -c /a/users app hunter2 && b\" ¦ command: sh -c \"mosquitto_passwd -b -c /a/users app ******** && b\"",
        "RUN echo hunter2 | passwd --stdin root ¦ RUN echo ******** | passwd --stdin root",
        "RUN useradd -m -p hunter2 app && b ¦ RUN useradd -m -p ******** app && b",
        "RUN usermod -p 'hunter2 x' root ¦ RUN usermod -p '********' root",
      })
  void hides_passwords_of_accounts(String line, String shown) {
    assertThat(Redactor.line(line)).isEqualTo(shown);
    assertThat(Redactor.line(shown)).as("hidden twice").isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "      POSTGRES_PASSWORD_FILE: /run/secrets/x",
        "      PASSWORD_FILE: ./secrets/x.txt",
        "      DB_PASSWORD: ${DB_PASSWORD}",
        "      DB_PASSWORD: ${DB_PASSWORD:?set it in .env}",
        "      - DB_PASSWORD=$DB_PASSWORD",
        "      - DB_PASSWORD",
        "      - DB_PASSWORD=",
        "      DB_PASSWORD: *pw",
        "      DB_PASSWORD: &db_password",
        "      SECRET_KEY_BASE: ${X:?}",
        "      TOKEN_TTL: 3600",
        "      TOKEN_EXPIRES: 15m",
        "      MAX_TOKENS: 4096",
        "      PASSWORD_MIN_LENGTH: 12",
        "      AUTH_URL: https://id.example.org/auth",
        "      TOKEN_URL: https://id.example.org/token",
        "      POSTGRES_USER: notes",
        "      ALLOW_EMPTY_PASSWORD: \"yes\"",
        "      MYSQL_RANDOM_ROOT_PASSWORD: 1",
        "      URL: http://api:3000/x?mail=a@b.c",
        "      URL: https://git@example.org/x",
        "      DB_PASSWORD: $db_password",
        "      - ./htpasswd:v1.2",
        "    image: ghcr.io/x/y:v1.25-a@sha256:12345",
        "    image: registry:5000/x@sha256:12345",
        "      MAIL: mailto:ops@example.org",
        "RUN npm i x@npm:foo2@1.2.3 && go get github.com/x/y@v1.2.3",
        "      URL: postgres://u:${PW}@db/x",
        "      URL: postgres://u:${PW:?set it}@db/x",
        "    secrets: [db_password, api_token]",
        "    secrets:",
        "      - db_password",
        "      - source: db_password",
        "    image: saltstack/salt:3006",
        "    image: hashicorp/vault-secrets-operator:1.0",
        "      - ./htpasswd:/etc/nginx/.htpasswd:ro",
        "      - /etc/passwd:/etc/passwd:ro",
        "    test: mysqladmin ping -p$$MYSQL_ROOT_PASSWORD",
        "    test: mysqladmin ping -p\"$$X\" -P3306 --protocol=tcp --port=3306",
        "    test: [\"CMD-SHELL\", \"redis-cli -p 6379 -a $$REDIS_PASSWORD ping\"]",
        "    command: --requirepass ${REDIS_PASSWORD}",
        "    command: redis-server --port 6379",
        "    test: psql -p 5432 -U notes",
        "    user: \"1000:1000\"",
        "    command: x --user 1000:1000 --token-ttl 30",
        "    # what stays is in the folder secrets",
        "RUN --mount=type=secret,id=npm npm ci",
        "write RUN --mount=type=secret,id=npm_token,env=NPM_TOKEN where it is needed instead of the"
            + " ARG; list npm_token under build.secrets instead of the argument, and say under"
            + " secrets that its environment is NPM_TOKEN",
        "whoever has the file or the image has the secret that ENV holds in NPM_TOKEN, DB_PASSWORD",
        "the build argument NPM_TOKEN carries a secret of service api",
        "RUN mkdir -p /app/secrets",
        "RUN mkdir -p /srv/app && useradd app",
        "RUN grep root /etc/passwd | cut -d: -f1",
        "COPY --chown=1000:1000 . .",
        "FROM node:22",
        "    ports: [\"8080:80\"]",
        "    pids_limit: 512",
        "      COMPASS: north",
        "      SSL_KEYSTORE_LOCATION: a.jks",
        "      KAFKA_SSL_CLIENT_AUTH: required",
        "      GOOGLE_APPLICATION_CREDENTIALS: /gcp/account.json",
        "        proxy_pass http://api:3000;",
      })
  void shows_what_is_no_secret(String line) {
    assertThat(Redactor.line(line)).isEqualTo(line);
  }

  @Test
  void hides_what_goes_on_over_lines() {
    String text =
        """
        services:
          web:
            environment:
              TLS_PRIVATE_KEY: |
                first line
                  second line

                third line
              NODE_ENV: production
              DB_PASSWORD: "quoted one
                quoted two"
              OTHER: x
              API_TOKEN:
                beginning below
              CERT: |
                -----BEGIN EC PRIVATE KEY-----
                MHcCAQEE
                -----END EC PRIVATE KEY-----
              AFTER: y
            command:
              - redis-server
              - --requirepass
              - item of its own
              - --port
              - "6379"
            secrets:
              - db_password
          token-service:
            image: stays
            x-tokens:
              - listed one
        secrets:
          db_password:
            file: ./secrets/db_password.txt
          api_token:
            external: true
        """;
    String shown = shown(text);

    assertThat(shown)
        .doesNotContain(
            "listed", "first", "second", "third", "quoted", "beginning", "MHcC", "of its own")
        .contains("NODE_ENV: production", "OTHER: x", "AFTER: y", "- --port", "- \"6379\"")
        .contains(
            "image: stays", "- db_password", "file: ./secrets/db_password.txt", "external: true");
  }

  @Test
  void ends_with_what_a_secret_goes_on_to() {
    String text =
        """
        x-tokens: &tokens
          # of the key below
          <<: *other
        services:
          a:
            command:
              - redis-server
              - --requirepass
              - ${REDIS_PASSWORD}
              - --port
            entrypoint: |
              TOKEN="begins here
              and ends here"
              PASSWORD=$$(cat x)
                deeper in a script
              TOKEN="never ends
            environment:
              SECRET_PARAM_SERVERS: broker:9095
              SERVERS: broker:9095
          b:
            image: stays
        """;

    assertThat(shown(text))
        .doesNotContain("begins", "and ends", "never")
        .contains("# of the key below", "<<: *other", "- ${REDIS_PASSWORD}", "- --port")
        .contains("deeper in a script", "environment:", " SERVERS: broker:9095", "image: stays");
  }

  @Test
  void hides_a_known_secret_wherever_it_stands_again() {
    String text =
        """
        services:
          db:
            environment:
              POSTGRES_PASSWORD: t4sty-Coffee
              OTHER_PASSWORD: postgres
              COST_PASSWORD: "5$$aDay"
            image: postgres:16 # log in with t4sty-Coffee
            labels:
              note: t4sty-Coffee!
        """;
    var secrets = Secrets.of(List.of(text));

    assertThat(shown(text)).doesNotContain("t4sty").contains("image: postgres:16 # log in with");
    assertThat(secrets.line("the value t4sty-Coffee stands there")).doesNotContain("t4sty");
    assertThat(secrets.line("the container sees 5$aDay")).doesNotContain("aDay");
    assertThat(secrets.line("pin postgres to 16.15")).isEqualTo("pin postgres to 16.15");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      value = {
        "PASSWORD: 'hu$$ter''2' ¦ hu$ter'2",
        "PASSWORD: \"hu\\\"ter\\\\2\" ¦ hu\"ter\\2",
        "- \"PASSWORD=hu\\\"ter2\" ¦ hu\"ter2",
        "- URL=amqp://u:hu%2Fte%C3%A92@mq ¦ hu/te\u00e92",
        "PASSWORD='hu ter2' ./run ¦ hu ter2",
        "RUN PASSWORD=hunter2 npm ci ¦ hunter2",
        "RUN echo 'root:hunter2' | chpasswd ¦ hunter2",
        "o: username=u,password=hunter2,vers=3.0 ¦ hunter2",
        "DIGITS_PIN: 123456789 ¦ 123456789",
        "KEY: \"-----BEGIN RSA PRIVATE KEY-----\\nMIIhunter2\\nhunter3word\\n-----END\" ¦ hunter3word",
      })
  void knows_a_secret_in_each_form(String line, String form) {
    assertThat(Secrets.of(List.of(line)).line("see " + form + ", there"))
        .isEqualTo("see ********, there");
  }

  @Test
  void knows_no_part_of_a_secret_that_is_a_word() {
    var secrets = Secrets.of(List.of("PASSWORD: Please change me", "SECRET: Vault:Secret"));

    assertThat(secrets.line("Please say Vault: or Secret"))
        .isEqualTo("Please say Vault: or Secret");
  }

  @Test
  void hides_a_password_that_is_glued_to_its_option() {
    String text =
        """
        services:
          db:
            healthcheck:
              test:
                - CMD
                - mysqladmin
                - -uroot
                - -pt4sty-Coffee
            command: ["mariadb-admin",
              "-pt4sty-Tea"]
          web:
            command:
              - serve
              - -port=80
              - -pprof
            labels: {a: t4sty-Coffee}
        """;

    assertThat(shown(text)).doesNotContain("t4sty").contains("- -uroot", "- -port=80", "- -pprof");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      value = {
        "kind: unknown value k7Qwe9xyz ¦ kind: unknown value ********",
        "no such source: 0a1b2c3d4e5f6a7b8 ¦ no such source: ********",
        "not a date: 2026-13-01 ¦ not a date: 2026-13-01",
        "IllegalStateException at a.b.C.d(C.java:12) ¦ IllegalStateException at a.b.C.d(C.java:12)",
        "is not inside /tmp/junit12345678901234 ¦ is not inside /tmp/junit12345678901234",
        "unknown value aplication ¦ unknown value aplication",
        "not read: password=hunter2 ¦ not read: password=********",
      })
  void hides_what_an_error_quotes(String sentence, String shown) {
    assertThat(Redactor.error(sentence)).isEqualTo(shown);
  }

  static Stream<String> hostile() {
    return Stream.of(
            "password",
            "password=",
            "password: ",
            "{password: ",
            "${PASSWORD:-",
            "${${",
            "://",
            "a://b:c",
            "://u:${",
            "@",
            "eyJ-",
            "\"",
            "'",
            "\\\"",
            "[",
            "-p ",
            "-p'",
            "mysql -p",
            "redis-cli -a ",
            "htpasswd -b a ",
            "mosquitto_passwd -c -b ",
            "config set a,",
            "alias,set,a,",
            "a:b@",
            "a:b@c.",
            "a/b@c:1",
            "a/token: ",
            "-u a:",
            "-----BEGIN PRIVATE KEY",
            "bearer ",
            "$2y$",
            "expir",
            "max-",
            "&a ",
            "!t ",
            "# password ",
            " ",
            "\u00a0",
            "identified by '")
        .map(piece -> piece.repeat(Redactor.LONGEST / piece.length()));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void is_quick_on_any_line(String line) {
    String odd = "x mysql redis " + line.substring(20) + "\u0000";
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          for (int i = 0; i < 10; i++) {
            assertThat(Redactor.line(line)).isNotNull();
            assertThat(Redactor.line(odd)).isNotNull();
          }
          assertThat(Secrets.of(List.of(line + "\n" + odd)).line(line)).isNotNull();
        });
  }

  @Test
  void shows_nothing_of_a_line_that_is_too_long_to_look_at() {
    String line = "PASSWORD: " + "x".repeat(Redactor.LONGEST);
    assertThat(Redactor.line(line + "\n"))
        .isEqualTo(Redactor.MASK + " (a line of " + line.length() + " characters)\n");
  }

  private static String shown(String text) {
    var secrets = Secrets.of(List.of(text));
    var continuing = secrets.continuing(dev.tightship.text.Traced.of(text));
    var out = new StringBuilder();
    for (String line : text.split("(?<=\n)", -1)) {
      out.append(secrets.line(line, continuing));
    }
    return out.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "command:\n  - --password\n\n  # the one\n  - hunter2abc\n",
        "command:\n  - \"--password\"\n  - hunter2abc\n",
        "command: [serve, --password,\n  hunter2abc]\n",
        "command: redis-cli --password \\\n  hunter2abc\n",
        "command:\n  - requirepass\n  - hunter2abc\n",
        "command:\n  - '-a'\n  - hunter2abc\n"
      })
  void the_value_of_an_option_is_known_on_the_next_line(String text) {
    assertThat(Secrets.of(List.of(text)).line("see hunter2abc")).isEqualTo("see ********");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"command:\n  - -v\n  - hunter2abc\n", "x: --pass-through-x\n  hunter2abc"})
  void what_follows_another_option_is_not(String text) {
    assertThat(Secrets.of(List.of(text)).line("see hunter2abc")).isEqualTo("see hunter2abc");
  }
}
