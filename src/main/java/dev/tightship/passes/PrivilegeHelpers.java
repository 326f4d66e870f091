package dev.tightship.passes;

import dev.tightship.compose.Answer;
import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Flag;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.yaml.Node;
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

  /** {@code u+s}, {@code u+x,g=rxs}, {@code 4755}, {@code 06755}. */
  private static final Pattern SET_UID =
      Pattern.compile("(.*,)?[ugoa]*[+=][rwxXt]*s[rwxXst]*(,.*)?|0?[2-7][0-7]{3}");

  /** Instructions whose words are run. */
  private static final Set<String> RUN =
      Set.of("RUN", "CMD", "ENTRYPOINT", "ONBUILD", "HEALTHCHECK", "SHELL");

  private PrivilegeHelpers() {}

  /** What a Dockerfile names, {@code line 7 names sudo}; null when it names none. */
  static @Nullable String in(Dockerfile dockerfile) {
    return in(dockerfile, Set.of());
  }

  /**
   * @param known programs that do not count
   */
  static @Nullable String in(Dockerfile dockerfile, Set<String> known) {
    for (Instruction instruction : dockerfile.instructions()) {
      String found = in(dockerfile, instruction, known);
      if (found != null) {
        return "line %s of %s names %s".formatted(instruction.line(), dockerfile.path(), found);
      }
    }
    return null;
  }

  private static @Nullable String in(
      Dockerfile dockerfile, Instruction instruction, Set<String> known) {
    Flag mode = instruction.flag("chmod");
    if (mode != null && mode.value() != null && SET_UID.matcher(mode.value()).matches()) {
      return mode.written().text();
    }
    return RUN.contains(instruction.keyword()) ? in(text(dockerfile, instruction), known) : null;
  }

  /** What a service runs by its own settings, {@code its command names sudo}; null for nothing. */
  static @Nullable String in(Service service) {
    for (String[] path : new String[][] {{"entrypoint"}, {"command"}, {"healthcheck", "test"}}) {
      if (service.find(path) instanceof Answer.Known known) {
        String found = in(text(known.node()), Set.of());
        if (found != null) {
          return "its %s names %s".formatted(path[0], found);
        }
      }
    }
    return null;
  }

  private static @Nullable String in(String text, Set<String> known) {
    boolean chmod = false;
    for (String word : text.split("[\\s;&|(){}\"'`\\[\\]]+", -1)) {
      // a name between commas may be an item of a JSON list, a mode may have commas of its own
      for (String part : word.split("[,=]", -1)) {
        String program = part.substring(part.lastIndexOf('/') + 1);
        if (PROGRAMS.contains(program) && !known.contains(program)) {
          return program;
        }
      }
      if (chmod && !word.startsWith("-") && SET_UID.matcher(word).matches()) {
        return "chmod " + word;
      }
      chmod =
          word.substring(word.lastIndexOf('/') + 1).equals("chmod")
              || (chmod && (word.startsWith("-") || word.equals(",")));
    }
    return null;
  }

  private static String text(Node node) {
    if (node instanceof Node.Scalar scalar) {
      return scalar.text();
    }
    var text = new StringBuilder();
    if (node instanceof Node.Sequence list) {
      list.items().forEach(item -> text.append(text(item)).append(' '));
    }
    return text.toString();
  }

  private static String text(Dockerfile dockerfile, Instruction instruction) {
    var text = new StringBuilder(instruction.arguments().text());
    instruction.heredocs().forEach(h -> text.append('\n').append(h.body().of(dockerfile.text())));
    return text.toString();
  }
}
