package dev.tightship.yaml;

import static dev.tightship.yaml.Given.TRUE;
import static dev.tightship.yaml.Given.at;
import static dev.tightship.yaml.Given.ensure;
import static dev.tightship.yaml.Given.given;
import static dev.tightship.yaml.Given.list;
import static dev.tightship.yaml.Given.remove;
import static dev.tightship.yaml.Given.rename;
import static dev.tightship.yaml.Given.set;

import dev.tightship.edit.Edit;
import dev.tightship.edit.Place;
import dev.tightship.edit.Value;
import org.junit.jupiter.api.Test;

/** Whole files with all that made other programs lose something. */
class OwnersFileTest {

  static final String ALL =
      """
      # top comment
      name: demo

      x-env: &env
          TZ:   Europe/Paris      # aligned comment
          version: "1"

      x-common: &common
          restart: always

      services:
          web: &web
              image:   "nginx:1.25"    # pinned
              <<: *common
              ports: ["80:80", '443:443']
              environment:
              - A=1
              - B=2
              command: >-
                  sh -c "echo hi
                  && sleep 1"
          db:
              image: postgres
              environment:
                  <<: *env
                  version: "16"
                  POSTGRES_PASSWORD: 'secret'   # TODO move
              # trailing comment about db
          worker:
              <<: *web
              image: app

      # end comment
      """;

  @Test
  void is_hardened_without_losing_a_byte() {
    given(ALL)
        .when(
            set("services.db.read_only", TRUE),
            set("services.db.cap_drop", list("ALL")),
            ensure("services.db.tmpfs", "/run/postgresql"),
            rename("services.db.environment.POSTGRES_PASSWORD", "POSTGRES_PASSWORD_FILE"),
            set("services.worker.cap_drop", list("ALL")),
            set("secrets.db_password.file", "./secrets/db_password.txt"))
        .gives(
            ALL.replace("POSTGRES_PASSWORD:", "POSTGRES_PASSWORD_FILE:")
                .replace(
                    "        # trailing comment about db\n",
                    """
                            # trailing comment about db
                            read_only: true
                            cap_drop:
                            - ALL
                            tmpfs:
                            - /run/postgresql
                    """)
                .replace(
                    "        image: app\n",
                    """
                            image: app
                            cap_drop:
                            - ALL

                    secrets:
                        db_password:
                            file: ./secrets/db_password.txt
                    """));
  }

  @Test
  void keeps_what_two_services_share() {
    given(ALL).when(set("services.web.read_only", TRUE)).holds("inside the anchor &web");
    given(ALL).when(ensure("services.web.ports", "1:1")).holds("inside the anchor &web");
    given(ALL).when(remove("x-env.version")).holds("inside the anchor &env");
    given(ALL).when(remove("services.web")).holds("inside the anchor &web");
    given(ALL).when(remove("services")).holds("it holds the anchor &web");
    given(ALL).when(set("x-common.restart", "always")).changesNothing();
  }

  @Test
  void only_the_version_that_is_named_goes() {
    given(
            "version: \"3.8\" # obsolete\n\nservices:\n  web:\n    environment:\n      version: \"16\"\n")
        .when(remove("version"))
        .gives("# obsolete\n\nservices:\n  web:\n    environment:\n      version: \"16\"\n");
    given("version: '3'\n\nservices:\n  web:\n    build:\n      args: {version: 1}\n")
        .when(remove("version"))
        .gives("services:\n  web:\n    build:\n      args: {version: 1}\n");
  }

  @Test
  void dots_in_names_are_no_paths() {
    Place web = Place.of(Given.FILE, "services", "a.b");
    given("services:\n  a.b:\n    image: x\n  a:\n    b: {}\n")
        .when(new Edit.Set(web.key("read_only"), TRUE))
        .gives("services:\n  a.b:\n    image: x\n    read_only: true\n  a:\n    b: {}\n");
  }

  @Test
  void brackets_stay_brackets_and_their_comment_stays() {
    given(
            "services:\n  a: {image: nginx, ports: [\"80:80\"]}\n  b:\n    cap_drop: [NET_RAW]   # why\n")
        .when(
            set("services.a.read_only", TRUE),
            ensure("services.a.tmpfs", "/run"),
            ensure("services.b.cap_drop", "ALL"),
            new Edit.Set(
                at("services.a.ports").item(Value.string("80:80")),
                Value.string("127.0.0.1:80:80")))
        .gives(
            """
            services:
              a: {image: nginx, ports: ["127.0.0.1:80:80"], read_only: true, tmpfs: [/run]}
              b:
                cap_drop: [NET_RAW, ALL]   # why
            """);
  }

  @Test
  void tags_of_compose_are_left_to_people() {
    String text =
        "services:\n  a:\n    deploy: !reset null\n    ports: !override\n      - \"80:80\"\n";
    given(text).when(set("services.a.deploy.replicas", TRUE)).holds("the tag !reset");
    given(text).when(ensure("services.a.ports", "1:1")).holds("the tag !override");
    given(text).when(set("services.a.read_only", TRUE)).gives(text + "    read_only: true\n");
  }

  @Test
  void variables_are_text_like_any_other() {
    given("services:\n  a:\n    image: ${TAG:-nginx:1.25}\n    ports:\n      - \"${P:-80}:80\"\n")
        .when(
            set("services.a.image", "${TAG:-nginx:1.27}"),
            new Edit.Set(
                at("services.a.ports").item(Value.string("${P:-80}:80")),
                Value.string("${IP:-127.0.0.1}:${P:-80}:80")))
        .gives(
            """
            services:
              a:
                image: ${TAG:-nginx:1.27}
                ports:
                  - "${IP:-127.0.0.1}:${P:-80}:80"
            """);
  }

  @Test
  void several_documents_are_left_to_people() {
    given("a: 1\n---\na: 2\n").when(set("a", "x")).holds("several YAML documents");
  }

  @Test
  void an_empty_file_is_left_alone() {
    given("# nothing here\n").when(set("a", "x")).holds("the file is empty");
    given("").when(set("a", "x")).holds("the file is empty");
  }

  @Test
  void mixed_line_ends_stay_mixed() {
    given("a:\n  b: 1\nc:\r\n  d: 1\r\n")
        .when(set("a.x", TRUE), set("c.x", TRUE))
        .gives("a:\n  b: 1\n  x: true\nc:\r\n  d: 1\r\n  x: true\r\n");
  }
}
