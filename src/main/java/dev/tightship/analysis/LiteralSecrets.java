package dev.tightship.analysis;

import dev.tightship.analysis.LiteralSecret.InCompose;
import dev.tightship.analysis.LiteralSecret.InDockerfile;
import dev.tightship.analysis.LiteralSecret.InEnvFile;
import dev.tightship.analysis.LiteralSecret.Setting;
import dev.tightship.analysis.LiteralSecret.Where;
import dev.tightship.compose.Answer;
import dev.tightship.compose.Build;
import dev.tightship.compose.DotEnv;
import dev.tightship.compose.Project;
import dev.tightship.compose.Reference;
import dev.tightship.compose.Service;
import dev.tightship.compose.Service.EnvironmentFile;
import dev.tightship.compose.Sources.Source;
import dev.tightship.compose.Texts;
import dev.tightship.compose.Texts.Text;
import dev.tightship.dockerfile.Assignment;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.GlobalArg;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.Stage;
import dev.tightship.edit.Place;
import dev.tightship.secret.CommandLiterals;
import dev.tightship.secret.Literal;
import dev.tightship.secret.LiteralFinder;
import dev.tightship.secret.Located;
import dev.tightship.text.Lines;
import dev.tightship.text.Span;
import dev.tightship.yaml.Node;
import dev.tightship.yaml.YamlFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the secrets that are written out in a project. A value that only a variable brings is none
 * of them; the default of a variable is. What a later file overrides is found as well, since it is
 * written out all the same: of several under one name the last counts.
 */
public final class LiteralSecrets {

  /** Chars of a file of variables that is looked at. */
  private static final int LONGEST_FILE = 1 << 20;

  private static final Set<String> COMMANDS = Set.of("CMD", "ENTRYPOINT", "HEALTHCHECK", "RUN");

  private static final Filled NO_VARIABLES = new Filled(Located.of(""), List.of());

  private static final String ENVIRONMENT = "environment";

  private final Project project;
  private final ScalarPlaces places = new ScalarPlaces();
  private final List<LiteralSecret> found = new ArrayList<>();

  private LiteralSecrets(Project project) {
    this.project = project;
  }

  /** Those of all services, in their order. */
  public static List<LiteralSecret> of(Project project) {
    var secrets = new LiteralSecrets(project);
    project.services().forEach(secrets::look);
    return List.copyOf(secrets.found);
  }

  /** Those of one service. */
  public static List<LiteralSecret> of(Service service) {
    var secrets = new LiteralSecrets(service.project());
    secrets.look(service);
    return List.copyOf(secrets.found);
  }

  private void look(Service service) {
    pairs(service, Setting.ENVIRONMENT, ENVIRONMENT);
    service.environmentFiles().forEach(file -> envFile(service, file));
    commands(service, Setting.ENTRYPOINT, "entrypoint");
    commands(service, Setting.COMMAND, "command");
    commands(service, Setting.HEALTHCHECK, "healthcheck", "test");
    for (String hook : List.of("post_start", "pre_stop")) {
      commands(service, Setting.HOOK, hook, Texts.ITEMS, "command");
      pairs(service, Setting.HOOK, hook, Texts.ITEMS, ENVIRONMENT);
    }
    pairs(service, Setting.LABEL, "labels");
    pairs(service, Setting.LABEL, "deploy", "labels");
    pairs(service, Setting.LOGGING, "logging", "options");
    pairs(service, Setting.BUILD_ARGUMENT, "build", "args");
    pairs(service, Setting.LABEL, "build", "labels");
    configs(service);
    image(service);
  }

  // KEY: value, KEY=value

