package dev.tightship.move;

import dev.tightship.analysis.LiteralSecret;
import dev.tightship.analysis.LiteralSecret.InCompose;
import dev.tightship.analysis.LiteralSecret.InDockerfile;
import dev.tightship.analysis.LiteralSecret.InEnvFile;
import dev.tightship.analysis.LiteralSecret.Setting;
import dev.tightship.analysis.ScalarPlaces;
import dev.tightship.compose.DotEnvLine;
import dev.tightship.compose.Environment;
import dev.tightship.compose.Interpolation;
import dev.tightship.compose.Interpolation.Part;
import dev.tightship.compose.Interpolation.Template;
import dev.tightship.compose.Interpolation.Variable;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.compose.Sources.Source;
import dev.tightship.compose.Sources.Tracking;
import dev.tightship.compose.Texts;
import dev.tightship.compose.Texts.Text;
import dev.tightship.edit.Place;
import dev.tightship.knowledge.SecretVariable;
import dev.tightship.text.Span;
import dev.tightship.yaml.YamlFile;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Chooses for each place of a secret the first way that fits it. */
final class Ways {

  private static final Set<Setting> COMMANDS =
      Set.of(Setting.HEALTHCHECK, Setting.COMMAND, Setting.ENTRYPOINT, Setting.HOOK);

  private final Project project;
  private final Consumer.Of consumers;
  private final VariableFile variables;
  private final ScalarPlaces scalars = new ScalarPlaces();
  private final Map<Place, Set<String>> users = new HashMap<>();
  private final VariableUses uses;
  private final OwnProgram own;

  /** Why no file of variables takes the value that is looked at; null where one does. */
  private @Nullable String blocked;

  Ways(
      Project project,
      Consumer.Of consumers,
      VariableFile variables,
      VariableUses uses,
      List<LiteralSecret> secrets) {
    this.project = project;
    this.uses = uses;
    this.consumers = consumers;
    this.variables = variables;
    this.own = new OwnProgram(project);
    for (LiteralSecret secret : secrets) {
      InCompose where = Group.where(secret);
      if (where != null) {
        users.computeIfAbsent(where.place(), p -> new HashSet<>()).add(secret.service());
      }
    }
  }

  /** Chooses for all places of a value. */
  void choose(Group group) {
    var services = new HashSet<String>();
    group.secrets().forEach(secret -> services.add(secret.service()));
    blocked = variables.blockedFor(services);
    for (LiteralSecret secret : group.secrets()) {
      group.ways().add(alone(secret));
    }
    group.ways().replaceAll(way -> way instanceof Way.Reference r ? beside(r, group) : way);
  }

  private Way alone(LiteralSecret secret) {
    if (secret.where() instanceof InDockerfile file) {
      return new Way.Blocked(
          "line %s of %s holds it too, and with it the image".formatted(file.line(), file.file()));
    }
    if (secret.where() instanceof InEnvFile file) {
      return project.tracking(file.file()) == Tracking.TRACKED
          ? new Way.Blocked(
              "git tracks %s, which holds it too: take that out of git first"
                  .formatted(file.file()))
          : new Way.Outside(file.file());
    }
    var where = (InCompose) secret.where();
    YamlFile file = project.file(where.place().file());
    if (file == null || !project.files().contains(file)) {
      return new Way.Blocked(
          "it stands in %s, from which other projects may draw".formatted(where.file()));
    }
    if (secret.variable() != null) {
      Way byDefault = byDefault(secret, where, secret.variable());
      return byDefault == null ? reference(secret, where) : byDefault;
    }
    Service service = project.service(secret.service());
    Way found = service == null ? null : file(secret, where, service);
    if (found == null && service != null) {
      found = RedisSettings.of(secret, where, service, scalars);
      if (found != null && (isShared(where) || service.obstacleAtHome("secrets") != null)) {
        found = null;
      }
    }
    return found == null ? reference(secret, where) : found;
  }

  // The image reads it from a file

