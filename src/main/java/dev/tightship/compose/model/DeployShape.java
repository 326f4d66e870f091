package dev.tightship.compose.model;

import static dev.tightship.compose.model.Shape.list;
import static dev.tightship.compose.model.Shape.maybe;

import dev.tightship.compose.model.Shape.Struct;

/** {@code deploy} (compose-go: types.DeployConfig). */
final class DeployShape {

  private static final Struct RESOURCE =
      new Struct()
          .with(Shape.FLOAT, "cpus")
          .with(Shape.BYTES, "memory")
          .with(Shape.INT, "pids")
          .with(list(ContainerShape.DEVICE_REQUEST), "devices")
          .with(
              list(
                  new Struct()
                      .with(
                          maybe(new Struct().always(Shape.TEXT, "kind").always(Shape.INT, "value")),
                          "discrete_resource_spec")),
              "generic_resources");

  private static final Struct UPDATE =
      new Struct()
          .with(Shape.MAYBE_INT, "parallelism")
          .with(Shape.DURATION, "delay", "monitor")
          .with(Shape.TEXT, "failure_action", "order")
          .with(Shape.FLOAT, "max_failure_ratio");

  static final Struct SHAPE =
      new Struct()
          .with(Shape.TEXT, "mode", "endpoint_mode")
          .with(Shape.MAYBE_INT, "replicas")
          .with(Shapes.PAIRS, "labels")
          .with(maybe(UPDATE), "update_config", "rollback_config")
          .with(new Struct().with(maybe(RESOURCE), "limits", "reservations"), "resources")
          .with(
              maybe(
                  new Struct()
                      .with(Shape.TEXT, "condition")
                      .with(Shape.MAYBE_DURATION, "delay", "window")
                      .with(Shape.MAYBE_INT, "max_attempts")),
              "restart_policy")
          .with(
              new Struct()
                  .with(Shapes.TEXTS, "constraints")
                  .with(list(new Struct().with(Shape.TEXT, "spread")), "preferences")
                  .with(Shape.INT, "max_replicas_per_node"),
              "placement");

  private DeployShape() {}
}
