package dev.tightship.files;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks the git program about a tree that may be hostile. What a repository's own configuration can
 * name as a program is switched off: monitors, hooks, filters, transports; no lock is taken and no
 * question asked. Git's own check of who owns the repository stays on.
 */
final class Git {

  /** The most that is read of an answer, in bytes: a million files with names of usual length. */
  private static final int MAX_ANSWER = 64 << 20;

  private static final int SECONDS = 60;

  private static final byte[] NOTHING = {};

  private static final List<String> SAFE =
      List.of(
          "-c", "core.fsmonitor=false",
          "-c", "core.hooksPath=/dev/null",
          "-c", "core.untrackedCache=false",
          "-c", "safe.bareRepository=explicit",
          "-c", "protocol.allow=never");

  private final Path program;
  private final Path root;
  private final Path top;

  private Git(Path program, Path root, Path top) {
    this.program = program;
    this.root = root;
    this.top = top;
  }

  /** Git for the tree around {@code root}; null when there is no tree, or no git to ask. */
  static @Nullable Git at(Path root) {
    Path program = program(root);
    Path top = program == null ? null : topOf(root);
    return program == null || top == null ? null : new Git(program, root, top);
  }

  /** Where the tree around {@code root} begins; null when there is no tree. */
  static @Nullable Path topOf(Path root) {
    for (Path at = root; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(".git"), LinkOption.NOFOLLOW_LINKS)) {
        return at;
      }
    }
    return null;
  }

  /** Where the tree begins, at or above the root. */
  Path top() {
    return top;
  }

  /**
   * What git prints.
   *
   * @throws IOException if it fails, takes too long or prints too much; the message reads on after
   *     the name of a folder
   */
  byte[] ask(List<String> arguments) throws IOException {
    return ask(arguments, NOTHING);
  }

  /**
   * The same where git reads what is asked for, as names of any bytes.
   *
   * @param input what it reads
   */
  byte[] ask(List<String> arguments, byte[] input) throws IOException {
    Answer answer = run(arguments, true, input, MAX_ANSWER);
    if (answer.isCut) {
      throw new IOException("has more files than Tightship looks at");
    }
    if (answer.code != 0) {
      throw new IOException("cannot be read by git (exit code " + answer.code + ")");
    }
    return answer.bytes;
  }

  /**
   * The bytes of a file that git holds, as they were committed: no filter runs. Null where they are
   * more than {@code most}.
   *
   * @param hash of the file
   * @throws IOException if it fails or takes too long; the message reads on after the name of a
   *     file
   */
  byte @Nullable [] blob(String hash, int most) throws IOException {
    Answer answer = run(List.of("cat-file", "blob", hash), true, NOTHING, most);
    if (!answer.isCut && answer.code != 0) {
      throw new IOException("cannot be read by git (exit code " + answer.code + ")");
    }
    return answer.isCut ? null : answer.bytes;
  }

  /**
   * Whether git leaves a name out on purpose, whether something is there or not.
   *
   * @param name from the root
   * @throws IOException if it fails or takes too long; the message reads on after the name of a
   *     folder
   */
  boolean ignores(String name) throws IOException {
    // it takes names as they are, and refuses to be told so; what follows a dot is no magic
    byte[] input = ("./" + name + "\0").getBytes(StandardCharsets.UTF_8);
    int code = run(List.of("check-ignore", "-z", "--stdin"), false, input, MAX_ANSWER).code;
    if (code > 1) {
      throw new IOException("cannot be read by git (exit code " + code + ")");
    }
    return code == 0;
  }

  /**
   * What git prints, with the filters switched off that the configuration names: to compare a file
   * git would run them.
   */
  byte[] askWithoutFilters(List<String> arguments) throws IOException {
    Answer names =
        run(
            List.of("config", "--null", "--name-only", "--get-regexp", "^filter\\."),
            true,
            NOTHING,
            MAX_ANSWER);
    // Exit code 1 means that there is none.
    if (names.code > 1 || names.isCut) {
      throw new IOException("cannot be read by git (exit code " + names.code + ")");
    }
    var all = new ArrayList<String>();
    for (byte[] name : split(names.bytes)) {
      String key = new String(name, StandardCharsets.ISO_8859_1);
      if (!key.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '=')) {
        throw new IOException("has a git filter with an odd name");
      }
      all.add("-c");
      all.add(key + (key.toLowerCase(Locale.ROOT).endsWith(".required") ? "=false" : "="));
    }
    all.addAll(arguments);
    return ask(all);
  }

  /** The parts of an answer that end with NUL. */
  static List<byte[]> split(byte[] answer) {
    var parts = new ArrayList<byte[]>();
    int from = 0;
    for (int i = 0; i < answer.length; i++) {
      if (answer[i] == 0) {
        parts.add(Arrays.copyOfRange(answer, from, i));
        from = i + 1;
      }
    }
    return parts;
  }

  /** What git printed, and how it ended. */
  private static final class Answer {

    private final byte[] bytes;
    private final int code;
    private final boolean isCut;

    /**
     * @param isCut whether it would have gone on
     */
    Answer(byte[] bytes, int code, boolean isCut) {
      this.bytes = bytes;
      this.code = code;
      this.isCut = isCut;
    }
  }

  /**
   * @param literal whether to say that names are no patterns
   * @param input what git reads; it reads all of it before it answers
   * @param most bytes of an answer that is taken
   */
  private Answer run(List<String> arguments, boolean literal, byte[] input, int most)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(program.toString());
    command.addAll(SAFE);
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).directory(root.toFile());
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    var environment = builder.environment();
    // Inside a hook these would name another repository.
    environment.keySet().removeIf(name -> name.startsWith("GIT_"));
    environment.put("GIT_OPTIONAL_LOCKS", "0");
    environment.put("GIT_TERMINAL_PROMPT", "0");
    environment.put("GIT_NO_LAZY_FETCH", "1");
    if (literal) {
      environment.put("GIT_LITERAL_PATHSPECS", "1");
    }
    environment.put("GIT_ALLOW_PROTOCOL", "none");
    environment.put("LC_ALL", "C");
    Path above = top.getParent();
    if (above != null) {
      environment.put("GIT_CEILING_DIRECTORIES", above.toString());
    }
    Process process = builder.start();
    Thread watchdog = watch(process);
    try (InputStream out = process.getInputStream()) {
      try (OutputStream in = process.getOutputStream()) {
        in.write(input);
      }
      byte[] bytes = out.readNBytes(most + 1);
      return bytes.length > most
          ? new Answer(bytes, -1, true)
          : new Answer(bytes, process.waitFor(), false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("was not read to its end", e);
    } finally {
      process.destroyForcibly();
      watchdog.interrupt();
    }
  }

  private static Thread watch(Process process) {
    Thread watchdog =
        new Thread(
            () -> {
              try {
                if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                  process.destroyForcibly();
                }
              } catch (InterruptedException e) {
                // Git has ended.
              }
            },
            "git watchdog");
    watchdog.setDaemon(true);
    watchdog.start();
    return watchdog;
  }

  /** Found by hand, so that an entry of the search path inside the project is never used. */
  private static @Nullable Path program(Path root) {
    String path = System.getenv("PATH");
    if (path == null) {
      return null;
    }
    for (String entry : path.split(File.pathSeparator, -1)) {
      Path folder = Path.of(entry);
      if (!folder.isAbsolute() || folder.normalize().startsWith(root)) {
        continue;
      }
      for (String name : List.of("git", "git.exe")) {
        Path program = folder.resolve(name);
        if (Files.isRegularFile(program) && Files.isExecutable(program)) {
          return program;
        }
      }
    }
    return null;
  }
}
