package dev.tightship.passes;

import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Instruction;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Programs that gain privileges while they run and stop working under no-new-privileges. gosu,
 * su-exec and setpriv are not among them: they only drop, and keep working (docker-library images,
 * run with Docker 20.10.24).
 */
final class PrivilegeHelpers {

  private static final Set<String> PROGRAMS =
      Set.of(
          "sudo",
          "su",
          "doas",
          "pkexec",
          "setcap",
          "fusermount",
          "fusermount3",
          "newuidmap",
          "newgidmap",
          "uidmap",
          "fixuid");

  /** {@code chmod u+s}, {@code g+s}, {@code 4755}, {@code 06755}. */
  private static final Pattern SET_UID =
      Pattern.compile("[ugoa]*\\+[rwxX]*s[rwxXst]*|0?[2-7][0-7]{3}");

  private PrivilegeHelpers() {}

  /** What a Dockerfile names, {@code line 7 names sudo}; null when it names none. */
  static @Nullable String in(Dockerfile dockerfile) {
    for (Instruction instruction : dockerfile.instructions()) {
      String found = in(dockerfile, instruction);
      if (found != null) {
        return "line %d of %s names %s".formatted(instruction.line(), dockerfile.path(), found);
      }
    }
    return null;
  }

  private static @Nullable String in(Dockerfile dockerfile, Instruction instruction) {
    if (!instruction.is("RUN")
        && !instruction.is("CMD")
        && !instruction.is("ENTRYPOINT")
        && !instruction.is("ONBUILD")
        && !instruction.is("HEALTHCHECK")) {
      return null;
    }
    boolean chmod = false;
    for (String word : words(dockerfile, instruction)) {
      String program = word.substring(word.lastIndexOf('/') + 1);
      if (PROGRAMS.contains(program)) {
        return program;
      }
      if (chmod && SET_UID.matcher(word).matches() && !word.startsWith("-")) {
        return "chmod " + word;
      }
      chmod = program.equals("chmod") || (chmod && word.startsWith("-"));
    }
    return null;
  }

  private static String[] words(Dockerfile dockerfile, Instruction instruction) {
    var text = new StringBuilder(instruction.arguments().text());
    instruction.heredocs().forEach(h -> text.append('\n').append(h.body().of(dockerfile.text())));
    return text.toString().split("[\\s;&|(){}\"'`,\\[\\]=]+");
  }
}
