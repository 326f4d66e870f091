package dev.tightship.passes;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadOnlyMountsTest extends PassTest {

  private static final String READS_ONLY = "it may write to nothing of the project";
  private static final String MAY_WRITE = "what it may write to is not known to be only read";

  ReadOnlyMountsTest() {
    super(new ReadOnlyMounts());
  }

  private static String service(String image, String mount) {
    return """
        services:
          x:
            image: %s
            volumes:
              - %s # given to read
              - data:/data
        volumes: {data: {}}
        """
        .formatted(image, mount);
  }

  /** With the file that the mount names, if it begins with {@code ./}. */
  private static Given given(String text, String... files) {
    Given given = Given.compose(text);
    for (String file : files) {
      given = given.and(file, "x\n");
    }
    return given;
  }

  private static String source(String mount) {
    return mount.replaceAll("['\"]", "").substring(2).split(":", 2)[0];
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          nginx     | ./nginx.conf:/etc/nginx/nginx.conf             | ./nginx.conf:/etc/nginx/nginx.conf:ro
          nginx     | "./a/b.conf:/etc/nginx/conf.d/default.conf"    | "./a/b.conf:/etc/nginx/conf.d/default.conf:ro"
          nginx     | './a.conf:/etc/nginx/nginx.conf:z'             | './a.conf:/etc/nginx/nginx.conf:z,ro'
          nginx     | ./index.html:/usr/share/nginx/html/index.html  | ./index.html:/usr/share/nginx/html/index.html:ro
          httpd     | ./htpasswd:/etc/apache2/htpasswd               | ./htpasswd:/etc/apache2/htpasswd:ro
          caddy     | ./Caddyfile:/etc/caddy/Caddyfile               | ./Caddyfile:/etc/caddy/Caddyfile:ro
          haproxy   | ./h.cfg:/usr/local/etc/haproxy/haproxy.cfg     | ./h.cfg:/usr/local/etc/haproxy/haproxy.cfg:ro
          postgres  | ./init.sh:/docker-entrypoint-initdb.d/init.sh  | ./init.sh:/docker-entrypoint-initdb.d/init.sh:ro
          mongo:8.0 | ./init.js:/docker-entrypoint-initdb.d/init.js  | ./init.js:/docker-entrypoint-initdb.d/init.js:ro
          mysql     | ./my.cnf:/etc/mysql/conf.d/my.cnf              | ./my.cnf:/etc/mysql/conf.d/my.cnf:ro
          wordpress | ./u.ini:/usr/local/etc/php/conf.d/u.ini        | ./u.ini:/usr/local/etc/php/conf.d/u.ini:ro
          """)
  void mounts_a_file_that_a_known_image_reads(String image, String before, String after) {
    hardens(
        Level.STANDARD,
        given(service(image, before), source(before)),
        Map.of(COMPOSE, service(image, after)));
  }

  @ParameterizedTest
  @CsvSource({
    "nginx, ./public:/usr/share/nginx/html",
    "nginx, ./sites:/etc/nginx/conf.d",
    "nginx, ./conf.d:/etc/nginx/conf.d",
    "nginx, ./certs:/etc/ssl/certs",
    "httpd, ./pages:/usr/local/apache2/htdocs",
    "postgres, ./db/init:/docker-entrypoint-initdb.d",
  })
  void mounts_a_folder_that_a_known_image_reads(String image, String mount) {
    hardens(service(image, mount), service(image, mount + ":ro"));
  }

  @Test
  void mounts_in_the_long_form() {
    hardens(
        Level.STANDARD,
        given(
            """
            services:
              db:
                image: mariadb
                volumes:
                  - type: bind
                    source: ./my.cnf # ours
                    target: /etc/mysql/conf.d/my.cnf
                  - {type: bind, source: ./init, target: /docker-entrypoint-initdb.d}
            """,
            "my.cnf"),
        Map.of(
            COMPOSE,
            """
            services:
              db:
                image: mariadb
                volumes:
                  - type: bind
                    source: ./my.cnf # ours
                    target: /etc/mysql/conf.d/my.cnf
                    read_only: true
                  - {type: bind, source: ./init, target: /docker-entrypoint-initdb.d, read_only: true}
            """));
  }

  @Test
  void mounts_in_the_file_where_it_stands_and_with_a_variable() {
    hardens(
        Level.STANDARD,
        given("services: {web: {image: nginx}}\n", "a.conf")
            .override("services: {web: {volumes: ['${DIR:-.}/a.conf:/etc/nginx/nginx.conf']}}\n"),
        Map.of(
            OVERRIDE,
            "services: {web: {volumes: ['${DIR:-.}/a.conf:/etc/nginx/nginx.conf:ro']}}\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "image: acme/app",
        "image: telegraf",
        "image: node",
        "image: nginx\n    entrypoint: /start.sh",
        "image: nginx\n    command: sh -c 'sed -i s/a/b/ /etc/app/a.conf; nginx'",
        "image: nginx\n    command: [/start.sh]",
        "image: nginx\n    command: ['${START}']",
        "image: nginx:1.19.3",
        "image: ${IMAGE}",
        "build: ."
      })
  void mounts_a_file_of_what_is_not_known_only_at_level_strict(String service) {
    String text =
        "services:\n  x:\n    " + service + "\n    volumes: ['./a.conf:/etc/app/a.conf%s']\n";
    Given given = given(text.formatted(""), "a.conf");
    offers(Level.STANDARD, given);
    hardens(Level.STRICT, given, Map.of(COMPOSE, text.formatted(":ro")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nginx -g 'daemon off;'", "[nginx, -c, /etc/x]", "--config=/etc/x", "''"})
  void takes_a_command_that_runs_no_script_for_the_program_of_the_image(String command) {
    String text =
        "services:\n  x:\n    image: nginx\n    command: "
            + command
            + "\n    volumes: ['./a.conf:/etc/app/a.conf%s']\n";
    hardens(
        Level.STANDARD,
        given(text.formatted(""), "a.conf"),
        Map.of(COMPOSE, text.formatted(":ro")));
  }

  @ParameterizedTest
  @CsvSource({
    "redis, ./redis.conf:/usr/local/etc/redis/redis.conf",
    "redis, ./sentinel.conf:/etc/sentinel.conf",
    "traefik, ./acme.json:/etc/traefik/acme.json",
    "cassandra, ./cassandra.yaml:/etc/cassandra/cassandra.yaml",
    "odoo, ./odoo.conf:/etc/odoo/odoo.conf",
    "acme/gitea, ./app.ini:/etc/gitea/app.ini",
    "eclipse-mosquitto, ./passwd:/etc/mosquitto/passwd",
    "acme/app, ./app.db:/etc/app/app.db",
    "acme/app, ./.env:/etc/app/.env",
    "nginx, ./config.json:/app/config.json",
  })
  void leaves_a_file_that_may_be_written(String image, String mount) {
    leaves(given(service(image, mount), source(mount)), MAY_WRITE);
  }

  @ParameterizedTest
  @CsvSource({
    "nginx, .:/app",
    "nginx, ./src:/var/www/html",
    "nginx, ./nginx:/etc/nginx",
    "acme/web, ./public:/usr/share/nginx/html",
    "acme/db, ./init:/docker-entrypoint-initdb.d",
    "postgres, ./data:/var/lib/postgresql/data",
    "traefik, ./traefik:/etc/traefik",
  })
  void leaves_a_folder_that_may_be_written(String image, String mount) {
    leaves(service(image, mount), MAY_WRITE);
  }

  @Test
  void leaves_a_site_that_is_made_of_a_template() {
    String text =
        """
        services:
          web:
            image: nginx
            volumes:
              - ./a.conf:/etc/nginx/conf.d/a.conf
              - ./templates:/etc/nginx/templates%s
        """;
    hardens(
        Level.STRICT, given(text.formatted(""), "a.conf"), Map.of(COMPOSE, text.formatted(":ro")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "./a.conf:/etc/nginx/nginx.conf:rw",
        "./a.conf:/etc/nginx/nginx.conf:z,rw",
        "{type: bind, source: ./a.conf, target: /etc/nginx/nginx.conf, read_only: false}"
      })
  void leaves_what_the_project_asks_to_write(String mount) {
    leaves(given(service("nginx", mount), "a.conf"), MAY_WRITE);
  }

  @Test
  void leaves_a_file_that_is_not_there() {
    leaves(service("nginx", "./a.conf:/etc/nginx/nginx.conf"), MAY_WRITE);
    leaves(service("nginx", "./a.html:/usr/share/nginx/html/a.html"), MAY_WRITE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "./a.conf:/etc/nginx/nginx.conf:ro",
        "./a.conf:/etc/nginx/nginx.conf:ro,z",
        "{type: bind, source: ./a.conf, target: /etc/a.conf, read_only: true}",
        "/etc/localtime:/etc/localtime",
        "../elsewhere/a.conf:/etc/nginx/nginx.conf",
        "named:/etc/nginx/conf.d",
        "/etc/nginx/conf.d",
        "${DIR}/a.conf:/etc/nginx/nginx.conf",
      })
  void leaves_what_is_read_only_and_what_is_not_of_the_project(String mount) {
    leaves(
        given(service("nginx", mount).replace("{data: {}}", "{data: {}, named: {}}"), "a.conf"),
        READS_ONLY);
  }

  @Test
  void reports_a_mount_whose_end_a_variable_holds() {
    advises(
        given(service("nginx", "'./a.conf:${TARGET:-/etc/nginx/nginx.conf}'"), "a.conf"),
        "mount it read-only where its parts come from");
  }

  @Test
  void writes_out_mounts_that_come_from_an_anchor() {
    hardens(
        Level.STANDARD,
        given(
            """
            x-volumes: &volumes ['./a.conf:/etc/nginx/nginx.conf']
            services: {web: {image: nginx, volumes: *volumes}}
            """,
            "a.conf"),
        Map.of(
            "compose.yaml",
            """
            x-volumes: &volumes ['./a.conf:/etc/nginx/nginx.conf']
            services: {web: {image: nginx, volumes: [./a.conf:/etc/nginx/nginx.conf:ro]}}
            """));
  }

  @Test
  void reports_a_mount_that_is_an_alias_itself() {
    advises(
        given(
            """
            x-volume: &volume './a.conf:/etc/nginx/nginx.conf'
            services: {web: {image: nginx, volumes: [*volume]}}
            """,
            "a.conf"),
        "it comes from an anchor that other places share: mount it read-only there");
  }

  @Test
  void reports_what_extends_and_what_is_extended() {
    Given given =
        given(
            """
            services:
              base: {image: nginx, volumes: ['./a.conf:/etc/nginx/nginx.conf']}
              web: {extends: base}
            """,
            "a.conf");
    advises(given, "it comes from a service that this one extends: mount it read-only there");
  }
}
