package dev.tightship.knowledge.file;

import dev.tightship.knowledge.Fact;
import dev.tightship.knowledge.FactKey;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.ImageReference;
import dev.tightship.knowledge.Images;
import dev.tightship.knowledge.Known;
import dev.tightship.knowledge.Source;
import dev.tightship.knowledge.Status;
import dev.tightship.knowledge.Versions;
import dev.tightship.yaml.Node;
import dev.tightship.yaml.YamlException;
import dev.tightship.yaml.YamlFile;
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

/**
 * Reads an image file strictly: an unknown or doubled key, a fact without source, a tag that would
 * mean two things are errors, as each of them is a slip that nobody would see later.
 */
public final class ImageFile {

  /** Stands in the files for the version in a tag; in a pattern of the program it is a star. */
  private static final String PLACEHOLDER = "VERSION";

  private final YamlFile file;
  private final Fields root;
  private final boolean ofProject;
  private final Map<String, Source> sources = new LinkedHashMap<>();
  private final Set<String> unusedSources = new LinkedHashSet<>();
  private final List<String> names;
  private final Map<FactKey<?>, Fact<?>> facts = new LinkedHashMap<>();
  private final @Nullable Versions versions;

  private ImageFile(YamlFile file, boolean ofProject) {
    this.file = file;
    this.ofProject = ofProject;
    this.root = new Fields(file, "", root(file));
    this.names = names(root);
    Fields stated = root.fields("sources");
    sources(stated);
    for (FactKey<?> key : FactKey.all()) {
      fact(key, root.optional(key.name()));
    }
    Fields table = root.optional("versions");
    this.versions = table == null ? null : versions(table);
    root.end();
    for (String unused : unusedSources) {
      throw stated.wrong(unused, "no fact names it");
    }
  }

  /**
   * Reads a file that the program is built with.
   *
   * @param path its name, for the message
   * @throws InvalidImageFile if anything in it is not as it must be
   */
  public static ImageProfile read(String path, String text) {
    ImageFile file = new ImageFile(yaml(path, text), false);
    return file.profile(file.names.get(0), null);
  }

  /**
   * Reads a file of a project. Whatever it says of how its facts are known, they count as inferred:
   * nobody else has looked at them.
   *
   * @param path its name, for the message
   * @throws InvalidImageFile if anything in it is not as it must be
   */
  public static ImageFile ofProject(String path, String text) {
    return new ImageFile(yaml(path, text), true);
  }

  private static YamlFile yaml(String path, String text) {
    try {
      return YamlFile.read(path, text);
    } catch (YamlException e) {
      throw new InvalidImageFile(path, e.line(), e.column(), String.valueOf(e.getMessage()));
    }
  }

  private static Node root(YamlFile file) {
    if (file.documents().isEmpty()) {
      throw new InvalidImageFile(file.path(), "", "there is nothing in it");
    }
    if (file.documents().size() > 1) {
      throw Fields.wrong(file, file.documents().get(1), "", "one document is expected");
    }
    Node root = file.documents().get(0);
    requirePlain(file, root);
    return root;
  }

  /** Familiar names and namespaces; at least one. */
  public List<String> names() {
    return names;
  }

  /** What is wrong with the names. */
  public InvalidImageFile wrongName(String problem) {
    return root.wrong("names", problem);
  }

  /**
   * The profile that the file states.
   *
   * @param name the one of its names that is asked for
   * @param base what is known without the file: its facts count where the file has none
   * @throws InvalidImageFile where neither has a fact that every profile needs
   */
  public ImageProfile profile(String name, @Nullable ImageProfile base) {
    var profile = new ImageProfile.Builder();
    for (FactKey<?> key : FactKey.all()) {
      add(profile, key, base);
    }
    if (base == null) {
      complete(name, profile);
    }
    if (ofProject) {
      profile.statedIn(file.path());
    }
    return profile.build(base == null ? names : base.names(), versions(base));
  }

  /**
   * What nothing stands behind must say all that every profile has. Only a project need not say of
   * an image with a slash in its name that the library does not have it.
   */
  private void complete(String name, ImageProfile.Builder profile) {
    Fact<?> kind = facts.get(FactKey.KIND);
    boolean elsewhere = name.indexOf('/') >= 0;
    if (ofProject && elsewhere && kind != null && !root.has(FactKey.STATUS.name())) {
      profile.add(
          FactKey.STATUS, new Fact<>(Status.NOT_IN_LIBRARY, Known.INFERRED, kind.source(), null));
    } else {
      root.require(FactKey.STATUS.name());
    }
    root.require(FactKey.KIND.name());
    root.require(FactKey.HOLDS_DATA.name());
  }

  @SuppressWarnings("unchecked") // a fact is kept under the key of its type
  private <T> void add(ImageProfile.Builder to, FactKey<T> key, @Nullable ImageProfile base) {
    Fact<T> fact = (Fact<T>) facts.get(key);
    to.add(key, fact != null || base == null ? fact : base.fact(key).orElse(null));
  }

  private Versions versions(@Nullable ImageProfile base) {
    if (versions != null) {
      return versions;
    }
    if (base != null) {
      return base.versions();
    }
    Fact<?> kind = facts.get(FactKey.KIND);
    if (kind == null || !ofProject) {
      throw root.wrong("versions", "missing");
    }
    return new Versions(Known.INFERRED, kind.source(), null, List.of(), List.of());
  }

  /**
   * No aliases, which let a small file say a lot; no tags, which mean nothing here; no text of more
   * than one line, which the compiled form cannot hold.
   */
  private static void requirePlain(YamlFile file, Node node) {
    if (node instanceof Node.Alias) {
      throw Fields.wrong(file, node, "", "an alias is not read here: write the value out");
    }
    if (node.tag() != null) {
      throw Fields.wrong(file, node, "", "a tag is not read here");
    }
    if (node instanceof Node.Sequence list) {
      list.items().forEach(item -> requirePlain(file, item));
    } else if (node instanceof Node.Mapping mapping) {
      for (Node.Entry entry : mapping.entries().values()) {
        requirePlain(file, entry.key());
        requirePlain(file, entry.value());
      }
    } else if (node instanceof Node.Scalar scalar
        && scalar.text().chars().anyMatch(Character::isISOControl)) {
      throw Fields.wrong(file, node, "", "a text with a line break or a control character");
    }
  }

  private <T> void fact(FactKey<T> key, @Nullable Fields fields) {
    if (fields != null) {
      try {
        facts.put(key, fact(fields, key.from(fields)));
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
    Known known = known(fields);
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

  private Known known(Fields fields) {
    Known known = fields.one("known", Known.class);
    return ofProject ? Known.INFERRED : known;
  }

  private Versions versions(Fields fields) {
    Known known = known(fields);
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
