package dev.tightship.network;

import dev.tightship.analysis.Language;
import dev.tightship.analysis.SourceTree;
import dev.tightship.compose.Answer;
import dev.tightship.compose.Build;
import dev.tightship.compose.Mount;
import dev.tightship.compose.Project;
import dev.tightship.compose.Reference;
import dev.tightship.compose.Service;
import dev.tightship.compose.Sources.File;
import dev.tightship.compose.Sources.Listing;
import dev.tightship.compose.Sources.Source;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.Stage;
import dev.tightship.dockerfile.Word;
import dev.tightship.network.Evidence.Kind;
import dev.tightship.network.HostFinder.Hit;
import dev.tightship.text.Lines;
import dev.tightship.yaml.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The hosts in files that a service mounts or is built from: settings and programs, as far as they
 * are texts, and no more of them than these bounds allow. A file is read once, whoever uses it.
 */
final class FileTexts {

  private static final int MOST_ENTRIES = 10_000;
  private static final int MOST_FILES = 400;
  private static final int MOST_BYTES_OF_ONE = 256 << 10;

  /** Of all files of a project together. */
  private static final long MOST_BYTES = 16 << 20;

  /** What {@link Language} does not know as a program or as settings, and that names hosts. */
  private static final Set<String> MORE =
      Set.of(
          ("sh bash ash zsh env cnf config tmpl tpl template ctmpl j2 jinja hcl alloy river vcl lua"
                  + " erb ex exs pl caddyfile haproxy")
              .split(" ", -1));

  /** Settings whose names have no ending. */
  private static final Pattern NAMED =
      Pattern.compile("\\.env(\\..*)?|caddyfile|procfile|haproxy|nginx|default|pgpass|my\\.cnf");

  private static final Pattern ASIDE =
      Pattern.compile(
          "(docker-)?compose.*\\.ya?ml|.*[.-]lock(\\..*)?|.*-lock\\.(json|yaml)"
              + "|tsconfig.*\\.json|.*\\.min\\.js|.*\\.(test|spec|stories|d)\\.[cm]?[jt]sx?|test_.*\\.py"
              + "|.*_test\\.(py|go)|.*tests?\\.(java|kt|cs|php)|.*\\.svg|.*\\.env\\.(example|sample|template|dist)"
              + "|\\.?renovate.*|\\.travis\\.yml|mkdocs\\.yml|openapi.*|swagger.*");

  private record Found(Hit hit, Where where) {}

  private final Project project;
  private final Edges edges;
  private final HostFinder finder;
  private final Map<String, List<Found>> texts = new HashMap<>();
  private final Map<String, Listing> listings = new HashMap<>();
  private long bytes;

  FileTexts(Project project, Edges edges, HostFinder finder) {
    this.project = project;
    this.edges = edges;
    this.finder = finder;
  }

  void look(Service service) {
    var seen = new LinkedHashSet<String>();
    for (Mount mount : service.mounts()) {
      String path = mount.inProject();
      if (path != null) {
        path(service, Kind.MOUNTED, path, seen);
      }
    }
    for (Reference reference : service.references()) {
      String path = reference.kind() == Reference.Kind.CONFIG ? config(reference.name()) : null;
      if (path != null) {
        path(service, Kind.MOUNTED, path, seen);
      }
    }
    copied(service).forEach(path -> path(service, Kind.SOURCE, path, seen));
  }

  private @Nullable String config(String name) {
    var config = project.section("configs").get(name);
    return config != null
            && config.find("file") instanceof Answer.Known known
            && known.node() instanceof Node.Scalar scalar
        ? known.frame().interpolated(scalar).map(known.frame()::path).orElse(null)
        : null;
  }

