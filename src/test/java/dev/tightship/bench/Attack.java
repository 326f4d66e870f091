package dev.tightship.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;

/**
 * Something that an attacker who holds a process in a container would try. Bounded: none of them
 * takes more than some seconds, 700 processes or 1.2 GB, so that the original survives the bench.
 */
enum Attack {
  WRITE_ROOT("write below /") {
    @Override
    boolean succeeds(Started project, Target target) {
      return all(target)
          .anyMatch(s -> project.sh(s, "touch /tightship-probe && rm /tightship-probe").ok());
    }
  },
  WRITE_PROGRAM("replace a program") {
    @Override
    boolean succeeds(Started project, Target target) {
      return all(target)
          .anyMatch(s -> project.sh(s, "touch /usr/bin/probe && rm /usr/bin/probe").ok());
    }
  },
  WRITE_WEB_ROOT("change the pages that the front serves") {
    @Override
    boolean succeeds(Started project, Target target) {
      String root = "/usr/share/nginx/html/probe";
      return project.sh(target.front(), "touch %1$s && rm %1$s".formatted(root)).ok();
    }
  },
  BE_ROOT("be root in the application") {
    @Override
    boolean succeeds(Started project, Target target) {
      return status(project, target.app(), "Uid").matches("0\\s.*");
    }
  },
  HOLD_CAPABILITY("hold a capability in the application") {
    @Override
    boolean succeeds(Started project, Target target) {
      return !status(project, target.app(), "CapEff").matches("0+")
          || !status(project, target.app(), "CapBnd").matches("0+");
    }
  },
  GAIN_PRIVILEGES("become root through a set-uid program") {
    @Override
    boolean succeeds(Started project, Target target) {
      // su waits for a password: while it does, its effective user shows whether the bit counted
      String waiting =
          "sleep 3 | su root -c true >/dev/null 2>&1 & sleep 1;"
              + " for p in /proc/[0-9]*; do"
              + " if tr '\\0' ' ' <$p/cmdline 2>/dev/null | grep -q '^su root'; then"
              + " grep ^Uid: $p/status; fi; done";
      return all(target)
          .flatMap(s -> project.sh("65534", s, waiting).out().lines())
          .anyMatch(line -> line.matches("Uid:\\s+65534\\s+0\\s.*"));
    }
  },
  READ_INSPECT("read the password in docker inspect") {
    @Override
    boolean succeeds(Started project, Target target) {
      return all(target)
          .map(s -> project.docker().ask("inspect", project.container(s)))
          .anyMatch(text -> target.secrets().stream().anyMatch(text::contains));
    }
  },
  READ_HISTORY("read the password in the history of an image") {
    @Override
    boolean succeeds(Started project, Target target) {
      return all(target)
          .map(s -> project.docker().ask("inspect", "--format", "{{.Image}}", project.container(s)))
          .map(image -> project.docker().ask("history", "--no-trunc", image))
          .anyMatch(text -> target.secrets().stream().anyMatch(text::contains));
    }
  },
  READ_ENVIRONMENT("read the password in the environment of a process") {
    @Override
    boolean succeeds(Started project, Target target) {
      return all(target)
          .map(s -> project.sh("0", s, "tr '\\0' '\\n' </proc/1/environ").out())
          .anyMatch(text -> target.secrets().stream().anyMatch(text::contains));
    }
  },
  REACH_FROM_FRONT("reach the database from the front") {
    @Override
    boolean succeeds(Started project, Target target) {
      String there =
          "nc -z -w 2 %1$s %2$d 2>/dev/null || timeout 3 bash -c '</dev/tcp/%1$s/%2$d' 2>/dev/null"
              .formatted(target.database(), target.databasePort());
      return project.sh(target.front(), there).ok();
    }
  },
  REACH_FROM_HOST("reach the database through a port of this machine") {
    /** From elsewhere: what listens for the machine alone does not count. */
    @Override
    boolean succeeds(Started project, Target target) {
      if (!project.publishes(target.database(), target.databasePort())) {
        return false;
      }
      var at = project.url(target.database(), target.databasePort());
      if (!at.getHost().equals(Started.OPEN)) {
        return false;
      }
      try (var socket = new Socket()) {
        socket.connect(new InetSocketAddress(at.getHost(), at.getPort()), 2000);
        return true;
      } catch (IOException refused) {
        return false;
      }
    }
  },
  FORK("start 700 processes") {
    @Override
    boolean succeeds(Started project, Target target) {
      String bomb =
          "i=0; while [ $i -lt 700 ]; do sleep 20 & i=$((i+1)); done; ls -d /proc/[0-9]* | wc -l";
      String out = project.sh(target.app(), bomb).out().strip();
      project.sh("0", target.app(), "pkill sleep || killall sleep");
      return out.matches("\\d+") && Integer.parseInt(out) > 700;
    }
  },
  FILL_MEMORY("hold 1.2 GB of memory") {
    @Override
    boolean succeeds(Started project, Target target) {
      // a text without line end: tail has to keep all of it
      return project
          .sh(target.app(), "head -c 1200000000 /dev/zero | tail -n 1 | wc -c")
          .out()
          .strip()
          .equals("1200000000");
    }
  };

  private final String what;

  Attack(String what) {
    this.what = what;
  }

  /** What is tried, as it stands in the table. */
  String what() {
    return what;
  }

  /** Tries it. */
  abstract boolean succeeds(Started project, Target target);

  private static java.util.stream.Stream<String> all(Target target) {
    return List.of(target.front(), target.app(), target.database()).stream();
  }

  /** A line of the status of the first process of a service. */
  static String status(Started project, String service, String field) {
    String line = project.sh("0", service, "grep ^" + field + ": /proc/1/status").out();
    return line.substring(line.indexOf(':') + 1).strip();
  }
}
