package dev.tightship.analysis;

import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Copy;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.Resolution;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A bounded look at what a service is built from and how it is started: does it write to its own
 * file system? It reads names of calls and libraries, it follows no values: a path that does not
 * visibly lie in {@code /tmp} or in a mount counts as elsewhere. What a server that the base image
 * brings writes by itself is not in it.
 */
public final class Writers {

  /** Makes an image that serves files into one that runs programs as well. */
  private static final Pattern INTERPRETER =
      Pattern.compile(
          "(?<![\\w.-])(node|nodejs|npm|python3?|py3-\\w+|php\\d*(-\\w+)?|perl|ruby|lua\\S*|openjdk\\S*|java|default-jre\\S*|uwsgi|fcgiwrap)(?![\\w.-])");

  private static final Pattern CLONE = Pattern.compile("\\bgit\\s+clone\\b");

  private static final int LONGEST_LINE = 4000;

  private final Recipe.Read recipe;
  private final String dockerfile;
  private final Places places;
  private final Start start;
  private final StartScripts starts;
  private @Nullable WrittenFolders folders;

  private Writers(Service service, Recipe.Read recipe) {
    this.recipe = recipe;
    this.dockerfile = recipe.file().path();
    this.places = Places.of(service, recipe.image());
    this.starts = StartScripts.of(service, recipe);
    this.start = starts.start();
  }

  /** Reads the files of the build context each time it is asked. Never {@link Writes.OnlyTo}. */
  public static Writes of(Service service) {
    return of(service, false);
  }

  /** The same, with folders that hold nothing of the program told apart. */
  public static Writes withFolders(Service service) {
    return of(service, true);
  }

  private static Writes of(Service service, boolean apart) {
    String inheritance = service.inheritance();
    if (inheritance != null) {
      return new Writes.CannotTell(inheritance);
    }
    Recipe recipe = Recipe.of(service);
    if (!(recipe instanceof Recipe.Read read)) {
      return new Writes.CannotTell(
          recipe instanceof Recipe.Unread unread ? unread.because() : "it is not built here");
    }
    String context = read.build().context();
    if (context == null) {
      return new Writes.CannotTell("its build context is outside of the project");
    }
    try {
      SourceTree tree = SourceTree.of(service, context, read.file().path());
      var writers = new Writers(service, read);
      if (!apart) {
        return writers.look(tree, context);
      }
      writers.folders = new WrittenFolders(read, writers.places, tree);
      return apart(writers.look(tree, context), writers.folders.found());
    } catch (SourceTree.TooMuch e) {
      return new Writes.CannotTell(String.valueOf(e.getMessage()));
    }
  }

  /** Where not all could be looked at, the first write counts as one that is not understood. */
  private static Writes apart(Writes writes, SortedMap<String, Writes.Seen> folders) {
    if (folders.isEmpty() || writes instanceof Writes.Seen) {
      return writes;
    }
    return writes instanceof Writes.CannotTell
        ? folders.values().iterator().next()
        : new Writes.OnlyTo(folders);
  }

  private Writes look(SourceTree tree, String context) throws SourceTree.TooMuch {
    String started = starts.text();
    List<SourceTree.Text> scripts = tree.scripts(started);
    for (Start.Line line : start.lines()) {
      String what = inCommand(line.text());
      if (what != null) {
        return new Writes.Seen(line.file(), line.line(), what);
      }
    }
    for (SourceTree.Text script : scripts) {
      Writes.Seen seen = inScript(script);
      if (seen != null) {
        return seen;
      }
    }
    String missing = starts.missing(scripts);
    if (missing != null) {
      return new Writes.CannotTell(missing);
    }
    if (servesFiles()) {
      return new Writes.NoneSeen(scripts.size(), "its image only serves files");
    }
    Set<String> words = SourceTree.words(started);
    scripts.forEach(s -> words.addAll(SourceTree.words(s.text())));
    return lookAtProgram(tree, context, scripts, words);
  }

  private Writes lookAtProgram(
      SourceTree tree, String context, List<SourceTree.Text> scripts, Set<String> words)
      throws SourceTree.TooMuch {
    Writes ofBuild = inBuild(words);
    if (ofBuild != null) {
      return ofBuild;
    }
    List<SourceTree.Text> texts = tree.texts(words);
    Writes ofPackage = inPackage(texts, context, scripts);
    if (ofPackage != null) {
      return ofPackage;
    }
    if (folders != null) {
      folders.started(start.text());
      scripts.forEach(script -> folders.started(script.text()));
      texts.forEach(folders::reads);
    }
    int programs = 0;
    for (SourceTree.Text text : texts) {
      Writes.Seen seen = inLibraries(text);
      Language language = Language.of(text.path());
      if (seen == null && language != null) {
        seen = inProgram(text, language);
        programs += language == Language.SETTINGS ? 0 : 1;
      }
      if (seen != null) {
        return seen;
      }
    }
    for (SourceTree.Text lock : tree.locks()) {
      Libraries.Named named = Libraries.locked(lock.text());
      if (named != null) {
        return library(lock.path(), lock.line(named.at()), named.name());
      }
    }
    String foreign = tree.notUnderstood();
    if (foreign != null) {
      return new Writes.CannotTell(foreign + " is not in a language that is understood");
    }
    return programs == 0
        ? new Writes.CannotTell("there is no source file in a language that is understood")
        : new Writes.NoneSeen(
            programs, "none of its " + programs + " source files calls what writes to files");
  }

