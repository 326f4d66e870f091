package dev.tightship.passes;

import dev.tightship.compose.Build;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.compose.Sources.Listing;
import dev.tightship.compose.Sources.Source;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Flag;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.Stage;
import dev.tightship.dockerfile.Word;
import dev.tightship.edit.Edit;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Risk;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Copies with COPY what ADD would only copy, and tells what ADD fetches from elsewhere. */
final class AddOrCopy implements StagePass {

  /** What the builder fetches: a URL, or a repository of git. */
  private static final Pattern REMOTE =
      Pattern.compile("(?:https?|ftp|git|ssh)://.*|git@.*|github[.]com/.*|.*[.]git(?:#.*)?");

  /**
   * Endings of what no builder unpacks. It looks at the content and knows tar, alone or in gzip,
   * bzip2, xz or zstd (BuildKit 0.34, ADD); archives of Java, of Python and of zip are none of
   * these.
   */
  private static final Set<String> NEVER_UNPACKED =
      Set.of("jar", "war", "ear", "zip", "whl", "deb", "rpm", "apk", "exe", "dll", "so", "class");

  /** Options that COPY takes as well, with the same meaning. */
  private static final Set<String> COMMON = Set.of("chown", "chmod", "link", "exclude");

  /** Entries of a folder that are looked at; one with more is not told from what is missing. */
  private static final int MOST_ENTRIES = 10_000;

  @Override
  public String id() {
    return "add-or-copy";
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public List<Remark> remarks(Project project, Dockerfile file, Stage stage) {
    var remarks = new ArrayList<Remark>();
    for (Instruction instruction : stage.instructions()) {
      if (instruction.is("ADD")) {
        remarks.add(remark(project, file, stage, instruction));
      }
    }
    return StagePass.orFine(remarks, file, stage, "it has no ADD");
  }

  private static Remark remark(
      Project project, Dockerfile file, Stage stage, Instruction instruction) {
    Subject subject = StagePass.subject(file, stage, instruction);
    List<String> sources = sources(instruction);
    String remote =
        sources.stream().filter(s -> REMOTE.matcher(s).matches()).findFirst().orElse("");
    if (!remote.isEmpty()) {
      return instruction.flag("checksum") != null
          ? Remark.fine(subject, "it fetches what has the checksum that it names")
          : Remark.advice(
              subject,
              Severity.MEDIUM,
              "the build takes whatever is found at an address",
              remote.contains("git") && !remote.startsWith("http")
                  ? "name a commit, not a branch: the address is not that of a fixed state"
                  : "add --checksum=sha256:… of the file that is meant, so that no other is taken");
    }
    for (Flag flag : instruction.flags()) {
      if (!COMMON.contains(flag.name())) {
        return Remark.fine(subject, "it has --%s, which COPY does not know".formatted(flag.name()));
      }
    }
    Kind kind = instruction.heredocs().isEmpty() ? kind(project, file, sources) : Kind.UNKNOWN;
    String message = "ADD unpacks archives and fetches addresses, where a copy is meant";
    return switch (kind) {
      case ARCHIVE -> Remark.fine(subject, "it unpacks an archive");
      case UNKNOWN ->
          Remark.advice(
              subject,
              Severity.LOW,
              message,
              "it cannot be told whether it unpacks something here: if not, write COPY");
      case SEEN -> fix(subject, file, stage, instruction, message, "nothing of it is an archive");
      case NAMED ->
          fix(subject, file, stage, instruction, message, "no builder unpacks a file of this kind");
    };
  }

  private static Remark fix(
      Subject subject,
      Dockerfile file,
      Stage stage,
      Instruction instruction,
      String message,
      String why) {
    String before = instruction.whole().text();
    String copy = instruction.written().text().equals("add") ? "copy" : "COPY";
    String after = copy + before.substring("ADD".length());
    return Remark.finding(
        subject,
        Severity.LOW,
        message,
        Fix.of(
            "copy with COPY",
            Risk.NEUTRAL,
            why,
            new Edit.Rewrite(file.path(), stage.index(), before, after)));
  }

  private static List<String> sources(Instruction instruction) {
    List<String> json = instruction.json();
    List<String> words =
        json != null ? json : instruction.words().stream().map(Word::text).toList();
    return words.isEmpty() ? words : words.subList(0, words.size() - 1);
  }

  /** What is known of sources; of several the worst counts. */
  private enum Kind {
    SEEN,
    NAMED,
    ARCHIVE,
    UNKNOWN
  }

  private static Kind kind(Project project, Dockerfile file, List<String> sources) {
    Kind worst = Kind.SEEN;
    for (String source : sources) {
      Kind kind = kind(project, file, source);
      worst = kind.compareTo(worst) > 0 ? kind : worst;
    }
    return sources.isEmpty() ? Kind.UNKNOWN : worst;
  }

  private static Kind kind(Project project, Dockerfile file, String source) {
    if (source.indexOf('$') >= 0) {
      return named(source);
    }
    Kind kind = null;
    for (Service service : project.services()) {
      Build build = service.build().orElse(null);
      if (build != null && file.path().equals(build.dockerfile())) {
        Kind here = kind(project, build, source);
        kind = kind == null || here.compareTo(kind) > 0 ? here : kind;
      }
    }
    return kind == null ? Kind.UNKNOWN : kind;
  }

  private static Kind kind(Project project, Build build, String source) {
    String path = build.inContext(source);
    boolean pattern = source.chars().anyMatch(c -> "*?[\\".indexOf(c) >= 0);
    if (path == null || pattern) {
      return named(source);
    }
    Source found = project.read(path);
    if (found instanceof Source.Text text) {
      // a tar file holds NUL chars, and what is packed is no UTF-8
      return text.text().indexOf('\0') < 0 ? Kind.SEEN : Kind.UNKNOWN;
    }
    return isFolder(project, path) ? Kind.SEEN : named(source);
  }

  /** What lies in a folder is copied as it is, archives too. */
  private static boolean isFolder(Project project, String path) {
    return project.filesBelow(path, folder -> true, MOST_ENTRIES) instanceof Listing.Files below
        && !below.files().isEmpty();
  }

  private static Kind named(String source) {
    String ending = ending(source);
    if (ending == null) {
      return Kind.UNKNOWN;
    }
    return NEVER_UNPACKED.contains(ending)
        ? Kind.NAMED
        : Set.of("tar", "gz", "tgz", "bz2", "tbz2", "xz", "txz", "zst").contains(ending)
            ? Kind.ARCHIVE
            : Kind.UNKNOWN;
  }

  private static @Nullable String ending(String source) {
    int dot = source.lastIndexOf('.');
    String ending = source.substring(dot + 1).toLowerCase(Locale.ROOT);
    return dot < 0 || !ending.matches("[a-z0-9]+") ? null : ending;
  }
}
