package dev.tightship.passes;

import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.ShellCommand;
import dev.tightship.pass.Severity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells what a build fetches and runs at once, unseen. */
final class RemoteScript implements ScriptPass {

  @Override
  public String id() {
    return "remote-script";
  }

  @Override
  public String nothing() {
    return "it runs nothing that it fetches unseen";
  }

  @Override
  public String nothingSeen() {
    return "nothing of it that can be told runs what it fetches";
  }

  @Override
  public boolean looksAt(Instruction instruction) {
    return !instruction.is("HEALTHCHECK"); // it asks the container itself
  }

  @Override
  public List<Against> against(StageInBuild in, Instruction instruction, @Nullable Runs runs) {
    var all = new ArrayList<Against>();
    if (runs == null) {
      return all;
    }
    String who = instruction.is("RUN") ? "the build" : "each start";
    for (List<ShellCommand> script : runs.scripts()) {
      RunAtOnce.in(script).forEach(fetch -> atOnce(who, fetch.address(), all));
      script.forEach(command -> all.addAll(PipAddresses.in(command, who)));
      SavedPrograms saved = SavedPrograms.in(script);
      saved.ran().forEach(fetch -> ran(who, fetch.address(), all));
      saved.kept().forEach(fetch -> kept(fetch.address(), all));
    }
    if (!runs.known()) {
      RunAtOnce.inText(instruction.arguments().text())
          .forEach(fetch -> atOnce(who, fetch.address(), all));
    }
    return all;
  }

  private static void atOnce(String who, @Nullable Address address, List<Against> all) {
    if (address == null) {
      all.add(
          new Against(
              Severity.MEDIUM, who + " runs what an address sends, unseen", KnownInstallers.CHECK));
    } else if (!address.isLocal()) {
      boolean open = !address.secure();
      all.add(
          new Against(
              open ? Severity.HIGH : Severity.MEDIUM,
              open
                  ? "%s runs what %s sends without encryption: anyone on the way can change it"
                      .formatted(who, address.host())
                  : "%s runs what %s sends, unseen".formatted(who, address.host()),
              KnownInstallers.instead(address)));
    }
  }

  private static void ran(String who, @Nullable Address address, List<Against> all) {
    if (address == null || !address.isLocal()) {
      all.add(
          new Against(
              Severity.MEDIUM,
              "%s runs a file from %s and checks nothing of it".formatted(who, host(address)),
              address == null ? KnownInstallers.CHECK : KnownInstallers.instead(address)));
    }
  }

  private static void kept(@Nullable Address address, List<Against> all) {
    if (address == null || !address.isLocal()) {
      all.add(
          new Against(
              Severity.LOW,
              "a program comes from %s, and nothing of it is checked".formatted(host(address)),
              "fetch it with ADD --checksum=sha256:…, or let sha256sum -c check it before it is"
                  + " used"));
    }
  }

  private static String host(@Nullable Address address) {
    return address == null ? "an address" : address.host();
  }
}
