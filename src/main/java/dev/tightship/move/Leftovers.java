package dev.tightship.move;

import dev.tightship.analysis.LiteralSecret;
import dev.tightship.analysis.LiteralSecret.InCompose;
import dev.tightship.compose.Mount;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.compose.Sources.File;
import dev.tightship.compose.Sources.Listing;
import dev.tightship.compose.Sources.Source;
import dev.tightship.edit.Place;
import dev.tightship.text.Needles;
import dev.tightship.text.Span;
import dev.tightship.yaml.YamlFile;
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
 * Where else a value stands: in a text of the Compose files that is not known to hold a secret, a
 * comment included, or in a file that a service mounts. It would stay there, and the two ends would
 * no longer be one. Only values are looked for that nobody takes for a word.
 */
final class Leftovers {

  private static final int SHORTEST = 8;
  private static final int MOST_BYTES = 128 << 10;
  private static final int MOST_ENTRIES = 200;

  private final Project project;
  private final List<LiteralSecret> secrets;

  /** By value, where it stands; null until somebody asks. */
  private @Nullable Map<String, Found> found;

  /** Where a value stands. */
  private static final class Found {
    /** Lines of Compose files, by path; a line counts as often as the value stands in it. */
    private final Map<String, List<Integer>> lines = new HashMap<>();

    /** Where it is known to be a secret, or a part of one. */
    private final Map<String, Set<Known>> known = new HashMap<>();

    /** A file that a service mounts. */
    private @Nullable String mounted;
  }

  private record Known(Place place, Span span, int line) {}

  /**
   * @param secrets those of the project
   */
  Leftovers(Project project, List<LiteralSecret> secrets) {
    this.project = project;
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
    for (YamlFile file : project.allFiles()) {
      int line = unknown(at, file.path(), group);
      if (line > 0) {
        return "line %s of %s holds it in a text that is not understood"
            .formatted(line, file.path());
      }
    }
    return at.mounted == null ? null : at.mounted + " holds it too";
  }

  /** A line in which the value stands and is not known to; 0 where there is none. */
  private static int unknown(Found at, String file, Group group) {
    Set<Known> known = at.known.getOrDefault(file, Set.of());
    long count = known.size();
    for (Way.Default way : group.of(Way.Default.class)) {
      for (DefaultVariable.Use use : way.variable().uses()) {
        boolean counted =
            known.stream()
                .anyMatch(k -> k.place.equals(use.place()) && contains(use.span(), k.span));
        count += use.place().file().equals(file) && !counted ? 1 : 0;
      }
    }
    List<Integer> lines = at.lines.getOrDefault(file, List.of());
    if (lines.size() <= count) {
      return 0;
    }
    Set<Integer> named = known.stream().map(Known::line).collect(Collectors.toSet());
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
    var values = new Needles(all.keySet());
    for (LiteralSecret secret : secrets) {
      InCompose where = Group.where(secret);
      if (where != null) {
        var known = new Known(where.place(), where.span(), where.line());
        values.in(
            secret.value().reveal(),
            (value, at) ->
                found(all, value)
                    .known
                    .computeIfAbsent(where.file(), f -> new HashSet<>())
                    .add(known));
      }
    }
    var forms = new HashMap<String, Set<String>>();
    for (String value : all.keySet()) {
      for (String form : List.of(value, value.replace("$", "$$"))) {
        forms.computeIfAbsent(form, f -> new HashSet<>()).add(value);
      }
    }
    var written = new Needles(forms.keySet());
    for (YamlFile file : project.allFiles()) {
      written.in(
          file.text(),
          (form, at) -> {
            int line = file.lines().position(at).line();
            for (String value : forms.getOrDefault(form, Set.of())) {
              found(all, value)
                  .lines
                  .computeIfAbsent(file.path(), f -> new ArrayList<>())
                  .add(line);
            }
          });
    }
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
