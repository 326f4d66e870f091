package dev.tightship.compose;

import dev.tightship.compose.Environment.Value;
import dev.tightship.compose.Interpolation.Template;
import dev.tightship.compose.Sources.Source;
import dev.tightship.yaml.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code env_file} of one service in the order in which Compose does: of two for one path
 * the later entry counts, at the place of the first. A value may use the project's variables, then
 * those of the service's own {@code environment}, then what stands above it or in the files before.
 */
final class ServiceEnvFiles {

  /** What Compose takes for no, beside the YAML boolean. */
  private static final Set<String> NO = Set.of("false", "n", "no", "off");

  /**
   * @param written the path as the project writes it
   * @param path from the root; null where it lies outside, or depends on a variable without a value
   * @param format {@code raw}, or null for the format of {@code .env}
   */
  private record Entry(
      Frame frame,
      String written,
      @Nullable String path,
      @Nullable String format,
      boolean required) {}

  private final Project project;
  private final Map<String, Value> own;
  private final Map<String, String> above = new HashMap<>();
  private final Map<String, Value> values = new LinkedHashMap<>();
  private final List<String> unread = new ArrayList<>();

  private ServiceEnvFiles(Project project, Map<String, Value> own) {
    this.project = project;
    this.own = own;
    own.forEach(
        (name, value) -> {
          if (value.known()) {
            above.put(name, value.text());
          }
        });
  }

  /**
   * @param own what the service's {@code environment} sets
   */
  static Environment read(Service service, Map<String, Value> own) {
    var files = new ServiceEnvFiles(service.project(), own);
    entries(service).forEach(files::read);
    files.values.putAll(own);
    return new Environment(files.values, files.unread);
  }

  /** Those of which the place is known. */
  static List<Service.EnvironmentFile> named(Service service) {
    var files = new ArrayList<Service.EnvironmentFile>();
    for (Entry entry : entries(service)) {
      if (entry.path != null) {
        files.add(new Service.EnvironmentFile(entry.path, "raw".equals(entry.format)));
      }
    }
    return files;
  }

  /** What is done with a value, and how its variables are looked up. */
  interface Visitor {
    void visit(Template value, Function<String, @Nullable String> variables);
  }

  /** Visits each value that is filled in, whether all that it asks for is there or not. */
  static void values(Service service, Visitor visitor) {
    var files = new ServiceEnvFiles(service.project(), Environment.own(service));
    for (Entry file : entries(service)) {
      Source source = file.path == null ? null : service.project().read(file.path);
      if (!"raw".equals(file.format)
          && source instanceof Source.Text text
          && DotEnv.written(text.text()) instanceof DotEnv.Read read) {
        for (DotEnv.Entry entry : read.entries()) {
          String value = entry.valueSpan().of(text.text());
          if (entry.quote() != DotEnv.Quote.SINGLE) {
            visitor.visit(Interpolation.parse(value), name -> files.lookup(file, name));
          }
          if (!entry.inherited()) {
            files.above.put(entry.key(), value);
          }
        }
      }
    }
  }

  private @Nullable String lookup(Entry file, String name) {
    String outside = outside(file, name);
    return outside == null ? above.get(name) : outside;
  }

  private static Collection<Entry> entries(Service service) {
    var entries = new LinkedHashMap<List<Object>, Entry>();
    for (Layers.Found found : service.all("env_file")) {
      Node node = found.node();
      for (Node item : node instanceof Node.Sequence list ? list.items() : List.of(node)) {
        Entry entry = entry(found.layer().frame(), Merged.resolve(item));
        if (entry != null) {
          entries.put(List.of(String.valueOf(entry.frame.directory()), entry.written), entry);
        }
      }
    }
    return entries.values();
  }

  private static @Nullable Entry entry(Frame frame, Node item) {
    if (!(item instanceof Node.Mapping)) {
      return entry(frame, item, null, true);
    }
    var path = Merged.find(item, "path");
    String required = text(frame, item, "required").orElse("true");
    return path == null
        ? null
        : entry(
            frame,
            path.node(),
            text(frame, item, "format").orElse(null),
            !NO.contains(required.toLowerCase(Locale.ROOT)));
  }

  private static @Nullable Entry entry(
      Frame frame, Node node, @Nullable String format, boolean required) {
    if (!(node instanceof Node.Scalar scalar)) {
      return null;
    }
    String written = frame.interpolated(scalar).orElse(null);
    return written == null
        ? new Entry(frame, scalar.text(), null, format, true)
        : new Entry(frame, written, frame.path(written), format, required);
  }

  private static Optional<String> text(Frame frame, Node item, String key) {
    var hit = Merged.find(item, key);
    return hit != null && hit.node() instanceof Node.Scalar scalar
        ? frame.interpolated(scalar)
        : Optional.empty();
  }

  private void read(Entry entry) {
    Source source = entry.path == null ? null : project.read(entry.path);
    if (source instanceof Source.Text text && read(entry, text.text())) {
      return;
    }
    if (!(source instanceof Source.Missing) || entry.required) {
      unread.add(entry.written);
    }
  }

  private boolean read(Entry file, String text) {
    String format = file.format;
    if ("raw".equals(format)) {
      return raw(file, text);
    }
    if (format != null && !format.isEmpty() && !format.equals(".env")) {
      return false; // Compose knows no other
    }
    if (!(DotEnv.read(text, name -> outside(file, name), above) instanceof DotEnv.Read read)) {
      return false;
    }
    for (DotEnv.Entry entry : read.entries()) {
      if (entry.value() != null) {
        put(entry.key(), entry.value(), entry.blank().isEmpty());
      } else {
        inherit(entry.key());
      }
    }
    return true;
  }

  /**
   * {@code KEY=value} as it stands, without quotes, variables or escapes, as docker run reads it.
   */
  private boolean raw(Entry file, String text) {
    var lines = new ArrayList<String>();
    for (String line : text.replaceFirst("^\ufeff", "").split("\r?\n", -1)) {
      String entry = line.stripLeading();
      int equals = entry.indexOf('=');
      String key = equals < 0 ? entry : entry.substring(0, equals);
      if (entry.isEmpty() || entry.startsWith("#")) {
        continue;
      }
      if (key.isEmpty() || key.indexOf(' ') >= 0 || key.indexOf('\t') >= 0) {
        return false;
      }
      lines.add(entry);
    }
    for (String entry : lines) {
      int equals = entry.indexOf('=');
      if (equals >= 0) {
        put(entry.substring(0, equals), entry.substring(equals + 1), true);
      } else {
        String outside = outside(file, entry);
        if (outside == null) {
          inherit(entry);
        } else {
          put(entry, outside, true);
        }
      }
    }
    return true;
  }

  private void put(String name, String text, boolean known) {
    values.put(name, new Value(text, known));
    above.put(name, text);
  }

  /** A name alone takes what Compose finds outside; only without it does an earlier value stay. */
  private void inherit(String name) {
    values.put(name, new Value("${" + name + "}", false));
  }

  private @Nullable String outside(Entry file, String name) {
    String value = file.frame.variables().get(name);
    Value here = value == null ? own.get(name) : null;
    return here != null && here.known() ? here.text() : value;
  }
}