  private void pairs(Service service, Setting setting, String... path) {
    for (Texts texts : service.texts(path)) {
      var pairs = new ArrayList<Pair>();
      for (Text text : texts.all()) {
        Pair pair = Pair.of(text);
        if (pair != null) {
          pairs.add(pair);
        }
      }
      List<List<Literal>> secrets = together(pairs);
      for (int i = 0; i < pairs.size(); i++) {
        Pair pair = pairs.get(i);
        for (Literal literal : secrets.get(i)) {
          add(service, setting, texts.file(), pair.scalar, literal, pair.filled);
        }
      }
    }
  }

  private interface Variable {
    String name();

    /** All that is written. */
    Filled filled();

    /** The part of it that is the value. */
    Located value();
  }

  private record Pair(String name, Node.Scalar scalar, Filled filled, Located value)
      implements Variable {

    static @Nullable Pair of(Text text) {
      Node.Scalar scalar = text.scalar();
      String canonical = scalar.canonical();
      if (text.key() != null && canonical != null && !canonical.equals(scalar.text())) {
        return new Pair(
            text.key(), scalar, plain(canonical, scalar), plain(canonical, scalar).text());
      }
      Filled filled = Filled.of(scalar.text());
      Located whole = filled.text();
      if (text.key() != null) {
        return new Pair(text.key(), scalar, filled, whole);
      }
      int equals = whole.text().indexOf('=');
      return equals < 0
          ? null
          : new Pair(
              whole.text().substring(0, equals),
              scalar,
              filled,
              whole.part(equals + 1, whole.text().length()));
    }

    /** A number that Compose writes in another way, all of which stands for all of it. */
    private static Filled plain(String canonical, Node.Scalar scalar) {
      var builder = new Located.Builder();
      for (int i = 0; i < canonical.length(); i++) {
        builder.add(canonical.charAt(i), 0, scalar.text().length());
      }
      return new Filled(builder.build(), List.of());
    }
  }

  /**
   * The secrets of variables that stand together, by the index of each variable. Together they tell
   * more than each alone: a password that is the name of a user or of a database as well is weak.
   */
  private static List<List<Literal>> together(List<? extends Variable> variables) {
    var names = new HashSet<String>();
    variables.forEach(variable -> names.add(variable.name()));
    var all = new ArrayList<List<Literal>>();
    var others = new HashSet<String>();
    for (Variable each : variables) {
      boolean secret = LiteralFinder.isName(each.name(), names);
      List<Literal> found = named(each.name(), each.filled(), each.value(), secret);
      all.add(found);
      if (found.isEmpty()) {
        others.add(each.value().text().toLowerCase(Locale.ROOT));
      }
    }
    all.replaceAll(
        found ->
            found.stream()
                .map(literal -> others.contains(lower(literal)) ? literal.asWeak() : literal)
                .toList());
    return all;
  }

  private static String lower(Literal literal) {
    return literal.value().reveal().toLowerCase(Locale.ROOT);
  }

  /** The variables of a file of variables that hold secrets, in its order. */
  public static List<String> names(String text) {
    List<Line> lines = read(text);
    List<List<Literal>> secrets = together(lines);
    var names = new ArrayList<String>();
    for (int i = 0; i < lines.size(); i++) {
      if (!secrets.get(i).isEmpty() && !names.contains(lines.get(i).name())) {
        names.add(lines.get(i).name());
      }
    }
    return names;
  }

  /** The secrets of a value under a name, as a Dockerfile or a Compose file has it. */
  public static List<Literal> in(String name, String written) {
    Filled filled = Filled.of(written);
    return named(name, filled, filled.text(), LiteralFinder.isName(name));
  }

  /** What a value holds by its own name, else by the names of the variables that default to it. */
  private static List<Literal> named(String name, Filled filled, Located value, boolean secret) {
    List<Literal> found = LiteralFinder.named(name, value, secret);
    if (!found.isEmpty() || filled.defaults().isEmpty()) {
      return found;
    }
    var byVariable = new ArrayList<Literal>();
    for (Filled.Default each : filled.defaults()) {
      if (LiteralFinder.isName(each.variable())) {
        Located part = within(value, each.span());
        for (Literal literal : LiteralFinder.named(each.variable(), part)) {
          byVariable.removeIf(outer -> covers(outer.span(), literal.span()));
          byVariable.add(literal.as(name));
        }
      }
    }
    return byVariable;
  }

