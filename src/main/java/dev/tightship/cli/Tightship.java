package dev.tightship.cli;

import dev.tightship.pass.Pass;
import dev.tightship.passes.Passes;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/** The program: a function from arguments and streams to an exit code. */
@Command(
    name = "tightship",
    description = "Takes a Docker Compose project and gives it back hardened.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Tightship.Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, or nothing to do",
      "1:changes are pending under --check, or secrets are missing",
      "2:bad usage, or input that could not be read; the rest was still done",
      "3:a fault of Tightship itself"
    })
public final class Tightship implements Runnable {

  /** In the order of the help, by the names that they have themselves. */
  private static final List<Map.Entry<String, Class<?>>> COMMANDS =
      List.of(
          Map.entry("harden", HardenCommand.class),
          Map.entry("networks", NetworksCommand.class),
          Map.entry("secrets", SecretsCommand.class),
          Map.entry("explain", ExplainCommand.class),
          Map.entry("image", ImageCommand.class));

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  /** Runs the program on the standard streams, in UTF-8 and in English whatever the locale says. */
  public static int run(String[] args) {
    Locale.setDefault(Locale.ROOT); // formatted numbers have other digits in some locales
    var out = new Stream(new FileOutputStream(FileDescriptor.out));
    var err = new Stream(new FileOutputStream(FileDescriptor.err));
    int code = run(args, writer(out), writer(err), System.getenv(), Passes.all());
    String trouble = out.trouble();
    if (trouble == null || trouble.contains("Broken pipe")) {
      return code; // whoever read it has seen enough
    }
    new Terminal(writer(out), writer(err)).error("standard output cannot be written: " + trouble);
    return code == ExitCode.FAULT ? code : ExitCode.USAGE;
  }

  /** Runs the program in an empty environment; never throws, and never prints a stack trace. */
  public static int run(String[] args, PrintWriter out, PrintWriter err) {
    return run(args, out, err, Map.of(), Passes.all());
  }

  /**
   * @param environment the variables of the shell
   * @param passes those that harden a project
   */
  static int run(
      String[] args,
      PrintWriter out,
      PrintWriter err,
      Map<String, String> environment,
      List<Pass> passes) {
    var terminal = new Terminal(out, err);
    int code;
    try {
      code =
          commandLine(args, new Factory(terminal, environment, passes))
              .setOut(out)
              .setErr(err)
              .setCaseInsensitiveEnumValuesAllowed(true)
              .setParameterExceptionHandler((e, a) -> usage(e, terminal))
              .setExecutionExceptionHandler((e, c, p) -> fault(e, terminal))
              .execute(args);
    } catch (RuntimeException | Error e) {
      code = fault(e, terminal);
    }
    out.flush();
    err.flush();
    return code;
  }

  /** Only the command that is called: to read what the others take costs a tenth of a short run. */
  private static CommandLine commandLine(String[] args, Factory factory) {
    var line = new CommandLine(new Tightship(), factory);
    boolean called = COMMANDS.stream().anyMatch(command -> isCalled(command.getKey(), args));
    for (Map.Entry<String, Class<?>> command : COMMANDS) {
      if (!called || isCalled(command.getKey(), args)) {
        line.addSubcommand(command.getKey(), command.getValue());
      }
    }
    return line;
  }

  private static boolean isCalled(String command, String[] args) {
    return args.length > 0 && args[0].equals(command);
  }

  private static PrintWriter writer(OutputStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), false);
  }

  private static int usage(ParameterException e, Terminal terminal) {
    terminal.error(
        String.valueOf(e.getMessage())
            + "; see: "
            + e.getCommandLine().getCommandSpec().qualifiedName()
            + " --help");
    return ExitCode.USAGE;
  }

  private static int fault(Throwable e, Terminal terminal) {
    terminal.error(describe(e));
    return ExitCode.FAULT;
  }

  /** A fault of the program in one line: what it is and where, never what it worked on. */
  static String describe(Throwable e) {
    StackTraceElement[] trace = e.getStackTrace();
    return "a fault of Tightship, please report it: %s%s"
        .formatted(e.getClass().getSimpleName(), trace.length == 0 ? "" : " at " + trace[0]);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }

  /** The version that the build wrote into the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"tightship " + text()};
    }

    static String text() {
      String version = Tightship.class.getPackage().getImplementationVersion();
      return version == null ? "(not built)" : version;
    }
  }

  /** Hands the terminal, the environment and the passes to each command. */
  private record Factory(Terminal terminal, Map<String, String> environment, List<Pass> passes)
      implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      if (type == HardenCommand.class) {
        return type.cast(new HardenCommand(terminal, environment, passes));
      }
      if (type == NetworksCommand.class) {
        return type.cast(new NetworksCommand(terminal, environment, passes));
      }
      if (type == SecretsCommand.class) {
        return type.cast(new SecretsCommand(terminal, environment, passes));
      }
      if (type == ExplainCommand.class) {
        return type.cast(new ExplainCommand(terminal));
      }
      if (type == ImageCommand.class) {
        return type.cast(new ImageCommand(terminal));
      }
      return CommandLine.defaultFactory().create(type);
    }
  }

  /** A stream that remembers why it could not be written; a print writer only says that. */
  private static final class Stream extends FilterOutputStream {
    private @Nullable String trouble;

    Stream(OutputStream out) {
      super(out);
    }

    @Nullable String trouble() {
      return trouble;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        trouble = String.valueOf(e.getMessage());
        throw e;
      }
    }
  }
}
