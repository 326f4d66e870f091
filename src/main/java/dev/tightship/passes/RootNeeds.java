package dev.tightship.passes;

import dev.tightship.analysis.Recipe;
import dev.tightship.compose.Answer;
import dev.tightship.compose.Mount;
import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Flag;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.Stage;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Signs that a service which is built here needs to be root, beside the programs that it starts.
 */
final class RootNeeds {

  private static final Set<String> HOST = Set.of("network_mode", "pid", "ipc");

  /** Root's home is closed to everybody else in all distributions. */
  private static final Pattern HOME =
      Pattern.compile(
          "(?<![\\w.-])/root(?![\\w.-])|(?<![\\w/.~-])~/|\\$\\{?HOME\\b"
              + "|\\bpip3?\\s[^&|;\\n]{0,500}--user\\b|\\bgit\\s+config\\s[^&|;\\n]{0,100}--global\\b"
              + "|\\b(?:playwright|puppeteer|camoufox)\\s+(?:browsers\\s+)?install\\b"
              + "|\\b(?:nltk\\.download|from_pretrained|snapshot_download|hf_hub_download)\\b"
              + "|\\b(?:pipx|poetry|pipenv|pyenv|rustup|sdk|nvm)\\s+install\\b|\\buv\\s+(?:python|tool)\\b"
              + "|install\\.python-poetry\\.org|sh\\.rustup\\.rs|bun\\.sh/install|get\\.sdkman\\.io");

  /** With the system as its place poetry and its like leave nothing at home. */
  private static final Pattern AT_SYSTEM =
      Pattern.compile(
          "virtualenvs\\.create\\s+false|POETRY_VIRTUALENVS_(?:CREATE|IN_PROJECT|PATH)|--system\\b"
              + "|virtualenvs\\.in-project\\s+true|PIPENV_VENV_IN_PROJECT");

  private static final Pattern INSTALLS_AT_SYSTEM =
      Pattern.compile("\\b(?:poetry|pipenv)\\s+install\\b");

  private static final Pattern BETWEEN_COMMANDS = Pattern.compile("&&|\\|\\||[;|\\n]");

  /** What takes reading away from everybody else. */
  private static final Pattern CLOSES =
      Pattern.compile(
          "\\bchmod\\s+(?:-\\S+\\s+)*(?:0?[0-7][0-7][0-3]|[ugoa,]*(?:o|go|a)(?:-\\w*r|=[wx]*)\\w*)(?:\\s|$)"
              + "|\\bumask\\s+0?[0-7]?[0-7]7\\b");

  private static final Pattern CLOSED = Pattern.compile("0?[0-7][0-7][0-3]");

  private static final Pattern FETCHED =
      Pattern.compile(
          "\\b(?:curl|wget)\\b[^&;\\n]{0,1000}\\|\\s*(?:\\S+=\\S+\\s+)*(?:sudo\\s+)?(?:ba|da|z)?sh\\b");

  private RootNeeds() {}

  /** A setting of the service that is of use to root alone, half a sentence, or null. */
  static @Nullable String inSettings(Service service) {
    if (Privileged.is(service)) {
      return "service %s is privileged, which has to go first".formatted(service.name());
    }
    for (String key : new String[] {"cap_add", "devices", "device_cgroup_rules", "volumes_from"}) {
      if (!(service.find(key) instanceof Answer.Absent)) {
        return "service %s has %s, which may be there for root alone"
            .formatted(service.name(), key);
      }
    }
    for (String key : HOST) {
      boolean host =
          service.has(key) && service.text(key).map(text -> text.equals("host")).orElse(true);
      if (host || service.find(key) instanceof Answer.Unknown) {
        return "service %s shares with its machine (%s), where root may be needed"
            .formatted(service.name(), key);
      }
    }
    for (Mount mount : service.mounts()) {
      String from = mount.source() == null ? "" : mount.source();
      String to = mount.target() == null ? "" : mount.target();
      if (DockerSocket.leadsToEngine(from) || DockerSocket.leadsToEngine(to)) {
        return "service %s mounts %s, which only root may use"
            .formatted(service.name(), from.isEmpty() ? to : from);
      }
    }
    return null;
  }

  /** Something that the Dockerfile leaves where only root reaches it, half a sentence, or null. */
  static @Nullable String inFiles(Recipe.Read recipe) {
    boolean system = false;
    for (Stage stage : recipe.image().stages()) {
      for (Instruction instruction : stage.instructions()) {
        system |= AT_SYSTEM.matcher(text(recipe.file(), instruction)).find();
      }
    }
    for (Stage stage : recipe.image().stages()) {
      for (Instruction instruction : stage.instructions()) {
        String found = inFiles(recipe.file(), instruction, system);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private static @Nullable String inFiles(
      Dockerfile file, Instruction instruction, boolean system) {
    if (instruction.is("LABEL") || instruction.is("ONBUILD") || instruction.is("HEALTHCHECK")) {
      return null;
    }
    String text = text(file, instruction);
    for (String command : BETWEEN_COMMANDS.split(text, -1)) {
      Matcher home = HOME.matcher(command);
      if (command.strip().matches("rm\\s.*") || !home.find()) {
        continue;
      }
      if (!(system && INSTALLS_AT_SYSTEM.matcher(home.group()).matches())) {
        return "line %s leaves something in the home of root (%s), which nobody else may read"
            .formatted(instruction.line(), home.group().strip());
      }
    }
    Matcher closes = CLOSES.matcher(text);
    Flag mode = instruction.flag("chmod");
    boolean closed = mode != null && mode.value() != null && CLOSED.matcher(mode.value()).matches();
    return closed || (instruction.is("RUN") && closes.find())
        ? "line %s closes files to everybody else".formatted(instruction.line())
        : null;
  }

  /** A sign that is no proof, half a sentence, or null. */
  static @Nullable String maybe(Recipe.Read recipe) {
    for (Instruction run : recipe.image().runs()) {
      String text = text(recipe.file(), run);
      Matcher tool = BuiltCapabilities.TOOLS.matcher(text);
      if (tool.find()) {
        return "line %s names %s, which may need root".formatted(run.line(), tool.group(1));
      }
      if (FETCHED.matcher(text).find()) {
        return "line %s runs a script from elsewhere, which may install for root alone"
            .formatted(run.line());
      }
    }
    return null;
  }

  private static String text(Dockerfile file, Instruction instruction) {
    return Accounts.text(file, instruction);
  }
}
