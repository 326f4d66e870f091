package dev.tightship.passes;

import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Command;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.Setting;
import dev.tightship.knowledge.FactKey;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.Variants;
import dev.tightship.knowledge.Verdict;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Subject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which capabilities a service that is built here needs, when that can be told. */
final class BuiltCapabilities {

  /**
   * What a program that starts as root uses to prepare its files, to hand over to another account
   * and to end its children there. The others are for raw packets, devices, other roots and the
   * like, which {@link #TOOLS} names.
   */
  private static final List<String> OF_ROOT =
      List.of("CHOWN", "DAC_OVERRIDE", "FOWNER", "KILL", "SETGID", "SETUID");

  /** Programs that use one of the others. */
  static final Pattern TOOLS =
      Pattern.compile(
          "(?<![\\w./-])(?:/?(?:usr/)?s?bin/)?(ping|iputils-ping|fping|traceroute|mtr|tcpdump|nmap|arping|hping3|iptables"
              + "|nft|sshd|openssh-server|dropbear|vsftpd|proftpd|pure-ftpd|chroot|mknod|setcap|capsh"
              + "|bubblewrap|bwrap|unshare|nsenter|dockerd|podman|buildah|systemd|samba|smbd|dhcpd"
              + "|dnsmasq|keepalived|bird|wireguard-tools|wg|openvpn|strongswan)(?![\\w-])");

  private BuiltCapabilities() {}

  static Remark judge(Service service, Subject subject) {
    BuiltHere built;
    try {
      built = BuiltHere.of(service);
    } catch (BuiltHere.Unread e) {
      return DropCapabilities.advice(subject, e.because());
    }
    ImageProfile base = built.base();
    FileCapabilities ofFiles = FileCapabilities.of(built.dockerfile());
    if (ofFiles.unclear() != null) {
      return DropCapabilities.advice(subject, ofFiles.unclear());
    }
    boolean asBase = base != null && built.asBase() == null;
    if (base != null && asBase && base.value(FactKey.CAPABILITIES) != null && ofFiles.isEmpty()) {
      return DropCapabilities.ofProfile(
          service, subject, base, built.tag(), built.user(), ", and it starts as that does");
    }
    if (built.user() instanceof StartUser.Unknown unknown) {
      return DropCapabilities.advice(subject, unknown.because());
    }
    boolean root = built.user() instanceof StartUser.Root;
    String gains = root ? null : gains(service, built);
    String tool = gains != null ? gains : tool(service, built);
    if (tool != null) {
      return DropCapabilities.advice(subject, tool);
    }
    var needed = new TreeSet<>(ofFiles.names());
    needed.addAll(root ? OF_ROOT : List.of());
    needed.addAll(ofPrograms(base, built.tag(), root));
    return DropCapabilities.fix(
        service,
        subject,
        List.copyOf(needed),
        root,
        root
            ? "it starts as root, and its Dockerfile names no program that needs the others"
            : needed.isEmpty()
                ? "it does not start as root, so that it has none at hand anyway"
                : "it does not start as root, and only files of its image bring it any");
  }

  /** What the programs of a base image need, whatever else is started beside them. */
  private static List<String> ofPrograms(
      @Nullable ImageProfile base, @Nullable String tag, boolean root) {
    Variants<List<String>> known =
        base == null
            ? null
            : base.value(root ? FactKey.CAPABILITIES : FactKey.CAPABILITIES_AS_ACCOUNT);
    List<String> needed = known == null ? null : known.of(tag);
    return needed == null ? List.of() : needed;
  }

  /** How another user than root comes to capabilities after the start, or null. */
  private static @Nullable String gains(Service service, BuiltHere built) {
    String helper = PrivilegeHelpers.in(service);
    helper = helper != null ? helper : PrivilegeHelpers.in(built.dockerfile(), Set.of("setcap"));
    if (helper != null) {
      return helper + ", which needs some of them";
    }
    ImageProfile base = built.base();
    return base != null
            && base.value(FactKey.NO_NEW_PRIVILEGES) instanceof Verdict.Breaks breaks
            && base.value(FactKey.CAPABILITIES_AS_ACCOUNT) == null
        ? "it is built on %s: %s".formatted(base.name(), breaks.reason())
        : null;
  }

  /** A program that needs another one, and where it is named; null when none is. */
  private static @Nullable String tool(Service service, BuiltHere built) {
    for (Instruction run : built.image().runs()) {
      Matcher named = TOOLS.matcher(Accounts.text(built.dockerfile(), run));
      boolean found = named.find();
      while (found && named.group(1).equals("setcap")) { // what it gives is known
        found = named.find();
      }
      if (found) {
        return "line %s of %s names %s, which needs more than others do"
            .formatted(run.line(), built.dockerfile().path(), named.group(1));
      }
    }
    for (Setting<Command> start : List.of(built.image().entrypoint(), built.image().command())) {
      Command command = start.value();
      Matcher named = TOOLS.matcher(command == null ? "" : String.join(" ", command.words()));
      if (named.find()) {
        return "it starts %s, which needs more than others do".formatted(named.group(1));
      }
    }
    for (String key : List.of("entrypoint", "command")) {
      List<String> words = service.words(key);
      Matcher named = TOOLS.matcher(words == null ? "" : String.join(" ", words));
      if (named.find()) {
        return "its %s names %s, which needs more than others do".formatted(key, named.group(1));
      }
    }
    return null;
  }
}
