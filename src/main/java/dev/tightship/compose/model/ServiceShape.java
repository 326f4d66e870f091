package dev.tightship.compose.model;

import static dev.tightship.compose.model.Shape.list;
import static dev.tightship.compose.model.Shape.map;
import static dev.tightship.compose.model.Shape.maybe;

import dev.tightship.compose.model.Shape.Struct;

/** Services and jobs (compose-go: types.ServiceConfig, types.JobConfig). */
final class ServiceShape {

  private static final Struct BUILD =
      new Struct()
          .with(
              Shape.TEXT,
              "context",
              "dockerfile",
              "dockerfile_inline",
              "provenance",
              "sbom",
              "isolation",
              "network",
              "target")
          .with(Shapes.TEXTS, "entitlements")
          .with(
              Shapes.TEXT_OR_TEXTS,
              "cache_from",
              "cache_to",
              "no_cache_filter",
              "tags",
              "platforms")
          .with(Shapes.VARIABLES, "args")
          .with(Shapes.SSH_KEYS, "ssh")
          .with(Shapes.PAIRS, "labels", "additional_contexts")
          .with(Shape.BOOL, "no_cache", "pull", "privileged")
          .with(Shapes.HOSTS, "extra_hosts")
          .with(list(ContainerShape.FILE_MOUNT), "secrets")
          .with(Shape.BYTES, "shm_size")
          .with(map(Shapes.LIMIT), "ulimits");

  private static final Struct PORT =
      new Struct()
          .with(Shape.TEXT, "name", "mode", "host_ip", "published", "protocol", "app_protocol")
          .with(Shape.INT, "target");

  private static final Struct HEALTHCHECK =
      new Struct()
          .with(Shapes.HEALTH_TEST, "test")
          .with(Shape.MAYBE_DURATION, "timeout", "interval", "start_period", "start_interval")
          .with(Shape.MAYBE_INT, "retries")
          .with(Shape.BOOL, "disable");

  /** Of services and jobs, not of what runs before one (compose-go: types.WorkloadSpec). */
  private static final Struct WORKLOAD =
      new Struct()
          .with(maybe(BUILD), "build")
          .with(
              map(
                  new Struct()
                      .with(Shape.TEXT, "condition")
                      .with(Shape.BOOL, "restart")
                      .always(Shape.BOOL, "required")),
              "depends_on")
          .with(Shape.TEXT, "dockerfile")
          .with(Shapes.PRINTED, "expose")
          .with(maybe(HEALTHCHECK), "healthcheck")
          .with(list(PORT), "ports")
          .with(Shape.BOOL, "stdin_open", "tty");

  private static final Struct HOOK =
      new Struct()
          .always(Shapes.COMMAND, "command")
          .with(Shape.TEXT, "user", "working_dir")
          .with(Shape.BOOL, "privileged")
          .with(Shapes.VARIABLES, "environment");

  private static final Struct WATCH =
      new Struct()
          .always(Shape.TEXT, "path", "action")
          .with(Shape.TEXT, "target")
          .with(HOOK, "exec")
          .with(Shapes.TEXTS, "include", "ignore")
          .with(Shape.BOOL, "initial_sync");

  static final Struct SERVICE =
      new Struct()
          .with(ContainerShape.SHAPE)
          .with(WORKLOAD)
          .with(Shapes.TEXTS, "profiles", "external_links", "links")
          .with(maybe(DeployShape.SHAPE), "deploy")
          .with(maybe(new Struct().with(list(WATCH), "watch")), "develop")
          .with(Shape.TEXT, "restart", "container_name", "net")
          .with(Shape.MAYBE_INT, "scale")
          .with(Shape.MAYBE_BOOL, "attach")
          .with(
              maybe(new Struct().with(Shape.TEXT, "type").with(Shapes.MANY_OPTIONS, "options")),
              "provider")
          .with(maybe(new Struct().with(Shape.TEXT, "file", "service")), "extends")
          .with(
              list(new Struct().with(ContainerShape.SHAPE).with(Shape.BOOL, "per_replica")),
              "pre_start")
          .with(list(HOOK), "post_start", "pre_stop");

  static final Struct JOB =
      new Struct()
          .with(ContainerShape.SHAPE)
          .with(WORKLOAD)
          .with(Shapes.TEXTS, "profiles")
          .with(
              maybe(
                  new Struct()
                      .with(Shape.MAYBE_BOOL, "manual")
                      .with(
                          list(
                              new Struct()
                                  .with(
                                      Shape.TEXT,
                                      "cron",
                                      "timezone",
                                      "concurrency",
                                      "missed_fires")),
                          "schedule")),
              "triggers");

  private ServiceShape() {}
}
