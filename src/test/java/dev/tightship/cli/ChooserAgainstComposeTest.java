package dev.tightship.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Service;
import dev.tightship.files.ProjectException;
import dev.tightship.knowledge.Images;
import dev.tightship.oracle.Compose;
import dev.tightship.oracle.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Which files, variables and profiles count, as we see it and as Compose does. */
class ChooserAgainstComposeTest {

  private static final Images IMAGES = Images.onClassPath();

  @TempDir Path dir;

  private final Compose compose = Compose.orSkip();

  /**
   * A call in a folder.
   *
   * @param in the folder
   * @param env the text of {@code .env} in the top folder; null for none
   * @param shell {@code NAME=value}, a line each
   * @param flags words; what begins with {@code @} is a path of the top folder
   */
  private record Case(String in, @Nullable String env, String shell, String flags) {}

  private static Case top(@Nullable String env, String shell, String flags) {
    return new Case("", env, shell, flags);
  }

  static Stream<Case> cases() {
    String two = "COMPOSE_FILE=a.yaml:b.yaml\nV=env\n";
    String all = "COMPOSE_FILE=a.yaml\nCOMPOSE_PROFILES=p, q\nCOMPOSE_PROJECT_NAME=nm\nV=top\n";
    return Stream.of(
        top(null, "", ""),
        top(two, "", ""),
        top(two, "COMPOSE_FILE=c.yaml", ""),
        top(two, "", "-f @c.yaml"),
        top(two, "", "-f @c.yaml -f @a.yaml"),
        top(two, "", "-f @sub/d.yaml"),
        top(two, "COMPOSE_FILE=", ""),
        top("COMPOSE_FILE=\n", "", ""),
        top(two, "", "--project-directory @sub"),
        top(two, "", "--project-directory @two -f @a.yaml"),
        top("COMPOSE_FILE=two/compose.yaml\nV=top\n", "", ""),
        top("COMPOSE_FILE=two/compose.yaml\n", "", ""),
        top("COMPOSE_FILE=two/compose.yaml\nCOMPOSE_PROFILES=q", "", ""),
        top("COMPOSE_FILE=two/compose.yaml\nCOMPOSE_DISABLE_ENV_FILE=1", "", ""),
        top(all, "", ""),
        top(all, "COMPOSE_PROFILES=", ""),
        top(all, "COMPOSE_PROFILES=q", ""),
        top(all, "COMPOSE_PROFILES=*", ""),
        top(all, "", "--profile q"),
        top(all, "COMPOSE_PROFILES=q", "--profile p"),
        top(all, "", "--profile p,q"),
        top(all, "", "--profile *"),
        top(all, "COMPOSE_PROJECT_NAME=other", ""),
        top(all + "COMPOSE_DISABLE_ENV_FILE=true", "", ""),
        top(all, "COMPOSE_DISABLE_ENV_FILE=1", ""),
        top(all, "COMPOSE_DISABLE_ENV_FILE=F", ""),
        top(all, "COMPOSE_DISABLE_ENV_FILE=", ""),
        top(all, "COMPOSE_DISABLE_ENV_FILE=maybe", ""),
        top(all + "COMPOSE_DISABLE_ENV_FILE=maybe", "", ""),
        top(all, "", "--env-file @one.env"),
        top(all, "", "--env-file @two.env --env-file @one.env"),
        top(all, "", "--env-file @one.env --env-file @two.env"),
        top(all, "COMPOSE_ENV_FILES=one.env,,two.env", ""),
        top(all, "COMPOSE_ENV_FILES=one.env", "--env-file @two.env"),
        top(all, "COMPOSE_ENV_FILES=", ""),
        top(all, "COMPOSE_ENV_FILES=gone.env", ""),
        top(all + "COMPOSE_ENV_FILES=two.env", "", ""),
        top(all, "COMPOSE_DISABLE_ENV_FILE=maybe", "--env-file @two.env"),
        top(null, "COMPOSE_FILE=a.yaml,b.yaml\nCOMPOSE_PATH_SEPARATOR=,", ""),
        top("COMPOSE_PATH_SEPARATOR=,\n", "COMPOSE_FILE=a.yaml,b.yaml", ""),
        top("COMPOSE_PATH_SEPARATOR=.y\nCOMPOSE_FILE=odd.yodd\n", "", ""),
        top(null, "COMPOSE_FILE=a.yaml:gone.yaml", ""),
        top(null, "COMPOSE_FILE=a.yaml::b.yaml", ""),
        top(null, "COMPOSE_FILE=sub", ""),
        top("COMPOSE_FILE=sub\n", "", ""),
        top("COMPOSE_FILE=./sub/../sub/d.yaml\n", "", ""),
        new Case("sub", two, "", ""),
        new Case("sub", two, "COMPOSE_FILE=../a.yaml", ""),
        new Case("sub", two, "COMPOSE_FILE=../a.yaml:d.yaml", ""),
        new Case("two/deep", two, "", ""),
        new Case("two/bare", two, "", ""),
        new Case("two/bare", two, "", "--project-directory @sub"),
        new Case("two/said", two, "", ""),
        new Case("two/up", two, "", ""));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agrees(Case given) throws IOException {
    for (String name : List.of("a", "b", "c", "compose", "sub/d", "sub/compose", "two/compose")) {
      Cli.write(dir.resolve(name + ".yaml"), file(name.replace('/', '_')));
    }
    Cli.write(dir.resolve("odd"), file("odd"));
    Cli.write(dir.resolve("two/said/x.yaml"), file("x"));
    Cli.write(dir.resolve("one.env"), "V=1\nW=1\n");
    Cli.write(dir.resolve("two.env"), "W=2\nV=two-$W\nCOMPOSE_FILE=b.yaml\n");
    Cli.write(dir.resolve("two/.env"), "V=two-$W\nCOMPOSE_PROFILES=p\n");
    Cli.write(dir.resolve("two/deep/.env"), "W=deep\n");
    Cli.write(dir.resolve("two/bare/note"), "");
    Cli.write(dir.resolve("two/said/.env"), "COMPOSE_FILE=x.yaml\n");
    Cli.write(dir.resolve("two/up/.env"), "COMPOSE_FILE=../compose.yaml:../../b.yaml\n");
    Cli.write(dir.resolve(".git/HEAD"), "");
    if (given.env != null) {
      Cli.write(dir.resolve(".env"), given.env);
    }
    String[] flags =
        given.flags.isEmpty() ? new String[0] : given.flags.replace("@", dir + "/").split(" ", -1);

    assertThat(ours(given, flags)).isEqualTo(theirs(given, flags));
  }

  private static String file(String name) {
    return """
        services:
          all: {image: "%1$s-${V:-none}"}
          %1$s: {image: x, depends_on: {%1$s_p: {condition: service_started, required: false}}}
          %1$s_p: {image: x, profiles: [p]}
          %1$s_pq: {image: x, profiles: [p, q]}
        """
        .formatted(name);
  }

  private Map<String, String> ours(Case given, String[] flags) {
    var options = new ProjectOptions();
    new CommandLine(options).parseArgs(flags);
    Path in = dir.resolve(given.in);
    Path place =
        !options.files.isEmpty()
            ? options.files.get(0)
            : options.projectDirectory != null ? options.projectDirectory : in;
    var said = new TreeMap<String, String>();
    try {
      Chosen chosen =
          new Chooser(options, shell(given), in, place).choose("it", options.files, false);
      for (Service service : Loaded.of(chosen, IMAGES).project().services()) {
        if (service.isEnabled()) {
          said.put(service.name(), service.text("image").orElse(""));
        }
      }
      if (chosen.projectName() != null) {
        said.put("name", chosen.projectName());
      }
    } catch (ProjectException e) {
      said.put("refused", "");
    }
    return said;
  }

  private Map<String, String> theirs(Case given, String[] flags) {
    var words = new ArrayList<Path>();
    var rest = new ArrayList<String>();
    for (int i = 0; i < flags.length; i++) {
      if (flags[i].equals("-f")) {
        words.add(Path.of(flags[++i]));
      } else {
        rest.add(flags[i]);
      }
    }
    rest.addAll(List.of("--format", "json"));
    Compose.Answer answer =
        compose.config(dir.resolve(given.in), words, shell(given), rest.toArray(String[]::new));
    var said = new TreeMap<String, String>();
    if (!answer.accepted()) {
      said.put("refused", "");
      return said;
    }
    Object model = Json.read(answer.stdout());
    var services = (Map<?, ?>) Objects.requireNonNull(Json.at(model, "services"));
    services.forEach(
        (name, service) ->
            said.put(String.valueOf(name), String.valueOf(Json.at(service, "image"))));
    String name = String.valueOf(Json.at(model, "name"));
    if (name.equals("nm") || name.equals("other")) {
      said.put("name", name);
    }
    return said;
  }

  private static Map<String, String> shell(Case given) {
    var shell = new TreeMap<String, String>();
    given.shell.lines().forEach(line -> shell.put(line.split("=", 2)[0], line.split("=", 2)[1]));
    return shell;
  }
}
