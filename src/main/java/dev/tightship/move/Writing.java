package dev.tightship.move;

import dev.tightship.analysis.LiteralSecret;
import dev.tightship.compose.Project;
import dev.tightship.compose.Reference;
import dev.tightship.compose.Service;
import dev.tightship.compose.Sources.Tracking;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Place;
import dev.tightship.edit.Place.Segment;
import dev.tightship.edit.Value;
import dev.tightship.yaml.YamlFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes down the goals of what moves, and gives names to what is new. */
final class Writing {

  private static final String IN_CONTAINER = "/run/secrets/";

  private final Project project;
  private final VariableFile variables;
  private final SecretFolder folder;
  private final Set<String> names = new HashSet<>();

  Writing(Project project, VariableFile variables) {
    this.project = project;
    this.variables = variables;
    this.folder = new SecretFolder(project);
  }

  /**
   * @param files the files that hold the secrets afterwards
   * @param blocked why they stay after all, half a sentence; null where they do not
   */
  record Written(List<String> files, List<Edit> edits, @Nullable String blocked) {}

  Written write(List<Group> groups) {
    var pen = new Pen();
    for (Group group : groups) {
      pen.write(group);
    }
    pen.files.removeIf(file -> pen.files.stream().anyMatch(other -> other.endsWith(" of " + file)));
    var edits = new ArrayList<>(pen.texts.edits());
    edits.addAll(pen.edits);
    return new Written(List.copyOf(pen.files), edits.stream().distinct().toList(), pen.blocked);
  }

  /** What is written for some groups. */
  private final class Pen {
    private final TextChanges texts = new TextChanges();
    private final List<Edit> edits = new ArrayList<>();
    private final Set<String> files = new LinkedHashSet<>();
    private @Nullable String blocked;

    void write(Group group) {
      String base = Names.of(group.owner(), group.hasServer());
      List<Way.File> byFile = of(group, Way.File.class);
      String inFile = byFile.isEmpty() ? "" : secret(group, base, byFile);
      List<Way.Settings> bySettings = of(group, Way.Settings.class);
      String settings = bySettings.isEmpty() ? "" : settings(group, base, bySettings);
      for (Way way : group.ways()) {
        if (way instanceof Way.Script script) {
          Reading reading = reading(group, script.service(), inFile, settings);
          texts.put(script.where(), script.where().span(), reading.text());
        } else if (way instanceof Way.Exec exec) {
          Reading reading = reading(group, exec.service(), inFile, settings);
          edits.add(exec.test().edit(exec.where(), exec.where().span(), reading.text()));
        } else if (way instanceof Way.DropIn dropIn) {
          dropIn(dropIn, base);
        } else if (way instanceof Way.Outside outside) {
          files.add(outside.file());
        }
      }
      references(group, base);
      defaults(group);
    }

    private Reading reading(Group group, Service service, String inFile, String settings) {
      boolean plain = of(group, Way.File.class).stream().anyMatch(f -> f.service().equals(service));
      Reading reading = Reading.of(group, service, plain ? inFile : settings);
      if (reading == null) {
        throw new IllegalStateException("a way was chosen that is none");
      }
      return reading;
    }

    // A file for the image

    private String secret(Group group, String base, List<Way.File> ways) {
      String present = folder.holding(group.value());
      String name =
          present != null
              ? present
              : Names.free(folder.styled(base), n -> isFree(n) && folder.isFree(n, group.value()));
      names.add(name);
      for (Way.File way : ways) {
        String value = way.variable().valueFor(IN_CONTAINER + name);
        String key = String.valueOf(way.variable().fileVariable());
        Place place = way.where().place();
        if (last(place) instanceof Segment.Item) {
          edits.add(new Edit.Set(place, Value.string(key + "=" + value)));
        } else {
          edits.add(new Edit.Set(place, Value.string(value)));
          if (!key.equals(way.secret().name())) {
            edits.add(new Edit.Rename(place, key));
          }
        }
        way.uses()
            .forEach(
                use -> texts.put(use.where(), use.span(), "$$(cat " + IN_CONTAINER + name + ")"));
        attach(way.service(), name);
      }
      if (present == null) {
        make(
            name,
            group.value(),
            ways.get(0).service(),
            holds(ways.stream().map(Way.File::secret).toList()),
            readers(ways.stream().map(Way.File::service).toList()));
      }
      return name;
    }

