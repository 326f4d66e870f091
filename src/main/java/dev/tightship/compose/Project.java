package dev.tightship.compose;

import dev.tightship.compose.Sources.Source;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.DockerfileException;
import dev.tightship.knowledge.Images;
import dev.tightship.yaml.Node;
import dev.tightship.yaml.YamlException;
import dev.tightship.yaml.YamlFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A Compose project as its texts stand now: Compose files in their order, what they include and
 * extend, the Dockerfiles that they build, and the variables. Immutable; an edited project is a new
 * one.
 */
public final class Project {

  private final Sources sources;
  private final Images images;
  private final List<String> imageFiles;
  private final List<String> notes;
  private final Request request;
  private final Variables variables;
  private final Library library;
  private final Map<String, Dockerfile> dockerfiles;
  private final OtherFiles others;
  private final List<Problem> problems;
  private final List<Variant.Sibling> siblings;
  private final Map<String, Map<String, Declared>> declared;
  private final Map<String, Map<String, Layers>> sections = new HashMap<>();
  private final boolean unfollowed;
  private final List<Service> services;
  private final Map<String, Service> byName = new HashMap<>();
  private final Map<Class<?>, Object> derived = new HashMap<>();
  private @Nullable List<Shared> shared;
  private boolean swarmLookedFor;
  private @Nullable String swarm;

  /**
   * What to load.
   *
   * @param files the Compose files in the order in which they are merged, from the project's root
   * @param directory the project directory, from which paths in the files are seen; empty for the
   *     root
   * @param siblings Compose files beside these that are not loaded, each of which may be merged
   *     over the first of these
   * @param profiles those that are enabled; {@code *} stands for all
   * @param notes what a reader of the report should know of how these were chosen; a sentence each
   * @param untrusted whether what the project says to Tightship itself is ignored
   */
  public record Request(
      List<String> files,
      String directory,
      EnvFiles envFiles,
      List<String> siblings,
      List<String> profiles,
      List<String> notes,
      boolean untrusted) {

    public Request {
      files = List.copyOf(files);
      siblings = List.copyOf(siblings);
      profiles = List.copyOf(profiles);
      notes = List.copyOf(notes);
    }

    /** The ordinary case: the first file's folder is the project directory, and has the .env. */
    public static Request of(List<String> files) {
      String folder = Paths.folder(files.get(0));
      String env = folder.isEmpty() ? ".env" : folder + "/.env";
      var envFiles = EnvFiles.found(List.of(env));
      return new Request(files, folder, envFiles, List.of(), List.of(), List.of(), false);
    }

    /** The same with other variables. */
    public Request with(EnvFiles other) {
      return new Request(files, directory, other, siblings, profiles, notes, untrusted);
    }

    /** The same beside other Compose files. */
    public Request beside(List<String> paths) {
      return new Request(files, directory, envFiles, paths, profiles, notes, untrusted);
    }

    /** The same with other Compose files, and none beside them. */
    Request merging(List<String> others) {
      return new Request(others, directory, envFiles, List.of(), profiles, notes, untrusted);
    }

    /** The same with these profiles enabled. */
    public Request enabling(List<String> names) {
      return new Request(files, directory, envFiles, siblings, names, notes, untrusted);
    }

    /** The same as a project that nobody vouches for. */
    public Request distrusted() {
      return new Request(files, directory, envFiles, siblings, profiles, notes, true);
    }
  }

  private Project(
      Sources sources,
      OwnImages own,
      List<String> notes,
      Request request,
      Variables variables,
      Library library,
      Assembly.Result assembled,
      List<Problem> problems) {
    this.sources = sources;
    this.images = own.images();
    this.imageFiles = own.files();
    this.request = request;
    this.variables = variables;
    this.library = library;
    this.declared = assembled.sections();
    this.unfollowed = !assembled.problems().isEmpty();
    this.services = collect();
    this.others = OtherFiles.NONE;
    var all = new ArrayList<>(problems);
    this.dockerfiles = readDockerfiles(Set.of(), all);
    this.problems = List.copyOf(all);
    var refused = new ArrayList<Problem>();
    this.siblings = Variant.beside(this, request.siblings, refused);
    var said = new ArrayList<>(notes);
    refused.forEach(p -> said.add("what the fixes do beside it is not known: " + p.describe()));
    this.notes = List.copyOf(said);
  }

