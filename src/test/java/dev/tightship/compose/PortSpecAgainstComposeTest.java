package dev.tightship.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.PortSpec.Valid;
import dev.tightship.oracle.Compose;
import dev.tightship.oracle.Json;
import dev.tightship.yaml.Scalars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Items of {@code ports:}, each read by Compose and by us. */
class PortSpecAgainstComposeTest {

  @TempDir Path dir;

  private final Compose compose = Compose.orSkip();

  @Test
  void agrees_on_the_parts_of_what_is_valid() throws IOException {
    List<String> all = new ArrayList<>(specs(4000));
    all.addAll(wellFormed(2000));
    List<String> valid = all.stream().filter(PortSpecAgainstComposeTest::valid).toList();
    assertThat(valid).hasSizeGreaterThan(1000);

    var yaml = new StringBuilder("services:\n");
    for (int i = 0; i < valid.size(); i++) {
      String item = Scalars.quoted(valid.get(i), true);
      yaml.append("  s%d: {image: x, ports: [%s]}\n".formatted(i, item));
    }
    Object model = compose.model(dir, yaml.toString());

    var wrong = new ArrayList<String>();
    for (int i = 0; i < valid.size(); i++) {
      Set<String> theirs = new HashSet<>();
      Object ports = Json.at(model, "services", "s" + i, "ports");
      for (Object port : (List<?>) Objects.requireNonNull(ports)) {
        theirs.add(
            "%s|%s|%s|%s"
                .formatted(
                    or(Json.at(port, "host_ip")),
                    or(Json.at(port, "published")),
                    or(Json.at(port, "target")),
                    or(Json.at(port, "protocol"))));
      }
      Set<String> ours = expanded((Valid) PortSpec.parse(valid.get(i)));
      if (!ours.equals(theirs)) {
        wrong.add(valid.get(i) + " is " + ours + ", Compose " + theirs);
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void agrees_on_what_is_refused() throws IOException {
    List<String> faulty = new ArrayList<>(specs(700));
    faulty.removeIf(PortSpecAgainstComposeTest::valid);
    faulty = faulty.subList(0, Math.min(150, faulty.size()));
    faulty.addAll(
        List.of(
            "",
            "0",
            "0-2",
            "65536",
            "80/",
            "8080:80 ",
            "\n8080:80",
            "localhost:1:2",
            "1::2::3:1:2",
            "1:2:3:4:5:6:7::8:80:80",
            "::256.1.1.1:1:2",
            "1:2",
            "::ffff:1.2.3.4:80:80",
            "1.2.3.4::1:80:80",
            "[1::]:80:80",
            "[[::1]]:80:80",
            "[::1]x:80:80",
            "1:2:3:4:5:6:7:8:80:80",
            "12345::1:80:80"));

    var wrong = new ArrayList<String>();
    for (String text : faulty) {
      Path file =
          Files.writeString(
              dir.resolve("compose.yaml"),
              "services: {a: {image: x, ports: [" + Scalars.quoted(text, true) + "]}}");
      boolean accepted = compose.config(dir, List.of(file), "-q").accepted();
      if (accepted != valid(text)) {
        wrong.add(
            text + (accepted ? " is accepted by Compose alone" : " is refused by Compose alone"));
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** A white space in a port is refused wherever it stands, and mended where we say so. */
  @Test
  void mends_only_into_what_compose_accepts() throws IOException {
    for (String text : List.of("8080 :80", "8080:80 ", "\n8080:80", "8080:\t80", "80 /tcp")) {
      Path file =
          Files.writeString(
              dir.resolve("compose.yaml"),
              "services: {a: {image: x, ports: [" + Scalars.quoted(text, false) + "]}}");
      assertThat(compose.config(dir, List.of(file), "-q").accepted()).isFalse();

      String mended = PortSpec.mended(text).orElseThrow();
      Object model = compose.model(dir, "services: {a: {image: x, ports: ['" + mended + "']}}");
      assertThat(Json.at(model, "services", "a", "ports", 0)).isInstanceOf(Map.class);
    }
  }

  private static boolean valid(String text) {
    return PortSpec.parse(text) instanceof Valid;
  }

  private static Set<String> expanded(Valid valid) {
    var out = new HashSet<String>();
    var host = valid.host();
    for (int i = 0; i < valid.container().count(); i++) {
      String published = "";
      if (host != null) {
        boolean choice = valid.container().count() == 1;
        published = choice ? host.toString() : Integer.toString(host.first() + i);
      }
      int target = valid.container().first() + i;
      out.add(valid.ip() + "|" + published + "|" + target + "|" + valid.protocol());
    }
    return out;
  }

  private static String or(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  private static List<String> specs(int tries) {
    var random = new Random(20260105);
    String[] pieces = {
      "80",
      "81",
      "8080",
      "443",
      "1",
      "0",
      "65535",
      "65536",
      "0080",
      "+80",
      ":",
      ":",
      ":",
      "-",
      "-",
      "/tcp",
      "/udp",
      "/TCP",
      "/sctp",
      "/",
      "/x",
      " ",
      "127.0.0.1:",
      "0.0.0.0:",
      "[::1]:",
      "::1:",
      "[",
      "]",
      "fe80::1:",
      "1.2.3:",
      "localhost:",
      "::ffff:1.2.3.4:",
      "a",
      "x",
      "[]:",
      "8000-8003",
      "9000-9003",
      "80-82",
      "\t"
    };
    var out = new LinkedHashSet<String>();
    for (int i = 0; i < tries; i++) {
      var text = new StringBuilder();
      for (int n = random.nextInt(6); n >= 0; n--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      // Ranges of thousands of ports are right, and slow to print.
      boolean wide =
          PortSpec.parse(text.toString()) instanceof Valid v && v.container().count() > 9;
      if (!wide) {
        out.add(text.toString());
      }
    }
    return List.copyOf(out);
  }

  private static List<String> wellFormed(int tries) {
    var random = new Random(20260106);
    String[] ips = {
      "",
      "",
      "127.0.0.1:",
      "0.0.0.0:",
      "[::1]:",
      "::1:",
      "[fe80::1:2]:",
      "[]:",
      "1:2:3:4:5:6:7:8:",
      "::ffff:1.2.3.4:",
      "[1::]:",
      ":"
    };
    String[] hosts = {
      "", "80:", "8080:", "0:", "8000-8002:", "+90:", "007-9:", ":", "5-5:", "0-2:"
    };
    String[] containers = {"80", "080", "80-82", "+1", "65535", "5-5", "65533-65535"};
    String[] protocols = {"", "", "/", "/tcp", "/udp", "/SCTP", "/Tcp"};
    var out = new LinkedHashSet<String>();
    for (int i = 0; i < tries; i++) {
      out.add(
          pick(ips, random)
              + pick(hosts, random)
              + pick(containers, random)
              + pick(protocols, random));
    }
    return List.copyOf(out);
  }

  private static String pick(String[] from, Random random) {
    return from[random.nextInt(from.length)];
  }
}
