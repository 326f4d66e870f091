package dev.tightship.passes;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadOnlyRootTest extends PassTest {

  private static final String NGINX =
      "    read_only: true\n    tmpfs:\n      - /run\n      - /var/cache/nginx\n";

  /** The same in the manner of a service that writes its lists in brackets. */
  private static final String FLOW = "    read_only: true\n    tmpfs: [/run, /var/cache/nginx]\n";

  ReadOnlyRootTest() {
    super(new ReadOnlyRoot());
  }

  private static String web(String settings) {
    return "services:\n  web:\n    image: nginx:1.31.4\n" + settings;
  }

  // ---- known images

  @Test
  void a_known_image_gets_the_tmpfs_that_it_needs() {
    hardens(web(""), web(NGINX));
  }

  @Test
  void where_something_writable_is_mounted_no_tmpfs_is_needed() {
    String mounts = "    volumes: [\"cache:/var/cache\", \"/run/x\"]\n";

    hardens(
        web(mounts) + "volumes: {cache: {}}\n",
        web(mounts + "    read_only: true\n    tmpfs: [/run]\n") + "volumes: {cache: {}}\n");
    advises(
        web("    volumes: [\"./run:/run:ro\"]\n"),
        "it writes to /run, where something is mounted that it may only read");
  }

  @Test
  void a_tmpfs_that_is_there_stays_and_the_others_join_it() {
    hardens(
        web("    tmpfs:\n      - /run:size=1m\n"),
        web(
            """
                tmpfs:
                  - /run:size=1m
                  - /var/cache/nginx
                read_only: true
            """));
  }

  @Test
  void for_another_user_than_root_each_tmpfs_is_its_own() {
    String user = "    user: \"101:101\"\n";

    hardens(
        web(user),
        web(
            user
                + "    read_only: true\n    tmpfs:\n      - /run:uid=101,gid=101\n"
                + "      - /var/cache/nginx:uid=101,gid=101\n"));
  }

  @Test
  void a_check_of_localhost_moves_to_ipv4() {
    String list = "    healthcheck:\n      test: [CMD, curl, -f, %s]\n";
    String text = "    healthcheck:\n      test: curl -f %s || exit 1\n";
    for (String test : List.of(list, text)) {
      hardens(
          web(test.formatted("http://localhost/")),
          web(test.formatted("http://127.0.0.1/") + (test.equals(list) ? FLOW : NGINX)));
    }
    String other = list.formatted("http://localhost.example.com/");
    hardens(web(other), web(other + FLOW));
  }

  @Test
  void configuration_that_writes_nowhere_else_is_read_and_fine() {
    String mount = "    volumes: [\"./conf.d:/etc/nginx/conf.d:ro\"]\n";
    Given given =
        Given.compose(web(mount))
            .and(
                "conf.d/site.conf",
                "server {\n  listen 80;\n  access_log off;\n  error_log /dev/stderr;\n}\n");

    hardens(Level.STANDARD, given, Map.of(COMPOSE, web(mount + FLOW)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "access_log /var/log/nginx/site.log; | conf.d/site.conf lets it write to"
            + " /var/log/nginx/site.log (access_log)",
        "proxy_cache_path /data/cache keys_zone=a:1m; | conf.d/site.conf lets it write to /data/cache"
            + " (proxy_cache_path)",
      })
  void configuration_that_writes_elsewhere_holds_it(String line, String reason) {
    advises(
        Given.compose(web("    volumes: [\"./conf.d:/etc/nginx/conf.d:ro\"]\n"))
            .and("conf.d/site.conf", "server {\n  " + line + "\n}\n"),
        reason);
  }

  @Test
  void configuration_that_cannot_be_read_holds_it() {
    advises(
        web("    volumes: [\"conf:/etc/nginx/conf.d\"]\n") + "volumes: {conf: {}}\n",
        "the configuration at /etc/nginx/conf.d can move where it writes, and cannot be read here");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/nginx/templates", "/docker-entrypoint.d/40-ours.sh", "/etc/nginx"})
  void files_for_the_start_script_hold_it(String target) {
    advises(
        web("    volumes: [\"./ours:" + target + ":ro\"]\n"),
        target.equals("/etc/nginx")
            ? "/etc/nginx is mounted over what the image brings"
            : "nginx uses what lies in " + target + " to write its configuration when it starts");
  }

  // ---- nothing to do, nothing known

  @Test
  void what_is_read_only_is_left() {
    leaves(web("    read_only: true\n"), "it is read-only");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "image: nobody/knows:1 | it is not known where the image writes",
        "{image: nginx:1.31.4, read_only: false} | the project keeps it writable by name",
        "{image: nginx:1.31.4, read_only: '${RO}'} | a variable without a value here decides it",
        "{image: nginx:1.31.4, command: nginx -p /srv} | the service has its own command, and what"
            + " is known of nginx does not cover it",
        "{image: nginx:1.31.4, volumes: ['./nginx.conf:/etc/nginx/nginx.conf']} |"
            + " /etc/nginx/nginx.conf is mounted over what the image brings",
        "{image: nginx:1.31.4, user: www} | the number of its user www is not known",
        "{image: nginx:1.31.4, deploy: {mode: global}} | deploy.mode global of service web shows that"
            + " the file is deployed as a stack, and a stack ignores tmpfs",
      })
  void what_is_not_known_is_said(String service, String reason) {
    String inner = service.startsWith("{") ? service : "{" + service + "}";
    advises("services:\n  web: " + inner + "\n", reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[token]", "[{source: token, target: t}]"})
  void a_secret_without_a_file_holds_it(String secrets) {
    advises(
        web("    secrets: " + secrets + "\n") + "secrets: {token: {environment: TOKEN}}\n",
        "the secret token has no file, and Docker writes it into the root file system");
  }

  @Test
  void a_config_that_stands_in_the_file_holds_it() {
    advises(
        web("    configs: [page]\n") + "configs: {page: {content: hello}}\n",
        "the config page has no file, and Docker writes it into the root file system");
  }

  @Test
  void a_secret_with_a_file_does_not() {
    String secret = "    secrets: [token]\n";
    String file = "secrets: {token: {file: ./token.txt}}\n";

    hardens(web(secret) + file, web(secret + FLOW) + file);
  }

  // ---- built here

  private static final String BUILT = "services:\n  web:\n    build: .\n";

  private static Given built(String dockerfile, String settings) {
    return Given.compose(BUILT + settings).and(DOCKERFILE, dockerfile);
  }

  @Test
  void pages_on_nginx_need_what_nginx_needs() {
    hardens(
        Level.STANDARD,
        built("FROM nginx:1.31.4\nCOPY html /usr/share/nginx/html\n", "")
            .and("html/index.html", "<p>hello</p>"),
        Map.of(COMPOSE, BUILT + NGINX));
  }

  @Test
  void a_copied_configuration_is_read_as_well() {
    advises(
        built("FROM nginx:1.31.4\nCOPY site.conf /etc/nginx/conf.d/\n", "")
            .and("site.conf", "server { }\naccess_log /srv/a.log;\n"),
        "site.conf lets it write to /srv/a.log (access_log)");
  }

  @Test
  void a_check_in_the_dockerfile_that_asks_localhost_holds_it() {
    advises(
        built("FROM nginx:1.31.4\nHEALTHCHECK CMD curl -f http://localhost/\n", "")
            .and("index.html", "<p>"),
        "line 2 of Dockerfile checks its health on localhost, where it would not listen on IPv6");
  }

  @Test
  void a_program_whose_sources_write_nowhere_gets_a_tmp() {
    String dockerfile =
        "FROM node:24\nWORKDIR /app\nCOPY . .\nUSER node\nCMD [\"node\", \"server.js\"]\n";
    Given given =
        built(dockerfile, "")
            .and("package.json", "{\"dependencies\": {\"express\": \"4.0.0\"}}")
            .and("server.js", "require('express')().listen(3000);\n");

    hardens(
        Level.STANDARD,
        given,
        Map.of(COMPOSE, BUILT + "    read_only: true\n    tmpfs:\n      - /tmp\n"));
    advises(
        given.and("store.js", "require('fs').writeFileSync('data.json', '{}');\n"),
        "its program writes: store.js, line 1, calls writeFileSync");
  }

  private static Given fromNothing(String dockerfile) {
    return built(dockerfile, "")
        .and("main.go", "package main\nfunc main() { http.ListenAndServe(\":80\", nil) }\n");
  }

  private static final String BINARY =
      """
      FROM golang:1.27 AS build
      COPY . .
      RUN go build -o /app
      FROM scratch
      COPY --from=build /etc/ssl/certs /etc/ssl/certs
      COPY --from=build /app /app
      CMD ["/app"]
      """;

  @Test
  void a_binary_on_nothing_gets_a_tmp_when_its_sources_write_nowhere() {
    hardens(
        Level.STANDARD,
        fromNothing(BINARY),
        Map.of(COMPOSE, BUILT + "    read_only: true\n    tmpfs:\n      - /tmp\n"));
    advises(
        fromNothing(BINARY).and("store.go", "package main\nfunc s() { os.Create(\"/db\") }\n"),
        "its program writes: store.go, line 2, calls os.Create");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COPY --from=nginx:1.31.4 /usr /usr",
        "COPY --from=build / /",
        "COPY --from=build $X /x",
        "COPY --from=web /x /x",
        "COPY --from=other /x /x",
      })
  void what_else_comes_onto_nothing_holds_it(String copy) {
    advises(
        fromNothing(
            "FROM golang:1.27 AS build\nFROM nginx:1.31.4 AS web\nFROM acme/x AS other\n"
                + "FROM scratch\n"
                + copy
                + "\nCMD [\"/app\"]\n"),
        "line 5 copies from an image that may bring programs which write");
  }

  @Test
  void sources_mounted_for_development_hold_it() {
    String dockerfile = "FROM node:24\nWORKDIR /app\nCOPY . .\nCMD [\"node\", \"server.js\"]\n";
    advises(
        built(dockerfile, "    volumes: [\"./:/app\"]\n").and("server.js", "console.log(1);\n"),
        "the service is in development: ./ is mounted over /app");
  }
}
