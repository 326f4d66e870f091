package dev.tightship.analysis;

import dev.tightship.compose.Environment;
import dev.tightship.compose.Origin;
import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Resolution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One look for sizes at all the places where a service may name them. */
final class MemoryReading {

  private static final Pattern MEMCACHED = Pattern.compile("(?<![\\w-])memcached(?![\\w-])");

  /** A value that is another variable of the container. */
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{?(\\w+)}?");

  /** Variables that are there to hold such settings. */
  private static final Pattern OPTIONS =
      Pattern.compile("\\w{0,40}(?:JAVA|JVM|HEAP|CATALINA|NODE)\\w{0,40}OPT(?:ION)?S");

  private final Service service;
  private final Map<String, String> variables = new LinkedHashMap<>();
  private final Map<MemorySign.Of, Found> largest = new LinkedHashMap<>();
  private final List<String> doubts = new ArrayList<>();

  private record Found(long bytes, String where) {}

  MemoryReading(Service service) {
    this.service = service;
  }

  ExplicitMemory result() {
    Recipe recipe = Recipe.of(service);
    Recipe.Read built = recipe instanceof Recipe.Read read ? read : null;
    var places = new LinkedHashMap<String, String>();
    if (built != null) {
      built.image().env().forEach((name, value) -> ofImage(name, value, places));
    }
    Environment environment = service.environment();
    environment.values().forEach((name, value) -> ofService(name, value, places));
    places.forEach((name, where) -> look(name + "=" + variables.get(name), where));
    Start start =
        built == null
            ? Start.of(service, null, null)
            : Start.of(service, built.image(), built.file().path());
    for (Start.Line line : start.lines()) {
      look(line.text(), "line %s of %s".formatted(line.line(), line.file()));
    }
    String text = start.text();
    if (MEMCACHED.matcher(text).find() || isMemcached()) {
      look(MemorySign.MEMCACHED, text, "its command");
    }
    return doubts.isEmpty() ? sum() : new ExplicitMemory.CannotTell(doubts.get(0));
  }

  private boolean isMemcached() {
    return service.origin() instanceof Origin.Pulled pulled
        && ("/" + pulled.reference().repository()).endsWith("/memcached");
  }

  private void ofImage(String name, Resolution value, Map<String, String> places) {
    if (value instanceof Resolution.Known known) {
      variables.put(name, known.text());
      places.put(name, "ENV " + name);
    }
  }

  private void ofService(String name, Environment.Value value, Map<String, String> places) {
    variables.put(name, value.text());
    places.put(name, name);
    if (!value.known() && OPTIONS.matcher(name).matches()) {
      doubts.add(name + " depends on a variable that has no value here");
    }
  }

  private void look(String text, String where) {
    MemorySign.ALL.forEach(sign -> look(sign, text, where));
  }

  private void look(MemorySign sign, String text, String where) {
    Matcher matcher = sign.pattern().matcher(text);
    while (matcher.find()) {
      String written = matcher.group(1);
      Matcher reference = REFERENCE.matcher(written);
      String value =
          reference.matches() ? variables.getOrDefault(reference.group(1), written) : written;
      long bytes = sign.unit().bytes(value);
      if (bytes < 0) {
        doubts.add(
            value.contains("$")
                ? "%s names a size by a variable that has no value here".formatted(where)
                : "%s names a size that is not understood".formatted(where));
      } else if (bytes > 0) {
        String says = matcher.group().strip().replaceAll("\\s+", " ");
        String place = says.startsWith(where + "=") ? says : says + " in " + where;
        largest.merge(sign.of(), new Found(bytes, place), (a, b) -> b.bytes > a.bytes ? b : a);
      }
    }
  }

  private ExplicitMemory sum() {
    long bytes = 0;
    Found most = new Found(0, "");
    for (Found found : largest.values()) {
      bytes = Math.min(Long.MAX_VALUE / 2, bytes) + found.bytes;
      most = found.bytes > most.bytes ? found : most;
    }
    return largest.isEmpty()
        ? new ExplicitMemory.None()
        : new ExplicitMemory.Of((bytes + (1 << 20) - 1) >> 20, most.where);
  }
}
