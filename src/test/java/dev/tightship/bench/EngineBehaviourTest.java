package dev.tightship.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Docker does and what the couplings of the passes rest on. A new engine that behaves in
 * another way is noticed here, before a pass is wrong on it.
 */
class EngineBehaviourTest {

  private static final String IMAGE = "alpine:3.23";

  private final List<String> volumes = new ArrayList<>();
  private final List<String> networks = new ArrayList<>();
  private final List<String> containers = new ArrayList<>();
  private Docker docker = Docker.orSkip();

  @TempDir Path folder = Path.of("");

  @BeforeEach
  void find_the_engine() {
    docker = Docker.orSkip();
  }

  @AfterEach
  void leave_nothing_behind() {
    containers.forEach(c -> docker.run("rm", "-fv", c));
    networks.forEach(n -> docker.run("network", "rm", n));
    volumes.forEach(v -> docker.run("volume", "rm", "-f", v));
  }

  private static String name() {
    return "tightship-bench-" + UUID.randomUUID().toString().substring(0, 8);
  }

  private String volume() {
    String name = name();
    docker.ask("volume", "create", name);
    volumes.add(name);
    return name;
  }

  private String network(String... options) {
    String name = name();
    var words = new ArrayList<>(List.of("network", "create"));
    words.addAll(List.of(options));
    words.add(name);
    docker.ask(words.toArray(String[]::new));
    networks.add(name);
    return name;
  }

  /** Runs a shell command in a container of its own. */
  private Docker.Answer sh(String command, String... options) {
    var words = new ArrayList<>(List.of("run", "--rm", "--name", name()));
    words.addAll(List.of(options));
    words.addAll(List.of(IMAGE, "sh", "-c", command));
    return docker.run(words.toArray(String[]::new));
  }

  /** Starts a container that serves one word on port 80. */
  private String serve(String... options) {
    String name = name();
    var words = new ArrayList<>(List.of("run", "-d", "--name", name));
    words.addAll(List.of(options));
    words.addAll(
        List.of(
            IMAGE,
            "sh",
            "-c",
            "while true; do printf 'HTTP/1.0 200 OK\\r\\n\\r\\nhi' | nc -l -p 80; done"));
    docker.ask(words.toArray(String[]::new));
    containers.add(name);
    return name;
  }

