package dev.tightship.passes;

import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.ShellCommand;
import dev.tightship.dockerfile.ShellWord;
import dev.tightship.dockerfile.Stage;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells what a build fetches and runs at once, unseen. */
final class RemoteScript implements ScriptPass {

  private static final String CHECK =
      "fetch a fixed version with ADD --checksum=sha256:…, or to a file that sha256sum -c checks, and"
          + " run that";

  /**
   * What to do in the place of well-known installers, by host and beginning of the path. Each as
   * the project itself or the image documents it.
   */
  private static final Map<String, String> INSTEAD =
      Map.ofEntries(
          Map.entry("deb.nodesource.com/", "build on the official image node at a fixed version"),
          Map.entry("rpm.nodesource.com/", "build on the official image node at a fixed version"),
          Map.entry(
              "raw.githubusercontent.com/nvm-sh/nvm/",
              "build on the official image node at a fixed version"),
          Map.entry("sh.rustup.rs/", "build on the official image rust at a fixed version"),
          Map.entry(
              "get.docker.com/",
              "copy the client from the official image: COPY --from=docker:VERSION-cli"
                  + " /usr/local/bin/docker /usr/local/bin/"),
          Map.entry(
              "install.python-poetry.org/",
              "install a fixed version from the package index: pip install poetry==VERSION"),
          Map.entry(
              "astral.sh/uv/",
              "copy it from its image: COPY --from=ghcr.io/astral-sh/uv:VERSION /uv /uvx /bin/"),
          Map.entry(
              "getcomposer.org/installer",
              "copy it from the official image: COPY --from=composer:VERSION /usr/bin/composer"
                  + " /usr/bin/composer"),
          Map.entry("bun.sh/install", "build on the image oven/bun at a fixed version"),
          Map.entry("bun.com/install", "build on the image oven/bun at a fixed version"),
          Map.entry(
              "deno.land/",
              "copy it from its image: COPY --from=denoland/deno:bin-VERSION /deno"
                  + " /usr/local/bin/deno"),
          Map.entry(
              "get.pnpm.io/",
              "install a fixed version from the registry: npm install -g pnpm@VERSION"),
          Map.entry(
              "bootstrap.pypa.io/",
              "build on the official image python, which has pip, or take the package python3-pip"));

  private static final Set<String> INTERPRETERS =
      Set.of("python", "python2", "python3", "perl", "ruby", "node", "php");

  /** A command inside a word that fetches: the quotes of the word are gone. */
  private static final Pattern FETCHES = Pattern.compile("^\\s*(?:\\$\\(|`)\\s*(?:curl|wget)\\s");

  /** In text that is not taken apart: a shell that reads what a command fetches. */
  private static final Pattern SUBSTITUTED =
      Pattern.compile(
          "(?:^|[\\s;&|(])(?:(?:ba|z|da|k)?sh(?:\\s{1,9}-[\\w-]{1,20}){0,4}+|source|[.])"
              + "\\s{1,9}<\\(\\s{0,9}(?:curl|wget)\\s[^\\n]{0,1000}");

  private static final Pattern EVALUATED =
      Pattern.compile(
          "(?:^|[\\s;&|(])eval\\s{1,9}\"?(?:\\$\\(|`)\\s{0,9}(?:curl|wget)\\s[^\\n]{0,1000}");

  private static final Pattern PIPED =
      Pattern.compile(
          "(?:^|[\\s;&(])(?:curl|wget)\\s[^|;&\\n<>()]{1,500}\\|\\s{0,9}"
              + "(?:sudo\\s{1,9}(?:-E\\s{1,9})?)?(?:ba|z|da|k)?sh(?:\\s{1,9}-s?)?(?=\\s{0,9}(?:$|[;&\\n)]|--\\s))");

  /** Options of pip that take an address which is none of a package. */
  private static final Set<String> PIP_VALUES =
      Set.of(
          "-i",
          "--index-url",
          "--extra-index-url",
          "-f",
          "--find-links",
          "-c",
          "--constraint",
          "-r",
          "--requirement",
          "--proxy");

  private static final Pattern COMMIT = Pattern.compile(".*@[0-9a-f]{40}(?:[#&].*)?");