  /** The files and folders of its build context that its Dockerfile brings into some stage. */
  private Set<String> copied(Service service) {
    var paths = new LinkedHashSet<String>();
    Build build = service.build().orElse(null);
    Dockerfile file =
        build == null || build.dockerfile() == null ? null : project.dockerfile(build.dockerfile());
    if (build == null || file == null || build.context() == null) {
      return paths;
    }
    for (Stage stage : file.stages()) {
      for (Instruction instruction : stage.instructions()) {
        boolean copies = instruction.is("COPY") || instruction.is("ADD");
        if (copies && instruction.flag("from") == null) {
          sources(instruction).stream()
              .map(build::inContext)
              .filter(Objects::nonNull)
              .forEach(paths::add);
        }
      }
    }
    return paths;
  }

  /** The sources of a COPY; of a pattern, or one with a variable, the folder before it. */
  private static List<String> sources(Instruction copy) {
    List<String> words =
        copy.json() != null ? copy.json() : copy.words().stream().map(Word::text).toList();
    var sources = new ArrayList<String>();
    for (String word : words.subList(0, Math.max(0, words.size() - 1))) {
      String plain = word.split("[*?\\[$]", 2)[0];
      boolean whole = plain.length() == word.length();
      sources.add(whole ? word : plain.substring(0, plain.lastIndexOf('/') + 1) + ".");
    }
    return sources;
  }

  private void path(Service service, Kind kind, String path, Set<String> seen) {
    Source source = path.isEmpty() ? new Source.Missing() : read(path);
    if (source instanceof Source.Text text) {
      if (!isAside(path) && seen.add(path)) {
        file(service, kind, path, text.text());
      }
      return;
    }
    Listing listing =
        listings.computeIfAbsent(
            path,
            p -> project.filesBelow(p, folder -> SourceTree.isEntered(name(folder)), MOST_ENTRIES));
    if (listing instanceof Listing.Partial partial) {
      unread(service, "%s %s".formatted(path.isEmpty() ? "its folder" : path, partial.because()));
      return;
    }
    int left = MOST_FILES;
    for (File file : ((Listing.Files) listing).files()) {
      if (!isWanted(file.path()) || !seen.add(file.path())) {
        continue;
      }
      if (left-- == 0) {
        unread(
            service, "%s holds more than %s files that may name hosts".formatted(path, MOST_FILES));
        return;
      }
      if (file.bytes() > MOST_BYTES_OF_ONE) {
        unread(service, file.path() + " is too large to look at");
      } else if (texts.containsKey(file.path())) {
        file(service, kind, file.path(), "");
      } else if (read(file.path()) instanceof Source.Text text) {
        file(service, kind, file.path(), text.text());
      }
    }
  }

  private Source read(String path) {
    return texts.containsKey(path) ? new Source.Text("") : project.read(path);
  }

  /**
   * @param text not looked at where the file is known
   */
  private void file(Service service, Kind kind, String path, String text) {
    if (!texts.containsKey(path)) {
      if (text.length() > MOST_BYTES_OF_ONE) {
        if (isWanted(path)) {
          unread(service, path + " is too large to look at");
        }
        return;
      }
      bytes += text.length();
      if (bytes > MOST_BYTES) {
        unread(service, "its files are not all looked at: the project has too many of them");
        return;
      }
      texts.put(path, find(path, text));
    }
    for (Found found : texts.getOrDefault(path, List.of())) {
      edges.add(service.name(), kind, name(path), List.of(found.hit), found.where);
    }
  }

  private List<Found> find(String path, String text) {
    if (text.indexOf('\0') >= 0) {
      return List.of();
    }
    var lines = new Lines(text);
    var found = new ArrayList<Found>();
    for (Hit hit : finder.inFile(text)) {
      Lines.Position at = lines.position(hit.at());
      found.add(new Found(hit, new Where(path, at.line(), at.column())));
    }
    return found;
  }

  private static boolean isWanted(String path) {
    String name = name(path).toLowerCase(Locale.ROOT);
    boolean text =
        Language.of(name) != null
            || MORE.contains(Language.extension(name))
            || NAMED.matcher(name).matches();
    return text && !isAside(path);
  }

  private static boolean isAside(String path) {
    return ASIDE.matcher(name(path).toLowerCase(Locale.ROOT)).matches();
  }

  private void unread(Service service, String says) {
    edges.unknown(service.name(), Unknown.Kind.UNREAD, says, null);
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
