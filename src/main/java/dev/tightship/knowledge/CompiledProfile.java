package dev.tightship.knowledge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The compiled form of a profile: one statement a line, fields apart by tabs, lists apart by
 * blanks, sources by their number in order. Reader and writer stand side by side so that they
 * cannot drift apart; both refuse what they do not know.
 */
public final class CompiledProfile {

  private static final String HEADER = "tightship-image 2";

  private CompiledProfile() {}

  /**
   * The text that {@link #read} turns into an equal profile.
   *
   * @throws IllegalArgumentException if a text of the profile holds a tab or a line break
   */
  public static String write(ImageProfile profile) {
    return new Writer().write(profile);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param path for the message
   * @throws IllegalStateException naming path and line, if the text is anything else
   */
  public static ImageProfile read(String path, String text) {
    return new Reader(path).read(text);
  }

  private static final class Writer {
    private final StringBuilder out = new StringBuilder();
    private final List<Source> sources = new ArrayList<>();

    String write(ImageProfile profile) {
      collect(profile);
      line(HEADER);
      profile.names().forEach(name -> line("name", name));
      sources.forEach(source -> line("source", source.what(), source.date()));
      profile.facts().forEach(this::fact);
      versions(profile.versions());
      return out.toString();
    }

    private void collect(ImageProfile profile) {
      profile.facts().values().forEach(fact -> add(fact.source()));
      add(profile.versions().source());
      Fact<Versions.Form> full = profile.versions().full();
      if (full != null) {
        add(full.source());
      }
    }

    private void add(Source source) {
      if (!sources.contains(source)) {
        sources.add(source);
      }
    }

    /**
     * The key and the value of a fact have the same type: the builder of the profile sees to it.
     */
    @SuppressWarnings("unchecked")
    private <T> void fact(FactKey<T> key, Fact<?> fact) {
      fact(key.name(), key.write((T) fact.value()), fact);
    }

    private void versions(Versions versions) {
      line(
          "versions",
          FactKey.word(versions.known()),
          Integer.toString(sources.indexOf(versions.source())));
      Fact<Versions.Form> full = versions.full();
      if (full != null) {
        Versions.Form form = full.value();
        fact("full", form.numbers() + " " + form.below() + " " + form.numbersBelow(), full);
      }
      for (Versions.Release release : versions.releases()) {
        line("release", release.version(), release.line());
        for (Versions.Group group : release.groups()) {
          line("tags", String.join(" ", group.patterns()), String.join(" ", group.floating()));
        }
        release.others().forEach((floating, exact) -> line("other", floating, exact));
      }
      if (!versions.moving().isEmpty()) {
        line("moving", String.join(" ", versions.moving()));
      }
    }

    private void fact(String key, String value, Fact<?> fact) {
      String note = fact.note();
      line(key, value, FactKey.word(fact.known()), number(fact), note == null ? "" : note);
    }

    private String number(Fact<?> fact) {
      return Integer.toString(sources.indexOf(fact.source()));
    }

    private void line(String... fields) {
      for (String field : fields) {
        if (field.indexOf('\t') >= 0 || field.indexOf('\n') >= 0 || field.indexOf('\r') >= 0) {
          throw new IllegalArgumentException("tab or line break in: " + field);
        }
      }
      out.append(String.join("\t", fields)).append('\n');
    }
  }

  private static final class Reader {
    private final String path;
    private int number;
    private String[] fields = {};

    private final List<String> names = new ArrayList<>();
    private final List<Source> sources = new ArrayList<>();
    private final ImageProfile.Builder profile = new ImageProfile.Builder();
    private @Nullable Known versionsKnown;
    private @Nullable Source versionsSource;
    private @Nullable Fact<Versions.Form> full;
    private final List<Versions.Release> releases = new ArrayList<>();
    private List<String> moving = List.of();

    private @Nullable String release;
    private String line = "";
    private List<Versions.Group> groups = new ArrayList<>();
    private Map<String, String> others = new LinkedHashMap<>();

    Reader(String path) {
      this.path = path;
    }

    ImageProfile read(String text) {
      int start = 0;
      while (start < text.length()) {
        int end = text.indexOf('\n', start);
        number++;
        if (end < 0) {
          throw fault("cut off");
        }
        fields = text.substring(start, end).split("\t", -1);
        statement(number);
        start = end + 1;
      }
      endRelease();
      if (versionsKnown == null || versionsSource == null) {
        throw fault("missing: versions");
      }
      try {
        return profile.build(
            names, new Versions(versionsKnown, versionsSource, full, releases, moving));
      } catch (IllegalArgumentException e) {
        throw fault(String.valueOf(e.getMessage()));
      }
    }

    private void statement(int number) {
      if (number == 1) {
        if (!fields[0].equals(HEADER)) {
          throw fault("not a profile of this version");
        }
        return;
      }
      switch (fields[0]) {
        case "name" -> names.add(sized(2)[1]);
        case "source" -> sources.add(new Source(sized(3)[1], fields[2]));
        case "versions" -> {
          versionsKnown = one(Known.values(), sized(3)[1]);
          versionsSource = source(fields[2]);
        }
        case "full" -> full = fact(form(sized(5)[1]));
        case "release" -> {
          endRelease();
          release = sized(3)[1];
          line = fields[2];
        }
        case "tags" -> groups.add(new Versions.Group(list(sized(3)[1]), list(fields[2])));
        case "other" -> others.put(sized(3)[1], fields[2]);
        case "moving" -> moving = list(sized(2)[1]);
        default -> add(key(fields[0]));
      }
    }

    private void endRelease() {
      if (release != null) {
        releases.add(new Versions.Release(release, line, groups, others));
        groups = new ArrayList<>();
        others = new LinkedHashMap<>();
      } else if (!groups.isEmpty() || !others.isEmpty()) {
        throw fault("tags without a release");
      }
    }

    private <T> Fact<T> fact(T value) {
      return new Fact<>(
          value,
          one(Known.values(), fields[2]),
          source(fields[3]),
          fields[4].isEmpty() ? null : fields[4]);
    }

    private <T> void add(FactKey<T> key) {
      String value = sized(5)[1];
      try {
        profile.add(key, fact(key.read(value)));
      } catch (IllegalArgumentException e) {
        throw fault(String.valueOf(e.getMessage()));
      }
    }

    private FactKey<?> key(String name) {
      for (FactKey<?> key : FactKey.all()) {
        if (key.name().equals(name)) {
          return key;
        }
      }
      throw fault("unknown statement " + name);
    }

    private Versions.Form form(String value) {
      List<String> numbers = list(value);
      if (numbers.size() != 3) {
        throw fault("three numbers expected");
      }
      return new Versions.Form(
          integer(numbers.get(0)), integer(numbers.get(1)), integer(numbers.get(2)));
    }

    private Source source(String index) {
      int at = integer(index);
      if (at < 0 || at >= sources.size()) {
        throw fault("no source " + index);
      }
      return sources.get(at);
    }

    private <E extends Enum<E>> E one(E[] values, String text) {
      try {
        return FactKey.one(values, text);
      } catch (IllegalArgumentException e) {
        throw fault(String.valueOf(e.getMessage()));
      }
    }

    private int integer(String text) {
      try {
        return Integer.parseInt(text);
      } catch (NumberFormatException e) {
        throw fault("not a number: " + text);
      }
    }

    private static List<String> list(String text) {
      return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
    }

    private String[] sized(int size) {
      if (fields.length != size) {
        throw fault("wrong number of fields");
      }
      return fields;
    }

    private IllegalStateException fault(String what) {
      return new IllegalStateException(path + ", line " + number + ": " + what);
    }
  }
}
