package dev.tightship.passes;

import dev.tightship.compose.Given;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeOverCodeTest extends PassTest {

  private static final String FREE = "no volume lies over what its build copies";
  private static final String ADVICE =
      "mount it only over a folder for data: until then no new build is seen";

  VolumeOverCodeTest() {
    super(new VolumeOverCode());
  }

  private static Given service(String volumes, String dockerfile) {
    return Given.compose(
            "services: {api: {build: ., volumes: %s}}\nvolumes: {code: {}}\n".formatted(volumes))
        .and(DOCKERFILE, dockerfile.replace('~', '\n') + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "['code:/app'] | FROM a~WORKDIR /app~COPY . .",
        "['code:/app:ro'] | FROM a~COPY server.js /app/src/",
        "[{type: volume, source: code, target: /app/}] | FROM a~ADD x.tar /app",
        "['code:/usr/share/nginx/html'] | FROM a AS b~FROM c~COPY --from=b /d /usr/share/nginx/html",
      })
  void reports_a_volume_over_what_is_copied(String volumes, String dockerfile) {
    advises(service(volumes, dockerfile), ADVICE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "['code:/app/uploads']",
        "['code:/appendix']",
        "['/app']",
        "['code:/other', '${X}:/app']"
      })
  void leaves_other_volumes(String volumes) {
    leaves(service(volumes, "FROM a~COPY . /app"), FREE);
  }

  @Test
  void leaves_places_for_data() {
    leaves(service("['code:/var/lib/shop']", "FROM a~COPY seed.sql /var/lib/shop/"), FREE);
    leaves(service("['code:/srv/uploads']", "FROM a~COPY logo.png /srv/uploads/"), FREE);
  }

  @Test
  void leaves_what_is_not_known() {
    leaves(service("['code:/app']", "FROM a~ARG X~COPY . $X"), FREE);
    leaves(
        "services: {api: {image: a, volumes: ['code:/app']}}\nvolumes: {code: {}}\n",
        "its image is not built here, as far as it is known");
  }

  @Test
  void leaves_a_service_that_runs_from_its_sources() {
    leaves(
        service("['.:/app', 'code:/app/node_modules']", "FROM a~WORKDIR /app~COPY . .")
            .and("server.js", "x"),
        "it runs from its sources, not from its image");
  }
}
