package dev.tightship.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.bench.SecretProject.Goes;
import dev.tightship.bench.SecretProject.Login;
import dev.tightship.bench.SecretProject.Secret;
import dev.tightship.oracle.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A password that has left the files of a project opens what it opened before, and another one does
 * not: on the data that the project had, and on new volumes. It is in no file that git or an image
 * takes, and where a server reads it from a file, the engine does not show it either.
 */
class SecretsBenchTest {

  private static final Duration CALL = Duration.ofMinutes(1);
  private static final int MOST_TRIES = 10;

  /** How servers say that the password is to blame, and nothing else. */
  private static final Pattern REFUSED =
      Pattern.compile("password authentication failed|Access denied|WRONGPASS|ACCESS_REFUSED");

  /** Number of the account that each of these servers has in its image. */
  private static final int ACCOUNT = 999;

  /** Number of the user that an image gets where it had none. */
  private static final int MADE = 10001;

  /** Somebody who is no user of any container. */
  private static final int SOMEBODY = 4711;

  @TempDir private Path temp = Path.of("");

  @ParameterizedTest
  @EnumSource
  @Execution(ExecutionMode.CONCURRENT)
  void a_password_that_moved_opens_the_same_doors(SecretProject project) throws Exception {
    Docker docker = Docker.orSkip();
    Path original = inGit(project.folder());
    List<Path> copies =
        List.of(hardened(project, original, "standard"), hardened(project, original, "strict"));

    try (Started started = Started.of(docker, original, null)) {
      store(started, project);
      opens(started, project);
      assertThat(shown(started, Told.of(started), project)).containsAll(project.moved());
      for (Path copy : copies) {
        started.change(copy);
        check(started, project);
      }
    }
    try (Started fresh = Started.of(docker, copies.get(0), null)) {
      store(fresh, project);
      check(fresh, project);
    }
  }

  // Before it starts

  /** As people have it, with what nobody commits left out. */
  private Path inGit(Path project) throws IOException, InterruptedException {
    Path original = Files.createDirectory(temp.resolve("original"));
    Started.copy(project, original);
    if (Files.exists(original.resolve(".env"))) {
      Files.writeString(original.resolve(".gitignore"), ".env\n");
    }
    for (String command : List.of("git init -q", "git add -A")) {
      var git = new ProcessBuilder(command.split(" ", -1)).directory(original.toFile()).inheritIO();
      assertThat(git.start().waitFor()).as(command).isZero();
    }
    return original;
  }

