package dev.tightship.knowledge;

import java.util.List;

/** Capabilities of processes on Linux, by their names without the prefix. */
public final class Capabilities {

  /** What Docker gives to a container that asks for nothing; no fix hands out more. */
  public static final List<String> DEFAULT =
      List.of(
          "AUDIT_WRITE",
          "CHOWN",
          "DAC_OVERRIDE",
          "FOWNER",
          "FSETID",
          "KILL",
          "MKNOD",
          "NET_BIND_SERVICE",
          "NET_RAW",
          "SETFCAP",
          "SETGID",
          "SETPCAP",
          "SETUID",
          "SYS_CHROOT");

  private Capabilities() {}
}
