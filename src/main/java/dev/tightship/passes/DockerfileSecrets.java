package dev.tightship.passes;

import dev.tightship.analysis.LiteralSecret;
import dev.tightship.analysis.LiteralSecrets;
import dev.tightship.compose.Build;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.compose.Sources.Source;
import dev.tightship.dockerfile.Assignment;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.GlobalArg;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.Stage;
import dev.tightship.dockerfile.Word;
import dev.tightship.move.Move;
import dev.tightship.move.Moves;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import dev.tightship.secret.Placeholders;
import dev.tightship.secret.SecretNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reports secrets that an image or the history of its build keeps: in ENV, ARG and LABEL, in build
 * arguments that a service passes, in files that are copied. Values are never named.
 */
final class DockerfileSecrets implements Pass {

  /** Chars of a value that is looked at; no real secret comes near. */
  private static final int LONGEST = 4_096;

  /** The password of an address; a variable is none. */
  private static final Pattern PASSWORD =
      Pattern.compile("\\b[a-z][a-z+]{1,9}://[^\\s/:@\"'$]{1,100}:([^\\s/@\"'$]{1,200})@[\\w.-]");

  @Override
  public String id() {
    return "dockerfile-secrets";
  }

  @Override
  public Stream<Remark> inspect(Project project) {
    var stays = new Stays(project);
    return Stream.concat(
        project.dockerfiles().stream().flatMap(file -> globals(file).stream()),
        StagePass.ofBuilt(project, (file, stage) -> remarks(project, file, stage, stays)));
  }

  /** Why secrets that no service has are still where they are; looked for when first asked. */
  private static final class Stays {
    private final Project project;
    private @Nullable Map<String, String> held;

    Stays(Project project) {
      this.project = project;
    }

    /** Half a sentence; null where nothing holds those of an instruction. */
    @Nullable String in(Dockerfile file, Instruction instruction) {
      if (held == null) {
        held = new HashMap<>();
        for (Move move : Moves.of(project, InlineSecrets::consumer)) {
          for (LiteralSecret secret : move.secrets()) {
            if (move.isOfImages() && move.held() != null) {
              held.putIfAbsent(place(secret.where().file(), secret.where().line()), move.held());
            }
          }
        }
      }
      return held.get(place(file.path(), instruction.line()));
    }

    private static String place(String file, int line) {
      return line + " " + file;
    }
  }

  /** What stands above the first FROM. */
  private static List<Remark> globals(Dockerfile file) {
    List<String> names =
        file.globalArgs().stream()
            .filter(arg -> holdsSecret(arg.name(), arg.value()))
            .map(GlobalArg::name)
            .distinct()
            .toList();
    return names.isEmpty()
        ? List.of()
        : List.of(literal(new Subject.OfDockerfile(file.path()), "ARG", names, null));
  }

  private static List<Remark> remarks(Project project, Dockerfile file, Stage stage, Stays stays) {
    var remarks = new ArrayList<Remark>();
    for (Instruction instruction : stage.instructions()) {
      Subject subject = StagePass.subject(file, stage, instruction);
      Remark remark =
          switch (instruction.keyword()) {
            case "ENV" -> variable(file, subject, instruction, stays);
            case "LABEL" -> literal(subject, instruction, null);
            case "ARG" -> argument(project, file, subject, instruction);
            case "RUN" -> address(subject, Accounts.text(file, instruction));
            case "COPY", "ADD" -> copied(project, file, subject, instruction);
            default -> null;
          };
      if (remark != null) {
        remarks.add(remark);
      }
    }
    return StagePass.orFine(remarks, file, stage, "no secret was found in it");
  }

  // Values that stand in the file

  private static @Nullable Remark variable(
      Dockerfile file, Subject subject, Instruction instruction, Stays stays) {
    Remark literal = literal(subject, instruction, null);
    return literal == null ? null : literal(subject, instruction, stays.in(file, instruction));
  }

  /**
   * @param stays why it is still there, or null
   */
  private static @Nullable Remark literal(
      Subject subject, Instruction instruction, @Nullable String stays) {
    List<String> names =
        instruction.assignments().stream()
            .filter(a -> holdsSecret(a.name(), a.value()))
            .map(Assignment::name)
            .distinct()
            .toList();
    return names.isEmpty() ? null : literal(subject, instruction.keyword(), names, stays);
  }

  private static Remark literal(
      Subject subject, String keyword, List<String> names, @Nullable String stays) {
    String what =
        switch (keyword) {
          case "ENV" ->
              "let the service bring it when it starts, as a secret or from .env, and change it";
          case "LABEL" -> "take it away, and change it";
          default -> "mount it as a secret of the build, and change it";
        };
    return Remark.advice(
        subject,
        Severity.HIGH,
        "whoever has the file or the image has the secret that %s holds in %s"
            .formatted(keyword, String.join(", ", names)),
        (stays == null ? "" : stays + "; ") + what + ": what was in the file stays in its history");
  }