  /** The same project with other texts. */
  private Project(
      Project before,
      Request request,
      Library library,
      Variables variables,
      Assembly.Result assembled,
      Map<String, Dockerfile> dockerfiles,
      OtherFiles others) {
    this.sources = before.sources;
    this.images = before.images;
    this.imageFiles = before.imageFiles;
    this.notes = before.notes;
    this.siblings = request.equals(before.request) ? before.siblings : List.of();
    this.request = request;
    this.variables = variables;
    this.problems = before.problems;
    this.library = library;
    this.declared = assembled.sections();
    this.unfollowed = !assembled.problems().isEmpty();
    this.dockerfiles = dockerfiles;
    this.others = others;
    this.services = collect();
  }

  /**
   * Reads a project.
   *
   * @throws ComposeException where a Compose file cannot be read, or none of them has a service;
   *     what else cannot be read is among {@link #problems()}
   */
  public static Project load(Sources sources, Images images, Request request)
      throws ComposeException {
    var library = new Library(sources);
    for (String path : request.files) {
      library.read(path);
    }
    var problems = new ArrayList<Problem>();
    var variables = Variables.read(sources, request.envFiles, problems);
    var own =
        request.untrusted
            ? new OwnImages(List.of(), images, List.of())
            : OwnImages.read(sources, images);
    problems.addAll(own.problems());
    Assembly.Result assembled = assemble(library, request, variables);
    problems.addAll(assembled.problems());
    var project =
        new Project(
            sources,
            own,
            notes(sources, own, request),
            request,
            variables,
            library,
            assembled,
            problems);
    if (project.services.isEmpty()) {
      Problem unread = assembled.problems().isEmpty() ? null : assembled.problems().get(0);
      throw new ComposeException(
          unread != null
              ? unread
              : new Problem(request.files.get(0), 0, 0, "no services here: is it a Compose file?"));
    }
    return project;
  }

  private static Assembly.Result assemble(Library library, Request request, Variables variables)
      throws ComposeException {
    var files = new ArrayList<YamlFile>();
    for (String path : request.files) {
      files.add(library.read(path));
    }
    return Assembly.of(library, files, new Frame(request.directory, variables));
  }

  private static List<String> notes(Sources sources, OwnImages own, Request request) {
    var notes = new ArrayList<>(request.notes);
    if (!own.files().isEmpty()) {
      notes.add(
          "what the project says of images in %s counts, as inferred".formatted(OwnImages.FOLDER));
    } else if (request.untrusted && OwnImages.exist(sources)) {
      notes.add(
          "what the project says of images in %s is ignored, since it is not trusted"
              .formatted(OwnImages.FOLDER));
    }
    return List.copyOf(notes);
  }

  private static String reason(Exception e) {
    return String.valueOf(e.getMessage());
  }

  /** The Dockerfiles that services are built from, but those that are known. */
  private Map<String, Dockerfile> readDockerfiles(Set<String> known, List<Problem> problems) {
    var paths = new LinkedHashSet<String>();
    for (Service service : services) {
      service
          .build()
          .filter(build -> build.inline() == null)
          .map(Build::dockerfile)
          .ifPresent(paths::add);
    }
    paths.removeAll(known);
    var read = new LinkedHashMap<String, Dockerfile>();
    for (String path : paths) {
      Source source = sources.read(path);
      if (source instanceof Source.Text text) {
        try {
          read.put(path, Dockerfile.read(path, text.text()));
        } catch (DockerfileException e) {
          problems.add(new Problem(path, e.line(), e.column(), e.reason()));
        }
      } else if (source instanceof Source.Refused refused) {
        problems.add(new Problem(path, refused.line(), refused.column(), refused.reason()));
      } else {
        problems.add(
            new Problem(
                path, 0, 0, "there is no such Dockerfile, although a service is built from it"));
      }
    }
    return read;
  }

  private List<Service> collect() {
    var collected = new ArrayList<Service>();
    section("services")
        .forEach(
            (name, layers) -> {
              if (!layers.all().isEmpty()) {
                var service = new Service(this, name, layers);
                collected.add(service);
                byName.put(name, service);
              }
            });
    return List.copyOf(collected);
  }

  /**
   * What all files declare in one section, by name in the order of the files: {@code services},
   * {@code volumes}, {@code networks}, {@code secrets}, {@code configs} or {@code models}.
   */
  public Map<String, Layers> section(String name) {
    return sections.computeIfAbsent(
        name,
        section -> {
          var layers = new LinkedHashMap<String, Layers>();
          declared
              .getOrDefault(section, Map.of())
              .forEach((key, parts) -> layers.put(key, Layers.of(parts)));
          return layers;
        });
  }

  /** The same with the order and the way in which it is merged. */
  public Map<String, Declared> declared(String section) {
    return declared.getOrDefault(section, Map.of());
  }

  /** Folder from which paths in the Compose files are seen, from the root; empty for the root. */
  public String directory() {
    return request.directory;
  }

  /** The services of all files, those in profiles included, in the order of the files. */
  public List<Service> services() {
    return services;
  }