    private String settings(Group group, String base, List<Way.Settings> ways) {
      String name = Names.free(base, n -> isFree(n + SecretFolder.SETTINGS));
      for (Way.Settings way : ways) {
        String own = Reading.settingsName(name, way.directive());
        texts.put(way.option(), way.optionSpan(), "--include");
        texts.put(way.where(), way.where().span(), IN_CONTAINER + own);
        attach(way.service(), own);
        if (names.add(own)) {
          make(
              own,
              RedisSettings.text(way.directive(), group.value()),
              way.service(),
              "the setting " + way.directive(),
              readers(List.of(way.service())));
        }
      }
      return name;
    }

    private void dropIn(Way.DropIn way, String base) {
      Service service = way.service();
      String name =
          Names.free(base, n -> isFree(n + SecretFolder.SETTINGS)) + SecretFolder.SETTINGS;
      names.add(name);
      Place place = way.where().place();
      boolean last = service.texts("environment").stream().mapToInt(t -> t.all().size()).sum() == 1;
      edits.add(new Edit.Remove(last ? service.at("environment") : place));
      var mount = new LinkedHashMap<String, Value>();
      mount.put("source", Value.string(name));
      mount.put("target", Value.string(way.target()));
      edits.add(new Edit.Ensure(service.atHome("secrets"), new Value.Mapping(mount)));
      make(
          name,
          way.text(),
          service,
          "the setting for " + holds(List.of(way.secret())),
          readers(List.of(service)));
    }

    private void attach(Service service, String name) {
      boolean attached =
          service.references().stream()
              .anyMatch(r -> r.kind() == Reference.Kind.SECRET && r.name().equals(name));
      if (!attached) {
        edits.add(new Edit.Ensure(service.atHome("secrets"), Value.string(name)));
      }
    }

    private void make(String name, String text, Service service, String holds, String readers) {
      String path = folder.path(name);
      boolean there = project.exists(path);
      if (there && project.tracking(path) == Tracking.TRACKED) {
        blocked = "git tracks %s, which was to hold it".formatted(path);
      }
      files.add(path);
      edits.addAll(folder.edits(service.atHome("secrets").file(), name, text, holds, readers));
    }

    // A variable of Compose

    private void references(Group group, String base) {
      List<Way.Reference> ways = of(group, Way.Reference.class);
      if (ways.isEmpty()) {
        return;
      }
      String present = variables.holding(group.value());
      String name =
          present != null
              ? present
              : Names.free(
                  base.toUpperCase(java.util.Locale.ROOT), n -> isFreeVariable(n, group.value()));
      names.add(name);
      ways.forEach(way -> texts.put(way.where(), way.span(), "${" + name + ":?}"));
      hold(name, group.value(), present == null);
    }

    private void defaults(Group group) {
      for (Way.Default way : of(group, Way.Default.class)) {
        String name = way.variable().name();
        way.variable()
            .uses()
            .forEach(use -> texts.put(use.place(), use.text(), use.span(), use.required(name)));
        hold(name, group.value(), !variables.has(name));
      }
    }

    private void hold(String name, String value, boolean isNew) {
      files.add("%s of %s".formatted(name, variables.path()));
      if (isNew) {
        edits.addAll(variables.edits(name, value));
      }
    }
  }

  private boolean isFree(String name) {
    return !names.contains(name);
  }

  /** Whether no file asks for a variable so far, so that giving it a value changes nothing else. */
  private boolean isFreeVariable(String name, String value) {
    if (names.contains(name) || (variables.has(name) && !variables.has(name, value))) {
      return false;
    }
    return variables.has(name, value)
        || project.allFiles().stream().map(YamlFile::text).noneMatch(asks(name));
  }

  private static Predicate<String> asks(String name) {
    return text -> text.contains("${" + name) || text.contains("$" + name) || isAlone(text, name);
  }

  /** Whether a line is the name and nothing else, as it hands over a variable of the shell. */
  private static boolean isAlone(String text, String name) {
    return text.contains(name)
        && text.lines().anyMatch(line -> line.strip().matches("(?:- )?[\"']?" + name + "[\"']?:?"));
  }

  private static <W extends Way> List<W> of(Group group, Class<W> kind) {
    return group.ways().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static Segment last(Place place) {
    return place.path().get(place.path().size() - 1);
  }

  private static String holds(List<LiteralSecret> secrets) {
    return secrets.stream()
        .map(secret -> "`" + secret.name() + "`")
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static String readers(List<Service> services) {
    return services.stream()
        .map(service -> "`" + service.name() + "`")
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
