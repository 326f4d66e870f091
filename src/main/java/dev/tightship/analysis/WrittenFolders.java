package dev.tightship.analysis;

import dev.tightship.dockerfile.Copy;
import dev.tightship.dockerfile.Resolution;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Folders that a program visibly writes to, and in which nothing of the program itself lies, so
 * that they can be given to its user. What is not written out, or may lie elsewhere, is none.
 */
final class WrittenFolders {

  /** Makes a folder, or leaves one that is there. */
  private static final Pattern MAKES =
      Pattern.compile(
          "(?i).*\\b(?:ensureDir|mkdirp|MkdirAll|createDirectories|mkdir_p|makedirs|create_dir_all|Directory\\.CreateDirectory)(?:Sync)?");

  /** Does so only with such an argument; Python has {@code makedirs} as well. */
  private static final Pattern MAKES_WITH =
      Pattern.compile("(?i).*\\b(?:mkdir(?:Sync)?|os\\.makedirs)");

  private static final Pattern LEAVES_IT =
      Pattern.compile(".*\\b(?:recursive\\s*:\\s*true|exist_ok\\s*=\\s*True)\\b.*", Pattern.DOTALL);

  /** Is followed by the folder that keeps what comes. */
  private static final Pattern KEEPS =
      Pattern.compile(".*\\b(?:dest|uploadDir|tempFileDir|MEDIA_ROOT)\\s*[:=]", Pattern.DOTALL);

  /** What moves a program away from where it is started. */
  private static final Pattern MOVES =
      Pattern.compile("(?i)\\bchdir\\b|set_current_dir|SetCurrentDirectory|\\buser\\.dir\\b");

  private static final Pattern STARTS_ELSEWHERE =
      Pattern.compile(
          "(?:^|[\\s;&|(\"'`])(?:cd|pushd)\\s|--(?:chdir|prefix|cwd|workspaces?|directory)\\b|\\s-[wC]\\s",
          Pattern.MULTILINE);

  private static final Pattern PLAIN = Pattern.compile("(/[A-Za-z0-9._@+-]+)+");

  /** Folders of the system, which are nobody's own. */
  private static final Pattern SYSTEM =
      Pattern.compile(
          "/(?:bin|boot|dev|etc|lib\\w*|proc|root|run|sbin|sys|usr)(?:/.*)?"
              + "|/(?:home|media|mnt|opt|srv|tmp|var)"
              + "|/var/(?:backups|cache|lib|local|lock|log|mail|opt|run|spool|tmp|www)");

  private final Recipe.Read recipe;
  private final Places places;
  private final SourceTree tree;
  private final List<SourceTree.Text> programs = new ArrayList<>();
  private final SortedMap<String, Writes.Seen> found = new TreeMap<>();
  private boolean moves;

  WrittenFolders(Recipe.Read recipe, Places places, SourceTree tree) {
    this.recipe = recipe;
    this.places = places;
    this.tree = tree;
  }

  /** Where a program starts elsewhere than the image says, it is not known what its paths mean. */
  void started(String commands) {
    moves |= STARTS_ELSEWHERE.matcher(commands).find() || MOVES.matcher(commands).find();
  }

  void reads(SourceTree.Text program) {
    programs.add(program);
    moves |= MOVES.matcher(program.text()).find();
    if (program.name().equals("package.json")) {
      started(program.text());
    }
  }

  /** Keeps the folder of a call, or says that it cannot. */
  boolean take(
      Rule rule, String sign, List<String> arguments, Language language, Writes.Seen seen) {
    if (rule.path() < 0 || rule.path() >= arguments.size()) {
      return false;
    }
    boolean whole = KEEPS.matcher(sign).matches() || makes(sign, arguments);
    // a server starts scripts of PHP each in its own folder
    boolean relative = !moves && language != Language.PHP;
    String folder = places.folder(arguments.get(rule.path()), whole, relative);
    if (folder == null || !isOwn(folder)) {
      return false;
    }
    found.putIfAbsent(folder, seen);
    return true;
  }

  private static boolean makes(String sign, List<String> arguments) {
    boolean leaves = arguments.stream().anyMatch(a -> LEAVES_IT.matcher(a).matches());
    return MAKES_WITH.matcher(sign).matches() ? leaves : MAKES.matcher(sign).matches();
  }

  /** Those that were taken, with the first thing that writes there, without what lies in others. */
  SortedMap<String, Writes.Seen> found() {
    var outermost = new TreeMap<>(found);
    outermost
        .keySet()
        .removeIf(inner -> found.keySet().stream().anyMatch(f -> inner.startsWith(f + "/")));
    return outermost;
  }

  private boolean isOwn(String folder) {
    String workdir = places.workdir();
    boolean below = workdir != null && !workdir.equals("/") && folder.startsWith(workdir + "/");
    if (!PLAIN.matcher(folder).matches()
        || (!below && SYSTEM.matcher(folder).matches())
        || (workdir != null && (workdir + "/").startsWith(folder + "/"))) {
      return false;
    }
    String name = folder.substring(folder.lastIndexOf('/') + 1);
    return SourceTree.isEntered(name)
        && !tree.holdsProgram(name)
        && !isCopied(folder)
        && !(workdir != null && below && isAskedFor(folder.substring(workdir.length() + 1)))
        && !isAskedFor(folder);
  }

  /**
   * Whether a program may ask if the folder is there, and do something when it is not. A name for
   * it may be used so too.
   */
  private boolean isAskedFor(String folder) {
    Pattern quoted =
        Pattern.compile(
            "(?i)(?:exist\\w*|is_?dir\\w*|l?stat(?:Sync)?|access(?:Sync)?|directory\\?)\\W[^\\n]{0,80}?"
                + "[\"'`](?:\\./)?%1$s/?[\"'`]|(?<!\\bdest\\s?|uploadDir\\s?|tempFileDir\\s?|MEDIA_ROOT\\s?)[=:]\\s*(?:[\\w.]+\\()?[rbf]?[\"'`](?:\\./)?%1$s/?[\"'`]"
                    .formatted(Pattern.quote(folder)));
    return programs.stream().anyMatch(program -> quoted.matcher(program.text()).find());
  }

  /** Whether something that is not known, or was made elsewhere, comes to lie in it. */
  private boolean isCopied(String folder) {
    for (Copy copy : recipe.image().copies()) {
      String target = copy.target() instanceof Resolution.Known known ? known.text() : null;
      if (target == null || (target + "/").startsWith(folder + "/")) {
        return true;
      }
      boolean above = target.isEmpty() || target.equals("/") || folder.startsWith(target + "/");
      boolean ofSources = copy.from() == null && copy.by().is("COPY");
      if (above && !ofSources) {
        return true;
      }
    }
    return false;
  }
}