  /** The profiles that are enabled, as they were asked for; {@code *} stands for all. */
  public List<String> profiles() {
    return request.profiles;
  }

  /**
   * The names that all files together define below a key of the root, such as {@code volumes}.
   *
   * @param section the key
   */
  public Set<String> names(String section) {
    return section(section).keySet();
  }

  /**
   * The files in which secrets lie that the project hands to services, by the names of the secrets,
   * from the root; empty where one lies outside, or a variable without a value decides it.
   */
  public Map<String, Optional<String>> secretFiles() {
    var files = new LinkedHashMap<String, Optional<String>>();
    section("secrets")
        .forEach(
            (name, secret) -> {
              if (secret.find("file") instanceof Answer.Known file) {
                files.put(
                    name,
                    file.node() instanceof Node.Scalar scalar
                        ? file.frame().interpolated(scalar).map(file.frame()::path)
                        : Optional.empty());
              }
            });
    return files;
  }

  /**
   * Why files that are not read may say more, so that what is not defined here may be defined
   * there, half a sentence; null where nothing shows it.
   */
  public @Nullable String incomplete() {
    if (unfollowed) {
      return "the project includes or extends files that could not be read";
    }
    for (Service service : services) {
      if (service.isOverride()) {
        return "service %s has neither image nor build here: the files are an override of others"
            .formatted(service.name());
      }
    }
    return null;
  }

  /**
   * What somebody makes of the project as it is, made once: for what takes long and is asked for by
   * several.
   */
  public <T> T derived(Class<T> type, Function<Project, T> make) {
    Object made = derived.get(type);
    if (made == null) {
      made = make.apply(this);
      derived.put(type, made);
    }
    return type.cast(made);
  }

  /** The Compose files that make up the project, in the order in which they are merged. */
  public List<YamlFile> files() {
    return request.files.stream().map(path -> Objects.requireNonNull(file(path))).toList();
  }

  /** The same, and behind them the files that they include and extend from. */
  public List<YamlFile> allFiles() {
    return List.copyOf(library.files().values());
  }

  /** A Compose file of the project, an included one or one with a base to extend; else null. */
  public @Nullable YamlFile file(String path) {
    return library.files().get(path);
  }

  /** The Dockerfiles that services are built from and that could be read. */
  public List<Dockerfile> dockerfiles() {
    var all = new ArrayList<>(dockerfiles.values());
    inlines().values().forEach(inline -> all.add(inline.dockerfile()));
    return all;
  }

  private Map<String, InlineDockerfile> inlines() {
    var inlines = new LinkedHashMap<String, InlineDockerfile>();
    for (Service service : services) {
      InlineDockerfile inline = service.build().map(Build::inline).orElse(null);
      if (inline != null) {
        inlines.put(inline.dockerfile().path(), inline);
      }
    }
    return inlines;
  }

  /** The Dockerfile with this path that stands inside a Compose file; null where it does not. */
  public @Nullable InlineDockerfile inline(String path) {
    return path.endsWith(")") ? inlines().get(path) : null;
  }

  /** The file in which the text of a path stands: of a Dockerfile inside it, the Compose file. */
  public String fileOf(String path) {
    InlineDockerfile inline = inline(path);
    return inline == null ? path : inline.file().path();
  }

  public @Nullable Dockerfile dockerfile(String path) {
    Dockerfile dockerfile = dockerfiles.get(path);
    InlineDockerfile inline = dockerfile == null ? inline(path) : null;
    return inline == null ? dockerfile : inline.dockerfile();
  }

  /** What fixes did to files that are neither Compose files nor Dockerfiles. */
  public OtherFiles others() {
    return others;
  }

  /** Files that fixes have made, with their texts. */
  public Map<String, String> created() {
    return others.created();
  }

  /** What could not be read, although the project names it. */
  public List<Problem> problems() {
    return problems;
  }

  /** What a reader of the report should know of how the project was read; a sentence each. */
  public List<String> notes() {
    return notes;
  }

  /** The files in which the project itself says what it knows of images, from the root. */
  public List<String> imageFiles() {
    return imageFiles;
  }

  /** What is known of images, that of the project included. */
  public Images images() {
    return images;
  }

  public Variables variables() {
    return variables;
  }

  /**
   * What shows that the files are deployed as a Swarm stack, half a sentence; null when nothing
   * does.
   */
  public @Nullable String swarm() {
    if (!swarmLookedFor) {
      swarm = Swarm.of(this);
      swarmLookedFor = true;
    }
    return swarm;
  }

  /** The files and folders that the project names. */
  public Named named() {
    return Named.of(this);
  }

  /** Whether a path exists, before any fix. */
  public boolean exists(String path) {
    return !(sources.read(path) instanceof Source.Missing);
  }

