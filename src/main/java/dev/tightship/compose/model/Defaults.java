package dev.tightship.compose.model;

/** What is said where nothing is (compose-go: transform/defaults.go), on the merged model. */
final class Defaults {

  private static final Rules<Rule> RULES = rules();

  private Defaults() {}

  private static Rules<Rule> rules() {
    return new Rules<Rule>()
        .add(Rules.WORKLOADS, "build", Defaults::build)
        .add(Rules.WORKLOADS, "secrets.*", Defaults::secret)
        .add(Rules.WORKLOADS, "ports.*", Defaults::port)
        .add(Rules.WORKLOADS, "gpus.*", Defaults::device)
        .add(Rules.WORKLOADS, "volumes.*.bind", Defaults::bind)
        .add("services.*.deploy.resources.reservations.devices.*", Defaults::device);
  }

  static Data.Mapping set(Data.Mapping model) throws Refused {
    return (Data.Mapping) Rule.walk(model, RULES);
  }

  private static Data build(Data at, Rules<Rule> below) {
    return at instanceof Data.Mapping build ? build.orElse("context", Data.string(".")) : at;
  }

  private static Data secret(Data at, Rules<Rule> below) throws Refused {
    Data.Mapping secret = mapping(at);
    Data source = secret.get("source");
    String name = source == null ? "%!s(<nil>)" : source.print();
    return secret.orElse("target", Data.string("/run/secrets/" + name));
  }

  private static Data port(Data at, Rules<Rule> below) {
    return at instanceof Data.Mapping port
        ? port.orElse("protocol", Data.string("tcp")).orElse("mode", Data.string("ingress"))
        : at;
  }

  private static Data device(Data at, Rules<Rule> below) throws Refused {
    Data.Mapping device = mapping(at);
    return device.has("device_ids") ? device : device.orElse("count", Data.string("all"));
  }

  private static Data bind(Data at, Rules<Rule> below) throws Refused {
    return mapping(at).orElse("create_host_path", Data.bool(true));
  }

  private static Data.Mapping mapping(Data at) throws Refused {
    if (at instanceof Data.Mapping mapping) {
      return mapping;
    }
    throw new Refused("not a mapping");
  }
}
