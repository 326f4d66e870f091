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
import dev.tightship.network.HostFinder.Hit;
import dev.tightship.text.Lines;
import dev.tightship.yaml.Node;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  private final Examples examples;

  /**
   * @param guess the text with what an example has for variables without a value
   */
  private record Variable(String text, String guess, Where where) {}

  Settings(Project project, Edges edges, HostFinder finder) {
    this.project = project;
    this.edges = edges;
    this.finder = finder;
    this.examples = new Examples(project);
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
    for (EnvironmentFile file : service.environmentFiles()) {
      from.putAll(lines(file));
      if (!(project.read(file.path()) instanceof Source.Text)) {
        example(service, examples.of(file.path()), own.keySet());
      }
    }
    environment
        .values()
        .forEach(
            (name, value) -> {
              if (!own.containsKey(name)) {
                Where where = from.get(name);
                boolean handedOn = value.text().equals("${" + name + "}");
                String text = handedOn ? HostFinder.UNKNOWN : value.text();
                value(
                    service,
                    where != null ? Kind.ENV_FILE : Kind.ENVIRONMENT,
                    name,
                    where != null
                        ? new Variable(text, text, where)
                        : new Variable(
                            text, handedOn ? guess(name) : text, at(service, "environment")));
              }
            });
  }

  /** What an example has in the place of a file that is not here, but what the service sets. */
  private void example(Service service, Examples.@Nullable Example example, Set<String> own) {
    if (example == null) {
      return;
    }
    for (DotEnv.Entry entry : example.entries()) {
      if (entry.value() != null && !own.contains(entry.key())) {
        guessed(service, Kind.ENV_FILE, entry.key(), entry.value(), example, example.where(entry));
      }
    }
  }

  private Where at(Service service, String key) {
    return Edges.where(project, service.at(key));
  }

  /** Of several with one name, the last counts. */
  private Map<String, Variable> variables(Service service, String... path) {
    var variables = new LinkedHashMap<String, Variable>();
    for (Texts said : service.texts(path)) {
      for (Texts.Text text : said.all()) {
        String value = said.frame().interpolated(text.scalar(), HostFinder::unknown);
        String guess =
            value.contains(HostFinder.UNKNOWN)
                ? said.frame().interpolated(text.scalar(), this::guess)
                : value;
        Where where = Edges.where(said, text);
        if (text.key() != null) {
          variables.put(text.key(), new Variable(value, guess, where));
        } else if (value.indexOf('=') > 0) {
          variables.put(
              value.substring(0, value.indexOf('=')),
              new Variable(
                  value.substring(value.indexOf('=') + 1),
                  guess.substring(guess.indexOf('=') + 1),
                  where));
        }
      }
    }
    return variables;
  }

  private String guess(String variable) {
    Examples.Example example = examples.ofProject();
    String value = example == null ? null : example.value(variable);
    return value == null ? HostFinder.UNKNOWN : value;
  }

  private void value(Service service, Kind kind, String name, Variable variable) {
    List<Hit> hits = finder.inValue(name, variable.text);
    edges.add(service.name(), kind, Edges.word(name), hits, variable.where);
    if (HostFinder.hasUnknownHost(name, variable.text)) {
      edges.unknown(
          service.name(),
          Unknown.Kind.VARIABLE,
          "a variable without a value decides the host in %s".formatted(Edges.word(name)),
          variable.where);
      guessed(service, kind, name, variable.guess, examples.ofProject(), variable.where);
    }
  }

  /** Adds what would be there with the values of an example. */
  private void guessed(
      Service service,
      Kind kind,
      String name,
      String text,
      Examples.@Nullable Example example,
      Where where) {
    if (example != null) {
      List<Hit> hits = finder.inValue(name, text).stream().map(Hit::asWeak).toList();
      edges.add(
          service.name(),
          kind,
          "%s, as %s has it,".formatted(Edges.word(name), example.path()),
          hits,
          where);
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
        String word = said.frame().interpolated(text.scalar(), HostFinder::unknown);
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
      String text = known.frame().interpolated(scalar, HostFinder::unknown);
      edges.add(
          service.name(),
          Kind.CONFIG,
          "config " + name,
          finder.inFile(text),
          Edges.where(known.file(), scalar));
    }
  }
}