  private @Nullable Way file(LiteralSecret secret, InCompose where, Service service) {
    String name = secret.name();
    if (secret.setting() != Setting.ENVIRONMENT
        || !isOwn(where.place(), service)
        || !isAlone(service, where, name)) {
      return null;
    }
    Consumer consumer = consumers.consumer(service);
    SecretVariable variable = consumer == null ? own(service, name) : consumer.fileVariable(name);
    Way settings =
        consumer == null || variable != null
            ? null
            : RabbitSettings.of(secret, where, service, consumer);
    String fileVariable = variable == null ? name : variable.fileVariable();
    if (fileVariable == null || (variable == null && settings == null)) {
      return null;
    }
    Environment environment = service.environment();
    Environment.Value value = environment.values().get(name);
    String text = secret.value().reveal();
    boolean whole = value != null && value.known() && value.text().equals(text);
    boolean plain = text.equals(text.strip()) && text.chars().allMatch(c -> c >= ' ');
    boolean twice = !fileVariable.equals(name) && environment.values().containsKey(fileVariable);
    if (!whole
        || !plain
        || twice
        || !environment.unread().isEmpty()
        || service.obstacle("environment") != null
        || service.obstacleAtHome("secrets") != null) {
      return null;
    }
    List<Scripts.Use> uses = Scripts.of(service, scalars).uses(name);
    if (uses == null || variable == null) {
      return uses == null || !uses.isEmpty() ? null : settings;
    }
    boolean shell = uses.isEmpty() || (consumer != null && consumer.hasShell());
    return shell ? new Way.File(secret, where, service, variable, uses) : null;
  }

  /** How a program of the project takes a variable from a file, as its sources say; or null. */
  private @Nullable SecretVariable own(Service service, String name) {
    String file = name + "_FILE";
    return own.reads(service, file) ? SecretVariable.throughFile(name, file) : null;
  }

  /** Whether a place is a variable that is written in the service itself. */
  private static boolean isOwn(Place place, Service service) {
    return place.path().size() == 4
        && place.path().get(0).toString().equals("services")
        && place.path().get(1).toString().equals(service.name())
        && place.path().get(2).toString().equals("environment");
  }

  /** Whether nothing else gives the service this variable, and no other service draws on it. */
  private boolean isAlone(Service service, InCompose where, String name) {
    if (isShared(where)) {
      return false;
    }
    int given = 0;
    for (Texts texts : service.texts("environment")) {
      for (Text text : texts.all()) {
        boolean same =
            name.equals(text.key())
                || text.scalar().text().equals(name)
                || text.scalar().text().startsWith(name + "=");
        given += same ? 1 : 0;
        if (same && texts.file().isShared(text.scalar())) {
          return false;
        }
      }
    }
    return given == 1 && !inFiles(service, name);
  }

  /** Whether several services draw on a text. */
  private boolean isShared(InCompose where) {
    return users.getOrDefault(where.place(), Set.of()).size() > 1;
  }

  private boolean inFiles(Service service, String name) {
    Pattern line =
        Pattern.compile("(?m)^\\s*(?:export\\s+)?" + Pattern.quote(name) + "\\s*(?:[=:]|$)");
    for (Service.EnvironmentFile file : service.environmentFiles()) {
      if (project.read(file.path()) instanceof Source.Text text
          && line.matcher(text.text()).find()) {
        return true;
      }
    }
    return false;
  }

  // A variable of Compose

  private Way reference(LiteralSecret secret, InCompose where) {
    if (blocked != null) {
      return new Way.Blocked(blocked);
    }
    boolean whole = where.span().start() == 0 && where.span().end() == where.text().length();
    String written = filled(where.span().of(where.text()));
    if (!secret.value().reveal().equals(written) && !whole) {
      return new Way.Blocked(
          "line %s of %s spells it in another way".formatted(where.line(), where.file()));
    }
    return DotEnvLine.of("X", secret.value().reveal()) == null
        ? new Way.Blocked("no file of variables can hold a text of several lines")
        : new Way.Reference(secret, where, where.span());
  }