  /** What version control does with a path. */
  public Sources.Tracking tracking(String path) {
    return sources.tracking(path);
  }

  /** The files that its variables come from. */
  public EnvFiles envFiles() {
    return request.envFiles;
  }

  /** A file of the project as it stands now, with what fixes made of it. */
  public Source read(String path) {
    YamlFile file = file(path);
    Dockerfile dockerfile = dockerfiles.get(path);
    String text =
        file != null ? file.text() : dockerfile != null ? dockerfile.text() : others.text(path);
    if (text == null) {
      text = others.variables().get(path);
    }
    return text == null ? sources.read(path) : new Source.Text(text);
  }

  /**
   * The regular files below a folder, before any fix. Nothing is looked at until somebody asks.
   *
   * @param enter whether to look into a folder, by its path from the root
   * @param most entries that are looked at, files and folders together
   */
  public Sources.Listing filesBelow(String folder, Predicate<String> enter, int most) {
    return sources.files(folder, enter, most);
  }

  /** Whether services may draw on text that is not theirs alone: by an anchor, or by a base. */
  public boolean sharesText() {
    return allFiles().stream().anyMatch(file -> file.text().indexOf('&') >= 0)
        || services.stream().anyMatch(s -> s.layers().all().stream().anyMatch(Layer::inherited));
  }

  /** The mappings that more than one service draws from, those with most users first. */
  public List<Shared> shared() {
    if (shared == null) {
      shared = Sharing.of(this);
    }
    return shared;
  }

  /** A service by its name, or null. */
  public @Nullable Service service(String name) {
    return byName.get(name);
  }

  /** The project with other texts in some of its files. */
  public Project with(Map<String, String> texts) throws YamlException, DockerfileException {
    return with(texts, OtherFiles.Hidden.NONE);
  }

  /**
   * The project with other texts in some of its files.
   *
   * @param texts by path; a path that is no file of the project is a new file
   * @param hidden files that are shown nowhere
   * @throws YamlException where a Compose file is no longer one
   * @throws DockerfileException where a Dockerfile is no longer one
   * @throws IllegalArgumentException where the files no longer fit together
   */
  public Project with(Map<String, String> texts, OtherFiles.Hidden hidden)
      throws YamlException, DockerfileException {
    var newFiles = new HashMap<String, YamlFile>();
    var newDockerfiles = new LinkedHashMap<>(dockerfiles);
    var rest = new LinkedHashMap<String, String>();
    for (Map.Entry<String, String> e : texts.entrySet()) {
      if (file(e.getKey()) != null) {
        newFiles.put(e.getKey(), YamlFile.read(e.getKey(), e.getValue()));
      } else if (dockerfiles.containsKey(e.getKey())) {
        newDockerfiles.put(e.getKey(), Dockerfile.read(e.getKey(), e.getValue()));
      } else {
        rest.put(e.getKey(), e.getValue());
      }
    }
    Library texted = library.with(newFiles);
    try {
      OtherFiles newOthers = others.with(rest, this::exists).with(hidden);
      Variables read =
          hidden.variables().isEmpty()
              ? variables
              : Variables.read(
                  sources,
                  request.envFiles.with(newOthers.variables().keySet()),
                  newOthers.variables());
      Assembly.Result assembled = assemble(texted, request, read);
      return new Project(this, request, texted, read, assembled, newDockerfiles, newOthers);
    } catch (ComposeException e) {
      throw new IllegalArgumentException("no longer a project: " + reason(e), e);
    }
  }

  /** The Compose files beside those of the project that are not loaded and make variants of it. */
  public List<Variant.Sibling> siblings() {
    return siblings;
  }

  /**
   * This project as it stands now, with other Compose files merged: files of its own, which are not
   * read again, and one beside them.
   *
   * @param own paths of its own files
   * @param sibling the other file
   * @param read the Dockerfiles that only the other file names; filled by this
   * @throws ComposeException where they make no project
   */
  Project merging(List<String> own, YamlFile sibling, Map<String, Dockerfile> read)
      throws ComposeException {
    var paths = new ArrayList<>(own);
    paths.add(sibling.path());
    Library with = library.with(Map.of(sibling.path(), sibling));
    Request merged = request.merging(paths);
    var all = new LinkedHashMap<>(read);
    all.putAll(dockerfiles);
    Assembly.Result assembled = assemble(with, merged, variables);
    var project = new Project(this, merged, with, variables, assembled, all, others);
    project
        .readDockerfiles(all.keySet(), new ArrayList<>())
        .forEach(
            (path, file) -> {
              all.put(path, file);
              read.put(path, file);
            });
    return project;
  }
}
