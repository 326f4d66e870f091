package dev.tightship.network;

import dev.tightship.compose.Answer;
import dev.tightship.compose.DotEnv;
import dev.tightship.compose.Environment;
import dev.tightship.compose.Project;
import dev.tightship.compose.Reference;
import dev.tightship.compose.Service;
import dev.tightship.compose.Service.EnvironmentFile;
import dev.tightship.compose.Sources.Source;
import dev.tightship.compose.Texts;
import dev.tightship.network.Evidence.Kind;
import dev.tightship.text.Lines;
import dev.tightship.yaml.Node;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The hosts in what the Compose files hand to a service: variables, commands, and texts. */
final class Settings {

  /** Chars of a file of variables that is looked at. */
  private static final int LONGEST_FILE = 1 << 20;

  private final Project project;
  private final Edges edges;
  private final HostFinder finder;

  /** By path, the lines of variables in files. */
  private final Map<String, Map<String, Where>> lines = new HashMap<>();

  private record Variable(String text, Where where) {}

  Settings(Project project, Edges edges, HostFinder finder) {
    this.project = project;
    this.edges = edges;
    this.finder = finder;
  }

  void look(Service service) {
    environment(service);
    command(service, Kind.COMMAND, "its command", "command");
    command(service, Kind.COMMAND, "its entrypoint", "entrypoint");
    command(service, Kind.HEALTHCHECK, "its health check", "healthcheck", "test");
    for (String hook : List.of("post_start", "pre_stop")) {
      command(service, Kind.HOOK, "its %s hook".formatted(hook), hook, Texts.ITEMS, "command");
      variables(service, hook, Texts.ITEMS, "environment")
          .forEach((name, variable) -> value(service, Kind.HOOK, name, variable));
    }
    for (Reference reference : service.references()) {
      if (reference.kind() == Reference.Kind.CONFIG) {
        config(service, reference.name());
      }
    }
  }

  // Variables

  private void environment(Service service) {
    Map<String, Variable> own = variables(service, "environment");
    own.forEach((name, variable) -> value(service, Kind.ENVIRONMENT, name, variable));
    Environment environment = service.environment();
    for (String file : environment.unread()) {
      edges.unknown(
          service.name(), Unknown.Kind.UNREAD, "its env file %s is not here".formatted(file), null);
    }
    var from = new HashMap<String, Where>();
    service.environmentFiles().forEach(file -> from.putAll(lines(file)));
    environment
        .values()
        .forEach(
            (name, value) -> {
              if (!own.containsKey(name)) {
                String text = value.known() ? value.text() : HostFinder.UNKNOWN;
                Where where = from.get(name);
                boolean file = where != null;
                value(
                    service,
                    file ? Kind.ENV_FILE : Kind.ENVIRONMENT,
                    name,
                    new Variable(text, where != null ? where : at(service, "environment")));
              }
            });
  }

  private Where at(Service service, String key) {
    return Edges.where(project, service.at(key));
  }

  /** Of several with one name, the last counts. */
  private static Map<String, Variable> variables(Service service, String... path) {
    var variables = new LinkedHashMap<String, Variable>();
    for (Texts said : service.texts(path)) {
      for (Texts.Text text : said.all()) {
        String value = said.frame().interpolated(text.scalar(), HostFinder.UNKNOWN);
        int equals = value.indexOf('=');
        Where where = Edges.where(said, text);
        if (text.key() != null) {
          variables.put(text.key(), new Variable(value, where));
        } else if (equals > 0) {
          variables.put(
              value.substring(0, equals), new Variable(value.substring(equals + 1), where));
        }
      }
    }
    return variables;
  }

  private void value(Service service, Kind kind, String name, Variable variable) {
    edges.add(service.name(), kind, name, finder.inValue(name, variable.text), variable.where);
    if (HostFinder.hasUnknownHost(name, variable.text)) {
      edges.unknown(
          service.name(),
          Unknown.Kind.VARIABLE,
          "a variable without a value decides the host in %s".formatted(name),
          variable.where);
    }
  }

  private Map<String, Where> lines(EnvironmentFile file) {
    return lines.computeIfAbsent(file.path() + (file.raw() ? " raw" : ""), key -> read(file));
  }

  private Map<String, Where> read(EnvironmentFile file) {
    var where = new HashMap<String, Where>();
    if (!(project.read(file.path()) instanceof Source.Text source)
        || source.text().length() > LONGEST_FILE) {
      return where;
    }
    if (file.raw()) {
      int number = 0;
      for (String line : source.text().split("\n", -1)) {
        number++;
        int equals = line.indexOf('=');
        if (equals > 0) {
          where.put(line.substring(0, equals).strip(), new Where(file.path(), number, 1));
        }
      }
    } else if (DotEnv.read(source.text(), name -> null) instanceof DotEnv.Read read) {
      var numbers = new Lines(source.text());
      for (DotEnv.Entry entry : read.entries()) {
        Lines.Position at = numbers.position(entry.keySpan().start());
        where.put(entry.key(), new Where(file.path(), at.line(), at.column()));
      }
    }
    return where;
  }

  // Commands

  /** What the last file says. */
  private void command(Service service, Kind kind, String subject, String... path) {
    List<Texts> all = service.texts(path);
    boolean each = List.of(path).contains(Texts.ITEMS);
    for (Texts said : each || all.isEmpty() ? all : all.subList(all.size() - 1, all.size())) {
      String before = null;
      for (Texts.Text text : said.all()) {
        String word = said.frame().interpolated(text.scalar(), HostFinder.UNKNOWN);
        @Nullable String option = before != null && before.startsWith("-") ? before : null;
        edges.add(
            service.name(), kind, subject, finder.inCommand(option, word), Edges.where(said, text));
        before = word;
      }
    }
  }

  private void config(Service service, String name) {
    var config = project.section("configs").get(name);
    if (config != null
        && config.find("content") instanceof Answer.Known known
        && known.node() instanceof Node.Scalar scalar) {
      String text = known.frame().interpolated(scalar, HostFinder.UNKNOWN);
      edges.add(
          service.name(),
          Kind.CONFIG,
          "config " + name,
          finder.inFile(text),
          Edges.where(known.file(), scalar));
    }
  }
}