  private static boolean covers(Span outer, Span inner) {
    return outer.start() <= inner.start() && inner.end() <= outer.end();
  }

  /** The chars of a text that are written in a span. */
  private static Located within(Located text, Span span) {
    int start = 0;
    int length = text.text().length();
    while (start < length && text.span(start, start + 1).start() < span.start()) {
      start++;
    }
    int end = start;
    while (end < length && text.span(end, end + 1).end() <= span.end()) {
      end++;
    }
    return text.part(start, end);
  }

  // Commands

  private void commands(Service service, Setting setting, String... path) {
    for (Texts texts : service.texts(path)) {
      List<Filled> filled = texts.all().stream().map(t -> Filled.of(t.scalar().text())).toList();
      if (texts.listed()) {
        List<Located> words = filled.stream().map(Filled::text).toList();
        for (CommandLiterals.Found hit : CommandLiterals.ofWords(words)) {
          Node.Scalar scalar = texts.all().get(hit.item()).scalar();
          add(service, setting, texts.file(), scalar, hit.literal(), filled.get(hit.item()));
        }
      } else {
        for (int i = 0; i < filled.size(); i++) {
          for (Literal literal : CommandLiterals.ofScript(filled.get(i).text())) {
            add(
                service,
                setting,
                texts.file(),
                texts.all().get(i).scalar(),
                literal,
                filled.get(i));
          }
        }
      }
    }
  }

  // Files

