package dev.tightship.passes;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogRotationTest extends PassTest {

  LogRotationTest() {
    super(new LogRotation());
  }

  @Test
  void writes_the_whole_block_as_the_file_is_written() {
    hardens(
        Level.STRICT,
        """
        services:
            web:
                image: 'nginx:1.31.4' # front
                restart: 'always'

            db: {image: redis}
            api:
                build: .
                logging: {}
        """,
        """
        services:
            web:
                image: 'nginx:1.31.4' # front
                restart: 'always'
                logging:
                    driver: json-file
                    options:
                        max-size: 10m
                        max-file: '3'

            db: {image: redis, logging: {driver: json-file, options: {max-size: 10m, max-file: '3'}}}
            api:
                build: .
                logging: {driver: json-file, options: {max-size: 10m, max-file: '3'}}
        """);
  }

  @Test
  void only_offers_it_at_level_standard() {
    offers(Level.STANDARD, "services: {web: {image: nginx}, api: {build: .}}");
  }

  @Test
  void adds_the_options_to_a_driver_that_is_named() {
    hardens(
        Level.STRICT,
        """
        services:
          a:
            image: nginx
            logging:
              driver: json-file # the default
          b:
            image: nginx
            logging:
              driver: "json-file"
              options:
                max-file: "5" # as many as we need
                tag: b
        """,
        """
        services:
          a:
            image: nginx
            logging:
              driver: json-file # the default
              options:
                max-size: 10m
                max-file: "3"
          b:
            image: nginx
            logging:
              driver: "json-file"
              options:
                max-file: "5" # as many as we need
                tag: b
                max-size: 10m
        """);
  }

  @Test
  void adds_the_options_where_the_driver_is_named() {
    hardens(
        Level.STRICT,
        Given.compose("services: {web: {image: nginx}}\n")
            .override("services: {web: {logging: {driver: json-file}}}\n"),
        Map.of(
            OVERRIDE,
            "services: {web: {logging: {driver: json-file,"
                + " options: {max-size: 10m, max-file: \"3\"}}}}\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{driver: json-file, options: {max-size: 50m}}",
        "{driver: local, options: {max-size: 50m}}",
        "{driver: json-file, options: {max-size: '${SIZE}'}}",
        "{options: {max-size: 50m}}"
      })
  void leaves_a_log_that_is_bounded(String logging) {
    leaves(
        "services: {web: {image: nginx, logging: %s}}".formatted(logging),
        "its log has a limit of its own");
  }

  @Test
  void leaves_other_drivers() {
    leaves(
        "services: {web: {image: nginx, logging: {driver: local}}}",
        "the driver local bounds the log by itself");
    leaves(
        "services: {web: {image: nginx, logging: {driver: loki, options: {loki-url: x}}}}",
        "its log goes to the driver loki");
  }

  @Test
  void leaves_what_an_anchor_or_another_file_bounds() {
    leaves(
        """
        x-log: &log {driver: json-file, options: {max-size: 5m}}
        services: {web: {image: nginx, logging: *log}}
        """,
        "its log has a limit of its own");
    leaves(
        Given.compose("services: {web: {image: nginx, logging: {driver: json-file}}}\n")
            .override("services: {web: {logging: {options: {max-size: 1m}}}}\n"),
        "its log has a limit of its own");
  }

  @Test
  void reports_a_service_without_a_log() {
    advises(
        "services: {web: {image: nginx, logging: {driver: none}}}",
        "take logging out, unless the service keeps a log of its own");
  }

  @Test
  void reports_a_limit_that_is_turned_off() {
    advises(
        "services: {web: {image: nginx, logging: {driver: local, options: {max-size: '-1'}}}}",
        "the project turns the limit off by name");
  }

  @Test
  void reports_what_is_not_known() {
    advises(
        "services: {web: {image: 'acme/unknown:1'}}", "nothing is known of the image acme/unknown");
    advises(
        "services: {web: {image: nginx, logging: {driver: '${DRIVER}'}}}",
        "a variable without a value here decides where the log goes");
    advises(
        "services: {web: {image: nginx, logging: {options: {tag: web}}}}",
        "it has options for a driver that it does not name: name it first");
  }

  @Test
  void reports_a_log_that_comes_from_an_anchor() {
    hardens(
        Level.STRICT,
        """
        x-log: &log {driver: json-file}
        services: {web: {image: nginx, logging: *log}}
        """,
        """
        x-log: &log {driver: json-file}
        services: {web: {image: nginx, logging: {driver: json-file, options: {max-size: 10m, max-file: "3"}}}}
        """);
    advises(
        """
        x-options: &options {tag: web}
        services: {web: {image: nginx, logging: {driver: json-file, options: *options}}}
        """,
        "its options come from an anchor that other places share");
  }

  @Test
  void reports_what_extends_nothing_and_what_is_taken_away() {
    advises(
        "services: {web: {extends: gone}}",
        "it extends service gone, which is not in compose.yaml");
    advises(
        Given.compose("services: {web: {image: nginx, logging: {driver: local}}}\n")
            .override("services: {web: {logging: !reset null}}\n"),
        "compose.override.yaml takes logging away with !reset");
  }
}
