package dev.tightship.passes;

import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.ShellCommand;
import dev.tightship.dockerfile.ShellWord;
import dev.tightship.pass.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells of servers that one logs in to, and of passwords of accounts, in images. */
final class LoginInImage implements ScriptPass {

  /** Packages that bring a server of the kind, in Debian, Alpine and RPM distributions. */
  private static final Set<String> PACKAGES =
      Set.of(
          "openssh-server",
          "dropbear",
          "telnetd",
          "inetutils-telnetd",
          "telnet-server",
          "rsh-server");

  private static final Set<String> SERVERS = Set.of("sshd", "dropbear", "telnetd", "in.telnetd");

  private enum Kind {
    INSTALLS(Severity.MEDIUM, "a server that one logs in to is installed in the image"),
    BRINGS(Severity.LOW, "a server that one logs in to comes along with the client of SSH"),
    STARTS(Severity.HIGH, "a server that one logs in to is started with the container"),
    PASSWORD(
        Severity.HIGH, "a password of an account is set, and each who has the image can read it"),
    NONE(Severity.HIGH, "an account gets an empty password");

    private final Severity severity;
    private final String message;

    Kind(Severity severity, String message) {
      this.severity = severity;
      this.message = message;
    }

    private String instead() {
      return switch (this) {
        case INSTALLS, STARTS ->
            "leave it out: docker compose exec opens a shell in a running container, and asks for"
                + " nobody's password";
        case BRINGS -> "install openssh-client, which is the client alone";
        case PASSWORD, NONE ->
            "leave it out: an account that programs run as needs no password, and none can log in"
                + " without one";
      };
    }
  }

  @Override
  public String id() {
    return "login-in-image";
  }

  @Override
  public String nothing() {
    return "nobody logs in to it";
  }

  @Override
  public String nothingSeen() {
    return "nothing of it that can be told lets anyone log in";
  }

  @Override
  public boolean inImageOnly() {
    return true;
  }

  @Override
  public List<Against> against(StageInBuild in, Instruction instruction, @Nullable Runs runs) {
    var all = new ArrayList<Against>();
    boolean starts = instruction.is("CMD") || instruction.is("ENTRYPOINT");
    for (ShellCommand command : runs == null ? List.<ShellCommand>of() : runs.commands()) {
      ShellCommand.Program program = command.program();
      Kind kind = program == null ? null : kind(program, starts);
      if (kind != null) {
        all.add(new Against(kind.severity, kind.message, kind.instead()));
      }
    }
    return all;
  }

  private static @Nullable Kind kind(ShellCommand.Program program, boolean starts) {
    List<ShellWord> arguments = program.arguments();
    // in Alpine and in Debian the names of packages that hold both
    String both = program.name().equals("apk") ? "openssh" : "ssh";
    for (String name : InstalledPackages.of(program)) {
      if (PACKAGES.contains(name)) {
        return Kind.INSTALLS;
      }
      if (name.equals(both)) {
        return Kind.BRINGS;
      }
    }
    return switch (program.name()) {
      case "chpasswd" -> Kind.PASSWORD;
      case "passwd" ->
          has(arguments, "--stdin")
              ? Kind.PASSWORD
              : has(arguments, "-d") || has(arguments, "--delete") ? Kind.NONE : null;
      case "useradd", "usermod" -> {
        String value = after(arguments, "-p", "--password");
        // no password is made into these
        yield value == null || value.matches("[!*x]+")
            ? null
            : value.isEmpty() ? Kind.NONE : Kind.PASSWORD;
      }
      case "service" ->
          starts && has(arguments, "ssh") && has(arguments, "start") ? Kind.STARTS : null;
      default -> starts && SERVERS.contains(program.name()) ? Kind.STARTS : null;
    };
  }

  private static boolean has(List<ShellWord> words, String text) {
    return words.stream().anyMatch(w -> w.is(text));
  }

  /** The value of an option as it is written, or null where it is not there. */
  private static @Nullable String after(List<ShellWord> words, String small, String full) {
    for (int i = 0; i < words.size(); i++) {
      String word = Runs.written(words.get(i));
      if ((word.equals(small) || word.equals(full)) && i + 1 < words.size()) {
        return Runs.written(words.get(i + 1));
      }
      if (word.startsWith(full + "=")) {
        return word.substring(full.length() + 1);
      }
    }
    return null;
  }
}
