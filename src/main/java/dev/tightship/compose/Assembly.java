package dev.tightship.compose;

import dev.tightship.compose.Declared.Part;
import dev.tightship.yaml.Node;
import dev.tightship.yaml.YamlFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what several documents say of the same things: the files of a project in their
 * order, what they include, and what their services extend. The order is that of compose-go 2.16
 * (loader): within a document includes come first, so that a service may extend an included one.
 */
final class Assembly {

  /** The sections whose entries have names. */
  static final List<String> SECTIONS =
      List.of("services", "volumes", "networks", "secrets", "configs", "models");

  private static final String SERVICES = "services";
  private static final int DEEPEST = 50;

  /** Includes that are followed: files that include others twice grow without bound. */
  private static final int MOST_INCLUDES = 1000;

  private final Library library;
  private final Map<String, Map<String, List<Part>>> sections = new LinkedHashMap<>();
  private final Set<Problem> problems;
  private final Set<String> including;
  private final List<Include> followed;

  private Assembly(
      Library library, Set<Problem> problems, Set<String> including, List<Include> followed) {
    this.library = library;
    this.problems = problems;
    this.including = including;
    this.followed = followed;
    SECTIONS.forEach(section -> sections.put(section, new LinkedHashMap<>()));
  }

  /**
   * @param sections by name of the section, what it declares by name
   * @param problems what could not be followed
   */
  record Result(Map<String, Map<String, Declared>> sections, List<Problem> problems) {}

  /**
   * @throws ComposeException where services extend each other in a circle, as Compose refuses that
   */
  static Result of(Library library, List<YamlFile> files, Frame frame) throws ComposeException {
    var assembly = new Assembly(library, new LinkedHashSet<>(), new HashSet<>(), new ArrayList<>());
    assembly.take(files, frame);
    return new Result(assembly.declared(), List.copyOf(assembly.problems));
  }

  private Map<String, Map<String, Declared>> declared() {
    var all = new LinkedHashMap<String, Map<String, Declared>>();
    sections.forEach(
        (section, names) -> {
          var declared = new LinkedHashMap<String, Declared>();
          names.forEach((name, parts) -> declared.put(name, new Declared(parts)));
          all.put(section, declared);
        });
    return all;
  }

  private void take(List<YamlFile> files, Frame frame) throws ComposeException {
    for (YamlFile file : files) {
      boolean first = including.add(file.path());
      for (Node root : file.documents()) {
        take(file, root, frame);
      }
      if (first) {
        including.remove(file.path());
      }
    }
  }

  private void take(YamlFile file, Node root, Frame frame) throws ComposeException {
    Map<String, Map<String, Declared>> included = included(file, root, frame);
    var services = new Document(file, root, frame, included.getOrDefault(SERVICES, Map.of()));
    for (String section : SECTIONS) {
      var hit = Merged.find(root, section);
      var imported = included.getOrDefault(section, Map.of());
      var names = new LinkedHashSet<String>();
      if (hit != null && hit.node() instanceof Node.Mapping mapping) {
        names.addAll(Merged.keys(mapping));
        cut(section, hit.node().tag());
      }
      names.addAll(imported.keySet());
      Map<String, List<Part>> here = sections.get(section);
      for (String name : names) {
        Part part =
            section.equals(SERVICES)
                ? services.part(name)
                : part(file, frame, hit == null ? null : hit.node(), name, imported.get(name));
        List<Part> parts = here == null ? null : here.computeIfAbsent(name, n -> new ArrayList<>());
        if (parts != null && part != null) {
          parts.add(part);
        } else if (parts != null && imported.get(name) != null) {
          parts.addAll(imported.get(name).parts());
        }
      }
    }
  }

  /** A tag at a whole section cuts off what earlier files say in it. */
  private void cut(String section, @Nullable String tag) {
    Map<String, List<Part>> here = sections.get(section);
    if (here != null && ("!override".equals(tag) || "!reset".equals(tag))) {
      here.clear();
    }
  }

  private static @Nullable Part part(
      YamlFile file,
      Frame frame,
      @Nullable Node section,
      String name,
      @Nullable Declared included) {
    Node node = section == null ? null : entry(section, name);
    return node == null ? null : new Part(file, frame, node, null, included, null);
  }

  /** The node under a name as it is written, an alias not followed; null where there is none. */
  private static @Nullable Node entry(Node section, String name) {
    if (section instanceof Node.Mapping mapping && mapping.get(name) != null) {
      return mapping.get(name);
    }
    var hit = Merged.find(section, name);
    return hit == null ? null : hit.node();
  }

  // ---- include

  private Map<String, Map<String, Declared>> included(YamlFile file, Node root, Frame frame)
      throws ComposeException {
    var all = new LinkedHashMap<String, Map<String, List<Part>>>();
    for (Include include : Include.of(file, root, frame, problems)) {
      for (Map.Entry<String, Map<String, Declared>> e : declared(include).entrySet()) {
        var names = all.computeIfAbsent(e.getKey(), s -> new LinkedHashMap<>());
        e.getValue()
            .forEach(
                (name, declared) -> {
                  List<Part> parts = names.computeIfAbsent(name, n -> new ArrayList<>());
                  if (!parts.equals(declared.parts())) { // the same thing on two ways counts once
                    parts.addAll(declared.parts());
                  }
                });
      }
    }
    var included = new LinkedHashMap<String, Map<String, Declared>>();
    all.forEach(
        (section, names) -> {
          var declared = new LinkedHashMap<String, Declared>();
          names.forEach((name, parts) -> declared.put(name, new Declared(parts)));
          included.put(section, declared);
        });
    return included;
  }

