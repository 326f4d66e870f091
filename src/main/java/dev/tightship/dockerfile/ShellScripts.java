package dev.tightship.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All that the stages of a Dockerfile give to a shell or start, each with the SHELL that is in
 * force there. What an ONBUILD holds is not in it: it runs in other builds.
 */
public final class ShellScripts {

  /** Bases whose own shell is that of Windows. */
  private static final Pattern WINDOWS =
      Pattern.compile("windows|nanoserver|servercore|dotnet/framework");

  /**
   * Bases that there are for Linux alone. A file that is written with backticks, as those for
   * Windows are, needs such a sign: an image of one name may be there for both.
   */
  private static final Pattern LINUX =
      Pattern.compile(
          "(?:docker\\.io/)?(?:library/)?(?:debian|ubuntu|alpine|fedora|amazonlinux|almalinux"
              + "|rockylinux|oraclelinux|archlinux|busybox)(?:[:@].*)?"
              + "|[^:]*(?::\\d+/[^:]*)?:(?:[^:]*-)?(?:alpine|slim|trixie|bookworm|bullseye|noble|jammy)"
              + "(?:[-.\\d@].*)?");

  /** Stands for a shell that is not known; no program has this name. */
  private static final List<String> NOT_KNOWN = List.of("");

  private final Dockerfile file;
  private final List<List<String>> shells = new ArrayList<>();
  private final List<Script> scripts = new ArrayList<>();

  /**
   * @param stage that the instruction stands in
   * @param instruction a RUN, CMD, ENTRYPOINT or HEALTHCHECK
   */
  public record Script(Stage stage, Instruction instruction, ShellScript script) {}

  private ShellScripts(Dockerfile file) {
    this.file = file;
  }

  /** In the order of the file, which is read for it once; in time linear in it. */
  public static List<Script> of(Dockerfile file) {
    return file.scripts();
  }

  static List<Script> read(Dockerfile file) {
    var reading = new ShellScripts(file);
    file.stages().forEach(reading::read);
    return List.copyOf(reading.scripts);
  }

  private void read(Stage stage) {
    List<String> shell = atFirst(stage);
    Instruction last = stage.last("SHELL");
    // A health check takes the shell that the image has in the end.
    List<String> inTheEnd = last == null ? shell : shell(last);
    shells.add(inTheEnd);
    for (Instruction instruction : stage.instructions()) {
      if (instruction.is("SHELL")) {
        shell = shell(instruction);
      } else if (ShellSource.KEYWORDS.contains(instruction.keyword())) {
        List<String> inForce = instruction.is("HEALTHCHECK") ? inTheEnd : shell;
        scripts.add(
            new Script(stage, instruction, ShellScript.of(instruction, file.text(), inForce)));
      }
    }
  }

  private static List<String> shell(Instruction instruction) {
    List<String> json = instruction.json();
    return json == null ? NOT_KNOWN : json;
  }

  /** The shell that a stage begins with: that of the stage below it, or of its base image. */
  private List<String> atFirst(Stage stage) {
    String base = stage.base().text().toLowerCase(Locale.ROOT);
    Stage below = file.stage(base);
    if (below != null && below.index() < stage.index()) {
      return shells.get(below.index());
    }
    boolean linux = LINUX.matcher(base).matches() || startsWith(stage.platform(), "linux");
    boolean windows =
        WINDOWS.matcher(base).find()
            || startsWith(stage.platform(), "windows")
            || (file.escape() != '\\' && !linux);
    // Where a variable names the base, it may be any stage before.
    boolean anyStage =
        base.indexOf('$') >= 0
            && shells.stream().anyMatch(s -> !s.equals(ShellScript.DEFAULT_SHELL));
    return windows || anyStage ? NOT_KNOWN : ShellScript.DEFAULT_SHELL;
  }

  private static boolean startsWith(@Nullable String text, String start) {
    return text != null && text.startsWith(start);
  }
}
