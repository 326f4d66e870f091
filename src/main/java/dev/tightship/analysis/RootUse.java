package dev.tightship.analysis;

import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Copy;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the start of a service does with being root: its commands, and the shell scripts that they
 * name. What its program itself does is not in it.
 */
public sealed interface RootUse {

  /**
   * It hands over to another user, or says whom each of its programs runs as.
   *
   * @param says half a sentence that names the place and the program
   */
  record Drops(String says) implements RootUse {}

  /**
   * It does what only root can.
   *
   * @param says half a sentence that names the place and the program
   */
  record Needs(String says) implements RootUse {}

  /**
   * @param because half a sentence
   */
  record CannotTell(String because) implements RootUse {}

  /**
   * A look found neither. That is no proof: what is too large for a script is not looked at, and
   * then {@link Writers} cannot tell either.
   */
  record NoneSeen() implements RootUse {}

  /** Reads the scripts in the build context each time it is asked. */
  static RootUse of(Service service) {
    Recipe recipe = Recipe.of(service);
    if (!(recipe instanceof Recipe.Read read)) {
      return new CannotTell(
          recipe instanceof Recipe.Unread unread ? unread.because() : "it is not built here");
    }
    String context = read.build().context();
    if (context == null) {
      return new CannotTell("its build context is outside of the project");
    }
    try {
      return new Look(StartScripts.of(service, read))
          .at(SourceTree.of(service, context, read.file().path()));
    } catch (SourceTree.TooMuch e) {
      return new CannotTell(String.valueOf(e.getMessage()));
    }
  }

  /** One look. */
  final class Look {

    private static final String BEFORE = "(?:^|(?<=[\\s;&|(\"'`]))(?:/(?:usr/)?(?:local/)?s?bin/)?";

    private static final String AFTER = "(?=$|[\\s;&|)\"'`])";

    private static final Pattern DROPS =
        Pattern.compile(
            BEFORE
                + "(gosu|su-exec|setpriv|setuidgid|s6-setuidgid|s6-svscan|chpst|runuser"
                + "|start-stop-daemon|su|sudo|fixuid|/init)"
                + AFTER);

    /** Programs that change users, packages, mounts or the network, and servers of root's. */
    private static final Pattern NEEDS =
        Pattern.compile(
            BEFORE
                + "(chown|chgrp|useradd|adduser|usermod|userdel|groupadd|addgroup|groupmod|passwd"
                + "|chpasswd|apt|apt-get|apk|yum|dnf|microdnf|iptables|ip6tables|nft|sysctl|ip\\s+(?:route|link|addr|address|rule)"
                + "|mount|umount|modprobe|mknod|chroot|setcap|service|systemctl|rc-service|openrc"
                + "|cron|crond|sshd|dropbear|dockerd|containerd|openvpn|wg|wg-quick|tcpdump|tc"
                + "|nginx|apache2|apache2ctl|apachectl|apache2-foreground|httpd|php-fpm[\\d.]*"
                + "|lighttpd|haproxy|varnishd|postfix|dovecot|exim4|rsyslogd|syslogd|dbus-daemon"
                + "|avahi-daemon|smbd|nmbd|vsftpd|proftpd|dnsmasq|keepalived|mysqld"
                + "|mysqld_safe|mariadbd|postgres|pg_ctlcluster|redis-server|mongod|rabbitmq-server"
                + "|memcached|update-ca-certificates|ldconfig|locale-gen|dpkg-reconfigure)"
                + AFTER);

    /** Starts each of its programs as the user that its configuration names, else as its own. */
    private static final Pattern SUPERVISES = Pattern.compile(BEFORE + "(supervisord)" + AFTER);

    private static final int LONGEST_LINE = 4000;

    private final StartScripts starts;

    private Look(StartScripts starts) {
      this.starts = starts;
    }

    private RootUse at(SourceTree tree) {
      List<SourceTree.Text> scripts;
      boolean all = true;
      try {
        scripts = tree.scripts(starts.text());
      } catch (SourceTree.TooMuch e) {
        scripts = List.of();
        all = false;
      }
      String drops = first(DROPS, scripts);
      if (drops != null) {
        return new Drops(drops);
      }
      String supervises = first(SUPERVISES, scripts);
      if (supervises != null) {
        return new CannotTell(
            supervises + ", which starts each program as the user that its configuration names");
      }
      String needs = first(NEEDS, scripts);
      if (needs != null) {
        return new Needs(needs);
      }
      String missing = all ? starts.missing(scripts) : null;
      if (missing != null) {
        return new CannotTell(missing);
      }
      for (Copy copy : starts.recipe().image().copies()) {
        if (!copy.by().heredocs().isEmpty()) {
          return new CannotTell(
              "line %s of %s holds a file that may be a script, which is not looked at"
                  .formatted(copy.by().line(), starts.recipe().file().path()));
        }
      }
      return new NoneSeen();
    }

    private @Nullable String first(Pattern programs, List<SourceTree.Text> scripts) {
      for (Start.Line line : starts.start().lines()) {
        Matcher matcher = programs.matcher(line.text());
        if (matcher.find()) {
          return says(line.file(), line.line(), matcher.group(1));
        }
      }
      for (SourceTree.Text script : scripts) {
        int number = 1;
        for (String line : script.text().split("\n", -1)) {
          Matcher matcher = programs.matcher(line);
          boolean counts = !line.stripLeading().startsWith("#") && line.length() <= LONGEST_LINE;
          if (counts && matcher.find()) {
            return says(script.path(), number, matcher.group(1));
          }
          number++;
        }
      }
      return null;
    }

    private static String says(String file, int line, String program) {
      return "line %s of %s calls %s".formatted(line, file, program);
    }
  }
}
