package dev.tightship.compose.model;

import static dev.tightship.compose.model.Written.entries;
import static dev.tightship.compose.model.Written.items;
import static dev.tightship.compose.model.Written.plain;

import dev.tightship.compose.model.Written.Entries;
import dev.tightship.compose.model.Written.Piece;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;

/** Settings of services, each in the forms that Compose knows of it. */
final class RandomSettings {

  static final List<String> NETWORKS = List.of("front", "back");
  static final List<String> VOLUMES = List.of("data", "logs");
  static final List<String> SECRETS = List.of("token", "key");
  static final List<String> CONFIGS = List.of("conf", "motd");

  private final Random random;
  private final Written written;
  private final Map<String, Supplier<Piece>> settings = new LinkedHashMap<>();
  private final List<String> names;

  /** Settings of which a service has one or the other. */
  private static final List<List<String>> APART =
      List.of(List.of("networks", "network_mode"), List.of("mem_limit", "cpus", "deploy", "scale"));

  RandomSettings(Random random) {
    this.random = random;
    this.written = new Written(random);
    simple();
    processes();
    storage();
    network();
    resources();
    rest();
    this.names = List.copyOf(settings.keySet());
  }

  /** Some settings of a service. */
  Entries some(int most) {
    var some = new LinkedHashMap<String, Piece>();
    for (int n = random.nextInt(most + 1); n > 0; n--) {
      String name = names.get(random.nextInt(names.size()));
      boolean excluded =
          APART.stream()
              .anyMatch(
                  group ->
                      group.contains(name)
                          && group.stream().anyMatch(o -> !o.equals(name) && some.containsKey(o)));
      if (!excluded) {
        some.put(name, Objects.requireNonNull(settings.get(name)).get());
      }
    }
    return new Entries(some);
  }

  private Piece s(String text) {
    return written.string(text);
  }

  private Piece ss(String... texts) {
    return written.strings(texts);
  }

  @SafeVarargs
  private <T> T one(T... of) {
    return of[random.nextInt(of.length)];
  }

  private Piece several(List<Piece> of) {
    var some = new ArrayList<Piece>();
    for (Piece each : of) {
      if (random.nextInt(3) == 0) {
        some.add(each);
      }
    }
    return new Written.Items(some.isEmpty() ? List.of(of.get(0)) : some);
  }