  private Path file(String name, String mode, int owner) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, "hush");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    Files.setAttribute(file, "unix:uid", owner);
    return file;
  }

  private static String bind(Path file) {
    return file.toAbsolutePath() + ":/run/secrets/s:ro";
  }

  @Test
  void a_secret_file_keeps_owner_and_mode_of_the_host() throws IOException {
    Path secret = file("secret", "rw-------", 1000);
    assertThat(sh("cat /run/secrets/s", "-v", bind(secret), "-u", "999:999").ok()).isFalse();
    assertThat(sh("cat /run/secrets/s", "-v", bind(secret), "--cap-drop", "ALL").ok()).isFalse();
    assertThat(sh("cat /run/secrets/s", "-v", bind(secret)).ok()).isTrue();
  }

  @Test
  void a_secret_file_for_all_in_a_folder_for_one_is_read_by_any_service() throws IOException {
    Path secret = file("secret", "r--r--r--", 0);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    assertThat(
            sh(
                    "cat /run/secrets/s",
                    "-v",
                    bind(secret),
                    "-u",
                    "999:999",
                    "--cap-drop",
                    "ALL",
                    "--read-only",
                    "--tmpfs",
                    "/run")
                .out())
        .isEqualTo("hush");
  }

  @Test
  void root_without_dac_override_obeys_the_modes_of_a_bind_mount() throws IOException {
    Path key = file("key", "rw-------", 1000);
    String[] dropped = {
      "-v",
      bind(key),
      "--cap-drop",
      "ALL",
      "--cap-add",
      "CHOWN",
      "--cap-add",
      "SETUID",
      "--cap-add",
      "SETGID"
    };
    assertThat(sh("cat /run/secrets/s", dropped).ok()).isFalse();
    var restored = new ArrayList<>(List.of(dropped));
    restored.addAll(List.of("--cap-add", "DAC_OVERRIDE"));
    assertThat(sh("cat /run/secrets/s", restored.toArray(String[]::new)).ok()).isTrue();
  }

  @Test
  void a_tmpfs_belongs_to_root_unless_it_is_given_an_owner() {
    String owner = "stat -c '%u:%g' /var/cache";
    assertThat(sh(owner, "--tmpfs", "/var/cache").out().strip()).isEqualTo("0:0");
    assertThat(
            sh("touch /var/cache/x", "--tmpfs", "/var/cache", "-u", "101:101", "--read-only").ok())
        .isFalse();
    assertThat(
            sh(
                    "touch /var/cache/x && stat -c '%u:%g %a' /var/cache",
                    "--tmpfs",
                    "/var/cache:uid=101,gid=101,mode=0700",
                    "-u",
                    "101:101",
                    "--read-only")
                .out()
                .strip())
        .isEqualTo("101:101 700");
  }

  @Test
  void a_tmpfs_runs_no_programs_by_itself() {
    String options = "grep ' /scratch ' /proc/mounts";
    assertThat(sh(options, "--tmpfs", "/scratch").out()).contains("nosuid", "nodev", "noexec");
  }

  @Test
  void a_read_only_root_leaves_shared_memory_and_volumes_writable_and_tmp_not() {
    assertThat(sh("touch /tmp/x", "--read-only").ok()).isFalse();
    assertThat(sh("touch /dev/shm/x", "--read-only").ok()).isTrue();
    assertThat(sh("touch /data/x", "--read-only", "-v", volume() + ":/data").ok()).isTrue();
  }

  @Test
  void a_fresh_volume_takes_the_owner_of_the_folder_of_the_image() {
    // /var/mail belongs to root:mail in the image; a path that it lacks belongs to root
    assertThat(sh("stat -c %a /tmp", "-v", volume() + ":/tmp").out().strip()).isEqualTo("1777");
    assertThat(sh("stat -c '%u %a' /new", "-v", volume() + ":/new").out().strip())
        .isEqualTo("0 755");
  }

  @Test
  void a_volume_that_root_filled_is_closed_to_another_user() {
    String volume = volume();
    assertThat(sh("touch /data/x", "-v", volume + ":/data").ok()).isTrue();
    assertThat(sh("touch /data/y", "-v", volume + ":/data", "-u", "999:999").ok()).isFalse();
    assertThat(sh("chown -R 999:999 /data", "-v", volume + ":/data").ok()).isTrue();
    assertThat(sh("touch /data/y", "-v", volume + ":/data", "-u", "999:999").ok()).isTrue();
  }

  @Test
  void a_user_binds_port_80_without_any_capability() {
    String server = serve("-u", "999:999", "--cap-drop", "ALL");
    assertThat(docker.run("exec", server, "wget", "-qO-", "http://127.0.0.1:80/").out())
        .isEqualTo("hi");
  }

  @Test
  void a_port_on_an_internal_network_alone_is_silently_not_published() {
    String internal = network("--internal");
    String server = serve("--network", internal, "-p", "127.0.0.1::80");
    assertThat(docker.run("port", server).out()).isBlank();
    String open = network();
    docker.ask("network", "connect", open, server);
    assertThat(docker.run("port", server).out()).contains("127.0.0.1:");
  }

  @Test
  void an_internal_network_has_no_way_out_and_no_names_of_others() {
    String internal = network("--internal");
    assertThat(sh("ip route | grep -c default", "--network", internal).out().strip())
        .isEqualTo("0");
    String server = serve("--network", internal);
    assertThat(sh("nc -z -w 2 " + server + " 80", "--network", internal).ok()).isTrue();
    assertThat(sh("nc -z -w 2 " + server + " 80", "--network", network()).ok()).isFalse();
  }

  @Test
  void new_privileges_stop_a_set_uid_program_and_not_a_drop_from_root() {
    String flag = "grep NoNewPrivs /proc/self/status";
    assertThat(sh(flag, "--security-opt", "no-new-privileges:true").out()).contains("1");
    String drop = "su -s /bin/sh nobody -c 'id -u'"; // from root: su only drops here
    assertThat(
            sh(
                    drop,
                    "--security-opt",
                    "no-new-privileges:true",
                    "--cap-drop",
                    "ALL",
                    "--cap-add",
                    "SETUID",
                    "--cap-add",
                    "SETGID")
                .out()
                .strip())
        .isEqualTo("65534");
  }

  @Test
  void more_cpus_than_the_machine_has_are_refused() {
    int more = Runtime.getRuntime().availableProcessors() + 1;
    assertThat(sh("true", "--cpus", Integer.toString(more)).err())
        .containsIgnoringCase("range of cpus");
  }

  @Test
  void the_limits_hold() {
    assertThat(sh("for i in 1 2 3 4 5 6 7 8 9; do sleep 5 & done; wait", "--pids-limit", "5").err())
        .containsIgnoringCase("fork");
    assertThat(sh("head -c 90000000 /dev/zero | tail -n 1 | wc -c", "-m", "20m").out())
        .doesNotContain("90000000");
  }

  @Test
  void a_front_that_cannot_write_its_configuration_does_not_listen_over_ipv6() {
    // localhost is ::1 first in the image's hosts file, so a health check there would fail
    String name = name();
    docker.ask(
        "run",
        "-d",
        "--name",
        name,
        "--read-only",
        "--tmpfs",
        "/run",
        "--tmpfs",
        "/var/cache/nginx",
        "nginx:1.31.4-alpine");
    containers.add(name);
    Started.sleep(java.time.Duration.ofSeconds(2));
    assertThat(docker.run("exec", name, "wget", "-qO-", "http://127.0.0.1/").ok()).isTrue();
    assertThat(docker.run("exec", name, "wget", "-qO-", "http://[::1]/").ok()).isFalse();
  }
}
