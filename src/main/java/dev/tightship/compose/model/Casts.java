package dev.tightship.compose.model;

import dev.tightship.edit.Value.Kind;
import dev.tightship.yaml.Scalars;
import java.math.BigInteger;
import java.util.List;

/**
 * Settings whose text becomes a number or a truth value once its variables are filled in
 * (compose-go: loader/interpolate.go). Where they are not, a text stays a text.
 */
final class Casts {

  /** What a text becomes. */
  interface Cast {
    Data of(String text) throws Refused;
  }

  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger GREATEST = BigInteger.valueOf(Long.MAX_VALUE);
  private static final int MOST_DIGITS = 20;

  static final Rules<Cast> RULES = rules();

  private Casts() {}

  private static Rules<Cast> rules() {
    var rules = new Rules<Cast>();
    for (String key :
        List.of(
            "cpu_count",
            "cpu_period",
            "cpu_quota",
            "cpu_rt_period",
            "cpu_rt_runtime",
            "cpu_shares",
            "oom_score_adj",
            "pids_limit",
            "ulimits.*",
            "ulimits.*.hard",
            "ulimits.*.soft")) {
      rules.add(Rules.CONTAINERS, key, Casts::integer);
    }
    for (String key :
        List.of(
            "init",
            "oom_kill_disable",
            "privileged",
            "read_only",
            "volumes.[].read_only",
            "volumes.[].volume.nocopy")) {
      rules.add(Rules.CONTAINERS, key, Casts::bool);
    }
    rules.add(Rules.CONTAINERS, "cpu_percent", text -> decimal(text, false));
    rules.add(Rules.CONTAINERS, "cpus", text -> decimal(text, true));
    for (String key : List.of("healthcheck.retries", "ports.[].target")) {
      rules.add(Rules.WORKLOADS, key, Casts::integer);
    }
    for (String key :
        List.of(
            "depends_on.*.required",
            "depends_on.*.restart",
            "healthcheck.disable",
            "stdin_open",
            "tty")) {
      rules.add(Rules.WORKLOADS, key, Casts::bool);
    }
    for (String key :
        List.of(
            "deploy.replicas",
            "deploy.update_config.parallelism",
            "deploy.rollback_config.parallelism",
            "deploy.restart_policy.max_attempts",
            "deploy.placement.max_replicas_per_node",
            "scale")) {
      rules.add("services.*." + key, Casts::integer);
    }
    for (String key : List.of("update_config", "rollback_config")) {
      rules.add("services.*.deploy." + key + ".max_failure_ratio", text -> decimal(text, false));
    }
    for (String key : List.of("external", "internal", "attachable", "enable_ipv4", "enable_ipv6")) {
      rules.add("networks.*." + key, Casts::bool);
    }
    for (String section : List.of("volumes", "secrets", "configs")) {
      rules.add(section + ".*.external", Casts::bool);
    }
    return rules;
  }

  /** A whole number in decimal digits, of 64 bits. */
  static Data integer(String text) throws Refused {
    if (text.matches("[-+]?[0-9]+") && text.replaceFirst("^[-+]?0*", "").length() < MOST_DIGITS) {
      var value = new BigInteger(text.startsWith("+") ? text.substring(1) : text);
      if (value.compareTo(LEAST) >= 0 && value.compareTo(GREATEST) <= 0) {
        return new Data.Scalar(Kind.INT, value.toString());
      }
    }
    throw new Refused("a text that is no whole number");
  }

  static Data bool(String text) throws Refused {
    return Data.bool(
        Scalars.boolField(text).orElseThrow(() -> new Refused("a text that is no truth value")));
  }

  /**
   * @param single whether the number is one of 32 bits
   */
  static Data decimal(String text, boolean single) throws Refused {
    return new Data.Scalar(Kind.FLOAT, Numbers.print(Numbers.parse(text), single));
  }
}
