package dev.tightship.passes;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddOrCopyTest extends PassTest {

  private static final String UNKNOWN =
      "it cannot be told whether it unpacks something here: if not, write COPY";

  AddOrCopyTest() {
    super(new AddOrCopy());
  }

  private static Given dockerfile(String text) {
    return Given.compose("services: {api: {build: .}}\n")
        .and(DOCKERFILE, text)
        .and("run.sh", "#!/bin/sh\n")
        .and("src/a/b.js", "1\n")
        .and("odd.bin", "a\0b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ADD run.sh /",
        "ADD ./run.sh /run.sh",
        "ADD src /app/",
        "ADD . /app",
        "ADD --chown=1000:1000 --chmod=0755 run.sh src /app/",
        "ADD [\"run.sh\", \"/a b/\"]",
        "ADD target/app.jar /",
        "ADD build/*.whl ${VERSION}.zip /",
        "add run.sh /",
      })
  void writes_copy_where_nothing_is_unpacked(String add) {
    String copy = add.startsWith("add") ? "copy" + add.substring(3) : "COPY" + add.substring(3);
    hardens(
        Level.SAFE,
        dockerfile("FROM debian:13\n# in\n" + add + "\nCMD x\n"),
        Map.of(DOCKERFILE, "FROM debian:13\n# in\n" + copy + "\nCMD x\n"));
  }

  @Test
  void keeps_the_lines_of_what_it_rewrites() {
    hardens(
        Level.SAFE,
        dockerfile("FROM debian:13\nADD run.sh \\\n  # all\n  src \\\n  /app/\n"),
        Map.of(DOCKERFILE, "FROM debian:13\nCOPY run.sh \\\n  # all\n  src \\\n  /app/\n"));
  }

  @Test
  void leaves_archives() {
    leaves(dockerfile("FROM debian:13\nADD root.tar.xz /\n"), "it unpacks an archive");
    leaves(dockerfile("FROM debian:13\nADD run.sh lib.tgz /\n"), "it unpacks an archive");
    leaves(
        dockerfile("FROM debian:13\nADD --unpack=false run.sh /\n"),
        "it has --unpack, which COPY does not know");
    leaves(dockerfile("FROM debian:13\nCOPY run.sh /\n"), "it has no ADD");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ADD gone /",
        "ADD $FILE /",
        "ADD odd.bin /",
        "ADD s* /",
        "ADD ../x /",
        "ADD <<EOF /a\nx\nEOF",
        "ADD gone run.sh /",
      })
  void says_so_where_it_cannot_be_told(String add) {
    advises(dockerfile("FROM debian:13\n" + add + "\n"), UNKNOWN);
  }

  @Test
  void reports_what_is_fetched_without_a_checksum() {
    advises(
        dockerfile("FROM debian:13\nADD https://example.org/a.tgz /\n"),
        "add --checksum=sha256:… of the file that is meant, so that no other is taken");
    advises(
        dockerfile("FROM debian:13\nADD git@example.org:a/b.git /\n"),
        "name a commit, not a branch: the address is not that of a fixed state");
    leaves(
        dockerfile("FROM debian:13\nADD --checksum=sha256:12 https://example.org/a.tgz /\n"),
        "it fetches what has the checksum that it names");
  }

  @Test
  void leaves_stages_that_nobody_builds() {
    advises(
        Given.compose("services: {api: {build: {context: ., target: run}}}\n")
            .and(DOCKERFILE, "FROM a AS run\nADD gone /\nFROM b AS other\nADD run.sh /\n")
            .and("run.sh", "x"),
        UNKNOWN);
  }

  @Test
  void asks_each_context_that_the_file_is_built_in() {
    advises(
        Given.compose(
                """
                services:
                  a: {build: {context: ./a, dockerfile: ../Dockerfile}}
                  b: {build: {context: ./b, dockerfile: ../Dockerfile}}
                """)
            .and(DOCKERFILE, "FROM a\nADD run.sh /\n")
            .and("a/run.sh", "x"),
        UNKNOWN);
  }
}
