package dev.tightship.compose;

import dev.tightship.compose.Sources.Source;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.DockerfileException;
import dev.tightship.knowledge.Images;
import dev.tightship.yaml.Node;
import dev.tightship.yaml.YamlException;
import dev.tightship.yaml.YamlFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A Compose project as its texts stand now: Compose files in their order, the Dockerfiles that they
 * build, and the variables. Immutable; an edited project is a new one.
 */
public final class Project {

  private final Sources sources;
  private final Images images;
  private final List<String> imageFiles;
  private final List<String> notes;
  private final String directory;
  private final Variables variables;
  private final Map<String, YamlFile> files;
  private final Map<String, Dockerfile> dockerfiles;
  private final Map<String, String> created;
  private final List<Problem> problems;
  private final List<Service> services;
  private final Map<String, String> heirs;
  private boolean swarmLookedFor;
  private @Nullable String swarm;

  /**
   * What to load.
   *
   * @param files the Compose files in the order in which they are merged, from the project's root
   * @param directory the project directory, from which paths in the files are seen; empty for the
   *     root
   * @param envFiles files with variables instead of the {@code .env} of the project directory
   * @param untrusted whether what the project says to Tightship itself is ignored
   */
  public record Request(
      List<String> files, String directory, List<String> envFiles, boolean untrusted) {

    /** The ordinary case: the first file's folder is the project directory. */
    public static Request of(List<String> files) {
      return new Request(files, Paths.folder(files.get(0)), List.of(), false);
    }
  }

  private Project(
      Sources sources,
      Images images,
      List<String> imageFiles,
      List<String> notes,
      String directory,
      Variables variables,
      Map<String, YamlFile> files,
      Map<String, Dockerfile> dockerfiles,
      Map<String, String> created,
      List<Problem> problems) {
    this.sources = sources;
    this.images = images;
    this.imageFiles = imageFiles;
    this.notes = notes;
    this.directory = directory;
    this.variables = variables;
    this.files = files;
    this.dockerfiles = dockerfiles;
    this.created = created;
    this.problems = problems;
    this.services = collect();
    this.heirs = Inheritance.heirs(files.values());
  }

  /**
   * Reads a project.
   *
   * @throws ComposeException where a Compose file cannot be read, or none of them has a service;
   *     what else cannot be read is among {@link #problems()}
   */
  public static Project load(Sources sources, Images images, Request request)
      throws ComposeException {
    var files = new LinkedHashMap<String, YamlFile>();
    for (String path : request.files) {
      files.put(path, read(sources, path));
    }
    Inheritance.refuseCycles(files.values());
    var problems = new ArrayList<Problem>();
    files.values().forEach(file -> noteIncludes(file, problems));
    var variables = Variables.read(sources, request, problems);
    var own =
        request.untrusted
            ? new OwnImages(List.of(), images, List.of())
            : OwnImages.read(sources, images);
    problems.addAll(own.problems());
    var notes = new ArrayList<String>();
    if (!own.files().isEmpty()) {
      notes.add(
          "what the project says of images in %s counts, as inferred".formatted(OwnImages.FOLDER));
    } else if (request.untrusted && OwnImages.exist(sources)) {
      notes.add(
          "what the project says of images in %s is ignored, since it is not trusted"
              .formatted(OwnImages.FOLDER));
    }
    var bare =
        new Project(
            sources,
            own.images(),
            own.files(),
            List.copyOf(notes),
            request.directory,
            variables,
            files,
            new LinkedHashMap<>(),
            Map.of(),
            problems);
    if (bare.services.isEmpty()) {
      boolean includes =
          files.values().stream()
              .map(YamlFile::root)
              .anyMatch(root -> root != null && Merged.find(root, "include") != null);
      throw new ComposeException(
          new Problem(
              request.files.get(0),
              0,
              0,
              includes
                  ? "all its services are in files that it includes, which are not followed yet:"
                      + " name those files"
                  : "no services here: is it a Compose file?"));
    }
    return new Project(
        sources,
        own.images(),
        own.files(),
        bare.notes,
        request.directory,
        variables,
        files,
        bare.readDockerfiles(problems),
        Map.of(),
        List.copyOf(problems));
  }

  private static YamlFile read(Sources sources, String path) throws ComposeException {
    Source source = sources.read(path);
    if (source instanceof Source.Refused refused) {
      throw new ComposeException(
          new Problem(path, refused.line(), refused.column(), refused.reason()));
    }
    if (!(source instanceof Source.Text text)) {
      throw new ComposeException(new Problem(path, 0, 0, "there is no such file"));
    }
    try {
      return YamlFile.read(path, text.text());
    } catch (YamlException e) {
      throw new ComposeException(new Problem(path, e.line(), e.column(), reason(e)));
    }
  }

