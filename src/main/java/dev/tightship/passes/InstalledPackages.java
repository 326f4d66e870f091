package dev.tightship.passes;

import dev.tightship.dockerfile.ShellCommand;
import dev.tightship.dockerfile.ShellWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The packages of a distribution that a command installs, as far as they are written out. */
final class InstalledPackages {

  private static final Set<String> MANAGERS =
      Set.of(
          "apt", "apt-get", "aptitude", "apk", "yum", "dnf", "dnf5", "microdnf", "tdnf", "zypper");

  private InstalledPackages() {}

  /** Whether a program installs packages, among other things. */
  static boolean isManager(String program) {
    return MANAGERS.contains(program);
  }

  /** Their names, without versions. */
  static List<String> of(ShellCommand.Program program) {
    var names = new ArrayList<String>();
    if (!MANAGERS.contains(program.name())) {
      return names;
    }
    boolean installs = false;
    for (ShellWord word : program.arguments()) {
      String literal = word.literal();
      if (literal == null) {
        continue;
      }
      if (!installs) {
        installs =
            program.name().equals("apk") ? literal.equals("add") : literal.matches("install|in");
      } else if (!literal.startsWith("-")) {
        names.add(literal.replaceFirst("[=<>~].*", ""));
      }
    }
    return names;
  }
}
