package dev.tightship.passes;

import static java.util.stream.Collectors.toSet;

import dev.tightship.compose.EnvFiles;
import dev.tightship.compose.Project;
import dev.tightship.compose.Sources.Source;
import dev.tightship.edit.Place;
import dev.tightship.edit.Place.Segment;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import dev.tightship.secret.RandomWord;
import dev.tightship.secret.SecretFinder;
import dev.tightship.secret.SecretNames;
import dev.tightship.text.Span;
import dev.tightship.yaml.YamlFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells which variables have neither a value nor a default, so that an empty text is used. */
final class UnsetVariable implements Pass {

  /** What Compose itself or any login shell sets. */
  private static final Set<String> ALWAYS =
      Set.of("COMPOSE_PROJECT_NAME", "HOME", "PATH", "PWD", "USER");

  /** As many as a line of a report holds. */
  private static final int MOST_NAMES = 12;

  /** A line that sets a variable, commented out or not. */
  private static final Pattern NAMED =
      Pattern.compile("(?m)^[ \\t#]*(?:export[ \\t]+)?(\\w+)[ \\t]*[=:]");

  /** A name as people write them: what is nothing but such a variable is no secret. */
  private static final Pattern PLAIN = Pattern.compile("[A-Z_][A-Z0-9_]{0,99}");

  @Override
  public String id() {
    return "unset-variable";
  }

  @Override
  public boolean joins() {
    return true;
  }

  /** Where a variable is used first, and how often. */
  private record Use(Place first, int count) {}

  @Override
  public Stream<Remark> inspect(Project project) {
    var uses = new LinkedHashMap<String, Use>();
    var dollars = new LinkedHashSet<Place>();
    for (YamlFile file : project.files()) {
      look(project, file, uses, dollars);
    }
    uses.keySet().removeAll(ALWAYS);
    if (uses.isEmpty() && dollars.isEmpty()) {
      Place at = Place.of(project.files().get(0).path());
      return Stream.of(
          Remark.fine(new Subject.OfFile(at), "each variable has a value, a default or a message"));
    }
    var remarks = new ArrayList<Remark>();
    if (!dollars.isEmpty()) {
      remarks.add(dollar(new Use(dollars.iterator().next(), dollars.size())));
    }
    for (Example example : examples(project)) {
      Map<String, Use> named = new LinkedHashMap<>(uses);
      named.keySet().retainAll(example.names);
      uses.keySet().removeAll(named.keySet());
      if (!named.isEmpty()) {
        remarks.add(exemplified(named, example.path));
      }
    }
    Map<String, Use> guards = new LinkedHashMap<>(uses);
    guards.keySet().removeIf(name -> !SecretNames.isSecret(name));
    uses.keySet().removeAll(guards.keySet());
    guards.forEach((name, use) -> remarks.add(guard(name, use)));
    if (!uses.isEmpty()) {
      remarks.add(unset(uses));
    }
    return remarks.stream();
  }

  private static void look(
      Project project, YamlFile file, Map<String, Use> uses, Set<Place> dollars) {
    VariablePlaces.of(
        file,
        (place, scalar) -> {
          var secrets = new Secrets(place, scalar.text());
          for (String name : project.variables().blank(scalar.text())) {
            if (secrets.hold(name)) {
              dollars.add(place.get());
              continue;
            }
            Use known = uses.get(name);
            uses.put(
                name,
                known == null ? new Use(place.get(), 1) : new Use(known.first, known.count + 1));
          }
        });
  }

  /** The secrets in a text, looked for when somebody asks. */
  private static final class Secrets {
    private final Supplier<Place> place;
    private final String text;
    private String key = "";
    private @Nullable List<Span> found;

    Secrets(Supplier<Place> place, String text) {
      this.place = place;
      this.text = text;
    }

