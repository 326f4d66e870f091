package dev.tightship.compose.model;

import static dev.tightship.compose.model.Written.entries;
import static dev.tightship.compose.model.Written.items;
import static dev.tightship.compose.model.Written.plain;

import dev.tightship.compose.model.Written.Entries;
import dev.tightship.compose.model.Written.Marked;
import dev.tightship.compose.model.Written.Piece;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A project by chance: one to three files over each other, with anchors, merge keys, tags, several
 * documents, bases in the same and in other files, included files with files of their own, profiles
 * and env files.
 *
 * @param texts by path from the project's folder
 * @param files what Compose is given with {@code -f}
 */
record RandomProject(Map<String, String> texts, List<String> files, List<String> profiles) {

  private static final List<String> SERVICES = List.of("web", "api", "db", "job.one");

  static RandomProject of(long seed) {
    return new Builder(new Random(seed)).build();
  }

  private static final class Builder {
    private final Random random;
    private final RandomSettings settings;
    private final Written written;
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final int kind;

    Builder(Random random) {
      this.random = random;
      this.settings = new RandomSettings(random);
      this.written = new Written(random);
      this.kind = random.nextInt(4);
    }

    RandomProject build() {
      texts.put(".env", "TAG=1.2\nCOUNT=4\nA=from env\n");
      texts.put("a.env", "A=1\nEXTRA=${TAG}-x\nUNSET\n");
      texts.put("b.env", "B='two'\nEXTRA=over\nFROM_A=$A\n");
      texts.put("raw.env", "A=$TAG 'x'\nTAG\n# no\n");
      texts.put("labels.txt", "from.file=1\nA=label\n");
      var files = new ArrayList<>(List.of("compose.yaml"));
      texts.put("compose.yaml", first());
      for (String more : List.of("over.yaml", "sub/more.yaml")) {
        if (random.nextInt(3) == 0) {
          files.add(more);
          texts.put(more, over(more));
        }
      }
      if (random.nextInt(4) == 0) {
        bases();
      }
      return new RandomProject(texts, files, random.nextInt(3) == 0 ? List.of("p2") : List.of("*"));
    }

    private boolean often() {
      return random.nextInt(10) < 6;
    }

    private boolean seldom() {
      return random.nextInt(6) == 0;
    }

    private String first() {
      var root = new LinkedHashMap<String, Piece>();
      if (seldom()) {
        root.put("name", written.string("My_${TAG}-Project"));
      }
      if (seldom()) {
        root.put("version", written.string("3.8"));
      }
      boolean anchors = often();
      if (anchors) {
        root.put("x-base", new Marked("&base", settings.some(5)));
        root.put("x-env", new Marked("&env", entries("A", plain("1"), "C", plain("null"))));
        root.put("x-more", new Marked("&more", settings.some(4).and("<<", plain("*base"))));
      }
      if (seldom()) {
        root.put("include", include());
      }
      root.put("services", services(anchors));
      resources(root);
      String text = written.document(new Entries(root));
      return seldom()
          ? text + "---\n" + written.document(entries("services", over(SERVICES)))
          : text;
    }

    private Entries services(boolean anchors) {
      Entries services = entries();
      for (String name : SERVICES) {
        if (!name.equals("web") && random.nextInt(3) == 0) {
          continue;
        }
        Entries service = settings.some(8).and("image", written.string("img:" + name));
        if (anchors && often()) {
          Piece merged =
              switch (random.nextInt(4)) {
                case 0 -> plain("[*base, *more]");
                case 1 -> items(plain("*more"), entries("user", plain("'9'")));
                case 2 -> plain("*more");
                default -> plain("*base");
              };
          service = service.and("<<", merged);
        }
        if (anchors && seldom()) {
          service = service.and("environment", plain("*env"));
        }
        services = services.and(name, depending(service, name));
      }
      return services;
    }

    private Entries depending(Entries service, String name) {
      if (name.equals("web")) {
        return service;
      }
      return switch (random.nextInt(8)) {
        case 0 -> service.and("depends_on", written.strings("web"));
        case 1 ->
            service.and(
                "depends_on",
                entries("web", entries("condition", written.string("service_healthy"))));
        case 2 ->
            service.and(
                "depends_on",
                entries(
                    "web",
                    entries("condition", plain("service_started"), "required", plain("false"))
                        .and("restart", plain("true"))));
        case 3 -> service.and("extends", extended("web"));
        case 4 -> service.and("links", written.strings("web:w"));
        case 5 -> service.and("volumes_from", written.strings("web:ro"));
        default -> service;
      };
    }

    private Piece extended(String sibling) {
      return switch (random.nextInt(5)) {
        case 0 -> written.string(sibling);
        case 1 -> entries("service", written.string(sibling));
        case 2 -> base("base.yaml", "common");
        case 3 -> base("sub/base.yaml", "other");
        default -> base("./sub/../sub/base.yaml", "common");
      };
    }

    private Piece base(String file, String service) {
      bases();
      return entries("file", written.string(file), "service", written.string(service));
    }

    private void bases() {
      if (texts.containsKey("base.yaml")) {
        return;
      }
      texts.put(
          "base.yaml",
          written.document(
              entries(
                  "services",
                  entries(
                      "common", settings.some(5).and("image", written.string("base")),
                      "unused", settings.some(2)))));
      texts.put("sub/base.yaml", "");
      Entries other = settings.some(5);
      Entries common = settings.some(4).and("image", written.string("sub"));
      if (often()) {
        other = other.and("extends", plain("common"));
      }
      if (seldom()) {
        common =
            common.and(
                "extends", entries("file", plain("../base.yaml"), "service", plain("common")));
      }
      String text =
          written.document(entries("services", entries("other", other, "common", common)));
      texts.put(
          "sub/base.yaml",
          seldom()
              ? text
                  + "---\n"
                  + written.document(
                      entries("services", entries("common", tagged(settings.some(3)))))
              : text);
    }

