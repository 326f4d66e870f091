package dev.tightship.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Looks for planted values, and tells of each by its name and where it stands. */
final class Leaks {

  private static final String BASE85 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";

  private static final Pattern DELTA =
      Pattern.compile("GIT binary patch\ndelta (\\d+)\n((?:[A-Za-z]\\S+\n)+)\n");

  private static final Pattern COLOR = Pattern.compile("\u001b\\[[0-9;]*m");

  private final Planted planted;
  private final List<String> found = new ArrayList<>();
  private int deltas;

  Leaks(Planted planted) {
    this.planted = planted;
  }

  List<String> found() {
    return found;
  }

  /** How many parts of patches for git alone were looked into. */
  int deltas() {
    return deltas;
  }

  /** What a run said: nothing is allowed in it. */
  void look(String where, Cli.Run run) {
    look(where + ", stdout", run.out());
    look(where + ", stderr", run.err());
  }

  /** A text in which nothing is allowed: as it stands, without colours, and what it encodes. */
  void look(String where, String text) {
    look(where, text, Set.of());
    if (text.indexOf('\u001b') >= 0) {
      look(where + ", without colours", COLOR.matcher(text).replaceAll(""), Set.of());
    }
    if (text.startsWith("{")) {
      values(where, JsonMapper.shared().readTree(text));
    }
    Matcher delta = DELTA.matcher(text);
    while (delta.find()) {
      deltas++;
      look(where + ", delta", inflated(delta), Set.of());
    }
  }

  private void values(String where, JsonNode node) {
    if (node.isString()) {
      look(where + ", JSON", node.stringValue());
    }
    for (Map.Entry<String, JsonNode> property : node.properties()) {
      look(where + ", JSON key", property.getKey(), Set.of());
      values(where, property.getValue());
    }
    if (node.isArray()) {
      node.forEach(item -> values(where, item));
    }
  }

  /** A text in which some are allowed. */
  private void look(String where, String text, Set<String> allowed) {
    planted
        .in(text)
        .forEach(
            (name, line) -> {
              if (!allowed.contains(name)) {
                found.add("%s, line %d: %s".formatted(where, line, name));
              }
            });
  }

  /**
   * Everything below a folder, the names of files included.
   *
   * @param allowed what may stand in a file, by its path
   */
  void files(String where, Path folder, Function<String, Set<String>> allowed) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) walk::iterator) {
        String path = folder.relativize(file).toString();
        look(where + ", name of a file", path, Set.of());
        if (!Files.isRegularFile(file) || path.contains(".git/")) {
          continue;
        }
        String text = Files.readString(file);
        Set<String> names = allowed.apply(path);
        if (names.isEmpty()) {
          look(where + ", " + path, text);
        } else {
          look(where + ", " + path, text, names);
        }
      }
    }
  }

  /** What git reads: lines of base 85 that begin with their length, and below them zlib. */
  private static String inflated(MatchResult delta) {
    var packed = new ByteArrayOutputStream();
    for (String line : delta.group(2).split("\n", -1)) {
      int length =
          line.isEmpty() ? 0 : line.charAt(0) - (line.charAt(0) < 'a' ? 'A' - 1 : 'a' - 27);
      for (int i = 1; i < line.length(); i += 5) {
        long group = 0;
        for (int j = i; j < i + 5; j++) {
          group = group * 85 + BASE85.indexOf(line.charAt(j));
        }
        for (int shift = 24; shift >= 0 && length > 0; shift -= 8, length--) {
          packed.write((int) (group >> shift));
        }
      }
    }
    byte[] bytes = new byte[Integer.parseInt(delta.group(1))];
    var inflater = new Inflater();
    inflater.setInput(packed.toByteArray());
    try {
      assertThat(inflater.inflate(bytes)).isEqualTo(bytes.length);
    } catch (DataFormatException e) {
      throw new AssertionError("no zlib", e);
    } finally {
      inflater.end();
    }
    return new String(bytes, UTF_8);
  }
}
