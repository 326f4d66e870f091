package dev.tightship.knowledge.build;

import dev.tightship.knowledge.Fact;
import dev.tightship.knowledge.FactKey;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.ImageReference;
import dev.tightship.knowledge.Images;
import dev.tightship.knowledge.Known;
import dev.tightship.knowledge.Source;
import dev.tightship.knowledge.Versions;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads an image file strictly: an unknown or doubled key, a fact without source, a tag that would
 * mean two things are errors, as each of them is a slip that nobody would see later.
 */
final class ImageYaml {

  /** Stands in the files for the version in a tag; in a pattern of the program it is a star. */
  private static final String PLACEHOLDER = "VERSION";

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String file;
  private final Map<String, Source> sources = new LinkedHashMap<>();
  private final Set<String> unusedSources = new LinkedHashSet<>();

  private ImageYaml(String file) {
    this.file = file;
  }

  /**
   * Reads one file.
   *
   * @param file its name, for the message
   * @throws InvalidImageFile if anything in it is not as it must be
   */
  static ImageProfile read(String file, String text) {
    JsonNode root;
    try {
      root = YAML.readTree(text);
    } catch (JacksonException e) {
      throw new InvalidImageFile(
          file, "", "line " + e.getLocation().getLineNr() + ": " + e.getOriginalMessage());
    }
    return new ImageYaml(file).profile(new Fields(file, "", root));
  }

  private ImageProfile profile(Fields root) {
    List<String> names = names(root);
    sources(root.fields("sources"));
    ImageProfile.Builder profile = new ImageProfile.Builder();
    for (FactKey<?> key : FactKey.all()) {
      add(profile, key, root.optional(key.name()));
    }
    Versions versions = versions(root.fields("versions"));
    root.end();
    for (String unused : unusedSources) {
      throw new InvalidImageFile(file, "sources." + unused, "no fact names it");
    }
    try {
      return profile.build(names, versions);
    } catch (IllegalArgumentException e) {
      throw new InvalidImageFile(file, "", String.valueOf(e.getMessage()));
    }
  }

  private <T> void add(ImageProfile.Builder profile, FactKey<T> key, @Nullable Fields fields) {
    if (fields != null) {
      try {
        profile.add(key, fact(fields, key.from(fields)));
      } catch (IllegalArgumentException e) {
        throw fields.wrong("value", String.valueOf(e.getMessage()));
      }
    }
  }

  private static List<String> names(Fields root) {
    List<String> names = root.texts("names");
    for (String name : names) {
      if (!Images.isName(name)) {
        throw root.wrong("names", name + " is neither a familiar name nor NAMESPACE/*");
      }
    }
    return names;
  }

  private void sources(Fields fields) {
    for (String key : fields.names()) {
      Fields source = fields.fields(key);
      String date = source.text("date");
      try {
        LocalDate.parse(date);
      } catch (DateTimeParseException e) {
        throw source.wrong("date", "not a date: " + date);
      }
      sources.put(key, new Source(source.text("what"), date));
      unusedSources.add(key);
      source.end();
    }
  }

  private <T> Fact<T> fact(Fields fields, T value) {
    Known known = fields.one("known", Known.class);
    if (known == Known.MEASURED) {
      throw fields.wrong("known", "measured needs the digest that was run, which has no field yet");
    }
    Fact<T> fact = new Fact<>(value, known, source(fields), fields.optionalText("note"));
    fields.end();
    return fact;
  }

  private Source source(Fields fields) {
    String key = fields.text("source");
    Source source = sources.get(key);
    if (source == null) {
      throw fields.wrong("source", "no such source: " + key);
    }
    unusedSources.remove(key);
    return source;
  }

  private Versions versions(Fields fields) {
    Known known = fields.one("known", Known.class);
    Source source = source(fields);
    Fact<Versions.Form> full = full(fields.optional("full"));
    List<Versions.Release> releases = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Fields release : fields.list("releases")) {
      releases.add(release(release, seen));
    }
    List<String> moving = fields.optionalTexts("moving");
    for (String tag : moving) {
      once(fields, "moving", tag, seen);
    }
    fields.end();
    return new Versions(known, source, full, releases, moving);
  }

  private @Nullable Fact<Versions.Form> full(@Nullable Fields fields) {
    if (fields == null) {
      return null;
    }
    int numbers = fields.integer("numbers");
    Fields older = fields.optional("older");
    int below = 0;
    int numbersBelow = numbers;
    if (older != null) {
      below = older.integer("below");
      numbersBelow = older.integer("numbers");
      older.end();
    }
    return fact(fields, new Versions.Form(numbers, below, numbersBelow));
  }

  private static Versions.Release release(Fields fields, Set<String> seen) {
    String version = fields.text("version");
    String line = fields.text("line");
    List<Versions.Group> groups = new ArrayList<>();
    Set<String> exact = new HashSet<>();
    for (Fields group : fields.list("tags")) {
      List<String> patterns = new ArrayList<>();
      for (String pattern : group.texts("exact")) {
        patterns.add(pattern(group, pattern));
      }
      List<String> floating = group.optionalTexts("floating");
      group.end();
      for (String pattern : patterns) {
        exact.add(once(fields, "tags", Versions.expand(pattern, version), seen));
        for (String word : floating) {
          once(fields, "tags", Versions.expand(pattern, word), seen);
        }
      }
      groups.add(new Versions.Group(patterns, floating));
    }
    if (groups.isEmpty()) {
      throw fields.wrong("tags", "missing");
    }
    Map<String, String> others = fields.optionalPairs("others");
    others.forEach(
        (floating, tag) -> {
          once(fields, "others", floating, seen);
          if (!exact.contains(tag)) {
            throw fields.wrong("others." + floating, tag + " is no exact tag of this release");
          }
        });
    fields.end();
    return new Versions.Release(version, line, groups, others);
  }

  private static String pattern(Fields fields, String text) {
    int at = text.indexOf(PLACEHOLDER);
    if (at < 0 || text.indexOf(PLACEHOLDER, at + 1) >= 0 || text.indexOf('*') >= 0) {
      throw fields.wrong("exact", text + " must hold " + PLACEHOLDER + " once");
    }
    return text.replace(PLACEHOLDER, "*");
  }

  private static String once(Fields fields, String field, String tag, Set<String> seen) {
    if (ImageReference.parse("image:" + tag).isEmpty()) {
      throw fields.wrong(field, "not a tag: " + tag);
    }
    if (!seen.add(tag)) {
      throw fields.wrong(field, tag + " would mean two things");
    }
    return tag;
  }
}
