package dev.tightship.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tightship.bench.Rehearsal.Failed;
import dev.tightship.bench.Rehearsal.Question;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Place;
import dev.tightship.edit.Value;
import dev.tightship.text.TextEdit;
import dev.tightship.yaml.Node;
import dev.tightship.yaml.Plan;
import dev.tightship.yaml.Splicer;
import dev.tightship.yaml.YamlException;
import dev.tightship.yaml.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is known of images is neither too little nor too much: a service that was hardened with it
 * serves, twice on the same data, and without a single capability or tmpfs of those that it was
 * left it does not.
 */
class ProfilesBenchTest {

  /** Who starts the container. */
  enum Start {
    /** As the image has it: root that drops, or its own account. */
    UNCHANGED,
    /** {@code user:} names the account of the image. */
    ACCOUNT
  }

  private static final String FILE = "docker-compose.yml";
  private static final Place SERVICE = Place.of(FILE, "services", "server");
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** How each removal showed, for the table. */
  private static final ConcurrentSkipListMap<String, String> SEEN = new ConcurrentSkipListMap<>();

  private static @Nullable Client client;

  @TempDir private Path temp = Path.of("");

  @BeforeAll
  static void start_the_client() {
    client = new Client(Docker.orSkip());
  }

  @AfterAll
  static void print_and_stop_the_client() {
    SEEN.forEach((item, how) -> System.out.printf("%-60s %s%n", item, how));
    if (client != null) {
      client.close();
    }
  }

  static Stream<Case> cases() {
    return Stream.of(Server.values())
        .flatMap(
            server ->
                Stream.of(Start.values())
                    .filter(start -> start == Start.UNCHANGED || !server.startsAsAccount())
                    .map(start -> new Case(server, start)))
        .sorted(Comparator.comparing(Case::start));
  }

  /** A server and who starts it. */
  record Case(Server server, Start start) {
    @Override
    public String toString() {
      return server + (start == Start.ACCOUNT ? " as " + server.account() : "");
    }

