package dev.tightship.dockerfile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a stage comes to: its own instructions, after those of the earlier stages that it is built
 * on. What the base image brings is not in it.
 *
 * @param base an image, nothing, or unknown; never an earlier stage
 * @param stages from the one that starts from the base to the one that is built
 * @param env what ENV sets, by name
 * @param workdir from the root, without a slash at its end
 * @param ports as {@code 80}, {@code 80/udp} or {@code 80-90/tcp}
 * @param runs all RUN instructions, in the order in which they are run
 */
public record BuiltImage(
    Base base,
    List<Stage> stages,
    Map<String, Resolution> env,
    Setting<String> workdir,
    Setting<String> user,
    Setting<Command> entrypoint,
    Setting<Command> command,
    List<Resolution> ports,
    List<Resolution> volumes,
    List<Instruction> runs,
    List<Copy> copies) {

  public BuiltImage {
    stages = List.copyOf(stages);
    env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
    ports = List.copyOf(ports);
    volumes = List.copyOf(volumes);
    runs = List.copyOf(runs);
    copies = List.copyOf(copies);
  }

  /** The HEALTHCHECK that counts, which may say that there is none; null without one. */
  public @Nullable Instruction healthcheck() {
    for (int i = stages.size() - 1; i >= 0; i--) {
      Instruction last = stages.get(i).last("HEALTHCHECK");
      if (last != null) {
        return last;
      }
    }
    return null;
  }
}
