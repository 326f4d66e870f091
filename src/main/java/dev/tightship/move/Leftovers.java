package dev.tightship.move;

import dev.tightship.analysis.LiteralSecret;
import dev.tightship.analysis.LiteralSecret.InCompose;
import dev.tightship.analysis.LiteralSecret.InEnvFile;
import dev.tightship.analysis.LiteralSecret.Where;
import dev.tightship.compose.Mount;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.compose.Sources.File;
import dev.tightship.compose.Sources.Listing;
import dev.tightship.compose.Sources.Source;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.text.Lines;
import dev.tightship.text.Needles;
import dev.tightship.text.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where else a value stands: in a text of the Compose files, the Dockerfiles, or an {@code
 * env_file} that git tracks, that is not known to hold a secret, a comment included, or in a file
 * that a service mounts. It would stay there, and the two ends would no longer be one. Only values
 * are looked for that nobody takes for a word.
 */
final class Leftovers {

  private static final int SHORTEST = 8;
  private static final int MOST_BYTES = 128 << 10;
  private static final int MOST_ENTRIES = 200;

  private final Project project;
  private final TrackedEnvFiles envFiles;
  private final List<LiteralSecret> secrets;

  /** By value, where it stands; null until somebody asks. */
  private @Nullable Map<String, Found> found;

  /** Where a value stands. */
  private static final class Found {
    /** Lines of texts, by path; a line counts as often as the value stands in it. */
    private final Map<String, List<Integer>> lines = new LinkedHashMap<>();

    /** Where it is known to be a secret, or a part of one. */
    private final Map<String, Set<Where>> known = new HashMap<>();

    /** A file that a service mounts. */
    private @Nullable String mounted;
  }

  /**
   * @param secrets those of the project
   */
  Leftovers(Project project, TrackedEnvFiles envFiles, List<LiteralSecret> secrets) {
    this.project = project;
    this.envFiles = envFiles;
    this.secrets = secrets;
  }

  /** Why a value would not be gone, half a sentence; null where it would. */
  @Nullable String of(Group group) {
    if (found == null) {
      found = look();
    }
    Found at =
        group.secrets().stream().anyMatch(LiteralSecret::weak) ? null : found.get(group.value());
    if (at == null) {
      return null;
    }
    for (String path : at.lines.keySet()) {
      int line = unknown(at, path, group);
      if (line > 0) {
        String how = project.dockerfile(path) == null ? "in a text that is not understood" : "too";
        return "line %s of %s holds it %s".formatted(line, path, how);
      }
    }
    return at.mounted == null ? null : at.mounted + " holds it too";
  }

  /** A line in which the value stands and is not known to; 0 where there is none. */
  private static int unknown(Found at, String file, Group group) {
    Set<Where> known = at.known.getOrDefault(file, Set.of());
    long count = known.size();
    for (Way.Default way : group.of(Way.Default.class)) {
      for (DefaultVariable.Use use : way.variable().uses()) {
        boolean counted =
            known.stream()
                .anyMatch(
                    k ->
                        k instanceof InCompose in
                            && in.place().equals(use.place())
                            && contains(use.span(), in.span()));
        count += use.place().file().equals(file) && !counted ? 1 : 0;
      }
    }
    List<Integer> lines = at.lines.getOrDefault(file, List.of());
    if (lines.size() <= count) {
      return 0;
    }
    Set<Integer> named = known.stream().map(Where::line).collect(Collectors.toSet());
    return lines.stream().filter(line -> !named.contains(line)).findFirst().orElse(lines.get(0));
  }

  private static boolean contains(Span outer, Span inner) {
    return outer.start() <= inner.start() && inner.end() <= outer.end();
  }

  private static boolean isWord(String value) {
    return value.length() < SHORTEST
        || value.chars().allMatch(Character::isLetter)
        || value.chars().allMatch(Character::isDigit);
  }

  /** Looks for all values at once. */
  private Map<String, Found> look() {
    var all = new HashMap<String, Found>();
    for (LiteralSecret secret : secrets) {
      String value = secret.value().reveal();
      if (!isWord(value)) {
        all.computeIfAbsent(value, v -> new Found());
      }
    }
    if (all.isEmpty()) {
      return all;
    }
    Map<String, String> texts = texts();
    var values = new Needles(all.keySet());
    for (LiteralSecret secret : secrets) {
      Where where = secret.where();
      String text = texts.get(where.file());
      if (text != null && isWritten(secret, text)) {
        values.in(
            secret.value().reveal(),
            (value, at) ->
                found(all, value)
                    .known
                    .computeIfAbsent(where.file(), f -> new HashSet<>())
                    .add(where));
      }
    }
    var forms = new HashMap<String, Set<String>>();
    for (String value : all.keySet()) {
      for (String form : List.of(value, value.replace("$", "$$"))) {
        forms.computeIfAbsent(form, f -> new HashSet<>()).add(value);
      }
    }
    var written = new Needles(forms.keySet());
    texts.forEach(
        (path, text) -> {
          var lines = new Lines(text);
          written.in(
              text,
              (form, at) -> {
                int line = lines.position(at).line();
                for (String value : forms.getOrDefault(form, Set.of())) {
                  found(all, value).lines.computeIfAbsent(path, p -> new ArrayList<>()).add(line);
                }
              });
        });
    mounted()
        .forEach(
            (path, text) ->
                values.in(
                    text,
                    (value, at) -> {
                      Found each = found(all, value);
                      each.mounted = each.mounted == null ? path : each.mounted;
                    }));
    return all;
  }

  /** The texts from which a value has to be gone, by path. */
  private Map<String, String> texts() {
    var texts = new LinkedHashMap<String, String>();
    project.allFiles().forEach(file -> texts.put(file.path(), file.text()));
    texts.putAll(envFiles.texts());
    for (Dockerfile file : project.dockerfiles()) {
      if (project.inline(file.path()) == null) {
        texts.put(file.path(), file.text());
      }
    }
    return texts;
  }

  /** Whether a place is spelled as it is looked for: lines of files of variables may not be. */
  private static boolean isWritten(LiteralSecret secret, String text) {
    if (!(secret.where() instanceof InEnvFile line)) {
      return true;
    }
    String written = line.span().of(text);
    String value = secret.value().reveal();
    return written.contains(value) || written.contains(value.replace("$", "$$"));
  }

  private static Found found(Map<String, Found> all, String value) {
    return Objects.requireNonNull(all.get(value));
  }

  private Map<String, String> mounted() {
    var texts = new LinkedHashMap<String, String>();
    for (Service service : project.services()) {
      for (Mount mount : service.mounts()) {
        String path = mount.inProject();
        if (path != null) {
          read(path, texts);
        }
      }
    }
    return texts;
  }

  private void read(String path, Map<String, String> texts) {
    if (project.read(path) instanceof Source.Text text) {
      take(path, text, texts);
    } else if (!path.isEmpty()
        && project.filesBelow(path, folder -> true, MOST_ENTRIES) instanceof Listing.Files below) {
      for (File file : below.files()) {
        if (file.bytes() <= MOST_BYTES && project.read(file.path()) instanceof Source.Text text) {
          take(file.path(), text, texts);
        }
      }
    }
  }

  private void take(String path, Source.Text text, Map<String, String> texts) {
    boolean own = project.file(path) != null || project.envFiles().paths().contains(path);
    if (!own && text.text().length() <= MOST_BYTES) {
      texts.put(path, text.text());
    }
  }
}