    /** Whether the name of a variable is rather a part of a password with a dollar sign in it. */
    boolean hold(String name) {
      if (RandomWord.is(name)) {
        return true;
      }
      int at = text.indexOf("$" + name);
      if (at < 0 || (text.length() == name.length() + 1 && PLAIN.matcher(name).matches())) {
        return false;
      }
      List<Span> secrets = found();
      return secrets.stream()
          .anyMatch(span -> span.start() <= key.length() + at && key.length() + at < span.end());
    }

    private List<Span> found() {
      if (found == null) {
        List<Segment> path = place.get().path();
        key = path.get(path.size() - 1) instanceof Segment.Key last ? last.name() + "=" : "";
        found = SecretFinder.find(key + text);
      }
      return found;
    }
  }

  /** Says nothing of what follows the sign, since that may be a part of the secret. */
  private static Remark dollar(Use use) {
    return Remark.advice(
        new Subject.OfFile(use.first),
        Severity.MEDIUM,
        "what follows a $ %s is taken for a variable, which has no value: a secret with that sign in it loses a part"
            .formatted(
                use.count == 1 ? "here" : "here, and in %s more places".formatted(use.count - 1)),
        "write $$ for the sign itself, or ${NAME:?} where a variable is meant");
  }

  private static Remark exemplified(Map<String, Use> uses, String example) {
    boolean one = uses.size() == 1;
    return Remark.advice(
        subject(uses),
        Severity.INFO,
        message(uses),
        "%s names %s: copy that to .env".formatted(example, one ? "it" : "them"));
  }

  private static Remark guard(String name, Use use) {
    Map<String, Use> one = Map.of(name, use);
    return Remark.advice(
        subject(one),
        Severity.MEDIUM,
        message(one),
        "where it guards something, anybody may get in then: write ${%s:?}, which stops instead"
            .formatted(name));
  }

  private static Remark unset(Map<String, Use> uses) {
    String first = uses.keySet().iterator().next();
    return Remark.advice(
        subject(uses),
        Severity.LOW,
        message(uses),
        "give %2$s in .env, or write ${%1$s:?} to stop without one, ${%1$s:-} if empty is meant"
            .formatted(first, uses.size() == 1 ? "it a value" : "them values"));
  }

  private static Subject subject(Map<String, Use> uses) {
    return new Subject.OfFile(uses.values().iterator().next().first);
  }

  private static String message(Map<String, Use> uses) {
    int places = uses.values().stream().mapToInt(Use::count).sum();
    boolean one = uses.size() == 1;
    String texts =
        places == 1
            ? "an empty text into this place"
            : "empty texts into %s places".formatted(places);
    return one
        ? "%s has no value here and no default: unless the shell gives one, Docker Compose puts %s"
            .formatted(names(uses), texts)
        : "%s variables have no value here and no default: %s: unless the shell gives one, Docker"
                .formatted(uses.size(), names(uses))
            + " Compose puts %s".formatted(texts);
  }

  /** The first of them, and how many more there are. */
  private static String names(Map<String, Use> uses) {
    List<String> all = List.copyOf(uses.keySet());
    return all.size() <= MOST_NAMES
        ? String.join(", ", all)
        : "%s and %s more"
            .formatted(
                String.join(", ", all.subList(0, MOST_NAMES - 1)), all.size() - MOST_NAMES + 1);
  }

  private record Example(String path, Set<String> names) {}

  private static List<Example> examples(Project project) {
    var examples = new ArrayList<Example>();
    for (String name : EnvFiles.EXAMPLES) {
      String text = text(project, name);
      if (text != null) {
        examples.add(
            new Example(name, NAMED.matcher(text).results().map(m -> m.group(1)).collect(toSet())));
      }
    }
    return examples;
  }

  private static @Nullable String text(Project project, String name) {
    String folder = project.directory();
    return project.read(folder.isEmpty() ? name : folder + "/" + name) instanceof Source.Text text
        ? text.text()
        : null;
  }
}
