package dev.tightship.compose.model;

import static dev.tightship.compose.model.Shape.list;
import static dev.tightship.compose.model.Shape.map;
import static dev.tightship.compose.model.Shape.maybe;

import dev.tightship.compose.model.Shape.Struct;

/** The settings of anything that runs a container (compose-go: types.ContainerSpec). */
final class ContainerShape {

  private static final Struct THROTTLE =
      new Struct().printed(Shape.TEXT, "path", "Path").printed(Shape.BYTES, "rate", "Rate");

  private static final Struct BLKIO =
      new Struct()
          .with(Shape.INT, "weight")
          .with(
              list(
                  new Struct()
                      .printed(Shape.TEXT, "path", "Path")
                      .printed(Shape.INT, "weight", "Weight")),
              "weight_device")
          .with(
              list(THROTTLE),
              "device_read_bps",
              "device_read_iops",
              "device_write_bps",
              "device_write_iops");

  static final Struct FILE_MOUNT =
      new Struct().with(Shape.TEXT, "source", "target", "uid", "gid").with(Shapes.MODE, "mode");

  static final Struct DEVICE_REQUEST =
      new Struct()
          .with(Shapes.TEXTS, "capabilities", "device_ids")
          .with(Shape.TEXT, "driver")
          .with(Shapes.COUNT, "count")
          .with(Shapes.PAIRS, "options");

  private static final Struct NETWORK =
      new Struct()
          .with(Shapes.TEXTS, "aliases", "link_local_ips")
          .with(Shapes.OPTIONS, "driver_opts")
          .with(Shape.INT, "gw_priority", "priority")
          .with(Shape.TEXT, "interface_name", "ipv4_address", "ipv6_address", "mac_address");

  private static final Struct MOUNT =
      new Struct()
          .with(Shape.TEXT, "type", "source", "target", "consistency")
          .with(Shape.BOOL, "read_only")
          .with(
              maybe(
                  new Struct()
                      .with(Shape.TEXT, "selinux", "propagation", "recursive")
                      .with(Shape.OPT_OUT, "create_host_path")),
              "bind")
          .with(
              maybe(
                  new Struct()
                      .with(Shapes.PAIRS, "labels")
                      .with(Shape.BOOL, "nocopy")
                      .with(Shape.TEXT, "subpath")),
              "volume")
          .with(maybe(new Struct().with(Shape.BYTES, "size").with(Shape.INT, "mode")), "tmpfs")
          .with(maybe(new Struct().with(Shape.TEXT, "subpath")), "image");

  static final Struct SHAPE =
      new Struct()
          .with(
              Shape.TEXT,
              "cgroup_parent",
              "cgroup",
              "cpuset",
              "domainname",
              "hostname",
              "image",
              "ipc",
              "isolation",
              "log_driver",
              "mac_address",
              "network_mode",
              "pid",
              "platform",
              "pull_policy",
              "pull_refresh_after",
              "runtime",
              "stop_signal",
              "user",
              "userns_mode",
              "uts",
              "volume_driver",
              "working_dir")
          .with(
              Shapes.TEXTS,
              "cap_add",
              "cap_drop",
              "device_cgroup_rules",
              "dns_opt",
              "group_add",
              "label_file",
              "security_opt",
              "volumes_from")
          .with(Shapes.TEXT_OR_TEXTS, "dns", "dns_search", "tmpfs")
          .with(
              Shape.INT,
              "cpu_count",
              "cpu_period",
              "cpu_quota",
              "cpu_rt_period",
              "cpu_rt_runtime",
              "cpu_shares",
              "oom_score_adj",
              "pids_limit")
          .with(Shape.FLOAT, "cpu_percent", "cpus")
          .with(
              Shape.BYTES,
              "mem_limit",
              "mem_reservation",
              "memswap_limit",
              "mem_swappiness",
              "shm_size")
          .with(Shape.BOOL, "oom_kill_disable", "privileged", "read_only", "use_api_socket")
          .with(Shape.MAYBE_BOOL, "init")
          .with(Shape.MAYBE_DURATION, "stop_grace_period")
          .with(Shapes.PAIRS, "annotations", "labels", "sysctls")
          .with(Shapes.MAP_OF_TEXTS, "log_opt", "storage_opt")
          .with(Shapes.VARIABLES, "environment")
          .with(Shapes.HOSTS, "extra_hosts")
          .with(map(Shapes.LIMIT), "ulimits")
          .with(map(maybe(NETWORK)), "networks")
          .with(map(maybe(new Struct().with(Shape.TEXT, "endpoint_var", "model_var"))), "models")
          .with(list(FILE_MOUNT), "configs", "secrets")
          .with(list(MOUNT), "volumes")
          .with(list(DEVICE_REQUEST), "gpus")
          .with(list(new Struct().with(Shape.TEXT, "source", "target", "permissions")), "devices")
          .with(
              list(new Struct().with(Shape.TEXT, "path", "format").with(Shape.OPT_OUT, "required")),
              "env_file")
          .with(maybe(BLKIO), "blkio_config")
          .with(
              maybe(new Struct().with(Shape.TEXT, "config", "file", "registry")), "credential_spec")
          .with(
              maybe(new Struct().with(Shape.TEXT, "driver").with(Shapes.OPTIONS, "options")),
              "logging")
          .always(Shapes.COMMAND, "command", "entrypoint");

  private ContainerShape() {}
}