  /** Whether a value is a secret, by its name, by its shape, or as the password of a URL. */
  private static boolean holdsSecret(String name, @Nullable String value) {
    if (value == null || value.length() > LONGEST) {
      return false;
    }
    return LiteralSecrets.in(name, value).stream()
        .anyMatch(literal -> !Placeholders.is(literal.value().reveal()));
  }

  // Addresses

  /** {@code git clone https://user:password@host/x}. */
  private static @Nullable Remark address(Subject subject, String text) {
    return PASSWORD.matcher(text).results().anyMatch(found -> !Placeholders.is(found.group(1)))
        ? Remark.advice(
            subject,
            Severity.HIGH,
            "whoever has the file or the history of the image has the password that an address of RUN"
                + " holds",
            "use RUN --mount=type=secret or --mount=type=ssh where it is needed, and change the"
                + " password too, since what was in the file stays in its history")
        : null;
  }

  // Build arguments

  private static @Nullable Remark argument(
      Project project, Dockerfile file, Subject subject, Instruction instruction) {
    Remark literal = literal(subject, instruction, null);
    if (literal != null) {
      return literal;
    }
    for (Assignment arg : instruction.assignments()) {
      if (SecretNames.isSecret(arg.name())) {
        Set<String> services = passing(project, file, arg.name());
        if (!services.isEmpty()) {
          return passed(subject, arg.name(), services);
        }
      }
    }
    return null;
  }

  private static Remark passed(Subject subject, String name, Set<String> services) {
    String id = name.toLowerCase(Locale.ROOT);
    return Remark.advice(
        subject,
        Severity.HIGH,
        "the build argument %s carries a secret of %s, and the history of the image keeps it"
            .formatted(
                name,
                (services.size() == 1 ? "service " : "services ") + String.join(", ", services)),
        ("write RUN --mount=type=secret,id=%1$s,env=%2$s where it is needed instead of the ARG; in the"
                + " Compose file list %1$s under build.secrets instead of the argument, and say"
                + " under secrets that its environment is %2$s")
            .formatted(id, name));
  }

  /** The services that give the argument something other than nothing. */
  private static Set<String> passing(Project project, Dockerfile file, String name) {
    var services = new LinkedHashSet<String>();
    for (Service service : project.services()) {
      Build build = service.build().orElse(null);
      if (build != null
          && file.path().equals(build.dockerfile())
          && service.mentions(name, "build", "args")) {
        String value = build.args().get(name);
        if (value == null || (!Placeholders.is(value) && holdsSecret(name, value))) {
          services.add(service.name());
        }
      }
    }
    return services;
  }

  // Files

  private static @Nullable Remark copied(
      Project project, Dockerfile file, Subject subject, Instruction instruction) {
    if (instruction.flag("from") != null) {
      return null;
    }
    for (String source : sources(instruction)) {
      SecretFiles.Kind kind = kind(project, file, source);
      if (kind != null) {
        String name = source.substring(source.lastIndexOf('/', source.length() - 2) + 1);
        return Remark.advice(subject, Severity.HIGH, message(kind, name), instead(kind, name));
      }
    }
    return null;
  }

  private static List<String> sources(Instruction instruction) {
    List<String> json = instruction.json();
    List<String> words =
        json != null ? json : instruction.words().stream().map(Word::text).toList();
    return words.isEmpty() ? words : words.subList(0, words.size() - 1);
  }

  /** What a file is in some context that the file is built in; null where it is no secret. */
  private static SecretFiles.@Nullable Kind kind(Project project, Dockerfile file, String source) {
    if (source.indexOf('$') >= 0 || source.startsWith("<<") || source.contains("://")) {
      return null;
    }
    SecretFiles.Kind kind = SecretFiles.kind(source);
    for (Service service : project.services()) {
      Build build = service.build().orElse(null);
      String path =
          build != null && file.path().equals(build.dockerfile()) ? build.inContext(source) : null;
      if (path == null) {
        continue;
      }
      Source found = project.read(path);
      if (kind != null && !SecretFiles.isHarmless(found)) {
        return kind;
      }
      if (SecretFiles.isKey(path, found)) {
        return SecretFiles.Kind.FOR_THE_PROGRAM;
      }
    }
    return null;
  }

  private static String message(SecretFiles.Kind kind, String name) {
    return kind == SecretFiles.Kind.REPOSITORY
        ? "the image gets the whole history of the repository"
        : "the image gets %s, and the secrets that it holds".formatted(name);
  }

  private static String instead(SecretFiles.Kind kind, String name) {
    return switch (kind) {
      case REPOSITORY -> "copy what is needed, and name .git in .dockerignore";
      case SSH_KEY -> "use RUN --mount=type=ssh, and build.ssh in the Compose file";
      case LOGIN ->
          ("write RUN --mount=type=secret,id=%1$s,target=… where it is needed, and in the Compose file"
                  + " list %1$s under build.secrets and say under secrets that its file is %2$s")
              .formatted(id(name), name);
      case FOR_THE_PROGRAM ->
          "let the service bring %s when it starts: as a secret of the Compose file%s"
              .formatted(name, name.startsWith(".env") ? ", or as its env_file" : "");
    };
  }

  private static String id(String name) {
    String id = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    return id.startsWith("_") ? id.substring(1) : id;
  }
}