    private Piece include() {
      texts.put("inc/.env", "TAG=inc\nONLY=here\n");
      texts.put("inc/own.env", "TAG=own\nONLY=own\n");
      Entries included = settings.some(5).and("image", written.string("inc:${TAG}-${ONLY}"));
      Entries shared = settings.some(4).and("image", written.string("shared"));
      Entries root = entries("services", entries("inc", included, "shared", shared));
      var resources = new LinkedHashMap<>(root.entries());
      resources(resources);
      if (seldom()) {
        texts.put(
            "inc/deep/leaf.yaml",
            written.document(
                entries(
                    "services", entries("leaf", settings.some(4).and("image", plain("leaf"))))));
        resources.put("include", items(plain("deep/leaf.yaml")));
      }
      texts.put("inc/compose.yaml", written.document(new Entries(resources)));
      texts.put(
          "inc/over.yaml", written.document(entries("services", entries("inc", settings.some(4)))));
      return switch (random.nextInt(5)) {
        case 0 -> items(plain("inc/compose.yaml"));
        case 1 ->
            items(entries("path", items(plain("inc/compose.yaml"), plain("./inc/over.yaml"))));
        case 2 ->
            items(
                entries("path", plain("inc/compose.yaml"), "env_file", plain("inc/own.env"))
                    .and("project_directory", plain("inc/deep/..")));
        case 3 ->
            items(entries("path", plain("inc/compose.yaml"), "project_directory", plain(".")));
        default -> items(plain("inc/compose.yaml"), plain("inc/compose.yaml"));
      };
    }

    private String over(String path) {
      Entries root = entries("services", over(SERVICES));
      if (seldom()) {
        root =
            root.and(
                "networks",
                entries(
                    "back",
                    entries(
                        "ipam",
                        entries(
                            "config",
                            items(
                                entries(
                                    "subnet", plain("10.1.0.0/16"), "gateway", plain("10.1.0.1")),
                                entries("subnet", plain("10.3.0.0/16")))),
                        "labels",
                        written.strings("A=2", "Z=1"))));
      }
      return "# " + path + "\n" + written.document(root);
    }

    private Entries over(List<String> names) {
      Entries services = entries();
      for (String name : names) {
        if (name.equals("web") || random.nextInt(3) == 0) {
          Entries service = tagged(settings.some(6).and("image", plain("over")));
          services =
              services.and(
                  name, random.nextInt(12) == 0 ? new Marked("!override", service) : service);
        }
      }
      return services;
    }

    /** With some settings that take away or replace those before. */
    private Entries tagged(Entries service) {
      var changed = new LinkedHashMap<String, Piece>();
      service
          .entries()
          .forEach(
              (key, value) -> {
                boolean tag = !key.equals("image") && random.nextInt(8) == 0;
                changed.put(
                    key,
                    !tag
                        ? value
                        : random.nextBoolean()
                            ? new Marked("!override", value)
                            : new Marked("!reset", plain("null")));
              });
      return new Entries(changed);
    }

    private void resources(Map<String, Piece> root) {
      Piece labels =
          random.nextBoolean() ? written.strings("A=1", "B=2") : entries("A", plain("1"));
      root.put(
          "networks",
          entries(
              "front",
              random.nextBoolean()
                  ? plain("")
                  : entries("driver", plain("bridge"), "labels", labels),
              "back",
              entries("internal", plain("true"))
                  .and(
                      "ipam",
                      entries(
                          "config",
                          items(
                              entries("subnet", plain("10.1.0.0/16")),
                              entries("subnet", plain("10.2.0.0/16")))))));
      root.put(
          "volumes",
          entries(
              "data",
              switch (kind) {
                case 0 -> entries("external", plain("true"));
                case 1 -> entries("external", entries("name", plain("other")));
                case 2 ->
                    entries("driver", plain("local"))
                        .and(
                            "driver_opts",
                            entries("o", plain("bind"), "device", plain("./dev"), "n", plain("1")));
                default -> plain("");
              },
              "logs",
              entries("name", written.string("${TAG}-logs"), "labels", labels),
              "unused",
              plain("")));
      root.put(
          "secrets",
          entries(
              "token",
              kind % 2 == 0
                  ? entries("environment", plain("TAG"))
                  : entries("file", plain("./token.txt")),
              "key",
              entries("file", plain("~/key"), "labels", labels)));
      root.put(
          "configs",
          entries(
              "conf",
              kind < 2
                  ? entries("content", written.string("a ${TAG}"))
                  : entries("environment", plain("TAG")),
              "motd",
              entries("file", plain("motd"))));
      root.put("models", entries("llm", entries("model", plain("ai/x"))));
      if (seldom()) {
        root.put(
            "jobs",
            entries(
                "nightly",
                settings
                    .some(4)
                    .and("image", plain("job"))
                    .and(
                        "triggers",
                        entries(
                                "schedule",
                                items(plain("0 1 * * *"), entries("cron", plain("'@daily'"))))
                            .and("manual", plain("false")))));
      }
      root.put("x-top", entries("a", written.string("${TAG}"), "t", plain("2001-01-01")));
    }
  }
}