  @Override
  public String id() {
    return "remote-script";
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public List<Remark> remarks(Dockerfile file, Stage stage, List<Runs> runs) {
    var remarks = new ArrayList<Remark>();
    boolean known = true;
    for (Runs one : runs) {
      if (one.instruction().is("HEALTHCHECK")) {
        continue;
      }
      known &= one.known();
      Subject subject = StagePass.subject(file, stage, one.instruction());
      var found = new Found(one.instruction().is("RUN") ? "the build" : "each start");
      one.scripts().forEach(found::script);
      if (!one.known()) {
        found.text(one.instruction().arguments().text());
      }
      found.byMessage.forEach(
          (message, say) ->
              remarks.add(Remark.advice(subject, say.severity, message, say.instead)));
    }
    if (remarks.isEmpty()) {
      remarks.add(
          Remark.fine(
              StagePass.subject(file, stage),
              known
                  ? "it runs nothing that it fetches unseen"
                  : "nothing of it that can be told runs what it fetches"));
    }
    return remarks;
  }

  private record Say(Severity severity, String instead) {}

  /** What there is to say of one instruction, each thing once. */
  private static final class Found {

    private final String who;
    private final Map<String, Say> byMessage = new LinkedHashMap<>();

    Found(String who) {
      this.who = who;
    }

    void script(List<ShellCommand> script) {
      for (List<ShellCommand> pipeline : Runs.pipelines(script)) {
        pipeline(pipeline);
      }
      for (ShellCommand command : script) {
        ShellCommand.Program program = command.program();
        if (program != null) {
          substituted(program);
          packages(program.name(), program.arguments());
        }
      }
      if (!Runs.verifies(script)) {
        saved(script);
      }
    }

    /** {@code curl … | sh}. */
    private void pipeline(List<ShellCommand> pipeline) {
      Fetch fetch = null;
      for (ShellCommand command : pipeline) {
        ShellCommand.Program program = command.program();
        if (fetch != null && program != null && readsScript(program)) {
          runs(fetch.address());
          return;
        }
        Fetch here = Fetch.of(command);
        fetch = here == null ? fetch : here;
      }
    }

    /** {@code sh -c "$(curl …)"}. */
    private void substituted(ShellCommand.Program program) {
      boolean before = false;
      for (ShellWord word : program.arguments()) {
        String written = Runs.written(word);
        if (before && word.runs() && FETCHES.matcher(written).find()) {
          if (Runs.isShell(program.name())) {
            runs(Address.in(written));
          }
          return;
        }
        before = word.literal() != null && word.literal().matches("-[a-z]*c");
      }
    }

    /** {@code pip install https://…}. */
    private void packages(String name, List<ShellWord> arguments) {
      int at = 0;
      boolean pip = name.matches("pip[0-9.]*");
      if (name.matches("python[0-9.]*")) {
        pip = arguments.size() > 1 && arguments.get(0).is("-m") && arguments.get(1).is("pip");
        at = 2;
      }
      if (!pip || at >= arguments.size() || !arguments.get(at).is("install")) {
        return;
      }
      for (int i = at + 1; i < arguments.size(); i++) {
        String written = Runs.written(arguments.get(i));
        boolean value = PIP_VALUES.contains(written(arguments.get(i - 1)));
        boolean option = written.startsWith("-");
        boolean git = written.contains("git+");
        Address address = option || value ? null : Address.in(written);
        if (address != null
            && !written.contains("#sha256=")
            && !COMMIT.matcher(written).matches()) {
          add(
              "%s installs what pip finds at %s".formatted(who, address.host()),
              Severity.LOW,
              git
                  ? "name a whole commit behind the address, @ and 40 digits, or a release of the"
                      + " package index"
                  : "put #sha256=… of the file behind the address, or take a release of the package"
                      + " index");
        }
      }
    }

    private static String written(ShellWord word) {
      return Runs.written(word);
    }

    /** {@code curl -o x … && chmod +x x}, or the same with {@code sh x}. */
    private void saved(List<ShellCommand> script) {
      var files = new HashMap<String, Fetch>();
      var kept = new LinkedHashSet<Fetch>();
      var ran = new LinkedHashSet<Fetch>();
      for (ShellCommand command : script) {
        Fetch fetch = Fetch.of(command);
        if (fetch != null) {
          fetch.files().forEach(file -> files.put(name(file), fetch));
        }
        ShellCommand.Program program = command.program();
        if (program == null || files.isEmpty()) {
          continue;
        }
        Fetch started = files.get(name(written(program.word())));
        if (started == null && (Runs.isShell(program.name()) || isInterpreter(program.name()))) {
          started = firstFile(program.arguments(), files);
        }
        Fetch used = keepsProgram(program) ? firstFile(program.arguments(), files) : null;
        if (started != null) {
          ran.add(started);
        } else if (used != null) {
          kept.add(used);
        }
      }
      kept.removeAll(ran);
      ran.forEach(fetch -> runsSaved(fetch.address()));
      kept.forEach(fetch -> keeps(fetch.address()));
    }

    /** Whether it makes a program of a file, or installs one. */
    private static boolean keepsProgram(ShellCommand.Program program) {
      List<ShellWord> arguments = program.arguments();
      return switch (program.name()) {
        case "chmod" -> makesRunnable(arguments);
        case "dpkg" -> arguments.stream().anyMatch(a -> a.is("-i") || a.is("--install"));
        default -> false;
      };
    }

    private static String name(String file) {
      return file.startsWith("./") ? file.substring(2) : file;
    }

    private static @Nullable Fetch firstFile(List<ShellWord> words, Map<String, Fetch> files) {
      for (ShellWord word : words) {
        Fetch fetch = files.get(name(written(word)));
        if (fetch != null) {
          return fetch;
        }
      }
      return null;
    }

    private void runs(@Nullable Address address) {
      if (address == null) {
        add(who + " runs what an address sends, unseen", Severity.MEDIUM, CHECK);
      } else if (!address.isLocal()) {
        boolean open = !address.secure();
        add(
            open
                ? "%s runs what %s sends without encryption: anyone on the way can change it"
                    .formatted(who, address.host())
                : "%s runs what %s sends, unseen".formatted(who, address.host()),
            open ? Severity.HIGH : Severity.MEDIUM,
            instead(address));
      }
    }

    private void runsSaved(@Nullable Address address) {
      if (address == null || !address.isLocal()) {
        String host = address == null ? "an address" : address.host();
        add(
            "%s runs a file from %s and checks nothing of it".formatted(who, host),
            Severity.MEDIUM,
            address == null ? CHECK : instead(address));
      }
    }

    private void keeps(@Nullable Address address) {
      if (address != null && address.isLocal()) {
        return;
      }
      String host = address == null ? "an address" : address.host();
      add(
          "a program comes from %s, and nothing of it is checked".formatted(host),
          Severity.LOW,
          "fetch it with ADD --checksum=sha256:…, or let sha256sum -c check it before it is used");
    }

    private void add(String message, Severity severity, String instead) {
      byMessage.putIfAbsent(message, new Say(severity, instead));
    }

    /** A text that is not taken apart: only what cannot mean anything else. */
    void text(String text) {
      String plain = Unquoted.of(text);
      for (Pattern pattern : List.of(SUBSTITUTED, EVALUATED, PIPED)) {
        Matcher matcher = pattern.matcher(plain);
        while (matcher.find()) {
          // an address in quotes is not in the plain text, which has the same length
          runs(Address.in(text.substring(matcher.start(), matcher.end())));
        }
      }
    }
  }

  private static String instead(Address address) {
    String place = address.host() + (address.path().isEmpty() ? "/" : address.path());
    for (Map.Entry<String, String> known : INSTEAD.entrySet()) {
      if (place.startsWith(known.getKey())) {
        return known.getValue();
      }
    }
    return CHECK;
  }

  private static boolean isInterpreter(String name) {
    return INTERPRETERS.contains(name) || name.matches("python[23][.][0-9]+");
  }

  /** Whether it takes its program from what is piped to it. */
  private static boolean readsScript(ShellCommand.Program program) {
    List<ShellWord> arguments = program.arguments();
    String first = arguments.isEmpty() ? "" : arguments.get(0).literal();
    if (isInterpreter(program.name())) {
      boolean own = program.name().equals("php") && "--".equals(first);
      return own || "".equals(first) || "-".equals(first);
    }
    if (!Runs.isShell(program.name()) || program.name().equals("busybox")) {
      return false;
    }
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i).literal();
      if (word == null) {
        return false;
      }
      if (word.equals("-") || word.equals("--") || word.equals("/dev/stdin")) {
        return true;
      }
      if (!word.startsWith("-")) {
        return false;
      }
      if (word.matches("-[a-z]*s")) {
        return true;
      }
      if (word.startsWith("--") || word.indexOf('c') > 0) {
        boolean harmless = Set.of("--login", "--norc", "--noprofile", "--posix").contains(word);
        if (!harmless) {
          return false;
        }
      }
      i += word.endsWith("o") ? 1 : 0;
    }
    return true;
  }

  /** Whether a chmod lets something be run. */
  private static boolean makesRunnable(List<ShellWord> arguments) {
    for (ShellWord argument : arguments) {
      String word = argument.literal();
      if (word != null && word.matches("[ugoa]*[+=][rws]*x.*|0?[0-7]*[1357][0-7]{2}")) {
        return true;
      }
    }
    return false;
  }
}