  private static void noteIncludes(YamlFile file, List<Problem> problems) {
    for (Node document : file.documents()) {
      if (document instanceof Node.Mapping root && root.entries().containsKey("include")) {
        var at = file.lines().position(root.entries().get("include").key().span().start());
        problems.add(
            new Problem(
                file.path(),
                at.line(),
                at.column(),
                "include is not followed yet: run the included files as projects of their own"));
      }
    }
  }

  private static String reason(Exception e) {
    return String.valueOf(e.getMessage());
  }

  private Map<String, Dockerfile> readDockerfiles(List<Problem> problems) {
    var paths = new LinkedHashSet<String>();
    for (Service service : services) {
      service.build().map(Build::dockerfile).ifPresent(paths::add);
    }
    var read = new LinkedHashMap<String, Dockerfile>();
    for (String path : paths) {
      Source source = sources.read(path);
      if (source instanceof Source.Text text) {
        try {
          read.put(path, Dockerfile.read(path, text.text()));
        } catch (DockerfileException e) {
          problems.add(new Problem(path, e.line(), e.column(), reason(e)));
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
    var definitions = new LinkedHashMap<String, List<Service.Definition>>();
    for (YamlFile file : files.values()) {
      for (Node document : file.documents()) {
        var hit = Merged.find(document, "services");
        if (hit != null && hit.node() instanceof Node.Mapping mapping) {
          mapping
              .entries()
              .forEach(
                  (name, entry) ->
                      definitions
                          .computeIfAbsent(name, n -> new ArrayList<>())
                          .add(new Service.Definition(file, entry.value())));
        }
      }
    }
    definitions.remove("<<");
    var collected = new ArrayList<Service>();
    definitions.forEach((name, list) -> collected.add(new Service(this, name, list)));
    return List.copyOf(collected);
  }

  /** Folder from which paths in the Compose files are seen, from the root; empty for the root. */
  public String directory() {
    return directory;
  }

  /** The services of all files, those in profiles included, in the order of the files. */
  public List<Service> services() {
    return services;
  }

  /** The Compose files in the order in which they are merged. */
  public List<YamlFile> files() {
    return List.copyOf(files.values());
  }

  public @Nullable YamlFile file(String path) {
    return files.get(path);
  }

  /** The Dockerfiles that services are built from and that could be read. */
  public List<Dockerfile> dockerfiles() {
    return List.copyOf(dockerfiles.values());
  }

  public @Nullable Dockerfile dockerfile(String path) {
    return dockerfiles.get(path);
  }

  /** Files that fixes have made, with their texts. */
  public Map<String, String> created() {
    return created;
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

  /** A file of the project as it stands now, with what fixes made of it. */
  public Source read(String path) {
    YamlFile file = files.get(path);
    Dockerfile dockerfile = dockerfiles.get(path);
    String text =
        file != null ? file.text() : dockerfile != null ? dockerfile.text() : created.get(path);
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

  /** A scalar's text with its variables filled in; empty where one has no value. */
  public Optional<String> interpolated(Node.Scalar scalar) {
    return variables.fill(scalar.text());
  }

  /** A service that extends the named one, or null. */
  @Nullable String heirOf(String service) {
    return heirs.get(service);
  }

  /**
   * The project with other texts in some of its files.
   *
   * @param texts by path; a path that is no file of the project is a new file
   * @throws YamlException where a Compose file is no longer one
   * @throws DockerfileException where a Dockerfile is no longer one
   */
  public Project with(Map<String, String> texts) throws YamlException, DockerfileException {
    var newFiles = new LinkedHashMap<>(files);
    var newDockerfiles = new LinkedHashMap<>(dockerfiles);
    var newCreated = new LinkedHashMap<>(created);
    for (Map.Entry<String, String> e : texts.entrySet()) {
      if (files.containsKey(e.getKey())) {
        newFiles.put(e.getKey(), YamlFile.read(e.getKey(), e.getValue()));
      } else if (dockerfiles.containsKey(e.getKey())) {
        newDockerfiles.put(e.getKey(), Dockerfile.read(e.getKey(), e.getValue()));
      } else {
        newCreated.put(e.getKey(), e.getValue());
      }
    }
    return new Project(
        sources,
        images,
        imageFiles,
        notes,
        directory,
        variables,
        newFiles,
        newDockerfiles,
        newCreated,
        problems);
  }
}