  private Map<String, Map<String, Declared>> declared(Include include) throws ComposeException {
    if (followed.size() >= MOST_INCLUDES) {
      problems.add(include.problem("more than %d includes".formatted(MOST_INCLUDES)));
      return Map.of();
    }
    followed.add(include);
    var files = new ArrayList<YamlFile>();
    for (String path : include.paths()) {
      if (including.contains(path) || including.size() > DEEPEST) {
        problems.add(include.problem("%s includes itself by way of others".formatted(path)));
        return Map.of();
      }
      try {
        files.add(library.read(path));
      } catch (ComposeException e) {
        problems.add(include.problem(reason(path, e.problem())));
        return Map.of();
      }
    }
    var found = new ArrayList<Problem>();
    Variables variables =
        library.variables(include.outer(), include.folder(), include.envFiles(), found);
    problems.addAll(found);
    var inner = new Assembly(library, problems, including, followed);
    inner.take(files, new Frame(include.folder(), variables));
    return inner.declared();
  }

  private static String reason(String path, Problem problem) {
    return problem.line() > 0
        ? "%s:%d:%d: %s".formatted(path, problem.line(), problem.column(), problem.message())
        : "%s: %s".formatted(path, problem.message());
  }

  // ---- extends

  /** The services of one document, each with what it extends. */
  private final class Document {
    private final YamlFile file;
    private final Node root;
    private final Frame frame;
    private final Map<String, Declared> included;
    private final Map<String, Part> known = new HashMap<>();
    private final Set<String> open = new LinkedHashSet<>();

    Document(YamlFile file, Node root, Frame frame, Map<String, Declared> included) {
      this.file = file;
      this.root = root;
      this.frame = frame;
      this.included = included;
    }

    /** Null where the document itself says nothing of the service. */
    @Nullable Part part(String name) throws ComposeException {
      Part part = known.get(name);
      if (part != null) {
        return part;
      }
      var services = Merged.find(root, SERVICES);
      Node node = services == null ? null : entry(services.node(), name);
      if (node == null) {
        return null;
      }
      part = extended(name, node);
      known.put(name, part);
      return part;
    }

    private Part extended(String name, Node node) throws ComposeException {
      Declared imported = included.get(name);
      Extends base = Extends.of(node, frame);
      if (base == null) {
        return new Part(file, frame, node, null, imported, null);
      }
      if (!open.add(name) || open.size() > DEEPEST) {
        throw circle(base);
      }
      try {
        Found found = find(base);
        return new Part(file, frame, node, found.declared, imported, found.unread);
      } finally {
        open.remove(name);
      }
    }

    private record Found(@Nullable Declared declared, @Nullable String unread) {}

    private Found find(Extends base) throws ComposeException {
      if (base.unread() != null || base.service() == null) {
        return new Found(null, base.unread());
      }
      if (base.file() == null) {
        Declared declared = declared(base.service());
        return declared == null ? missing(base, file.path()) : new Found(declared, null);
      }
      YamlFile other;
      try {
        other = library.read(base.file());
      } catch (ComposeException e) {
        problems.add(problem(base, reason(base.file(), e.problem())));
        return new Found(
            null, "it extends a service of %s, which could not be read".formatted(base.file()));
      }
      if (!extending.add(base.file() + "\n" + base.service())) {
        throw circle(base);
      }
      try {
        return elsewhere(base, other);
      } finally {
        extending.remove(base.file() + "\n" + base.service());
      }
    }

    /** In another file the paths are seen from its own folder, and includes do not count. */
    private Found elsewhere(Extends base, YamlFile other) throws ComposeException {
      var parts = new ArrayList<Part>();
      Frame there = frame.in(Paths.folder(other.path()));
      for (Node document : other.documents()) {
        Part part = new Document(other, document, there, Map.of()).part(base.named());
        if (part != null) {
          parts.add(part);
        }
      }
      return parts.isEmpty() ? missing(base, other.path()) : new Found(new Declared(parts), null);
    }

    private @Nullable Declared declared(String name) throws ComposeException {
      Part part = part(name);
      return part == null ? included.get(name) : new Declared(List.of(part));
    }

    private Found missing(Extends base, String path) {
      String why = "it extends service %s, which is not in %s".formatted(base.service(), path);
      problems.add(problem(base, why + "; Docker Compose refuses that"));
      return new Found(null, why);
    }

    private ComposeException circle(Extends base) {
      return new ComposeException(
          problem(
              base, "the service extends itself by way of others; Docker Compose refuses that"));
    }

    private Problem problem(Extends base, String message) {
      var at = file.lines().position(base.at().span().start());
      return new Problem(file.path(), at.line(), at.column(), message);
    }
  }

  /** The bases in other files that are being looked at. */
  private final Set<String> extending = new HashSet<>();
}
