package dev.tightship.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
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
    subcommands = {HardenCommand.class, ExplainCommand.class},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, or nothing to do",
      "1:changes are pending under --check",
      "2:bad usage, or input that could not be read; the rest was still done",
      "3:a fault of Tightship itself"
    })
public final class Tightship implements Runnable {

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  /** Runs the program on the standard streams, in UTF-8 whatever the locale says. */
  public static int run(String[] args) {
    return run(args, writer(FileDescriptor.out), writer(FileDescriptor.err));
  }

  /** Runs the program; never throws, and never prints a stack trace for an error of the user's. */
  public static int run(String[] args, PrintWriter out, PrintWriter err) {
    var terminal = new Terminal(out, err);
    CommandLine line =
        new CommandLine(new Tightship(), new Factory(terminal))
            .setOut(out)
            .setErr(err)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler((e, a) -> usage(e, terminal))
            .setExecutionExceptionHandler((e, c, p) -> fault(e, terminal));
    int code = line.execute(args);
    out.flush();
    err.flush();
    return code;
  }

  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), false);
  }

  private static int usage(ParameterException e, Terminal terminal) {
    terminal.error(
        String.valueOf(e.getMessage())
            + "; see: "
            + e.getCommandLine().getCommandSpec().qualifiedName()
            + " --help");
    return ExitCode.USAGE;
  }

  private static int fault(Exception e, Terminal terminal) {
    StackTraceElement[] trace = e.getStackTrace();
    terminal.error(
        "a fault of Tightship, please report it: %s%s"
            .formatted(e.getClass().getSimpleName(), trace.length == 0 ? "" : " at " + trace[0]));
    return ExitCode.FAULT;
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

  /** Hands the terminal to each command. */
  private record Factory(Terminal terminal) implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      if (type == HardenCommand.class) {
        return type.cast(new HardenCommand(terminal));
      }
      if (type == ExplainCommand.class) {
        return type.cast(new ExplainCommand(terminal));
      }
      return CommandLine.defaultFactory().create(type);
    }
  }
}
