package dev.tightship.move;

import dev.tightship.analysis.LiteralSecret;
import dev.tightship.analysis.LiteralSecret.InDockerfile;
import dev.tightship.compose.Project;
import dev.tightship.compose.Reference;
import dev.tightship.compose.Service;
import dev.tightship.compose.Sources.Tracking;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Place;
import dev.tightship.edit.Place.Segment;
import dev.tightship.edit.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes down the goals of what moves, and gives names to what is new. */
final class Writing {

  private final Project project;
  private final VariableFile variables;
  private final VariableUses asked;
  private final SecretFolder folder;
  private final Set<String> names = new HashSet<>();

  Writing(Project project, BuildFolders folders, VariableFile variables, VariableUses asked) {
    this.project = project;
    this.variables = variables;
    this.asked = asked;
    this.folder = new SecretFolder(project, folders);
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
    edits.addAll(pen.added.edits());
    edits.addAll(pen.edits);
    return new Written(List.copyOf(pen.files), edits.stream().distinct().toList(), pen.blocked);
  }

  /** What is written for some groups. */
  private final class Pen {
    private final TextChanges texts = new TextChanges();
    private final NewVariables added = new NewVariables();
    private final List<Edit> edits = new ArrayList<>();
    private final Set<String> files = new LinkedHashSet<>();
    private final IdentityHashMap<Way.ByFile, String> attached = new IdentityHashMap<>();
    private @Nullable String blocked;

    void write(Group group) {
      boolean kept = !group.of(Way.ByFile.class).isEmpty();
      String base = Names.of(group.owner(), kept);
      files(group, base);
      for (Way way : group.ways()) {
        if (way instanceof Way.Script script) {
          texts.put(script.where(), script.where().span(), reading(script.file()));
        } else if (way instanceof Way.Exec exec) {
          edits.add(exec.test().edit(exec.where(), exec.where().span(), reading(exec.file())));
        } else if (way instanceof Way.Outside outside) {
          files.add(outside.file());
        } else if (way instanceof Way.FromImage image) {
          InDockerfile where = image.where();
          String name = String.valueOf(where.variable());
          edits.add(new Edit.UnsetEnv(where.file(), where.stage(), name));
        }
      }
      references(group, base);
      defaults(group);
    }

    // A file for the service

    private void files(Group group, String base) {
      List<Way.Plain> plain = group.of(Way.Plain.class);
      String present = plain.isEmpty() ? null : folder.holding(group.value());
      if (present != null) {
        files.add(folder.present(present));
      } else if (!plain.isEmpty()) {
        present =
            make(
                base,
                group.value(),
                plain.get(0).service(),
                holds(plain.stream().map(Way.Plain::secret).toList()),
                readers(plain.stream().map(Way.Plain::service).toList()));
      }
      for (Way.Plain way : plain) {
        attach(way, String.valueOf(present));
        variable(way, String.valueOf(present));
      }
      var made = new HashMap<String, String>();
      for (Way.Settings way : group.of(Way.Settings.class)) {
        String what = way.directive().equals("requirepass") ? "" : "_" + way.directive();
        String name =
            made.computeIfAbsent(
                RedisSettings.text(way.directive(), group.value()),
                text ->
                    make(
                        base + what + SecretFolder.SETTINGS,
                        text,
                        way.service(),
                        "the setting " + way.directive(),
                        readers(List.of(way.service()))));
        texts.put(way.option(), way.optionSpan(), "--include");
        texts.put(way.where(), way.where().span(), Way.inContainer(name));
        attach(way, name);
      }
      for (Way.DropIn way : group.of(Way.DropIn.class)) {
        String name =
            make(
                base + SecretFolder.SETTINGS,
                way.text(),
                way.service(),
                "the setting for " + holds(List.of(way.secret())),
                readers(List.of(way.service())));
        dropIn(way, name);
      }
    }

