package dev.tightship.analysis;

import dev.tightship.compose.Build;
import dev.tightship.compose.Project;
import dev.tightship.compose.Sources.Source;
import dev.tightship.dockerfile.BuiltImage;
import dev.tightship.dockerfile.Copy;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Dockerignore;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.Resolution;
import dev.tightship.dockerfile.Setting;
import dev.tightship.dockerfile.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a build context that stand in the working directory when an instruction begins, as
 * far as the instructions before it tell.
 */
public final class WorkingFolder {

  private static final Set<String> PLAIN_FLAGS = Set.of("chown", "chmod", "link");

  /** What ADD fetches or unpacks. */
  private static final Pattern NOT_COPIED =
      Pattern.compile(".*(?:://|^git@|[.](?:tar|tgz|gz|bz2|xz|zst)$).*");

  private final Project project;
  private final Build build;
  private final String folder;
  private final List<Copy> copies;

  private WorkingFolder(Project project, Build build, String folder, List<Copy> copies) {
    this.project = project;
    this.build = build;
    this.folder = folder;
    this.copies = copies;
  }

  /** Half a sentence for a folder of which that cannot be told. */
  public static final class Untold extends Exception {
    private static final long serialVersionUID = 1L;

    Untold(String message) {
      super(message, null, false, false);
    }

    /** The message, which is always there. */
    public String because() {
      return String.valueOf(getMessage());
    }
  }

  /**
   * @param before an instruction of the stage
   * @throws Untold if it is not told what the folder holds
   */
  public static WorkingFolder of(
      Project project, Build build, Dockerfile file, Stage stage, Instruction before)
      throws Untold {
    if (build.context() == null) {
      throw new Untold("the build context is not a folder of the project");
    }
    List<Instruction> until = new ArrayList<>();
    for (Instruction instruction : stage.instructions()) {
      if (instruction.span().start() >= before.span().start()) {
        break;
      }
      until.add(instruction);
    }
    BuiltImage image =
        file.build(build.args())
            .image(new Stage(stage.index(), stage.from(), stage.base(), stage.name(), until));
    if (!(image.workdir() instanceof Setting.Given<String> given)) {
      throw new Untold(
          image.workdir() instanceof Setting.Unknown<String> unknown
              ? unknown.why()
              : "its working directory is that of the base image");
    }
    List<Copy> copies = new ArrayList<>();
    for (Copy copy : image.copies()) {
      if (meets(copy, given.value())) {
        check(copy);
        copies.add(copy);
      }
    }
    return new WorkingFolder(project, build, given.value(), copies);
  }

  /** Whether it may put something into a folder. */
  private static boolean meets(Copy copy, String folder) {
    return !(copy.target() instanceof Resolution.Known known)
        || isIn(known.text(), folder)
        || isIn(folder, known.text());
  }

  private static boolean isIn(String path, String folder) {
    return folder.equals("/") || path.equals(folder) || path.startsWith(folder + "/");
  }

  private static void check(Copy copy) throws Untold {
    Instruction by = copy.by();
    boolean told =
        copy.target() instanceof Resolution.Known
            && copy.from() == null
            && by.heredocs().isEmpty()
            && by.flags().stream().allMatch(flag -> PLAIN_FLAGS.contains(flag.name()));
    for (Resolution source : copy.sources()) {
      told &=
          source instanceof Resolution.Known known
              && !(by.is("ADD") && NOT_COPIED.matcher(known.text()).matches())
              && isToldPattern(known.text());
    }
    if (!told) {
      throw new Untold("line %s may put anything there".formatted(by.line()));
    }
  }

  /** A pattern that may mean a folder brings all that lies in it. */
  private static boolean isToldPattern(String source) {
    int last = source.lastIndexOf('/') + 1;
    String name = source.substring(last);
    boolean pattern = isPattern(source);
    return source.indexOf('[') < 0
        && source.indexOf('\\') < 0
        && !isPattern(source.substring(0, last))
        && (!pattern || name.indexOf('.') > 0);
  }

  private static boolean isPattern(String path) {
    return path.indexOf('*') >= 0 || path.indexOf('?') >= 0;
  }

  /** The path from the project's root of a file that stands there; null where none does. */
  public @Nullable String path(String name) {
    String wanted = folder.equals("/") ? "/" + name : folder + "/" + name;
    String found = null;
    for (Copy copy : copies) {
      String target = ((Resolution.Known) copy.target()).text();
      for (Resolution source : copy.sources()) {
        String path = source(((Resolution.Known) source).text(), target, wanted, copy);
        if (path != null && isFile(path) && !isLeftOut(path)) {
          found = path;
        }
      }
    }
    return found;
  }

  /** A file of this name in the folders from which something is copied there, or null. */
  public @Nullable String beside(String name) {
    for (Copy copy : copies) {
      for (Resolution source : copy.sources()) {
        String written = plain(((Resolution.Known) source).text());
        String parent = written.substring(0, written.lastIndexOf('/') + 1);
        for (String path :
            List.of(parent + name, written.isEmpty() ? name : written + "/" + name)) {
          String file = build.inContext(path);
          if (file != null && isFile(file)) {
            return file;
          }
        }
      }
    }
    return null;
  }

  /** The text of a file that {@link #path} gave. */
  public @Nullable String text(String path) {
    return project.read(path) instanceof Source.Text text ? text.text() : null;
  }

  private @Nullable String source(String written, String target, String wanted, Copy copy) {
    String source = plain(written);
    String folderOfWanted = wanted.substring(0, Math.max(1, wanted.lastIndexOf('/')));
    String name = wanted.substring(wanted.lastIndexOf('/') + 1);
    String own = source.substring(source.lastIndexOf('/') + 1);
    if (isPattern(source)) {
      String parent = source.substring(0, source.length() - own.length());
      return target.equals(folderOfWanted) && matches(own, name)
          ? build.inContext(parent + name)
          : null;
    }
    String path = build.inContext(source);
    if (path == null) {
      return null;
    }
    boolean asFolder = target.equals(folderOfWanted) && own.equals(name);
    boolean asFile = target.equals(wanted) && copy.sources().size() == 1;
    if ((asFolder || asFile) && isFile(path)) {
      return path;
    }
    return isIn(wanted, target)
        ? build.inContext(
            source + "/" + wanted.substring(target.equals("/") ? 1 : target.length() + 1))
        : null;
  }

  private static boolean matches(String pattern, String name) {
    String regex =
        pattern
            .chars()
            .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote("" + (char) c))
            .collect(Collectors.joining());
    return pattern.chars().filter(c -> c == '*').count() < 5 && name.matches(regex);
  }

  private static String plain(String path) {
    return Stream.of(path.split("/", -1))
        .filter(part -> !part.isEmpty() && !part.equals("."))
        .collect(Collectors.joining("/"));
  }

  private boolean isFile(String path) {
    return project.read(path) instanceof Source.Text;
  }

  /** Whether the context is without it, or may be. */
  private boolean isLeftOut(String path) {
    String context = String.valueOf(build.context());
    String inside = context.isEmpty() ? path : path.substring(context.length() + 1);
    for (String ignore :
        List.of(build.dockerfile() + ".dockerignore", context(context) + ".dockerignore")) {
      Source source = project.read(ignore);
      if (source instanceof Source.Text text) {
        Set<String> out = Dockerignore.read(text.text()).leftOut(List.of(inside));
        return out == null || !out.isEmpty();
      }
      if (source instanceof Source.Refused) {
        return true;
      }
    }
    return false;
  }

  private static String context(String folder) {
    return folder.isEmpty() ? "" : folder + "/";
  }
}