  private static @Nullable String filled(String written) {
    return Interpolation.parse(written).evaluate(name -> null) instanceof Interpolation.Text text
            && text.used().isEmpty()
        ? text.text()
        : null;
  }

  /** Where the secret is the whole default of a variable; null where it is a part of one. */
  private @Nullable Way byDefault(LiteralSecret secret, InCompose where, String name) {
    Template template = Interpolation.parse(where.text());
    if (!isDefault(template, name, where.span())) {
      return null;
    }
    String word = where.span().of(where.text());
    if (blocked != null && !variables.has(name)) {
      return new Way.Blocked(blocked);
    }
    if ("".equals(project.variables().get(name))) {
      return new Way.Blocked("%s gives %s no value".formatted(variables.path(), name));
    }
    if (!secret.value().reveal().equals(filled(word))) {
      return new Way.Blocked("the default of %s is more than a text".formatted(name));
    }
    return new Way.Default(secret, DefaultVariable.of(project, uses, scalars, name, word));
  }

  private static boolean isDefault(Template template, String name, Span span) {
    for (Part part : template.parts()) {
      if (part instanceof Variable variable && variable.word() != null) {
        boolean found =
            switch (variable.operator()) {
              case DEFAULT_IF_EMPTY, DEFAULT_IF_UNSET ->
                  variable.name().equals(name) && variable.word().span().equals(span);
              default -> false;
            };
        if (found || isDefault(variable.word(), name, span)) {
          return true;
        }
      }
    }
    return false;
  }

  // Beside another place of the same value in the same service

  /** A command of a service that gets the value as a file can read it there. */
  private Way beside(Way.Reference reference, Group group) {
    InCompose where = reference.where();
    Service service = project.service(reference.secret().service());
    if (service == null
        || !COMMANDS.contains(reference.secret().setting())
        || isShared(where)
        || !Scripts.ONE_WORD.matcher(group.value()).matches()) {
      return reference;
    }
    Way.ByFile file = readable(group, service);
    if (file == null) {
      return reference;
    }
    Scripts scripts = Scripts.of(service, scalars);
    InCompose bare = withQuotes(where);
    if (scripts.covers(bare, bare.span())) {
      return new Way.Script(bare, file);
    }
    ExecTest test =
        reference.secret().setting() == Setting.HEALTHCHECK ? ExecTest.of(service) : null;
    return test != null && test.holds(where) && !twice(group, reference)
        ? new Way.Exec(where, file, test)
        : reference;
  }

  /** The file from which a shell of a service may read the value; null where there is none. */
  private Way.@Nullable ByFile readable(Group group, Service service) {
    Consumer consumer = consumers.consumer(service);
    boolean shell = consumer != null && consumer.hasShell();
    Way.ByFile found = null;
    for (Way.ByFile file : group.of(Way.ByFile.class)) {
      boolean alone = file instanceof Way.File; // else settings, whose images have a shell
      if (file.service().equals(service) && file.reading("") != null && (found == null || alone)) {
        found = file;
      }
    }
    return found instanceof Way.File && !shell ? null : found;
  }

  /** With the single quotes around it, which the one word in them does not need. */
  private static InCompose withQuotes(InCompose where) {
    String text = where.text();
    int start = where.span().start() - 1;
    int end = where.span().end();
    boolean quoted =
        start >= 0 && end < text.length() && text.charAt(start) == '\'' && text.charAt(end) == '\'';
    return quoted
        ? new InCompose(where.place(), text, new Span(start, end + 1), where.line())
        : where;
  }

  /** Whether another secret stands in the same test, whose words can be written once only. */
  private boolean twice(Group group, Way.Reference reference) {
    return group.ways().stream()
        .anyMatch(
            way ->
                way != reference
                    && way instanceof Way.Reference other
                    && other.secret().setting() == Setting.HEALTHCHECK
                    && other.secret().service().equals(reference.secret().service()));
  }
}
