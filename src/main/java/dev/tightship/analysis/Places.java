package dev.tightship.analysis;

import dev.tightship.compose.Mount;
import dev.tightship.compose.Service;
import dev.tightship.dockerfile.BuiltImage;
import dev.tightship.dockerfile.Resolution;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a service may write although its image is read-only: {@code /tmp}, devices, and what is
 * mounted.
 *
 * @param folders without a slash at their end
 * @param workdir from where a relative path is seen; null where that is not known
 */
record Places(List<String> folders, @Nullable String workdir) {

  private static final Pattern TEMPORARY =
      Pattern.compile(
          "(?:os\\.)?tmpdir\\(\\)|tempfile\\.|(?:tempfile\\.)?gettempdir\\(\\)"
              + "|System\\.getProperty\\(\"java\\.io\\.tmpdir\"\\)|os\\.TempDir\\(\\)"
              + "|(?:System\\.IO\\.)?Path\\.GetTemp\\w+\\(\\)|sys_get_temp_dir\\(\\)"
              + "|Dir\\.tmpdir|(?:std::)?env::temp_dir\\(\\)");

  /** What makes a path of its arguments, so that the first one is where it begins. */
  private static final Pattern JOINS =
      Pattern.compile(
          "(?:new\\s+)?[\\w.]*(?:[jJ]oin|resolve|Combine|Path|Paths\\.get|of|File)\\(\\s*");

  private static final Pattern NAMED = Pattern.compile("\\w+\\s*[=:](?!=)\\s*");
  private static final Pattern PREFIX = Pattern.compile("[fFrRbBuU@$&]{0,2}(?=[\"'`])");

  static Places of(Service service, BuiltImage image) {
    var folders = new ArrayList<>(List.of("/tmp", "/dev", "/proc/self/fd"));
    for (Mount mount : service.mounts()) {
      if (mount.target() != null && !mount.readOnly()) {
        folders.add(mount.target());
      }
    }
    for (Resolution volume : image.volumes()) {
      if (volume instanceof Resolution.Known known) {
        folders.add(clean(known.text()));
      }
    }
    return new Places(
        List.copyOf(folders),
        service.has("working_dir")
            ? service.text("working_dir").orElse(null)
            : image.workdir().value());
  }

  /** Whether an expression of a program is visibly a path at one of the places. */
  boolean holds(String expression) {
    String text = after(NAMED, expression);
    boolean joined = false;
    for (Matcher join = JOINS.matcher(text); join.lookingAt(); join = JOINS.matcher(text)) {
      text = text.substring(join.end());
      joined = true;
    }
    if (text.contains("..")) {
      return false;
    }
    if (TEMPORARY.matcher(text).lookingAt()) {
      return true;
    }
    String literal = after(PREFIX, text);
    if (literal.isEmpty() || "\"'`".indexOf(literal.charAt(0)) < 0) {
      return false;
    }
    int close = literal.indexOf(literal.charAt(0), 1);
    return close > 0 && allows(literal.substring(1, close), joined, literal.substring(close + 1));
  }

  /**
   * The folder in which something is written, from the root, where an expression of a program is
   * visibly a path or begins with the name of a folder; null where it is not.
   *
   * @param itself whether the path is that of the folder, where it is written out
   * @param relative whether a path may be seen from the working directory
   */
  @Nullable String folder(String expression, boolean itself, boolean relative) {
    String text = after(NAMED, expression);
    boolean joined = false;
    for (Matcher join = JOINS.matcher(text); join.lookingAt(); join = JOINS.matcher(text)) {
      text = text.substring(join.end());
      joined = true;
    }
    String quoted = after(PREFIX, text);
    if (quoted.isEmpty() || text.contains("..") || "\"'`".indexOf(quoted.charAt(0)) < 0) {
      return null;
    }
    int close = quoted.indexOf(quoted.charAt(0), 1);
    if (close <= 0) {
      return null;
    }
    String literal = quoted.substring(1, close);
    String rest = quoted.substring(close + 1).strip();
    int variable = variable(literal);
    String folder;
    if (variable >= 0) {
      folder = literal.substring(0, Math.max(0, literal.lastIndexOf('/', variable)));
    } else if (rest.isEmpty() || (joined && rest.matches("[)\\s]*"))) {
      folder = itself ? literal : literal.substring(0, Math.max(0, literal.lastIndexOf('/')));
    } else if (joined && rest.startsWith(",") && !rest.matches(",\\s*[\"'`]/.*")) {
      folder = literal;
    } else if (!joined && rest.startsWith("+")) {
      folder = literal.substring(0, Math.max(0, literal.lastIndexOf('/')));
    } else {
      return null;
    }
    boolean absolute = literal.startsWith("/");
    if (!absolute && (workdir == null || !relative)) {
      return null;
    }
    return clean(absolute ? folder : workdir + "/" + folder);
  }

  private static int variable(String literal) {
    int variable = -1;
    for (String opening : new String[] {"${", "{", "#{", "%", "$"}) {
      int at = literal.indexOf(opening);
      variable = at >= 0 && (variable < 0 || at < variable) ? at : variable;
    }
    return variable;
  }

  private boolean allows(String literal, boolean joined, String rest) {
    int variable = variable(literal);
    if (variable >= 0) {
      return literal.lastIndexOf('/', variable) > 0
          && at(literal.substring(0, literal.lastIndexOf('/', variable)));
    }
    if (!joined && !rest.isBlank()) {
      return literal.lastIndexOf('/') > 0 && at(literal.substring(0, literal.lastIndexOf('/')));
    }
    return at(literal);
  }

  /** Whether a path, as written in a command, lies at one of the places. */
  boolean at(String path) {
    if (path.contains("..")) {
      return false;
    }
    if (path.equals(":memory:") || path.startsWith("php://")) {
      return true;
    }
    String absolute = path.startsWith("/") ? path : workdir == null ? null : workdir + "/" + path;
    if (absolute == null) {
      return false;
    }
    String clean = clean(absolute);
    return folders.stream().anyMatch(f -> clean.equals(f) || clean.startsWith(f + "/"));
  }

  private static String clean(String path) {
    var parts = new ArrayDeque<String>();
    for (String part : path.split("/", -1)) {
      if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return "/" + String.join("/", parts);
  }

  private static String after(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.lookingAt() ? text.substring(matcher.end()) : text;
  }
}
