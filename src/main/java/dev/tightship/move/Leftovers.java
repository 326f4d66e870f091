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
import dev.tightship.text.Span;
import dev.tightship.yaml.YamlFile;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private final List<LiteralSecret> all;

  /** By path, the texts of what services mount; null until somebody asks. */
  private @Nullable Map<String, String> mounted;

  /**
   * @param all the secrets of the project
   */
  Leftovers(Project project, List<LiteralSecret> all) {
    this.project = project;
    this.all = all;
  }

  /** Why a value would not be gone, half a sentence; null where it would. */
  @Nullable String of(Group group) {
    String value = group.value();
    boolean word =
        value.length() < SHORTEST
            || group.secrets().stream().anyMatch(LiteralSecret::weak)
            || value.chars().allMatch(Character::isLetter)
            || value.chars().allMatch(Character::isDigit);
    if (word) {
      return null;
    }
    for (YamlFile file : project.allFiles()) {
      int line = unknown(file, group);
      if (line > 0) {
        return "line %s of %s holds it in a text that is not understood"
            .formatted(line, file.path());
      }
    }
    for (Map.Entry<String, String> file : mounted().entrySet()) {
      if (file.getValue().contains(value)) {
        return "%s holds it too".formatted(file.getKey());
      }
    }
    return null;
  }

  /** A line in which the value stands and is not known to; 0 where there is none. */
  private int unknown(YamlFile file, Group group) {
    var known = new HashMap<Place, Set<Span>>();
    var lines = new HashSet<Integer>();
    for (LiteralSecret secret : all) {
      InCompose where = Group.where(secret);
      boolean holds = secret.value().reveal().contains(group.value()); // another secret around it
      if (holds && where != null && where.file().equals(file.path())) {
        known.computeIfAbsent(where.place(), p -> new HashSet<>()).add(where.span());
        lines.add(where.line());
      }
    }
    for (Way way : group.ways()) {
      if (way instanceof Way.Default each) {
        for (DefaultVariable.Use use : each.variable().uses()) {
          Set<Span> spans = known.computeIfAbsent(use.place(), p -> new HashSet<>());
          boolean counted =
              spans.stream()
                  .anyMatch(s -> use.span().start() <= s.start() && s.end() <= use.span().end());
          if (use.place().file().equals(file.path()) && !counted) {
            spans.add(use.span());
          }
        }
      }
    }
    int count = 0;
    int last = 0;
    for (String form : new HashSet<>(List.of(group.value(), group.value().replace("$", "$$")))) {
      for (int at = file.text().indexOf(form); at >= 0; at = file.text().indexOf(form, at + 1)) {
        count++;
        int line = file.lines().position(at).line();
        last = last == 0 || !lines.contains(line) ? line : last;
      }
    }
    return count > known.values().stream().mapToInt(Set::size).sum() ? last : 0;
  }

  private Map<String, String> mounted() {
    if (mounted == null) {
      mounted = new LinkedHashMap<>();
      for (Service service : project.services()) {
        for (Mount mount : service.mounts()) {
          String path = mount.inProject();
          if (path != null) {
            read(path, mounted);
          }
        }
      }
    }
    return mounted;
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
