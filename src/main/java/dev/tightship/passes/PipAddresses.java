package dev.tightship.passes;

import dev.tightship.dockerfile.ShellCommand;
import dev.tightship.dockerfile.ShellWord;
import dev.tightship.pass.Severity;
import dev.tightship.passes.ScriptPass.Against;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What pip installs from an address that may send something else tomorrow. */
final class PipAddresses {

  /** Options of pip that take an address which is none of a package. */
  private static final Set<String> PIP_VALUES =
      Set.of(
          "-i",
          "--index-url",
          "--extra-index-url",
          "-f",
          "--find-links",
          "-c",
          "--constraint",
          "-r",
          "--requirement",
          "--proxy");

  private static final Pattern COMMIT = Pattern.compile(".*@[0-9a-f]{40}(?:[#&].*)?");

  private PipAddresses() {}

  /** {@code pip install https://…}. */
  static List<Against> in(ShellCommand command, String who) {
    var found = new ArrayList<Against>();
    List<ShellWord> words = packages(command);
    for (int i = 1; i < words.size(); i++) {
      String written = Runs.written(words.get(i));
      boolean value = PIP_VALUES.contains(Runs.written(words.get(i - 1)));
      Address address = written.startsWith("-") || value ? null : Address.in(written);
      if (address != null && !written.contains("#sha256=") && !COMMIT.matcher(written).matches()) {
        found.add(
            new Against(
                Severity.LOW,
                "%s installs what pip finds at %s".formatted(who, address.host()),
                written.contains("git+")
                    ? "name a whole commit behind the address, @ and 40 digits, or a release of the"
                        + " package index"
                    : "put #sha256=… of the file behind the address, or take a release of the"
                        + " package index"));
      }
    }
    return found;
  }

  /** The word {@code install} and those behind it; none of a command that installs nothing. */
  private static List<ShellWord> packages(ShellCommand command) {
    ShellCommand.Program program = command.program();
    if (program == null) {
      return List.of();
    }
    List<ShellWord> arguments = program.arguments();
    int at = 0;
    boolean pip = program.name().matches("pip[0-9.]*");
    if (program.name().matches("python[0-9.]*")) {
      pip = arguments.size() > 1 && arguments.get(0).is("-m") && arguments.get(1).is("pip");
      at = 2;
    }
    return pip && at < arguments.size() && arguments.get(at).is("install")
        ? arguments.subList(at, arguments.size())
        : List.of();
  }
}
