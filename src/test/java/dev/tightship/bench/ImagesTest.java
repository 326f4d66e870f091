package dev.tightship.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.bench.FixturesBenchTest.Fixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The images that the bench builds are those that it starts. The image knowledge moves on and pins
 * to newer versions; the list of {@code build-images} has to follow, and this says so without an
 * engine.
 */
class ImagesTest {

  private static final Path SCRIPT = Path.of("src", "test", "bench", "build-images");
  private static final Pattern BUILT =
      Pattern.compile("^(?:build|import) \\S+((?: [a-z][^ \n]*:[^ \n]+)+)", Pattern.MULTILINE);
  private static final Pattern NAMED =
      Pattern.compile("^ *(?:image: |FROM )([^\\s$]+:[^\\s$]+)", Pattern.MULTILINE);

  @TempDir private Path temp = Path.of("");

  @ParameterizedTest
  @EnumSource
  void every_image_of_a_fixture_is_built(Fixture fixture) throws IOException {
    Path strict = FixturesBenchTest.hardened(fixture, temp.resolve("out"), "--level", "strict");
    for (Path project : List.of(fixture.original(), fixture.byHand(), strict)) {
      assertThat(built()).as("built for %s", project).containsAll(named(project));
    }
  }

  @ParameterizedTest
  @EnumSource
  void every_image_of_a_server_is_built(Server server) throws IOException {
    Path original = Files.createDirectory(temp.resolve("original"));
    Files.writeString(original.resolve("docker-compose.yml"), server.compose());
    Path hardened =
        FixturesBenchTest.hardened(original, temp.resolve("out"), "--level", "standard");
    assertThat(named(hardened)).isNotEmpty();
    assertThat(built()).containsAll(named(original)).containsAll(named(hardened));
  }

  @ParameterizedTest
  @EnumSource
  void every_image_of_a_stack_is_built(NetworkStack stack) throws IOException {
    assertThat(built()).containsAll(named(stack.folder()));
  }

  @Test
  void every_image_of_an_application_is_built() throws IOException {
    assertThat(named(ApplicationsBenchTest.APPLICATIONS)).hasSizeGreaterThan(3);
    assertThat(built()).containsAll(named(ApplicationsBenchTest.APPLICATIONS));
  }

  @ParameterizedTest
  @EnumSource
  void every_image_of_a_project_with_secrets_is_built(SecretProject project) throws IOException {
    Path strict =
        FixturesBenchTest.hardened(project.folder(), temp.resolve("out"), "--level", "strict");
    assertThat(named(project.folder())).isNotEmpty();
    assertThat(built()).containsAll(named(project.folder())).containsAll(named(strict));
  }

  @Test
  void the_list_is_read_at_all() throws IOException {
    assertThat(built()).contains("nginx:stable", "mongo:4.2-bionic");
    assertThat(named(Fixture.LESSON.original())).contains("mongo:4.2-bionic", "node:14-alpine");
  }

  private static Set<String> built() throws IOException {
    var tags = new TreeSet<String>();
    Matcher line = BUILT.matcher(Files.readString(SCRIPT));
    while (line.find()) {
      tags.addAll(List.of(line.group(1).strip().split(" ")));
    }
    return tags;
  }

  private static Set<String> named(Path project) throws IOException {
    var images = new TreeSet<String>();
    try (Stream<Path> files = Files.walk(project)) {
      for (Path file : files.filter(ImagesTest::namesImages).toList()) {
        Matcher line = NAMED.matcher(Files.readString(file));
        while (line.find()) {
          images.add(line.group(1).replaceAll("@sha256:.*", ""));
        }
      }
    }
    return images;
  }

  private static boolean namesImages(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".yml") || name.equals("Dockerfile");
  }
}