  private void envFile(Service service, EnvironmentFile file) {
    if (!(project.read(file.path()) instanceof Source.Text source)
        || source.text().length() > LONGEST_FILE) {
      return;
    }
    String text = source.text();
    List<Line> lines = file.raw() ? raw(text) : read(text);
    List<List<Literal>> secrets = together(lines);
    var numbers = new Lines(text);
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      for (Literal literal : secrets.get(i)) {
        Span span =
            new Span(line.start + literal.span().start(), line.start + literal.span().end());
        var where = new InEnvFile(file.path(), span, numbers.position(span.start()).line());
        add(service, Setting.ENV_FILE, where, literal, line.filled);
      }
    }
  }

  /**
   * @param filled the value; its places are from {@code start} on
   */
  private record Line(String name, Filled filled, int start) implements Variable {
    @Override
    public Located value() {
      return filled.text();
    }
  }

  private static List<Line> read(String text) {
    var lines = new ArrayList<Line>();
    if (DotEnv.written(text) instanceof DotEnv.Read read) {
      for (DotEnv.Entry entry : read.entries()) {
        boolean quoted = entry.quote() != DotEnv.Quote.NONE;
        Span span = entry.valueSpan();
        int start = span.start() + (quoted ? 1 : 0);
        String written = text.substring(start, Math.max(start, span.end() - (quoted ? 1 : 0)));
        String value = entry.value();
        boolean plain = entry.quote() == DotEnv.Quote.SINGLE || written.indexOf('$') < 0;
        if (value != null && !entry.inherited()) {
          lines.add(
              new Line(entry.key(), plain ? plain(value, written) : Filled.of(written), start));
        }
      }
    }
    return lines;
  }

  /** A value without variables. With escapes in it, each char stands for all of it. */
  private static Filled plain(String value, String written) {
    if (value.equals(written)) {
      return new Filled(Located.of(value), List.of());
    }
    var builder = new Located.Builder();
    for (int i = 0; i < value.length(); i++) {
      builder.add(value.charAt(i), 0, written.length());
    }
    return new Filled(builder.build(), List.of());
  }

  private static List<Line> raw(String text) {
    var lines = new ArrayList<Line>();
    int start = 0;
    for (String line : text.split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0 && !line.stripLeading().startsWith("#")) {
        String value =
            line.substring(equals + 1, line.endsWith("\r") ? line.length() - 1 : line.length());
        lines.add(
            new Line(
                line.substring(0, equals).strip(),
                new Filled(Located.of(value), List.of()),
                start + equals + 1));
      }
      start += line.length() + 1;
    }
    return lines;
  }

  private void configs(Service service) {
    for (Reference reference : service.references()) {
      var config =
          reference.kind() == Reference.Kind.CONFIG
              ? project.section("configs").get(reference.name())
              : null;
      if (config != null
          && config.find("content") instanceof Answer.Known known
          && known.node() instanceof Node.Scalar scalar) {
        Filled filled = Filled.of(scalar.text());
        for (Literal literal : LiteralFinder.in(null, filled.text())) {
          add(service, Setting.CONFIG, known.file(), scalar, literal, filled);
        }
      }
    }
  }

  // Dockerfiles

  private void image(Service service) {
    Build build = service.build().orElse(null);
    Dockerfile file =
        build == null || build.dockerfile() == null ? null : project.dockerfile(build.dockerfile());
    if (build == null || file == null) {
      return;
    }
    for (GlobalArg arg : file.globalArgs()) {
      image(service, file, "ARG", -1, arg.line(), arg.name(), arg.value());
    }
    boolean known = build.target() != null || !service.has("build", "target");
    Stage target = known ? file.target(build.target()) : null;
    Set<Stage> stages =
        target == null
            ? Set.copyOf(file.stages())
            : Set.copyOf(file.build(build.args()).image(target).stages());
    for (Stage stage : file.stages()) {
      for (Instruction instruction :
          stages.contains(stage) ? stage.instructions() : List.<Instruction>of()) {
        String keyword = instruction.keyword();
        int line = instruction.line();
        for (Assignment each : instruction.assignments()) {
          image(service, file, keyword, stage.index(), line, each.name(), each.value());
        }
        for (Literal literal : run(instruction)) {
          var where =
              new InDockerfile(file.path(), keyword, stage.index(), line, null, literal.span());
          add(service, Setting.IMAGE, where, literal, NO_VARIABLES);
        }
      }
    }
  }

  /** What the commands of a Dockerfile hold, whose variables are those of a shell. */
  private static List<Literal> run(Instruction instruction) {
    if (!COMMANDS.contains(instruction.keyword())) {
      return List.of();
    }
    List<String> json = instruction.json();
    return json == null
        ? CommandLiterals.ofScript(Located.of(instruction.arguments().text()))
        : CommandLiterals.ofWords(json.stream().map(Located::of).toList()).stream()
            .map(CommandLiterals.Found::literal)
            .toList();
  }

  private void image(
      Service service,
      Dockerfile file,
      String keyword,
      int stage,
      int line,
      String name,
      @Nullable String value) {
    if (value != null) {
      Filled filled = Filled.of(value);
      for (Literal found : in(name, value)) {
        var where = new InDockerfile(file.path(), keyword, stage, line, name, found.span());
        add(service, Setting.IMAGE, where, found, filled);
      }
    }
  }

  private void add(
      Service service,
      Setting setting,
      YamlFile file,
      Node.Scalar scalar,
      Literal literal,
      Filled filled) {
    Place place = places.of(file, scalar);
    if (place != null) {
      int line = file.lines().position(scalar.span().start()).line();
      add(
          service,
          setting,
          new InCompose(place, scalar.text(), literal.span(), line),
          literal,
          filled);
    }
  }

  private void add(Service service, Setting setting, Where where, Literal literal, Filled filled) {
    boolean own = lower(literal).equals(service.name().toLowerCase(Locale.ROOT));
    found.add(
        new LiteralSecret(
            service.name(),
            setting,
            where,
            literal.kind(),
            literal.name(),
            literal.value(),
            literal.weak() || own,
            filled.variable(literal.span())));
  }
}
