package dev.tightship.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceGraphTest {

  private static final String DB = "  db: {image: 'postgres:16'}\n";

  private static void shows(String service, String... evidence) {
    String compose = "services:\n" + DB + service.indent(2);
    assertThat(Graphs.evidence(Graphs.of(compose))).containsExactly(evidence);
  }

  // What is declared

  @Test
  void waits_for_another_in_both_forms() {
    shows(
        "web: {image: a, depends_on: [db]}",
        "web -> db: DEPENDS_ON? depends_on names db (compose.yaml:3:32)");
    shows(
        "web: {image: a, depends_on: {db: {condition: service_healthy}}}",
        "web -> db: DEPENDS_ON? depends_on names db (compose.yaml:3:32)");
  }

  @Test
  void who_waits_for_the_end_of_another_does_not_speak_to_it() {
    shows("web: {image: a, depends_on: {db: {condition: service_completed_successfully}}}");
  }

  @Test
  void links_give_names_of_their_own() {
    shows(
        "web: {image: a, links: ['db:store'], environment: {X: 'tcp://store:5432'}}",
        "web -> db: LINK links names db (compose.yaml:3:27)",
        "web -> db: ENVIRONMENT X names store:5432 (compose.yaml:3:57)");
    var others =
        Graphs.of(
            """
            services:
              db: {image: postgres}
              web: {image: a, links: ['db:store']}
              api: {image: a, environment: {X: 'tcp://store:5432'}}
            """);
    assertThat(Graphs.ends(others)).containsExactly("web -> db");
  }

  @Test
  void volumes_of_another_take_no_network() {
    var graph =
        Graphs.of(
            """
            services:
              db: {image: postgres}
              backup: {image: a, volumes_from: ['db:ro']}
            """);
    assertThat(graph.edges()).singleElement().matches(edge -> !edge.isNetwork());
    assertThat(Graphs.unknowns(graph)).contains("db NO_CLIENT");
  }

  @Test
  void an_extra_host_leads_to_a_fixed_address() {
    var graph =
        Graphs.of(
            """
            services:
              db: {image: postgres, networks: {back: {ipv4_address: 10.5.0.2}}}
              web: {image: a, networks: [back], extra_hosts: ["store:10.5.0.2"], command: psql -h store}
              api: {image: a, extra_hosts: ["out:host-gateway", "other:192.0.2.1"]}
            networks: {back: {}}
            """);
    assertThat(Graphs.evidence(graph))
        .containsExactly(
            "web -> db: EXTRA_HOST extra_hosts names db (compose.yaml:3:51)",
            "web -> db: COMMAND its command names store (compose.yaml:3:79)");
    assertThat(graph.topology().member("api").callsHost()).isTrue();
    assertThat(graph.topology().member("web").callsHost()).isFalse();
  }

  // What is set

  @Test
  void finds_hosts_in_variables_of_both_forms() {
    shows(
        "web: {image: a, environment: {DB_HOST: db}}",
        "web -> db: ENVIRONMENT DB_HOST names db (compose.yaml:3:42)");
    shows(
        "web: {image: a, environment: ['DB_URL=postgres://u:p@db:5432/x']}",
        "web -> db: ENVIRONMENT DB_URL names db:5432 (compose.yaml:3:33)");
  }

  @Test
  void fills_in_variables_as_compose_does() {
    var graph =
        Graphs.of(
            Map.of(
                ".env",
                "NAME=db\n",
                "compose.yaml",
                """
                services:
                  db: {image: postgres}
                  a: {image: a, environment: {HOST: "${NAME}"}}
                  b: {image: a, environment: {HOST: "${OTHER:-db}"}}
                  c: {image: a, environment: [NAME, OTHER]}
                  d: {image: a, environment: {URL: "http://${OTHER}/", PASSWORD: "${OTHER}"}}
                  e: {image: a, environment: {URL: "http://${OTHER:?}/"}}
                  f: {image: a, environment: [BACKEND_HOST]}
                """));
    assertThat(Graphs.ends(graph)).containsExactly("a -> db", "b -> db");
    assertThat(Graphs.unknowns(graph))
        .contains(
            "d VARIABLE: a variable without a value decides the host in URL",
            "e VARIABLE: a variable without a value decides the host in URL",
            "f VARIABLE: a variable without a value decides the host in BACKEND_HOST")
        .doesNotContain("PASSWORD");
  }

  @Test
  void reads_files_of_variables_below_those_of_the_service() {
    var graph =
        Graphs.of(
            Map.of(
                "web.env",
                "# of the shop\nDB_HOST=db\nCACHE_HOST=redis\n",
                "compose.yaml",
                """
                services:
                  db: {image: postgres}
                  redis: {image: redis}
                  web: {image: a, env_file: [web.env, gone.env], environment: {CACHE_HOST: example.com}}
                """));
    assertThat(Graphs.evidence(graph))
        .containsExactly("web -> db: ENV_FILE DB_HOST names db (web.env:2:1)");
    assertThat(Graphs.unknowns(graph)).contains("web UNREAD: its env file gone.env is not here");
  }

  @Test
  void an_example_shows_what_a_missing_file_may_hold() {
    var graph =
        Graphs.of(
            Map.of(
                ".env.example",
                "DB_HOST=db\nPORT=80\n",
                "web.env.sample",
                "CACHE_HOST=redis\nOTHER_HOST=db\n",
                "compose.yaml",
                """
                services:
                  db: {image: postgres}
                  redis: {image: redis}
                  web: {image: a, env_file: web.env, environment: {OTHER_HOST: x}}
                  api: {image: a, environment: {URL: "http://${DB_HOST}:${PORT}/"}}
                  job: {image: a, environment: [DB_HOST]}
                """));
    assertThat(Graphs.evidence(graph))
        .containsExactly(
            "web -> redis: ENV_FILE? CACHE_HOST, as web.env.sample has it, names redis"
                + " (web.env.sample:1:1)",
            "api -> db: ENVIRONMENT? URL, as .env.example has it, names db:80 (compose.yaml:5:38)",
            "job -> db: ENVIRONMENT? DB_HOST, as .env.example has it, names db (compose.yaml:6:19)");
    assertThat(Graphs.unknowns(graph))
        .contains("web UNREAD", "api VARIABLE", "job VARIABLE")
        .doesNotContain("db NO_CLIENT");
  }

  @Test
  void a_host_is_known_where_only_another_part_is_not() {
    var graph =
        Graphs.of(
            Map.of(
                "web.env",
                "DB_URL=postgres://u:${PASSWORD}@db:5432/x\n",
                "compose.yaml",
                "services: {db: {image: postgres}, web: {image: a, env_file: web.env}}"));
    assertThat(Graphs.ends(graph)).containsExactly("web -> db");
  }

  @Test
  void the_last_file_that_sets_a_variable_counts() {
    var project =
        Given.compose(
                """
                services:
                  db: {image: postgres}
                  other: {image: postgres}
                  web: {image: a, environment: {DB_HOST: db}, command: psql -h db}
                """)
            .override(
                """
                services:
                  web: {environment: {DB_HOST: other}, command: psql -h other}
                """)
            .load();
    assertThat(Graphs.ends(ServiceGraph.of(project))).containsExactly("web -> other");
  }

  @Test
  void finds_hosts_in_commands_checks_and_hooks() {
    shows(
        """
        web:
          image: a
          entrypoint: [wait, --host, db]
          command: "-u http://db/"
          healthcheck: {test: ["CMD-SHELL", "nc -z db 5432"]}
          post_start:
            - command: curl http://db:80
              environment: {DB_HOST: db}
        """,
        "web -> db: COMMAND its command names db (compose.yaml:6:14)",
        "web -> db: COMMAND its entrypoint names db (compose.yaml:5:32)",
        "web -> db: HEALTHCHECK its health check names db (compose.yaml:7:39)",
        "web -> db: HOOK its post_start hook names db:80 (compose.yaml:9:18)",
        "web -> db: HOOK DB_HOST names db (compose.yaml:10:32)");
  }

  @Test
  void finds_hosts_in_the_content_of_configs() {
    var graph =
        Graphs.of(
            """
            services:
              app: {image: a}
              web: {image: nginx, configs: [site]}
            configs:
              site: {content: "upstream x { server app:3000; }"}
            """);
    assertThat(Graphs.evidence(graph))
        .containsExactly("web -> app: CONFIG config site names app:3000 (compose.yaml:5:19)");
  }

  @Test
  void is_no_client_of_itself_nor_of_its_image() {
    shows(
        """
        web:
          image: db:5432
          container_name: web
          environment: {KAFKA_ADVERTISED_LISTENERS: "PLAINTEXT://web:9092", IMAGE: "db:5432"}
        """);
  }

  @Test
  void a_store_that_shares_the_variables_of_others_is_perhaps_no_client() {
    var graph =
        Graphs.of(
            """
            x-all: &all {REDIS_HOST: redis}
            services:
              redis: {image: redis}
              db: {image: postgres, environment: *all}
              web: {image: a, environment: *all}
            """);
    assertThat(Graphs.evidence(graph))
        .containsExactly(
            "db -> redis: ENVIRONMENT? REDIS_HOST names redis (compose.yaml:1:26)",
            "web -> redis: ENVIRONMENT REDIS_HOST names redis (compose.yaml:1:26)");
  }

  @Test
  void services_in_profiles_count() {
    shows(
        "web: {image: a, profiles: [extra], environment: {DB_HOST: db}}",
        "web -> db: ENVIRONMENT DB_HOST names db (compose.yaml:3:61)");
  }

  @Test
  void never_repeats_a_value() {
    var graph =
        Graphs.of(
            """
            services:
              db: {image: postgres}
              web: {image: a, environment: {URL: "postgres://u:hunter2@db:5432/x?k=hunter2"}}
              api: {image: a, command: "run --password hunter2 http://u:hunter2@db/"}
              job: {image: a, environment: ["redis://:hunter2@host"]}
              bot: {image: a, environment: {"hunter2 host": "db", "hunter2 url": "http://${X}"}}
            """);
    assertThat(graph.edges()).hasSize(3);
    assertThat(Graphs.unknowns(graph)).contains("decides the host in a setting");
    assertThat(graph.edges().toString() + graph.unknowns()).doesNotContain("hunter2");
  }

  // Names

  @Test
  void a_name_means_the_service_on_the_same_network() {
    var graph =
        Graphs.of(
            """
            services:
              db1: {image: postgres, networks: {one: {aliases: [store]}}}
              db2: {image: postgres, networks: {two: {aliases: [store]}}}
              a: {image: a, networks: [one], environment: {HOST: store}}
              b: {image: a, networks: [two], environment: {HOST: store}}
              c: {image: a, networks: [one, two], environment: {HOST: store}}
            networks: {one: {}, two: {}}
            """);
    assertThat(Graphs.ends(graph)).containsExactly("a -> db1", "b -> db2", "c -> db1", "c -> db2");
  }

  @Test
  void the_name_of_a_container_begins_with_that_of_the_project() {
    String compose =
        """
        services:
          db: {image: postgres}
          redis: {image: redis, container_name: cache}
          web: {image: a, environment: {A: "tcp://shop-db-1:5432", B: "tcp://shop-redis-1:6379"}}
        """;
    assertThat(Graphs.evidence(Graphs.of("name: shop\n" + compose)))
        .containsExactly("web -> db: ENVIRONMENT A names db:5432 (compose.yaml:5:36)");
    assertThat(Graphs.ends(Graphs.of("name: other\n" + compose))).isEmpty();
    assertThat(Graphs.of(compose).edges()).singleElement().matches(Edge::isWeak);
    var inFolder = new Given(Map.of("Sh.op/compose.yaml", compose), List.of("Sh.op/compose.yaml"));
    assertThat(ServiceGraph.of(inFolder.load()).edges())
        .singleElement()
        .matches(edge -> !edge.isWeak());
    assertThat(
            Graphs.ends(
                Graphs.of(Map.of(".env", "COMPOSE_PROJECT_NAME=x\n", "compose.yaml", compose))))
        .isEmpty();
  }

  @Test
  void a_service_on_the_machine_calls_published_ports() {
    var graph =
        Graphs.of(
            """
            services:
              db: {image: mysql, ports: ["127.0.0.1:3306:3306"]}
              ha: {image: a, network_mode: host, environment: {DB: "mysql://u@localhost:3306/ha"}}
              web: {image: a, environment: {DB: "tcp://localhost:3306"}}
              api: {image: a, environment: {DB: "tcp://host.docker.internal:3306"}}
              bot: {image: a, extra_hosts: ["box=host-gateway"], environment: {DB: "tcp://box:3306"}}
            """);
    assertThat(Graphs.ends(graph)).containsExactly("ha -> db", "api -> db", "bot -> db");
  }

  // Proxies

  @Test
  void a_proxy_reaches_the_services_with_its_labels() {
    var graph =
        Graphs.of(
            """
            services:
              proxy: {image: "traefik:v3"}
              auth: {image: a}
              on: {image: a, labels: {traefik.enable: "true", traefik.docker.network: front}}
              rule: {image: a, labels: ["traefik.http.routers.r.rule=Host(`auth`)"]}
              off: {image: a, labels: ["traefik.enable=false"]}
              other: {image: a, labels: [com.example.traefik=1]}
              mid: {image: a, labels: ["traefik.http.middlewares.m.forwardauth.address=http://auth:9091"]}
              cached: {image: a, labels: {caddy: example.com}}
              watched: {image: a, labels: {com.centurylinklabs.watchtower.enable: "true"}}
              tower: {image: containrrr/watchtower, volumes: ["/var/run/docker.sock:/var/run/docker.sock"]}
            """);
    assertThat(Graphs.ends(graph))
        .containsExactly("proxy -> on", "proxy -> rule", "proxy -> mid", "proxy -> auth");
    assertThat(Graphs.evidence(graph).get(0))
        .isEqualTo("proxy -> on: LABEL traefik.enable tells traefik (compose.yaml:4:43)");
    assertThat(Graphs.unknowns(graph))
        .contains(
            "cached OUTSIDE: caddy speaks to a caddy-docker-proxy that is not in this project",
            "tower DISCOVERY: it asks the engine, which tells it of all services");
  }

  @Test
  void some_proxies_read_a_variable() {
    var graph =
        Graphs.of(
            """
            services:
              proxy: {image: "nginxproxy/nginx-proxy"}
              web: {image: a, environment: [VIRTUAL_HOST=web.example.com]}
            """);
    assertThat(Graphs.evidence(graph))
        .containsExactly("proxy -> web: LABEL VIRTUAL_HOST tells nginx-proxy (compose.yaml:3:33)");
  }

  // Files

  @Test
  void reads_what_a_dockerfile_sets() {
    var graph =
        Graphs.of(
            Map.of(
                "web/Dockerfile",
                """
                FROM node:20 AS base
                ENV DB_HOST=db
                FROM base
                ENV OTHER_HOST redis
                CMD ["node", "app.js", "--cache", "redis:6379"]
                HEALTHCHECK CMD curl -f http://db/
                """,
                "compose.yaml",
                """
                services:
                  db: {image: postgres}
                  redis: {image: redis}
                  web: {build: ./web, environment: {OTHER_HOST: example.com}}
                """));
    assertThat(Graphs.evidence(graph))
        .containsExactly(
            "web -> db: DOCKERFILE DB_HOST names db (web/Dockerfile:2:1)",
            "web -> db: DOCKERFILE HEALTHCHECK names db (web/Dockerfile:6:1)",
            "web -> redis: DOCKERFILE CMD names redis:6379 (web/Dockerfile:5:1)");
  }

  @Test
  void reads_mounted_files_and_folders() {
    var graph =
        Graphs.of(
            Map.of(
                "nginx/conf.d/site.conf",
                "# server old:80;\nlocation / {\n  proxy_pass http://app:3000;\n}\n",
                "nginx/logo.png",
                "app:3000",
                "prometheus.yml",
                "scrape_configs:\n  - static_configs:\n      - targets: ['app:9100']\n",
                "compose.yaml",
                """
                services:
                  app: {image: a}
                  old: {image: a}
                  web: {image: nginx, volumes: ["./nginx:/etc/nginx"]}
                  prom: {image: prom/prometheus, configs: [p]}
                configs: {p: {file: ./prometheus.yml}}
                """));
    assertThat(Graphs.evidence(graph))
        .containsExactly(
            "web -> app: MOUNTED site.conf names app:3000 (nginx/conf.d/site.conf:3:21)",
            "prom -> app: MOUNTED prometheus.yml names app:9100 (prometheus.yml:3:20)");
  }

  @Test
  void reads_what_an_image_is_built_from_and_nothing_beside_it() {
    var graph =
        Graphs.of(
            Map.of(
                "Dockerfile",
                "FROM node\nCOPY package.json src/ ./\nCOPY conf/*.json conf/\n",
                "src/index.js",
                "connect(process.env.DB_HOST || 'db')\n",
                "src/node_modules/x/index.js",
                "connect('tcp://redis:6379')\n",
                "conf/default.json",
                "{\"queue\": {\"host\": \"rabbit\"}}\n",
                "other/index.js",
                "connect('tcp://redis:6379')\n",
                "compose.yaml",
                """
                services:
                  db: {image: postgres}
                  redis: {image: redis}
                  rabbit: {image: rabbitmq}
                  web: {build: .}
                """));
    assertThat(Graphs.evidence(graph))
        .containsExactly(
            "web -> db: SOURCE index.js names db (src/index.js:1:33)",
            "web -> rabbit: SOURCE default.json names rabbit (conf/default.json:1:21)");
  }

  @Test
  void says_which_files_are_too_large_to_look_at() {
    var graph =
        Graphs.of(
            Map.of(
                "conf/a.conf",
                "x".repeat(300_000),
                "compose.yaml",
                "services: {web: {image: a, volumes: ['./conf:/etc/web']}}"));
    assertThat(Graphs.unknowns(graph)).isEqualTo("web UNREAD: conf/a.conf is too large to look at");
  }

  // What is not known

  @Test
  void a_store_without_clients_is_named() {
    var graph =
        Graphs.of(
            """
            services:
              db: {image: postgres}
              used: {image: redis}
              web: {image: a, depends_on: [used]}
            """);
    assertThat(Graphs.unknowns(graph))
        .isEqualTo("db NO_CLIENT: nothing in the project is seen to speak to it");
    assertThat(graph.edges()).singleElement().matches(Edge::restsOnOrder).matches(Edge::isWeak);
  }

  @Test
  void others_may_be_on_external_networks_and_behind_links() {
    var graph =
        Graphs.of(
            """
            services:
              web: {image: a, networks: [front], external_links: [old]}
              vpn: {image: a, network_mode: "container:elsewhere"}
            networks: {front: {external: true}}
            """);
    assertThat(Graphs.unknowns(graph))
        .isEqualTo(
            """
            web OUTSIDE: it is linked to a container that this project does not define
            web OUTSIDE: other projects may be in the network front
            vpn NETWORKS: it joins what is not of this project""");
  }
}
