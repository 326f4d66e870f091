package dev.tightship.cli;

import dev.tightship.engine.Level;
import dev.tightship.engine.Options;
import dev.tightship.pass.Pass;
import dev.tightship.passes.Passes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** What a run looks for and how far it goes. */
final class PassOptions {

  @Option(
      names = "--level",
      paramLabel = "safe|standard|strict",
      description = "how far to go (${DEFAULT-VALUE})",
      defaultValue = "standard")
  Level level = Level.STANDARD;

  @Option(names = "--only", paramLabel = "ID", split = ",", description = "run only these passes")
  List<String> only = new ArrayList<>();

  @Option(names = "--skip", paramLabel = "ID", split = ",", description = "leave these passes out")
  List<String> skip = new ArrayList<>();

  @Option(
      names = "--service",
      paramLabel = "NAME",
      split = ",",
      description = "touch only these services")
  List<String> services = new ArrayList<>();

  @Option(
      names = "--untrusted",
      description =
          "ignore what the project says to Tightship: suppressions, settings, what it knows of"
              + " images")
  boolean untrusted;

  /**
   * @throws CommandLine.ParameterException for an id that no pass has
   */
  Options options(CommandLine line) {
    Set<String> known = Passes.all().stream().map(Pass::id).collect(Collectors.toSet());
    for (List<String> ids : List.of(only, skip)) {
      for (String id : ids) {
        if (!known.contains(id)) {
          throw new CommandLine.ParameterException(
              line, "there is no pass " + id + " (the list: tightship explain)");
        }
      }
    }
    return new Options(
        level,
        new LinkedHashSet<>(only),
        new LinkedHashSet<>(skip),
        new LinkedHashSet<>(services),
        untrusted,
        false);
  }
}
