package dev.tightship.report;

import dev.tightship.knowledge.Fact;
import dev.tightship.knowledge.FactKey;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.ImageReference;
import dev.tightship.knowledge.Known;
import dev.tightship.knowledge.Pin;
import dev.tightship.knowledge.Source;
import dev.tightship.knowledge.Support;
import dev.tightship.knowledge.Versions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** What is known of an image, and from where: for people, and for programs. */
public final class ImageReport {

  /** Where what is known begins. */
  private static final int COLUMN = 26;

  private final ImageReference image;
  private final ImageProfile profile;
  private final List<Line> lines = new ArrayList<>();

  /**
   * @param key as in the image files, but for what is said of the tag
   * @param known null for what is no fact
   */
  private record Line(
      String key,
      String value,
      @Nullable Known known,
      @Nullable Source source,
      @Nullable String note) {}

  public ImageReport(ImageReference image, ImageProfile profile) {
    this.image = image;
    this.profile = profile;
    line("names", String.join(", ", profile.names()), null, null, null);
    if (profile.statedIn() != null) {
      line("stated_in", profile.statedIn() + ", by the project itself", null, null, null);
    }
    tag();
    support();
    profile.facts().keySet().forEach(this::fact);
    versions();
  }

  private void tag() {
    String digest = image.digest().orElse(null);
    String tag = image.tag().orElse(digest == null ? "latest" : null);
    if (tag == null) {
      line("tag", "none beside the digest, which does not tell the version", null, null, null);
      return;
    }
    Versions versions = profile.versions();
    Pin pin = versions.pin(tag);
    String meaning;
    if (pin instanceof Pin.To to) {
      meaning = "%s meant %s, of release line %s".formatted(tag, to.tag(), to.line());
    } else if (pin instanceof Pin.Exact exact) {
      meaning =
          exact.listed()
              ? tag + " names a full version, which was listed"
              : tag + " has the form of a full version; it was not listed";
    } else {
      meaning = "%s: %s".formatted(tag, ((Pin.Unknown) pin).reason());
    }
    line("tag", meaning, null, versions.source(), null);
  }

  private void support() {
    boolean bare = image.tag().isEmpty() && image.digest().isPresent();
    Support support = bare ? null : Support.of(profile, image.tag().orElse(null));
    if (support instanceof Support.Dated dated) {
      line(
          "support",
          "release line %s %s its end of life on %s"
              .formatted(dated.line(), dated.ended() ? "reached" : "reaches", dated.on()),
          null,
          dated.source(),
          null);
    } else if (support instanceof Support.Unlisted unlisted) {
      line(
          "support",
          "none any more: no tag of the release line was listed",
          null,
          unlisted.source(),
          null);
    } else if (support instanceof Support.Unknown unknown) {
      line("support", unknown.because(), null, null, null);
    }
  }

  private <T> void fact(FactKey<T> key) {
    profile.fact(key).ifPresent(fact -> fact(key, fact));
  }

  private <T> void fact(FactKey<T> key, Fact<T> fact) {
    line(key.name(), key.words(fact.value()), fact.known(), fact.source(), fact.note());
  }

  private void versions() {
    Versions versions = profile.versions();
    String listed =
        versions.releases().stream()
            .map(Versions.Release::line)
            .distinct()
            .collect(Collectors.joining(", "));
    line(
        "versions",
        listed.isEmpty() ? "none listed" : "release lines " + listed,
        versions.known(),
        versions.source(),
        null);
  }

  private void line(
      String key,
      String value,
      @Nullable Known known,
      @Nullable Source source,
      @Nullable String note) {
    if (profile.statedIn() == null) {
      lines.add(new Line(key, value, known, source, note));
      return;
    }
    lines.add(
        new Line(
            key,
            Redactor.line(value),
            known,
            source == null ? null : new Source(Redactor.line(source.what()), source.date()),
            note == null ? null : Redactor.line(note)));
  }

  /** Plain text, wrapped as on any terminal. */
  public String text() {
    var out = new StringBuilder(Escape.text(image.toString())).append("\n\n");
    for (Line line : lines) {
      out.append("%-26s".formatted(line.key.replace('_', ' ')));
      Wrap.append(out, COLUMN, COLUMN, List.of(Escape.text(line.value)));
      if (line.source != null) {
        below(
            out,
            "%s%s, state of %s"
                .formatted(
                    line.known == null ? "by " : words(line.known) + ": ",
                    line.source.what(),
                    line.source.date()));
      }
      if (line.note != null) {
        below(out, "note: " + line.note);
      }
    }
    return out.toString();
  }

  private static void below(StringBuilder out, String text) {
    Wrap.append(out.append(" ".repeat(COLUMN)), COLUMN, COLUMN, List.of(Escape.text(text)));
  }

  private static String words(Known known) {
    return switch (known) {
      case MEASURED -> "measured in a run of the image";
      case STAND_IN -> "measured in a run of something rebuilt after it";
      case READ -> "read";
      case DOCUMENTED -> "documented";
      case INFERRED -> "inferred";
    };
  }

  /** The same for programs; the shape is described in docs/json.md. */
  public String json(String version) {
    return Json.text(json -> document(json, version));
  }

  private void document(JsonGenerator json, String version) {
    json.writeStartObject();
    json.writeNumberProperty("schema", JsonReport.SCHEMA);
    json.writeStringProperty("tightship", version);
    json.writeStringProperty("image", image.toString());
    json.writeArrayPropertyStart("facts");
    for (Line line : lines) {
      json.writeStartObject();
      json.writeStringProperty("key", line.key);
      json.writeStringProperty("value", line.value);
      if (line.known != null) {
        json.writeStringProperty("known", FactKey.word(line.known));
      }
      if (line.source != null) {
        json.writeStringProperty("source", line.source.what());
        json.writeStringProperty("date", line.source.date());
      }
      if (line.note != null) {
        json.writeStringProperty("note", line.note);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
