package dev.tightship.compose.model;

import static dev.tightship.compose.model.Shape.list;
import static dev.tightship.compose.model.Shape.maybe;

import dev.tightship.compose.model.Shape.Struct;
import java.util.Map;

/** What stands beside the services (compose-go: types.NetworkConfig and its like). */
final class ResourceShape {

  private static final Struct POOL =
      new Struct()
          .with(Shape.TEXT, "subnet", "gateway", "ip_range")
          .with(Shapes.PAIRS, "aux_addresses");

  private static final Struct NETWORK =
      new Struct()
          .with(Shape.TEXT, "name", "driver")
          .with(Shapes.OPTIONS, "driver_opts")
          .with(
              new Struct()
                  .with(Shape.TEXT, "driver")
                  .with(list(maybe(POOL)), "config")
                  .with(Shapes.OPTIONS, "options"),
              "ipam")
          .with(Shape.BOOL, "external", "internal", "attachable")
          .with(Shapes.PAIRS, "labels")
          .with(Shape.MAYBE_BOOL, "enable_ipv4", "enable_ipv6");

  private static final Struct VOLUME =
      new Struct()
          .with(Shape.TEXT, "name", "driver")
          .with(Shapes.OPTIONS, "driver_opts")
          .with(Shape.BOOL, "external")
          .with(Shapes.PAIRS, "labels");

  /** A secret: what it holds is never printed. */
  private static final Struct SECRET =
      new Struct()
          .with(Shape.TEXT, "name", "file", "environment", "driver", "template_driver")
          .with(Shape.BOOL, "external")
          .with(Shapes.PAIRS, "labels")
          .with(Shapes.MAP_OF_TEXTS, "driver_opts");

  private static final Struct CONFIG = new Struct().with(SECRET).with(Shape.TEXT, "content");

  /** By section of a model. */
  static final Map<String, Struct> BY_SECTION =
      Map.of("networks", NETWORK, "volumes", VOLUME, "secrets", SECRET, "configs", CONFIG);

  private ResourceShape() {}
}
