package dev.tightship.move;

import dev.tightship.dockerfile.ShellCommand;
import dev.tightship.dockerfile.ShellScript;
import java.util.Set;

/**
 * What a build runs that no variable of the project changes: managers of system packages and tools
 * for files and accounts. What a program of the project, or of its packages, does with a variable
 * is not known.
 */
final class PlainSteps {

  private static final Set<String> PROGRAMS =
      Set.of(
          ("apt apt-get apt-key apk dnf microdnf yum rpm dpkg zypper update-ca-certificates ldconfig"
                  + " locale-gen update-locale docker-php-ext-install docker-php-ext-configure"
                  + " docker-php-ext-enable a2enmod a2dismod a2ensite"
                  + " mkdir rmdir rm cp mv ln chmod chown chgrp touch install truncate mktemp cd pwd"
                  + " ls cat head tail cut tr sort sed grep tar gzip gunzip unzip xz"
                  + " useradd adduser groupadd addgroup usermod groupmod userdel deluser groupdel"
                  + " setcap curl wget sha256sum sha512sum sha1sum md5sum gpg"
                  + " echo printf true false : test [ sleep command which id uname")
              .split(" "));

  private PlainSteps() {}

  /** Whether a script runs nothing else, as far as all of it is known. */
  static boolean are(ShellScript script) {
    return script instanceof ShellScript.Known known
        && !known.hides()
        && known.commands().stream().allMatch(PlainSteps::is);
  }

  private static boolean is(ShellCommand command) {
    if (command.words().isEmpty()) {
      return true; // assignments alone
    }
    ShellCommand.Program program = command.program();
    return program != null
        && (PROGRAMS.contains(program.name())
            || (program.name().equals("set") && !program.arguments().isEmpty()));
  }
}
