package dev.tightship.move;

import dev.tightship.analysis.LiteralSecret;
import dev.tightship.analysis.LiteralSecret.InCompose;
import dev.tightship.analysis.LiteralSecret.InDockerfile;
import dev.tightship.analysis.LiteralSecret.InEnvFile;
import dev.tightship.analysis.LiteralSecret.Setting;
import dev.tightship.analysis.ScalarPlaces;
import dev.tightship.compose.Answer;
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
import java.util.Objects;
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
  private final FileVariables files;
  private final ImageVariables image;
  private final TrackedEnvFiles envFiles;

  /** Why no file of variables takes the value that is looked at; null where one does. */
  private @Nullable String blocked;

  Ways(
      Project project,
      Consumer.Of consumers,
      VariableFile variables,
      VariableUses uses,
      OwnProgram own,
      TrackedEnvFiles envFiles,
      List<LiteralSecret> secrets) {
    this.project = project;
    this.uses = uses;
    this.consumers = consumers;
    this.variables = variables;
    this.files = new FileVariables(consumers, own, scalars);
    this.image = new ImageVariables(project);
    this.envFiles = envFiles;
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
      Service service = project.service(secret.service());
      try {
        return fromImage(secret, file, Objects.requireNonNull(service));
      } catch (ImageVariables.Stays e) {
        return new Way.Blocked(e.because());
      }
    }
    if (secret.where() instanceof InEnvFile file) {
      return project.tracking(file.file()) == Tracking.TRACKED
          ? inFile(secret, file)
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

  // The image has it

  private Way fromImage(LiteralSecret secret, InDockerfile where, Service service)
      throws ImageVariables.Stays {
    ImageVariables.Found found = image.find(service, where);
    if (service.find("environment") instanceof Answer.Unknown) {
      return new Way.Blocked("not all variables of service %s are known".formatted(service.name()));
    }
    Environment environment = service.environment();
    if (service.mentions(found.name(), "environment")
        || environment.values().containsKey(found.name())) {
      String home = service.atHome("environment").file();
      return project.files().size() == 1 || names(service, home, found.name())
          ? new Way.Unused(where)
          : new Way.Blocked(
              "%s, which may be used alone, does not set %s of service %s"
                  .formatted(home, found.name(), service.name()));
    }
    if (!environment.unread().isEmpty()) {
      return new Way.Blocked(
          "%s, the env_file of service %s, is not here, and may set %s"
              .formatted(environment.unread().get(0), service.name(), found.name()));
    }
    String obstacle = NewVariables.obstacle(service);
    if (obstacle != null) {
      return new Way.Blocked(obstacle);
    }
    String text = secret.value().reveal();
    FileVariables.Taken taken =
        found.started() ? null : files.taken(service, found.name(), found.value(), text);
    if (taken != null) {
      return new Way.ImageFile(secret, where, service, taken.variable(), taken.uses());
    }
    if (blocked != null) {
      return new Way.Blocked(blocked);
    }
    return !text.equals(where.span().of(found.value())) || DotEnvLine.of("X", text) == null
        ? new Way.Blocked(
            "line %s of %s spells it in another way".formatted(where.line(), where.file()))
        : new Way.ImageVariable(secret, where, service, found.value());
  }

  /** Whether a file sets a variable of a service. */
  private static boolean names(Service service, String file, String name) {
    return service.texts("environment").stream()
        .filter(texts -> texts.file().path().equals(file))
        .flatMap(texts -> texts.all().stream())
        .anyMatch(text -> gives(text, name));
  }

  // The image reads it from a file

  private @Nullable Way file(LiteralSecret secret, InCompose where, Service service) {
    String name = secret.name();
    if (secret.setting() != Setting.ENVIRONMENT
        || !isOwn(where.place(), service)
        || !isAlone(service, where, name)
        || service.obstacle("environment") != null) {
      return null;
    }
    String value = FileVariables.value(service, name);
    FileVariables.Taken taken = files.taken(service, name, value, secret.value().reveal());
    if (taken != null) {
      return new Way.File(secret, where, service, taken.variable(), taken.uses());
    }
    Consumer consumer = consumers.consumer(service);
    return consumer != null && files.mayGo(service, name, secret.value().reveal())
        ? RabbitSettings.of(secret, where, service, consumer)
        : null;
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
        boolean same = gives(text, name);
        given += same ? 1 : 0;
        if (same && texts.file().isShared(text.scalar())) {
          return false;
        }
      }
    }
    return given == 1 && inFiles(service, name) == 0;
  }

  private static boolean gives(Text text, String name) {
    return name.equals(text.key())
        || text.scalar().text().equals(name)
        || text.scalar().text().startsWith(name + "=");
  }

  /** Whether several services draw on a text. */
  private boolean isShared(InCompose where) {
    return users.getOrDefault(where.place(), Set.of()).size() > 1;
  }

  /** How often files give a service a variable. */
  private long inFiles(Service service, String name) {
    Pattern line =
        Pattern.compile("(?m)^\\s*(?:export\\s+)?" + Pattern.quote(name) + "\\s*(?:[=:]|$)");
    long given = 0;
    for (Service.EnvironmentFile file : service.environmentFiles()) {
      if (project.read(file.path()) instanceof Source.Text text) {
        given += line.matcher(text.text()).results().count();
      }
    }
    return given;
  }

  // In an env_file that git tracks

  private Way inFile(LiteralSecret secret, InEnvFile where) {
    String held = envFiles.blocked(where.file());
    if (held != null) {
      return new Way.Blocked(held);
    }
    EnvLine line = envFiles.line(where);
    if (line == null) {
      return new Way.Blocked(
          "line %s of %s is not the only one that gives %s"
              .formatted(where.line(), where.file(), secret.name()));
    }
    Service service = project.service(secret.service());
    Way file = service == null ? null : fileOfLine(secret, line, service);
    return file == null ? referenceOfLine(secret, line, line.in(where.span())) : file;
  }

  /** Where all that read the line take the variable from a file, and in the same way. */
  private @Nullable Way fileOfLine(LiteralSecret secret, EnvLine line, Service service) {
    String name = line.key();
    String value = secret.value().reveal();
    if (!value.equals(line.value()) || uses.envFile(name) != null) {
      return null;
    }
    SecretVariable common = null;
    List<Scripts.Use> scripts = List.of();
    for (Service reader : envFiles.readers(line.file())) {
      FileVariables.Taken taken =
          files.taken(reader, name, FileVariables.value(reader, name), value);
      if (taken == null
          || (common != null && !common.equals(taken.variable()))
          || reader.mentions(name, "environment")
          || inFiles(reader, name) != 1) {
        return null;
      }
      common = taken.variable();
      scripts = reader.equals(service) ? taken.uses() : scripts;
    }
    return common == null ? null : new Way.FileOfLine(secret, line, service, common, scripts);
  }

  private Way referenceOfLine(LiteralSecret secret, EnvLine line, Span span) {
    if (blocked != null) {
      return new Way.Blocked(blocked);
    }
    if (secret.variable() != null) {
      return new Way.Blocked("%s gives it as the default of a variable".formatted(line));
    }
    String value = secret.value().reveal();
    if (DotEnvLine.of("X", value) == null) {
      return new Way.Blocked("no file of variables can hold a text of several lines");
    }
    return line.with(span, value, "") == null
        ? new Way.Blocked(
            "line %s of %s spells it in another way".formatted(line.line(), line.file()))
        : new Way.ReferenceOfLine(secret, line, span);
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
      boolean alone = file instanceof Way.Plain; // else settings, whose images have a shell
      if (file.service().equals(service) && file.reading("") != null && (found == null || alone)) {
        found = file;
      }
    }
    return found instanceof Way.Plain && !shell ? null : found;
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
