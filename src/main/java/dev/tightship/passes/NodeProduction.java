package dev.tightship.passes;

import dev.tightship.dockerfile.Resolution;
import dev.tightship.dockerfile.ShellCommand;
import dev.tightship.dockerfile.ShellWord;
import dev.tightship.pass.Severity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A program for Node.js that is built in its image, beside the packages that only built it. */
final class NodeProduction implements Separation {

  private static final Set<String> MANAGERS = Set.of("npm", "yarn", "pnpm");
  private static final Set<String> COMPILERS =
      Set.of("tsc", "vite", "ng", "webpack", "next", "nest");

  private static final Map<String, String> PRODUCTION =
      Map.of(
          "npm", "npm ci --omit=dev",
          "yarn", "the production packages alone",
          "pnpm", "pnpm install --prod --frozen-lockfile");

  @Override
  public @Nullable Proposal of(FinalImage image) {
    boolean node = image.starts().equals("node") || MANAGERS.contains(image.starts());
    if (!node || !image.runs(NodeProduction::builds) || isProduction(image)) {
      return null;
    }
    String manager =
        image
            .programs()
            .filter(NodeProduction::installs)
            .map(ShellCommand.Program::name)
            .findFirst()
            .orElse(null);
    if (manager == null || image.runs(NodeProduction::prunes)) {
      return null;
    }
    String folder = folder(image);
    return new Proposal(
        Severity.LOW,
        "the image holds the packages that only its build needs",
        "%s FROM %s with %s, %s and the start"
            .formatted(
                image.named(),
                image.slimBase(),
                PRODUCTION.getOrDefault(manager, "the production packages alone"),
                folder == null
                    ? "what the build makes, with COPY --from=" + image.stageName()
                    : image.copy(folder)));
  }

  /** {@code npm run build}, {@code tsc}, {@code npx ng build} and their like. */
  static boolean builds(ShellCommand.Program program) {
    List<String> words = program.arguments().stream().map(Runs::written).toList();
    boolean script =
        MANAGERS.contains(program.name())
            && words.stream().anyMatch(w -> w.equals("build") || w.startsWith("build:"));
    boolean compiler =
        program.name().equals("tsc")
            || (COMPILERS.contains(program.name()) && words.contains("build"));
    boolean run = program.name().equals("npx") && words.stream().anyMatch(COMPILERS::contains);
    return script || compiler || run;
  }

  private static boolean installs(ShellCommand.Program program) {
    if (!MANAGERS.contains(program.name())) {
      return false;
    }
    List<ShellWord> words = program.arguments();
    boolean all = words.isEmpty() && program.name().equals("yarn");
    boolean install =
        !words.isEmpty() && Set.of("ci", "i", "install").contains(Runs.written(words.get(0)));
    boolean global = FinalImage.has(program, "-g", "--global");
    boolean production =
        FinalImage.has(program, "--production", "--prod", "-P", "--omit=dev", "--only=production");
    return (all || install) && !global && !production;
  }

  private static boolean prunes(ShellCommand.Program program) {
    return MANAGERS.contains(program.name())
        && (FinalImage.has(program, "prune", "deploy", "focus", "--production", "--prod")
            || FinalImage.has(program, "--omit=dev", "--only=production"));
  }

  private static boolean isProduction(FinalImage image) {
    return image.image().env().get("NODE_ENV") instanceof Resolution.Known known
        && known.text().equals("production");
  }

  /** The folder in which what is started lies, {@code /app/dist}. */
  private static @Nullable String folder(FinalImage image) {
    for (String word : image.start().subList(1, image.start().size())) {
      if (!word.startsWith("-") && image.starts().equals("node")) {
        String plain = word.replaceFirst("^\\./", "");
        int slash = plain.indexOf('/');
        return slash <= 0 || plain.startsWith("src/")
            ? null
            : image.path(plain.substring(0, slash));
      }
    }
    return null;
  }
}