  /** A copy as it may come from another machine: its secrets belong to somebody else. */
  private Path hardened(SecretProject project, Path original, String level) throws IOException {
    Path copy = FixturesBenchTest.hardened(original, temp.resolve(level), "--level", level);
    Path variables = copy.resolve(".env");
    if (Files.exists(original.resolve(".env"))) {
      assertThat(variables).hasSameBinaryContentAs(original.resolve(".env"));
    } else {
      assertThat(mode(variables)).isEqualTo("rw-------");
    }
    for (Path file : files(copy)) {
      String name = copy.relativize(file).toString();
      if (name.matches("secrets/\\w+\\.(?:txt|conf)")) {
        assertThat(mode(file)).as(name).isEqualTo("r--r--r--");
        Files.setAttribute(file, "unix:uid", SOMEBODY);
      } else if (!file.equals(variables)) {
        assertThat(Files.readString(file)).as(name).doesNotContain(project.moved());
      }
    }
    Path secrets = copy.resolve("secrets");
    boolean made = project.secrets().stream().anyMatch(s -> s.goes() == Goes.TO_A_FILE);
    assertThat(Files.exists(secrets)).isEqualTo(made);
    if (made) {
      assertThat(mode(secrets)).isEqualTo("rwx------");
      Files.setAttribute(secrets, "unix:uid", SOMEBODY);
    }
    return copy;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  // While it runs

  private static void store(Started started, SecretProject project) {
    for (Login login : project.logins()) {
      Docker.Answer stored = as(started, project, login, login.store());
      for (int i = 0; i < MOST_TRIES && !stored.ok(); i++) { // healthy, and not yet listening
        Started.sleep(Duration.ofSeconds(3));
        stored = as(started, project, login, login.store());
      }
      assertThat(stored.ok()).as("%s: %s", login.password().service(), stored.said()).isTrue();
    }
  }

  private static void check(Started started, SecretProject project) {
    opens(started, project);
    Told told = Told.of(started);
    for (String service : told.containers.keySet()) {
      if (project.isServer(service)) {
        isConfined(started, told, service, ACCOUNT);
      } else if (told.isBuilt(service)) {
        isConfined(started, told, service, MADE);
      }
    }
    assertThat(shown(started, told, project)).doesNotContainAnyElementsOf(project.moved());
  }

  /** Each client gets in and reads what was stored, and with another password does not. */
  private static void opens(Started started, SecretProject project) {
    for (Login login : project.logins()) {
      Docker.Answer right = as(started, project, login, login.read());
      assertThat(right.out())
          .as("%s: %s", login.password().service(), right.said())
          .contains("rope");
      String spoil = "export %1$s=\"${%1$s/\"$RIGHT\"/wrong}\"; ".formatted(login.variable());
      Docker.Answer wrong = as(started, project, login, spoil + login.read());
      assertThat(wrong.ok()).as("%s lets in whoever comes", login.password().service()).isFalse();
      assertThat(wrong.said()).containsPattern(REFUSED);
    }
  }

  /** Runs a command where the client runs; {@code $RIGHT} is the password. */
  private static Docker.Answer as(
      Started started, SecretProject project, Login login, String command) {
    String right = "RIGHT=" + login.password().value();
    return started.compose(
        CALL, "exec", "-T", "-e", right, project.client(), "bash", "-c", command);
  }

  /** The service is healthy, runs as an account without rights, and cannot get any. */
  private static void isConfined(Started started, Told told, String service, int account) {
    Object container = told.container(service);
    assertThat(Json.at(container, "State", "Health", "Status")).isEqualTo("healthy");
    assertThat(Json.at(container, "HostConfig", "ReadonlyRootfs")).isEqualTo(true);
    assertThat(Json.at(container, "HostConfig", "CapDrop")).isEqualTo(List.of("ALL"));
    assertThat(Json.at(container, "HostConfig", "SecurityOpt"))
        .isEqualTo(List.of("no-new-privileges:true"));
    assertThat(Attack.status(started, service, "Uid")).as(service).startsWith(account + "\t");
  }

  /**
   * The secrets that show: in the Compose file, in an image that is built here, and where the
   * engine tells of a service that gets them in a file.
   */
  private static Set<String> shown(Started started, Told told, SecretProject project) {
    var shown = new TreeSet<String>();
    for (Secret secret : project.secrets()) {
      Object container = told.container(secret.service());
      Object service = Json.at(told.filled, "services", secret.service());
      boolean ofService = (container + " " + service).contains(secret.value());
      if (told.written.toString().contains(secret.value())
          || (secret.goes() == Goes.TO_A_FILE && ofService)) {
        shown.add(secret.value());
      }
    }
    for (String service : told.containers.keySet()) {
      if (told.isBuilt(service)) {
        String image = String.valueOf(Json.at(told.container(service), "Image"));
        String text =
            started.docker().ask("history", "--no-trunc", image)
                + started.sh("0", service, "find . -type f -exec cat {} +").out();
        project.moved().stream().filter(text::contains).forEach(shown::add);
      }
    }
    return shown;
  }

  /**
   * What Compose and the engine tell of a project.
   *
   * @param written the project as its files say it
   * @param filled the same with the values of variables
   * @param containers by service
   */
  private record Told(Object written, Object filled, Map<String, Object> containers) {

    static Told of(Started started) {
      Object written = model(started, "--no-interpolate");
      Object filled = model(started);
      var words = new ArrayList<>(List.of("inspect"));
      started.compose(CALL, "ps", "-q").out().lines().forEach(words::add);
      var containers = new TreeMap<String, Object>();
      for (Object container :
          (List<?>) Json.read(started.docker().ask(words.toArray(String[]::new)))) {
        Object service = Json.at(container, "Config", "Labels", "com.docker.compose.service");
        containers.put(String.valueOf(service), container);
      }
      return new Told(written, filled, containers);
    }

    /** With its dollar signs single. */
    private static Object model(Started started, String... options) {
      var words = new ArrayList<>(List.of("config", "--format", "json"));
      words.addAll(List.of(options));
      Docker.Answer config = started.compose(CALL, words.toArray(String[]::new));
      assertThat(config.ok()).as(config.err()).isTrue();
      return Json.read(config.out().replace("$$", "$"));
    }

    Object container(String service) {
      return Objects.requireNonNull(containers.get(service), service);
    }

    boolean isBuilt(String service) {
      return Json.at(written, "services", service, "build") != null;
    }
  }
}