    /** Makes a new secret of Compose; its name. */
    private String make(String base, String text, Service service, String holds, String readers) {
      String name =
          Names.free(folder.styled(base), n -> !names.contains(n) && folder.isFree(n, text));
      names.add(name);
      String path = folder.path(name);
      if (project.exists(path) && project.tracking(path) == Tracking.TRACKED) {
        blocked = "git tracks %s, which was to hold it".formatted(path);
      }
      files.add(path);
      edits.addAll(folder.edits(service.atHome("secrets").file(), name, text, holds, readers));
      return name;
    }

    private void variable(Way.Plain way, String name) {
      String value = way.variable().valueFor(Way.inContainer(name));
      String key = way.fileVariable();
      Place place = way.place();
      if (way instanceof Way.FileOfLine of) {
        edits.add(new Edit.Assign(of.line().file(), of.line().key(), key, value));
      } else if (way instanceof Way.ImageFile) {
        added.put(way.service(), key, value);
      } else if (last(place) instanceof Segment.Item) {
        edits.add(new Edit.Set(place, Value.string(key + "=" + value)));
      } else {
        edits.add(new Edit.Set(place, Value.string(value)));
        if (!key.equals(way.secret().name())) {
          edits.add(new Edit.Rename(place, key));
        }
      }
      way.uses().forEach(use -> texts.put(use.where(), use.span(), reading(way)));
    }

    private void dropIn(Way.DropIn way, String name) {
      Service service = way.service();
      boolean last = service.texts("environment").stream().mapToInt(t -> t.all().size()).sum() == 1;
      edits.add(new Edit.Remove(last ? service.at("environment") : way.where().place()));
      var mount = new LinkedHashMap<String, Value>();
      mount.put("source", Value.string(name));
      mount.put("target", Value.string(way.target()));
      edits.add(new Edit.Ensure(service.atHome("secrets"), new Value.Mapping(mount)));
      attached.put(way, name);
    }

    /** What gives a shell of the service the secret. */
    private String reading(Way.ByFile way) {
      return String.valueOf(way.reading(attached.getOrDefault(way, "")));
    }

    private void attach(Way.ByFile way, String name) {
      Service service = way.service();
      attached.put(way, name);
      boolean attached =
          service.references().stream()
              .anyMatch(r -> r.kind() == Reference.Kind.SECRET && r.name().equals(name));
      if (!attached) {
        edits.add(new Edit.Ensure(service.atHome("secrets"), Value.string(name)));
      }
    }

    // A variable of Compose

    private void references(Group group, String base) {
      List<Way.Reference> ways = group.of(Way.Reference.class);
      List<Way.ReferenceOfLine> lines = group.of(Way.ReferenceOfLine.class);
      List<Way.ImageVariable> images = group.of(Way.ImageVariable.class);
      if (ways.isEmpty() && lines.isEmpty() && images.isEmpty()) {
        return;
      }
      String present = variables.holding(group.value());
      String name =
          present != null
              ? present
              : Names.free(base.toUpperCase(Locale.ROOT), n -> isFreeVariable(n, group.value()));
      names.add(name);
      String required = "${" + name + ":?}";
      ways.forEach(way -> texts.put(way.where(), way.span(), required));
      for (Way.ReferenceOfLine way : lines) {
        List<EnvLine.Change> changes = way.line().with(way.span(), group.value(), required);
        Objects.requireNonNull(changes).forEach(change -> texts.put(way.line(), change));
      }
      for (Way.ImageVariable way : images) {
        InDockerfile where = way.where();
        added.put(
            way.service(), String.valueOf(where.variable()), way.value(), where.span(), required);
      }
      hold(name, group.value(), present == null);
    }

    private void defaults(Group group) {
      for (Way.Default way : group.of(Way.Default.class)) {
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

  /** Whether no file asks for a variable so far, so that giving it a value changes nothing else. */
  private boolean isFreeVariable(String name, String value) {
    return !names.contains(name)
        && (variables.has(name)
            ? variables.has(name, value)
            : asked.of(name).isEmpty() && asked.envFile(name) == null);
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
