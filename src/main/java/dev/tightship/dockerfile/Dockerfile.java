package dev.tightship.dockerfile;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Dockerfile as its text, and where each part of it stands. The text is the model: all that is
 * here points into it, and nothing is ever printed back. Immutable.
 *
 * <p>It reads what BuildKit 0.34 reads, in time linear in the text (measured against its parser).
 */
public final class Dockerfile {

  private final String path;
  private final String text;
  private final char escape;
  private final List<Directive> directives;
  private final List<Comment> comments;
  private final List<Instruction> instructions;
  private final List<GlobalArg> globalArgs;
  private final List<Stage> stages;
  private final Map<String, Stage> byName = new HashMap<>();
  private @Nullable List<ShellScripts.Script> scripts; // read when first asked for

  Dockerfile(
      String path,
      String text,
      char escape,
      List<Directive> directives,
      List<Comment> comments,
      List<Instruction> instructions,
      List<GlobalArg> globalArgs,
      List<Stage> stages) {
    this.path = path;
    this.text = text;
    this.escape = escape;
    this.directives = List.copyOf(directives);
    this.comments = List.copyOf(comments);
    this.instructions = List.copyOf(instructions);
    this.globalArgs = List.copyOf(globalArgs);
    this.stages = List.copyOf(stages);
    for (Stage stage : stages) {
      if (stage.name() != null) {
        byName.put(stage.name(), stage);
      }
    }
  }

  /**
   * Reads a Dockerfile. Instructions that are not of the language are kept (see {@link
   * Instruction#isKnown()}).
   *
   * @param path of the file, for messages and edits
   * @throws DockerfileException if a builder would refuse the shape of it: a directive that is
   *     wrong or given twice, an instruction other than ARG before the first FROM, no FROM, a FROM
   *     with other than one or three words, a heredoc that is not closed
   */
  public static Dockerfile read(String path, String text) throws DockerfileException {
    return new DockerfileReader(path, text).read();
  }

  public String path() {
    return path;
  }

  public String text() {
    return text;
  }

  /** The char that continues a line: a backslash, or a backtick where the file says so. */
  public char escape() {
    return escape;
  }

  /** The parser directives at the top, in order. */
  public List<Directive> directives() {
    return directives;
  }

  /** All comments but the directives, in order. */
  public List<Comment> comments() {
    return comments;
  }

  /** All instructions in order, those before the first FROM and each FROM included. */
  public List<Instruction> instructions() {
    return instructions;
  }

  /** The names that ARGs before the first FROM declare, in order; a name may come twice. */
  public List<GlobalArg> globalArgs() {
    return globalArgs;
  }

  /** The stages in order; there is at least one. */
  public List<Stage> stages() {
    return stages;
  }

  /**
   * The stage that a build target means.
   *
   * @param name of a stage in any case, or its index; null or empty for the last stage
   * @return null when there is no such stage
   */
  public @Nullable Stage target(@Nullable String name) {
    if (name == null || name.isEmpty()) {
      return stages.get(stages.size() - 1);
    }
    return stage(name);
  }

  /**
   * The stage with this name, in any case, or this index, as {@code COPY --from} speaks of it. Of
   * stages with one name the last counts.
   *
   * @return null when it is no stage, so that it means an image or a build context
   */
  public @Nullable Stage stage(String nameOrIndex) {
    Stage named = byName.get(nameOrIndex.toLowerCase(Locale.ROOT));
    return named != null ? named : byIndex(nameOrIndex);
  }

  /** What {@link ShellScripts} reads in it; many ask, and it stays the same. */
  List<ShellScripts.Script> scripts() {
    if (scripts == null) {
      scripts = ShellScripts.read(this);
    }
    return scripts;
  }

  private @Nullable Stage byIndex(String digits) {
    boolean number =
        !digits.isEmpty()
            && digits.length() < 9
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    int index = number ? Integer.parseInt(digits) : -1;
    return index >= 0 && index < stages.size() ? stages.get(index) : null;
  }

  /** What the file means under these build arguments. */
  public Build build(Map<String, String> buildArgs) {
    return new Build(this, buildArgs);
  }

  /** What it says, without comments, line ends, spacing and quotes. */
  public DockerfileData data() {
    return DockerfileData.of(this);
  }
}
