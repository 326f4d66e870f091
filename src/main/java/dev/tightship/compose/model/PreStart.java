package dev.tightship.compose.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Set;

/**
 * Containers that run before a service ({@code pre_start}) have the settings of their service under
 * their own, but for its mounts.
 */
final class PreStart {

  /** The settings of a container, in the words of compose-go (types.ContainerSpec); no volumes. */
  private static final Set<String> INHERITED =
      Set.of(
          """
          annotations blkio_config cap_add cap_drop cgroup cgroup_parent command configs cpu_count \
          cpu_percent cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares cpus cpuset \
          credential_spec device_cgroup_rules devices dns dns_opt dns_search domainname entrypoint \
          env_file environment extra_hosts gpus group_add hostname image init ipc isolation \
          label_file labels log_driver log_opt logging mac_address mem_limit mem_reservation \
          mem_swappiness memswap_limit models network_mode networks oom_kill_disable oom_score_adj \
          pid pids_limit platform privileged pull_policy pull_refresh_after read_only runtime \
          secrets security_opt shm_size stop_grace_period stop_signal storage_opt sysctls tmpfs \
          ulimits use_api_socket user userns_mode uts volume_driver volumes_from working_dir"""
              .split(" "));

  private PreStart() {}

  static Data.Mapping resolve(Data.Mapping service) throws Refused {
    if (!(service.get("pre_start") instanceof Data.Sequence hooks) || hooks.items().isEmpty()) {
      return service;
    }
    var inherited = new LinkedHashMap<>(service.entries());
    inherited.keySet().retainAll(INHERITED);
    var base = new Data.Mapping(inherited);
    var resolved = new ArrayList<Data>();
    for (Data hook : hooks.items()) {
      resolved.add(hook instanceof Data.Mapping ? Merge.at("services", "hook", base, hook) : hook);
    }
    return service.with("pre_start", new Data.Sequence(resolved));
  }
}