    String compose() {
      String user = "$0\n    user: \"%1$s:%1$s\"".formatted(server.account());
      String text = server.compose();
      return start == Start.UNCHANGED ? text : text.replaceFirst("image: .*", user);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  @Execution(ExecutionMode.CONCURRENT)
  void a_hardened_service_has_all_that_it_needs_and_nothing_more(Case c) throws Exception {
    Path hardened = hardened(c);
    Duration named = twice(c, hardened, PATIENCE);
    // Data in a folder that Docker makes as root is handed over at the start, which a volume is
    // not.
    boolean handedOver = c.start == Start.UNCHANGED && text(hardened).contains("- data:");
    Duration bound = handedOver ? twice(c, bound(hardened, "bound"), PATIENCE) : named;

    var notNeeded = new ArrayList<String>();
    for (String key : List.of("cap_add", "tmpfs")) {
      for (String item : items(hardened, key)) {
        Path without = without(hardened, key, item);
        String seen = failure(c, without, named);
        if (seen.isEmpty() && handedOver) {
          seen = failure(c, bound(without, without.getFileName() + "-bound"), bound);
          seen = seen.isEmpty() ? seen : "with a folder of root: " + seen;
        }
        SEEN.put(c + " without " + item, seen.isEmpty() ? "NOT NEEDED" : seen);
        if (seen.isEmpty()) {
          notNeeded.add(item);
        }
      }
    }
    assertThat(notNeeded).as("not needed by %s", c).isEmpty();
  }

  /** A private key that only its owner may read is read by root, if root keeps DAC_OVERRIDE. */
  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void nginx_serves_with_a_key_of_another_user() throws Exception {
    Path original = Files.createDirectory(temp.resolve("tls"));
    Files.writeString(
        original.resolve(FILE),
        """
        services:
          server:
            image: nginx:1.30.4
            volumes:
              - ./tls.conf:/etc/nginx/conf.d/default.conf:ro
              - ./certs:/etc/nginx/certs:ro
        """);
    Files.writeString(
        original.resolve("tls.conf"),
        """
        server {
          listen 443 ssl;
          ssl_certificate certs/site.pem;
          ssl_certificate_key certs/site.key;
          root /usr/share/nginx/html;
        }
        """);
    certify(Files.createDirectory(original.resolve("certs")));
    Path hardened =
        FixturesBenchTest.hardened(original, temp.resolve("out"), "--level", "standard");
    // a copy has another owner
    Files.setAttribute(hardened.resolve("certs/site.key"), "unix:uid", 1000);

    var https = new Question("curl -sfk https://$S/", "nginx");
    Duration whole = twice(hardened, 101, https, https, PATIENCE);
    Path without = without(hardened, "cap_add", "DAC_OVERRIDE");
    assertThatThrownBy(() -> twice(without, 101, https, https, limit(whole)))
        .isInstanceOf(Failed.class)
        .hasMessageContaining("Permission denied");
  }

  private static void certify(Path certs) throws Exception {
    Process openssl =
        new ProcessBuilder(
                ("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
                        + " -subj /CN=site -keyout site.key -out site.pem")
                    .split(" ", -1))
            .directory(certs.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(openssl.getInputStream().readAllBytes(), UTF_8);
    assertThat(openssl.waitFor()).as(said).isZero();
    Path key = certs.resolve("site.key");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    Files.setAttribute(key, "unix:uid", 1000);
  }

  /** What Tightship makes of an ordinary project with this server. */
  private Path hardened(Case c) throws IOException, YamlException {
    Path original = Files.createDirectory(temp.resolve("original"));
    Files.writeString(original.resolve(FILE), c.compose());
    Files.writeString(original.resolve("haproxy.cfg"), Server.HAPROXY_CFG);
    Files.writeString(original.resolve("mosquitto.conf"), Server.MOSQUITTO_CONF);
    Path copy = FixturesBenchTest.hardened(original, temp.resolve("out"), "--level", "standard");
    assertThat(text(copy)).contains("cap_drop:", "read_only: true", "no-new-privileges");
    if (c.start == Start.UNCHANGED) {
      // for files of somebody else root keeps DAC_OVERRIDE wherever something of the host is
      // mounted
      Path settings = copy.resolve("mosquitto.conf");
      Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rw-------"));
      Files.setAttribute(settings, "unix:uid", 1000);
    }
    return copy;
  }

  private Duration twice(Case c, Path folder, Duration limit) throws Failed {
    return twice(
        folder,
        c.server.account(),
        new Question(c.server.use(), c.server.answer()),
        new Question(c.server.useAgain(), c.server.answer()),
        limit);
  }

  private static Duration twice(
      Path folder, int account, Question first, Question second, Duration limit) throws Failed {
    var asked = Objects.requireNonNull(client);
    return Rehearsal.twice(
        Docker.orSkip(), asked, folder.resolve(FILE), account, first, second, limit);
  }

  /** How a service failed, or nothing. */
  private String failure(Case c, Path folder, Duration whole) {
    try {
      twice(c, folder, limit(whole));
      return "";
    } catch (Failed seen) {
      return String.valueOf(seen.getMessage());
    }
  }

  /** How long to wait for a service that lacks something, when the whole one took so long. */
  private static Duration limit(Duration whole) {
    return whole.multipliedBy(2).plusSeconds(3);
  }

  private Path without(Path folder, String key, String item) throws IOException, YamlException {
    Path copy = temp.resolve("without-" + item.replaceAll("[:,=].*", "").replaceAll("\\W", "-"));
    Files.createDirectory(copy);
    Started.copy(folder, copy);
    Place list = SERVICE.key(key);
    boolean only = items(folder, key).size() == 1;
    edit(copy, new Edit.Remove(only ? list : list.item(Value.string(item))));
    return copy;
  }

  /** The same with its data in a folder of the host that is not there yet. */
  private Path bound(Path folder, String name) throws IOException {
    Path copy = Files.createDirectory(temp.resolve(name));
    Started.copy(folder, copy);
    Files.writeString(copy.resolve(FILE), text(copy).replace("- data:", "- ./data:"));
    return copy;
  }

  private static String text(Path folder) throws IOException {
    return Files.readString(folder.resolve(FILE));
  }

  private static List<String> items(Path folder, String key) throws IOException, YamlException {
    Node here = YamlFile.read(FILE, text(folder)).root();
    for (String step : List.of("services", "server", key)) {
      here = here instanceof Node.Mapping mapping ? mapping.get(step) : null;
    }
    return here instanceof Node.Sequence list
        ? list.items().stream().map(item -> ((Node.Scalar) item).text()).toList()
        : List.of();
  }

  private static void edit(Path folder, Edit.Yaml goal) throws IOException, YamlException {
    Plan plan = Splicer.plan(YamlFile.read(FILE, text(folder)), goal, "bench");
    assertThat(plan).isInstanceOf(Plan.Ready.class);
    List<TextEdit> edits = ((Plan.Ready) plan).splices().stream().map(Plan.Splice::edit).toList();
    Files.writeString(folder.resolve(FILE), TextEdit.apply(text(folder), edits));
  }
}
