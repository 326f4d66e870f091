package dev.tightship.compose.model;

import dev.tightship.compose.DotEnv;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A normalized model as Compose prints it with its variables filled in: values of their types,
 * services of the chosen profiles, what those use, and the variables of their env files
 * (compose-go: ModelToProject and types/project.go).
 */
final class Typed {

  private final Files files;
  private final Function<String, @Nullable String> lookup;
  private final List<String> profiles;
  private final boolean envFiles;

  /**
   * @param envFiles whether env files are read into {@code environment}, and go
   */
  Typed(
      Files files,
      Function<String, @Nullable String> lookup,
      List<String> profiles,
      boolean envFiles) {
    this.files = files;
    this.lookup = lookup;
    this.profiles = profiles;
    this.envFiles = envFiles;
  }

  Data.Mapping of(Data.Mapping model) throws Refused {
    var out = new LinkedHashMap<String, Data>();
    out.put("name", model.entries().getOrDefault("name", Data.string("")));
    var services = new LinkedHashMap<String, Data>();
    for (Map.Entry<String, Data> entry : section(model, "services").entrySet()) {
      Data.Mapping service = (Data.Mapping) ServiceShape.SERVICE.of(entry.getValue());
      if (isChosen(service)) {
        services.put(entry.getKey(), scaled(labelled(inhabited(service))));
      }
    }
    out.put("services", new Data.Mapping(services));
    var used = new Used(services.values());
    for (Map.Entry<String, Shape.Struct> kind : ResourceShape.BY_SECTION.entrySet()) {
      var resources = new LinkedHashMap<String, Data>();
      for (Map.Entry<String, Data> entry : section(model, kind.getKey()).entrySet()) {
        if (used.has(kind.getKey(), entry.getKey())) {
          resources.put(entry.getKey(), resource(kind.getKey(), kind.getValue(), entry.getValue()));
        }
      }
      if (!resources.isEmpty()) {
        out.put(kind.getKey(), new Data.Mapping(resources));
      }
    }
    var jobs = new LinkedHashMap<String, Data>();
    for (Map.Entry<String, Data> entry : section(model, "jobs").entrySet()) {
      Data.Mapping job = (Data.Mapping) ServiceShape.JOB.of(entry.getValue());
      if (isChosen(job)) {
        jobs.put(entry.getKey(), job);
      }
    }
    if (!jobs.isEmpty()) {
      out.put("jobs", new Data.Mapping(jobs));
    }
    model
        .entries()
        .forEach(
            (key, value) -> {
              if (key.startsWith("x-")) {
                out.put(key, value);
              }
            });
    return new Data.Mapping(out);
  }

  private static Map<String, Data> section(Data.Mapping model, String name) {
    return model.get(name) instanceof Data.Mapping mapping ? mapping.entries() : Map.of();
  }

  /** A config from a variable is printed as the variable. */
  private static Data resource(String section, Shape shape, Data data) throws Refused {
    Data.Mapping resource = (Data.Mapping) Shape.value(shape, data);
    boolean outside = section.equals("configs") && resource.has("environment");
    return outside ? resource.without("content") : resource;
  }

  private boolean isChosen(Data.Mapping workload) {
    if (!(workload.get("profiles") instanceof Data.Sequence own)) {
      return true;
    }
    return profiles.contains("*")
        || own.items().stream().anyMatch(profile -> profiles.contains(profile.print()));
  }

  /** {@code scale} is also the count of replicas where the service has {@code deploy}. */
  private static Data.Mapping scaled(Data.Mapping service) {
    Data scale = service.get("scale");
    return scale != null && service.get("deploy") instanceof Data.Mapping deploy
        ? service.with("deploy", deploy.with("replicas", scale))
        : service;
  }

  private Data.Mapping inhabited(Data.Mapping service) throws Refused {
    if (!envFiles) {
      return service;
    }
    var own = new TreeMap<String, Data>(section(service, "environment"));
    own.replaceAll((name, value) -> value.isNull() ? outside(name) : value);
    var read = new HashMap<String, String>();
    own.forEach(
        (name, value) -> {
          if (!value.isNull()) {
            read.put(name, value.print());
          }
        });
    if (service.get("env_file") instanceof Data.Sequence list) {
      for (Data file : list.items()) {
        read((Data.Mapping) file, own, read);
      }
    }
    read.forEach((name, value) -> own.putIfAbsent(name, Data.string(value)));
    Data.Mapping without = service.without("env_file").without("environment");
    return own.isEmpty() ? without : without.with("environment", new Data.Mapping(own));
  }

  private Data outside(String name) {
    String value = lookup.apply(name);
    return value == null ? Data.Scalar.NULL : Data.string(value);
  }

  private void read(Data.Mapping file, Map<String, Data> own, Map<String, String> into)
      throws Refused {
    Data path = file.get("path");
    String text = path == null ? null : files.text(FilePath.clean(path.print()));
    if (text == null) {
      if (file.has("required")) {
        return;
      }
      throw new Refused("an env file is not here");
    }
    Function<String, @Nullable String> first =
        name -> {
          String outside = lookup.apply(name);
          Data value = own.get(name);
          return outside != null ? outside : value == null ? null : Data.text(value);
        };
    Data format = file.get("format");
    if (format == null || format.print().equals(".env")) {
      Environment.add(text, into, first);
    } else if (format.print().equals("raw")) {
      raw(text, into, first);
    } else {
      throw new Refused("an env file of a format that is not known");
    }
  }

  /** Lines of {@code KEY=VALUE} that mean what they say, as {@code docker run} reads them. */
  private static void raw(
      String text, Map<String, String> into, Function<String, @Nullable String> lookup)
      throws Refused {
    for (String line : text.replaceFirst("^\ufeff", "").split("\r?\n", -1)) {
      String bare = line.stripLeading();
      if (bare.isEmpty() || bare.startsWith("#")) {
        continue;
      }
      int equals = bare.indexOf('=');
      String key = equals < 0 ? bare : bare.substring(0, equals);
      String value = equals < 0 ? lookup.apply(key) : bare.substring(equals + 1);
      if (key.isEmpty() || key.chars().anyMatch(Character::isWhitespace)) {
        throw new Refused("an env file that can't be read");
      }
      if (value != null) {
        into.put(key, value);
      }
    }
  }

  /** Labels from files lie beneath those that are written. */
  private Data.Mapping labelled(Data.Mapping service) throws Refused {
    if (!(service.get("label_file") instanceof Data.Sequence list)) {
      return service;
    }
    var labels = new TreeMap<String, Data>();
    for (Data file : list.items()) {
      String text = files.text(FilePath.clean(file.print()));
      if (text == null) {
        throw new Refused("a file of labels is not here");
      }
      var result =
          DotEnv.read(
              text,
              name -> {
                Data label = labels.get(name);
                return label == null ? null : label.print();
              });
      if (!(result instanceof DotEnv.Read read)) {
        throw new Refused("a file of labels that can't be read");
      }
      read.values().forEach((name, value) -> labels.put(name, Data.string(value)));
    }
    labels.putAll(section(service, "labels"));
    return labels.isEmpty() ? service : service.with("labels", new Data.Mapping(labels));
  }
}
