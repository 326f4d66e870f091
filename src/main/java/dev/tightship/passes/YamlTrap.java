package dev.tightship.passes;

import dev.tightship.compose.Project;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Place;
import dev.tightship.edit.Value;
import dev.tightship.edit.Value.Kind;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Risk;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import dev.tightship.secret.SecretNames;
import dev.tightship.yaml.Node;
import dev.tightship.yaml.YamlFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells of values that Docker Compose reads as something else than what is written. */
final class YamlTrap implements Pass {

  /** What a reader of YAML 1.1 takes for a number of base 60. */
  private static final Pattern BASE_60 = Pattern.compile("[1-9][0-9]*(:[0-5]?[0-9])+");

  private static final Pattern OCTAL = Pattern.compile("[1-7][0-7]{2,3}");

  /** Decimal numbers that are ordinary permissions, from 0400 to 01777. */
  private static final Set<Integer> DECIMAL =
      Set.of(256, 288, 292, 384, 416, 420, 432, 436, 438, 448, 488, 493, 504, 509, 511, 1023);

  @Override
  public String id() {
    return "yaml-trap";
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public Stream<Remark> inspect(Project project) {
    List<YamlFile> files = project.files();
    return IntStream.range(0, files.size())
        .boxed()
        .flatMap(i -> inspect(files.get(i), files.subList(i + 1, files.size())).stream());
  }

  /**
   * @param later the files that are merged over it
   */
  private static List<Remark> inspect(YamlFile file, List<YamlFile> later) {
    var remarks = new ArrayList<Remark>();
    TypedPlaces.of(
        file,
        (type, key, place, own, scalar) -> {
          Remark remark =
              switch (type) {
                case TEXT -> text(key, place, scalar);
                case FLAG -> isHidden(place, later) ? null : flag(place, own, scalar);
                case MODE -> mode(place, Severity.MEDIUM, scalar);
                case SWARM_MODE -> mode(place, Severity.LOW, scalar);
                case PORT -> port(place, scalar);
              };
          if (remark != null) {
            remarks.add(remark);
          }
        });
    if (remarks.isEmpty()) {
      remarks.add(
          Remark.fine(
              new Subject.OfFile(Place.of(file.path())), "each value is read as it is written"));
    }
    return remarks;
  }

  /** A number or the like where a text is wanted: the container gets another one. */
  private static @Nullable Remark text(String key, Place place, Node.Scalar scalar) {
    if (scalar.style() != Node.Style.PLAIN
        || scalar.kind() == Kind.STRING
        || scalar.kind() == Kind.NULL) {
      return null;
    }
    String written = scalar.text();
    String read = scalar.canonical();
    if (read == null || read.equals(written)) {
      return null;
    }
    return Remark.advice(
        new Subject.OfFile(place),
        scalar.kind() == Kind.BOOL ? Severity.LOW : Severity.MEDIUM,
        SecretNames.isSecret(key)
            ? "%s has no quotes, so it is %s for Docker Compose, and another text is handed on"
                .formatted(key, kind(scalar.kind()))
            : "%s has no quotes, so %s is %s for Docker Compose, and \"%s\" is handed on"
                .formatted(key, written, kind(scalar.kind()), read),
        "put it in quotes where it is meant as it is written");
  }

  private static String kind(Kind kind) {
    return switch (kind) {
      case BOOL -> "a truth value";
      case TIMESTAMP -> "a date";
      default -> "a number";
    };
  }

  /** Measured: yes, on and the like are taken in these places, and warned of. */
  private static @Nullable Remark flag(Place place, boolean own, Node.Scalar scalar) {
    Boolean value = scalar.flag().orElse(null);
    String text = scalar.text();
    if (value == null || text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return null;
    }
    String message =
        "%s is a text since YAML 1.2: Docker Compose warns of it and takes it for %s"
            .formatted(text, value);
    return own
        ? Remark.finding(
            new Subject.OfFile(place),
            Severity.LOW,
            message,
            Fix.of(
                "write " + value,
                Risk.NEUTRAL,
                "Docker Compose takes it for that already",
                new Edit.Set(place, Value.bool(value))))
        : Remark.advice(
            new Subject.OfFile(place),
            Severity.LOW,
            message,
            "it comes from an anchor: write %s there".formatted(value));
  }

  /** Whether a later file says something else in its place. */
  private static boolean isHidden(Place place, List<YamlFile> later) {
    for (YamlFile file : later) {
      Node node = file.root();
      for (Place.Segment segment : place.path()) {
        node =
            segment instanceof Place.Segment.Key key && node instanceof Node.Mapping mapping
                ? mapping.get(key.name())
                : null;
      }
      if (node instanceof Node.Scalar scalar && !scalar.isNull()) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Remark mode(Place place, Severity severity, Node.Scalar scalar) {
    String text = scalar.text();
    if (scalar.kind() != Kind.INT || !OCTAL.matcher(text).matches()) {
      return null;
    }
    int decimal = Integer.parseInt(text);
    return DECIMAL.contains(decimal)
        ? null
        : Remark.advice(
            new Subject.OfFile(place),
            severity,
            "the mode %s is a decimal number, which is the mode %s"
                .formatted(text, "0" + Integer.toOctalString(decimal)),
            "an octal number begins with a zero: 0" + text);
  }

  private static @Nullable Remark port(Place place, Node.Scalar scalar) {
    String text = scalar.text();
    return scalar.style() == Node.Style.PLAIN && BASE_60.matcher(text).matches()
        ? Remark.advice(
            new Subject.OfFile(place),
            Severity.INFO,
            "%s without quotes is a number for readers of YAML 1.1, such as PyYAML: Docker Compose reads the port"
                .formatted(text),
            "put it in quotes, as the Compose specification asks for")
        : null;
  }
}
