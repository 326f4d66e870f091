package dev.tightship.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplicitMemoryTest {

  private static String look(Given given) {
    ExplicitMemory memory = ExplicitMemory.of(given.load().services().get(0));
    return memory instanceof ExplicitMemory.Of of
        ? of.mebibytes() + ", " + of.where()
        : memory instanceof ExplicitMemory.CannotTell unknown ? "? " + unknown.because() : "none";
  }

  private static Given service(String line) {
    return Given.compose("services:\n  a:\n    image: some\n    " + line + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      value = {
        "java -Xmx4g -jar a.jar                    | 4096, -Xmx4g in line 4 of compose.yaml",
        "java -Xms512M -Xmx2048m -jar a.jar        | 2048, -Xmx2048m in line 4 of compose.yaml",
        "[java, -Xmx1G, -jar, a.jar]               | 1024, -Xmx1G in line 4 of compose.yaml",
        "java -XX:MaxHeapSize=1073741824 A         | 1024, -XX:MaxHeapSize=1073741824 in line 4 of compose.yaml",
        "java -Xmx1g -XX:MaxDirectMemorySize=512m A | 1536, -Xmx1g in line 4 of compose.yaml",
        "java -XX:MaxRAMPercentage=75 A            | none",
        "java -Xmx A                               | none",
        "node --max-old-space-size=4096 .          | 4096, --max-old-space-size=4096 in line 4 of compose.yaml",
        "mongod --wiredTigerCacheSizeGB 1.5        | 1536, --wiredTigerCacheSizeGB 1.5 in line 4 of compose.yaml",
        "redis-server --maxmemory 2gb --maxmemory-policy x | 2048, --maxmemory 2gb in line 4 of compose.yaml",
        "redis-server --maxmemory 2g               | 1908, --maxmemory 2g in line 4 of compose.yaml",
        "redis-server --maxmemory 0                | none",
        "redis-server --maxmemory-policy allkeys-lru | none",
        "memcached -m 512 -I 32m                   | 512, -m 512 in its command",
        "tail -m 512                               | none",
        "postgres -c shared_buffers=2GB -c effective_cache_size=6GB | 2048, shared_buffers=2GB in line 4 of compose.yaml",
        "postgres -c shared_buffers=16384          | 128, shared_buffers=16384 in line 4 of compose.yaml",
        "mysqld --innodb-buffer-pool-size=3G       | 3072, --innodb-buffer-pool-size=3G in line 4 of compose.yaml",
        "mysqld --innodb_buffer_pool_size=134217728 | 128, --innodb_buffer_pool_size=134217728 in line 4 of compose.yaml",
        "java -Xmx${HEAP} A                        | ? line 4 of compose.yaml names a size by a variable that has no value here",
        "java -Xmx${HEAP:-2g} A                    | 2048, -Xmx2g in line 4 of compose.yaml",
        "java -Xmx4gb A                            | ? line 4 of compose.yaml names a size that is not understood",
        "php -d memory_limit=512M a.php            | none",
      })
  void reads_a_size_in_a_command(String command, String expected) {
    assertThat(look(service("command: " + command))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      value = {
        "{ES_JAVA_OPTS: -Xms1g -Xmx1g}     | 1024, -Xms1g in ES_JAVA_OPTS",
        "['NODE_OPTIONS=--max-old-space-size=512'] | 512, --max-old-space-size=512 in NODE_OPTIONS",
        "{MAX_HEAP_SIZE: 512M}             | 512, MAX_HEAP_SIZE=512M",
        "{HEAP_SIZE: 2048}                 | ? HEAP_SIZE names a size that is not understood",
        "{HEAP_NEWSIZE: 512M}              | none",
        "{NEO4J_server_memory_heap_max__size: 2G, NEO4J_server_memory_pagecache_size: 1g} | 3072, NEO4J_server_memory_heap_max__size=2G",
        "{JAVA_OPTS: '${JAVA_OPTS}'}       | ? JAVA_OPTS depends on a variable that has no value here",
        "[KAFKA_HEAP_OPTS]                 | ? KAFKA_HEAP_OPTS depends on a variable that has no value here",
        "{JAVA_OPTS: '-Xmx${MEM}'}         | ? JAVA_OPTS depends on a variable that has no value here",
        "{NAME: '${OTHER}'}                | none",
      })
  void reads_a_size_in_a_variable(String environment, String expected) {
    assertThat(look(service("environment: " + environment))).isEqualTo(expected);
  }

  @Test
  void reads_env_files_that_are_here() {
    Given given = service("env_file: [a.env, gone.env]").and("a.env", "JAVA_OPTS=-Xmx3g\n");
    assertThat(look(given)).isEqualTo("3072, -Xmx3g in JAVA_OPTS");
  }

  @Test
  void adds_what_different_programs_take() {
    assertThat(
            look(
                service(
                    "environment: {JAVA_OPTS: -Xmx1g, CATALINA_OPTS: -Xmx2g, NODE_OPTIONS:"
                        + " --max-old-space-size=512}")))
        .isEqualTo("2560, -Xmx2g in CATALINA_OPTS");
  }

  @Test
  void reads_the_dockerfile_where_the_service_says_nothing_else() {
    String dockerfile = "FROM x\nENV HEAP=2g JAVA_OPTS=-Xmx5g\nCMD java -Xmx$HEAP -jar a\n";
    Given given = Given.compose("services: {a: {build: .}}").and("Dockerfile", dockerfile);
    assertThat(look(given)).isEqualTo("5120, -Xmx5g in ENV JAVA_OPTS");
    Given own =
        Given.compose("services: {a: {build: ., environment: {JAVA_OPTS: ''}}}")
            .and("Dockerfile", dockerfile);
    assertThat(look(own)).isEqualTo("2048, -Xmx$HEAP in line 3 of Dockerfile");
  }

  @Test
  void an_odd_number_is_no_size() {
    assertThat(look(service("command: java -Xmx99999999999999999999g A"))).startsWith("? ");
    assertThat(look(service("command: java -Xmx999999999999999t A"))).startsWith("1099511627776,");
  }
}