  private @Nullable String inCommand(String command) {
    String what = StartWrites.in(command, places);
    return what == null ? ShellWrites.in(command, places) : what;
  }

  private Writes.@Nullable Seen inScript(SourceTree.Text script) {
    int number = 1;
    for (String line : script.text().split("\n", -1)) {
      String what = line.length() > LONGEST_LINE ? "is too long to look at" : inCommand(line);
      if (what != null) {
        return new Writes.Seen(script.path(), number, what);
      }
      number++;
    }
    return null;
  }

  private boolean servesFiles() {
    ImageProfile base = recipe.base();
    Kind kind = base == null ? null : base.kind();
    return (kind == Kind.WEB || kind == Kind.PROXY)
        && recipe.image().runs().stream()
            .noneMatch(run -> INTERPRETER.matcher(run.arguments().text()).find());
  }

  private @Nullable Writes inBuild(Set<String> words) {
    for (Instruction instruction : recipe.file().instructions()) {
      if (instruction.is("RUN")) {
        String command = instruction.arguments().text();
        if (CLONE.matcher(command).find()) {
          return new Writes.CannotTell(
              "line %s of %s fetches sources that are not here"
                  .formatted(instruction.line(), dockerfile));
        }
        Libraries.Named named = Libraries.installed(command);
        if (named != null) {
          return library(dockerfile, instruction.line(), named.name());
        }
      }
    }
    for (Copy copy : recipe.image().copies()) {
      String target = copy.target() instanceof Resolution.Known known ? known.text() : "";
      if (!copy.by().heredocs().isEmpty()
          && (words.contains(name(target)) || Language.of(target) != null)) {
        return new Writes.CannotTell(
            "line %s of %s holds a file of the program, which is not looked at"
                .formatted(copy.by().line(), dockerfile));
      }
    }
    return null;
  }

  /** What {@code npm start} and its like run; null when nothing of it writes. */
  private @Nullable Writes inPackage(
      List<SourceTree.Text> texts, String context, List<SourceTree.Text> scripts) {
    var commands = new StringBuilder(start.text());
    scripts.forEach(script -> commands.append('\n').append(script.text()));
    if (!NpmScripts.isCalled(commands.toString())) {
      return null;
    }
    var manifests = new ArrayList<SourceTree.Text>();
    for (SourceTree.Text text : texts) {
      if (text.name().equals("package.json")) {
        manifests.add(text);
      }
    }
    String own = context.isEmpty() ? "package.json" : context + "/package.json";
    SourceTree.Text manifest =
        manifests.stream()
            .filter(text -> manifests.size() == 1 || text.path().equals(own))
            .findFirst()
            .orElse(null);
    if (manifest == null) {
      return new Writes.CannotTell("it is started by npm, and its package.json cannot be told");
    }
    for (Start.Line line : NpmScripts.of(commands.toString(), manifest)) {
      String what = inCommand(line.text());
      if (what != null) {
        return new Writes.Seen(line.file(), line.line(), what);
      }
    }
    return null;
  }

  private static Writes.@Nullable Seen inLibraries(SourceTree.Text text) {
    Libraries libraries = Libraries.of(text.path());
    Libraries.Named named = libraries == null ? null : libraries.in(text.text());
    return named == null ? null : library(text.path(), text.line(named.at()), named.name());
  }

  private static Writes.Seen library(String file, int line, String name) {
    return new Writes.Seen(
        file,
        line,
        "brings in " + name.toLowerCase(Locale.ROOT) + ", which may write files of its own");
  }

  /** The first thing in the file, whichever rule finds it. */
  private Writes.@Nullable Seen inProgram(SourceTree.Text file, Language language) {
    int first = Integer.MAX_VALUE;
    String what = "";
    for (Rule rule : WriteRules.of(language)) {
      Matcher sign = rule.sign().matcher(file.text());
      while (sign.find() && sign.start() < first) {
        List<String> arguments = Arguments.of(file.text(), sign.end());
        if (!language.isComment(file.text(), sign.start())
            && rule.when().test(arguments)
            && !rule.allowed(arguments, places)) {
          String says = rule.says().replace("%s", shown(sign));
          var seen = new Writes.Seen(file.path(), file.line(sign.start()), says);
          if (folders == null || !folders.take(rule, sign.group(), arguments, language, seen)) {
            first = sign.start();
            what = says;
          }
        }
      }
    }
    return what.isEmpty() ? null : new Writes.Seen(file.path(), file.line(first), what);
  }

  private static String shown(Matcher sign) {
    String text = sign.group().strip().replaceAll("\\s+", " ");
    return text.startsWith(".") ? text.substring(1) : text;
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
