package dev.tightship.passes;

import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Command;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.Setting;
import dev.tightship.knowledge.FactKey;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Subject;
import java.util.List;
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
    if (base != null && built.asBase() == null && base.value(FactKey.CAPABILITIES) != null) {
      return DropCapabilities.ofProfile(
          service, subject, base, built.tag(), built.user(), ", and it starts as that does");
    }
    if (built.user() instanceof StartUser.Named || built.user() instanceof StartUser.Numbers) {
      return DropCapabilities.fix(
          service,
          subject,
          List.of(),
          false,
          "it does not start as root, so that it has none at hand anyway");
    }
    if (built.user() instanceof StartUser.Unknown unknown) {
      return DropCapabilities.advice(subject, unknown.because());
    }
    String tool = tool(service, built);
    return tool != null
        ? DropCapabilities.advice(subject, tool)
        : DropCapabilities.fix(
            service,
            subject,
            OF_ROOT,
            true,
            "it starts as root, and its Dockerfile names no program that needs the others");
  }

  /** A program that needs another one, and where it is named; null when none is. */
  private static @Nullable String tool(Service service, BuiltHere built) {
    for (Instruction run : built.image().runs()) {
      Matcher named = TOOLS.matcher(run.arguments().text());
      if (named.find()) {
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