  private Entries part(Object... keysAndValues) {
    var part = new LinkedHashMap<String, Piece>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      if (random.nextInt(3) > 0) {
        part.put((String) keysAndValues[i], (Piece) keysAndValues[i + 1]);
      }
    }
    return new Entries(part);
  }

  private Piece bool() {
    return one(plain("true"), plain("false"), s("true"), s("${YES:-yes}"), plain("True"));
  }

  private Piece integer() {
    return one(plain("3"), plain("010"), s("7"), s("${COUNT}"), plain("0x10"), plain("1_000"));
  }

  private Piece size() {
    return one(s("64m"), s("1.5gb"), plain("1048576"), s("128 M"), s("${SIZE:-1g}"), s("2KiB"));
  }

  private Piece memory() {
    return one(s("64m"), s("1.5gb"), s("${SIZE:-1g}"));
  }

  private Piece time() {
    return one(s("10s"), s("1m30s"), s("1.5h"), s("500ms"), s("2d"), s("${TIME:-90s}"), s("100us"));
  }

  /** A mapping in its two forms. */
  private Piece pairs(boolean without) {
    var values = new LinkedHashMap<String, Piece>();
    var list = new ArrayList<Piece>();
    for (String key : List.of("A", "B", "MODE", "com.example.x", "TAG", "UNSET")) {
      if (random.nextInt(2) == 0) {
        continue;
      }
      String text = one("1", "", "a b", "x=y", "${TAG}", "$$x", "${UNSET-none}", "é");
      values.put(
          key,
          one(
              s(text),
              plain("1.0"),
              plain("true"),
              plain("0600"),
              plain("2001-01-01"),
              plain("1e6"),
              s(text),
              s(text),
              without ? plain("") : s("v")));
      list.add(without && random.nextInt(4) == 0 ? s(key) : s(key + "=" + text));
    }
    return random.nextBoolean() ? new Entries(values) : new Written.Items(list);
  }

  private void simple() {
    settings.put("image", () -> s(one("nginx", "nginx:${TAG}", "a/b:1@sha256:0", "${REPO:-r}/x")));
    settings.put("user", () -> s(one("1000", "app:app", "${UID:-0}")));
    settings.put("hostname", () -> s(one("h", "${TAG}.local")));
    settings.put("working_dir", () -> s(one("/app", ".")));
    settings.put("restart", () -> one(s("no"), plain("no"), s("always"), s("on-failure:3")));
    settings.put("pull_policy", () -> s(one("always", "if_not_present", "missing", "every_2d")));
    settings.put("stop_signal", () -> s("SIGINT"));
    settings.put("stop_grace_period", this::time);
    for (String key :
        List.of(
            "privileged", "read_only", "init", "tty", "stdin_open", "oom_kill_disable", "attach")) {
      settings.put(key, this::bool);
    }
    settings.put("pids_limit", () -> one(plain("100"), plain("-1"), s("${COUNT}")));
    settings.put("oom_score_adj", () -> one(plain("-500"), s("10")));
    settings.put("cpu_shares", this::integer);
    settings.put("cpu_quota", () -> one(plain("50000"), plain("1e3"), s("7")));
    settings.put("mem_limit", () -> one(size(), plain("1.5e9")));
    settings.put("memswap_limit", () -> one(plain("-1"), size()));
    settings.put("shm_size", this::size);
    settings.put("cpus", () -> one(plain("0.5"), s("1.25"), plain("2"), plain("0.1"), plain(".3")));
    settings.put("scale", () -> one(plain("2"), s("${COUNT}")));
    settings.put("container_name", () -> s(one("one-${TAG}", "two")));
    settings.put("platform", () -> s("linux/amd64"));
    settings.put(
        "x-own", () -> one(plain("1.50"), entries("a", plain("2001-01-01 10:00:00.5")), s("$$")));
  }

  private Piece command() {
    return s(
        one(
            "run --a 'b c' \"d\"",
            "sh -c \"a && b\"",
            "a && b",
            "x\\ y",
            "echo ${TAG} $$HOME",
            "",
            "a 2>&1",
            "echo $$(date)",
            "q ''"));
  }

  private void processes() {
    Supplier<Piece> command =
        () -> one(command(), command(), ss("a", "b ${TAG}"), items(), plain(""), plain("null"));
    settings.put("command", command);
    settings.put("entrypoint", command);
    settings.put(
        "healthcheck",
        () ->
            one(
                entries("test", one(s("curl localhost"), ss("CMD", "x"), ss("NONE"))),
                entries("disable", bool()),
                entries("test", ss("CMD-SHELL", "a || b"))
                    .and("interval", time())
                    .and("timeout", time())
                    .and("retries", integer())
                    .and("start_period", time()),
                entries()));
    settings.put("post_start", () -> items(hook(), hook()));
    settings.put("pre_stop", () -> items(hook()));
    settings.put(
        "pre_start",
        () ->
            items(
                one(
                    entries("command", command(), "image", s("busybox")),
                    part("environment", pairs(true), "labels", pairs(false)).and("user", s("0")),
                    part("volumes", items(s("./h:/h"), s("data:/d")), "per_replica", bool())
                        .and("dns", s("1.1.1.1")))));
    settings.put("cap_add", () -> several(List.of(s("NET_ADMIN"), s("ALL"), s("CHOWN"))));
    settings.put("cap_drop", () -> several(List.of(s("ALL"), s("KILL"))));
    settings.put("security_opt", () -> several(List.of(s("a:b"), s("no-new-privileges:true"))));
    settings.put("group_add", () -> several(List.of(plain("10"), s("mail"), s("11"))));
    settings.put("sysctls", () -> pairs(false));
    settings.put(
        "ulimits",
        () ->
            entries(
                one("nofile", "nproc"),
                one(integer(), entries("soft", integer(), "hard", integer()))));
    settings.put("init", this::bool);
  }

  private Entries hook() {
    return part("user", s("root"), "privileged", bool(), "environment", pairs(true))
        .and("command", one(command(), ss("a", "b")));
  }

  private void storage() {
    settings.put(
        "volumes",
        () ->
            several(
                List.of(
                    s("data:/data"),
                    s("./src:/src:ro"),
                    s("/var/x:/y/../z/:rw,z"),
                    s("~/h:/h"),
                    s("/anon"),
                    s("/a"),
                    s("logs:/var/log:nocopy"),
                    s("../up:/up:rshared,ro"),
                    s("${DIR:-./dir}:/dir"),
                    s("${DIR}/x:/x"),
                    entries("type", s("bind"), "source", s("./long"), "target", s("/long/"))
                        .and("read_only", bool()),
                    entries("type", s("bind"), "source", s("/l2"), "target", s("/l2"))
                        .and(
                            "bind",
                            part("create_host_path", plain("false"), "propagation", s("shared"))),
                    entries("type", s("volume"), "source", s("data"), "target", s("/v"))
                        .and("volume", part("nocopy", bool(), "subpath", s("sub"))),
                    entries("type", s("volume"), "target", s("/av")),
                    entries("type", s("tmpfs"), "target", s("/t"))
                        .and("tmpfs", part("size", size(), "mode", plain("01777"))))));
    settings.put("tmpfs", () -> one(s("/run"), ss("/tmp:size=1m", "/run"), ss("/run2")));
    Supplier<Piece> secrets =
        () ->
            several(
                List.of(
                    s("token"),
                    entries("source", s("key"), "target", s("other"))
                        .and("mode", one(plain("0440"), s("0400"), plain("292"))),
                    entries("source", s("token"), "uid", s("103"))));
    settings.put("secrets", secrets);
    settings.put(
        "configs",
        () ->
            several(
                List.of(
                    s("conf"),
                    entries(
                        "source", s("motd"), "target", s("/etc/motd"), "mode", plain("0444")))));
    settings.put("environment", () -> pairs(true));
    settings.put("environment", () -> pairs(true));
    settings.put(
        "env_file",
        () ->
            one(
                s("a.env"),
                ss("a.env", "./b.env"),
                items(entries("path", s("missing.env"), "required", plain("false")), s("b.env")),
                items(entries("path", s("raw.env"), "format", s("raw")))));
    settings.put("label_file", () -> one(s("labels.txt"), ss("labels.txt")));
    settings.put("labels", () -> pairs(false));
    settings.put("annotations", () -> pairs(false));
  }

  private void network() {
    settings.put(
        "ports",
        () ->
            several(
                List.of(
                    s("80"),
                    plain("443"),
                    s("8080:80"),
                    s("127.0.0.1:9000-9003:9000-9003/udp"),
                    s("[::1]:53:53/UDP"),
                    s("7000-7005:7000"),
                    s("${PORT:-5000}:5000"),
                    s("${PORT}:5001"),
                    s("08-11:08-11"),
                    entries("target", plain("80"), "published", plain("8081")),
                    entries("target", one(plain("90"), s("90")), "published", s("8090-8091"))
                        .and("mode", s("host")),
                    entries("target", plain("70"), "host_ip", s("127.0.0.1"), "protocol", s("udp"))
                        .and("name", s("seventy"))
                        .and("app_protocol", s("http")))));
    settings.put("expose", () -> several(List.of(s("80"), plain("81"), s("90-91/udp"))));
    settings.put(
        "networks",
        () ->
            one(
                ss("front"),
                ss("front", "back"),
                entries("back", plain(""), "default", entries("aliases", ss("x", "y"))),
                entries(
                    "front",
                    part(
                        "ipv4_address", s("10.0.0.5"),
                        "priority", plain("10"),
                        "aliases", ss("w"),
                        "driver_opts", entries("a", plain("1")),
                        "mac_address", s("02:42:ac:11:65:43"))),
                entries()));
    settings.put("network_mode", () -> s(one("host", "bridge", "none")));
    settings.put("dns", () -> one(s("8.8.8.8"), ss("8.8.8.8", "1.1.1.1"), ss("")));
    settings.put("dns_search", () -> one(s("a.b"), ss("a.b", "c.d")));
    settings.put("dns_opt", () -> several(List.of(s("ndots:1"), s("use-vc"))));
    settings.put(
        "extra_hosts",
        () ->
            one(
                ss("a:10.0.0.1", "b=::1", "c=[::2]"),
                entries("a", s("10.0.0.2"), "d", ss("10.0.0.3", "::3"))));
    settings.put(
        "logging",
        () ->
            one(
                entries(
                    "driver",
                    s("json-file"),
                    "options",
                    part("max-size", s("1m"), "n", plain("3"))),
                entries("driver", s("local")),
                entries("options", part("max-size", s("2m"), "tag", plain("")))));
    settings.put("domainname", () -> s("d.example"));
    settings.put("mac_address", () -> s("02:42:ac:11:65:44"));
    settings.put("ipc", () -> s(one("shareable", "host")));
  }

  private void resources() {
    settings.put(
        "deploy",
        () ->
            part(
                "mode", s("replicated"),
                "replicas", integer(),
                "labels", pairs(false),
                "resources",
                    part(
                        "limits",
                            part(
                                    "cpus",
                                    one(s("0.50"), plain("0.1"), plain("1")),
                                    "memory",
                                    memory())
                                .and("pids", plain("50")),
                        "reservations",
                            part(
                                "memory", memory(),
                                "devices",
                                    items(
                                        part(
                                                "driver",
                                                s("nvidia"),
                                                "count",
                                                one(s("all"), plain("1")))
                                            .and("capabilities", ss("gpu"))))),
                "restart_policy",
                    part(
                        "condition",
                        s("any"),
                        "delay",
                        time(),
                        "max_attempts",
                        integer(),
                        "window",
                        time()),
                "update_config",
                    part(
                            "parallelism",
                            integer(),
                            "delay",
                            time(),
                            "max_failure_ratio",
                            plain("0.25"))
                        .and("order", s("stop-first")),
                "placement",
                    part("constraints", ss("node.role==manager"))
                        .and("preferences", items(entries("spread", s("a")))),
                "endpoint_mode", s("vip")));
    settings.put(
        "blkio_config",
        () ->
            part("weight", plain("300"))
                .and("device_read_bps", items(entries("path", s("/dev/sda"), "rate", s("12mb")))));
    settings.put("gpus", () -> one(s("all"), items(part("driver", s("x"), "count", plain("2")))));
    settings.put(
        "devices",
        () ->
            several(
                List.of(
                    s("/dev/a"),
                    s("/dev/b:/dev/c:r"),
                    s("/dev/d:/dev/e"),
                    entries("source", s("/dev/f"), "target", s("/dev/g")))));
    settings.put("device_cgroup_rules", () -> ss("c 1:3 mr"));
    settings.put("storage_opt", () -> entries("size", s("1G")));
  }

  private void rest() {
    settings.put(
        "build",
        () ->
            one(
                s("."),
                s("./app"),
                s("https://git.example/a.git#b"),
                part(
                    "context", s("ctx"),
                    "dockerfile", s("../D"),
                    "args", pairs(true),
                    "labels", pairs(false),
                    "target", s("run"),
                    "tags", ss("t:1", "t:2"),
                    "cache_from", ss("c"),
                    "network", s("host"),
                    "no_cache", bool(),
                    "shm_size", size(),
                    "platforms", ss("linux/amd64"),
                    "additional_contexts",
                        one(ss("r=./r", "o=docker-image://x"), entries("m", s("../m"))),
                    "extra_hosts", ss("h=1.2.3.4"),
                    "ulimits", entries("nofile", integer()),
                    "provenance", one(plain("true"), s("mode=max")),
                    "ssh", one(ss("default"), entries("default", plain(""))),
                    "secrets", one(ss("token"), items(entries("source", s("key")))))));
    settings.put(
        one("develop", "x-develop"),
        () ->
            entries(
                "watch",
                items(
                    entries("path", s("./src"), "action", s("rebuild")),
                    entries("path", s("./w"), "action", s("sync"), "target", s("/w"))
                        .and("ignore", one(s("node_modules/"), ss("a", "b"))))));
    settings.put("profiles", () -> one(ss("p1"), ss("p1", "p2")));
    settings.put(
        "credential_spec",
        () -> part("file", s("c.json"), "registry", s("r")).and("config", s("c")));
    settings.put(
        "models",
        () -> one(ss("llm"), entries("llm", part("endpoint_var", s("E"), "model_var", s("M")))));
    settings.put("isolation", () -> s("default"));
    settings.put("userns_mode", () -> s("host"));
    settings.put("cgroup_parent", () -> s("m-executor-abcd"));
    settings.put("external_links", () -> ss("redis", "a:b"));
    settings.put("use_api_socket", () -> plain("false"));
    settings.put("mem_swappiness", () -> one(plain("60"), s("10")));
    settings.put("cpu_percent", () -> one(plain("50"), s("12.5")));
    settings.put("x-list", () -> items(plain("1"), plain("~"), entries("a", items())));
  }
}
