package dev.tightship.benchmark;

import dev.tightship.cli.Tightship;
import dev.tightship.yaml.YamlException;
import dev.tightship.yaml.YamlFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Measures the program against itself and against an empty Java start, in one run on one machine,
 * and prints ratios. Run after {@code ./mvnw -DskipTests package}: see docs/benchmarks.md.
 */
public final class Benchmark {

  private static final int ROUNDS = 5;
  private static final Path JAR = Path.of("target", "tightship.jar");

  private Benchmark() {}

  /** The empty program that a start is compared with. */
  public static final class Empty {
    private Empty() {}

    public static void main(String[] args) {}
  }

  /**
   * @param args the folder with Compose files for the throughput, or nothing to leave that out
   */
  public static void main(String[] args) throws Exception {
    System.out.printf("%d processors, Java %s%n", processors(), System.getProperty("java.version"));
    Path archive = Files.createTempDirectory("tightship-bench").resolve("tightship.jsa");
    archive(archive);
    double empty = start(archive);
    size();
    if (args.length > 0) {
      corpus(Path.of(args[0]), archive, empty);
    }
    Files.deleteIfExists(archive);
  }

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  // ---- many files in one run

  /**
   * @param empty seconds of an empty start
   */
  private static void corpus(Path folder, Path archive, double empty)
      throws IOException, InterruptedException {
    List<String> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).map(Path::toString).sorted().toList();
    }
    var command = launched(archive, List.of("harden", "-q", "--level", "strict"));
    command.addAll(files);
    double[] cold = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      cold[i] = seconds(command);
    }
    double parse = best(() -> files.forEach(Benchmark::parse));
    var arguments = new ArrayList<>(List.of("harden", "-q", "--level", "strict"));
    arguments.addAll(files);
    double harden = best(() -> run(arguments));
    System.out.printf(Locale.ROOT, "%ncorpus of %d files, level strict%n", files.size());
    row("one run as the launcher starts it", files.size() / median(cold), "files/s");
    row("the same in the time of an empty start", files.size() / median(cold) * empty, "files");
    row("the same in a warm machine", files.size() / harden, "files/s");
    row("hardening all / parsing all once, one thread", harden / parse, "times");
  }

  private static void parse(String file) {
    try {
      YamlFile.read(file, Files.readString(Path.of(file)));
    } catch (IOException | YamlException e) {
      // a few files of any collection cannot be read
    }
  }

  // ---- one large file

  private static void size() throws IOException {
    Path folder = Files.createTempDirectory("tightship-bench");
    System.out.printf("%none Compose file, level strict, in a warm machine%n");
    double first = 0;
    for (int services : new int[] {475, 950, 1900, 3800}) {
      Path file = folder.resolve("compose.yaml");
      String text = compose(services);
      Files.writeString(file, text);
      double time = best(() -> run(List.of("harden", "-q", "--level", "strict", file.toString())));
      first = first == 0 ? time / services : first;
      System.out.printf(
          Locale.ROOT,
          "  %5d services, %4d KB: %6.3f s, time a service against the smallest %.2f times%n",
          services,
          text.getBytes(StandardCharsets.UTF_8).length / 1024,
          time,
          time / services / first);
    }
    Files.delete(folder.resolve("compose.yaml"));
    Files.delete(folder);
  }

  private static String compose(int services) {
    var text = new StringBuilder("version: '3.8'\n\nservices:\n");
    for (int i = 0; i < services; i++) {
      text.append(
          """
            # service number %1$d
            web%1$d:
              image: nginx:alpine   # front door
              restart: unless-stopped
              environment:
                - NAME=web%1$d
                - URL=http://web%1$d.example.org/some/path
                - MODE=production
              ports:
                - "%2$d:80"
              volumes:
                - data%1$d:/usr/share/nginx/html
                - ./conf/%1$d.conf:/etc/nginx/conf.d/default.conf:ro
              labels:
                org.example.number: "%1$d"
                org.example.team: platform
              depends_on:
                - web%3$d
          """
              .formatted(i, 1024 + i, Math.max(0, i - 1)));
    }
    text.append("\nvolumes:\n");
    for (int i = 0; i < services; i++) {
      text.append("  data").append(i).append(":\n");
    }
    return text.toString();
  }

  // ---- start and memory of one small project

  private static final String PROJECT = "fixtures/secure-web-app";

  /** Makes an archive of classes as the launcher does. */
  private static void archive(Path archive) throws IOException, InterruptedException {
    Path classes = archive.resolveSibling("classes");
    var list = java(List.of("-XX:DumpLoadedClassList=" + classes));
    list.addAll(List.of("-jar", JAR.toString(), "harden", "-q", PROJECT));
    seconds(list);
    seconds(
        java(
            List.of(
                "-Xshare:dump",
                "-XX:SharedClassListFile=" + classes,
                "-XX:SharedArchiveFile=" + archive,
                "-cp",
                JAR.toString())));
    Files.deleteIfExists(classes);
  }

  private static List<String> launched(Path archive, List<String> arguments) {
    var command = java(List.of("-XX:SharedArchiveFile=" + archive));
    command.addAll(List.of("-Xlog:disable", "-Xlog:all=off", "-jar", JAR.toString()));
    command.addAll(arguments);
    return command;
  }

  /** Seconds of an empty start. */
  private static double start(Path archive) throws IOException, InterruptedException {
    List<String> run = List.of("harden", "-q", PROJECT);
    var empty = java(List.of("-cp", "target/test-classes", Empty.class.getName()));
    var plain = java(List.of("-jar", JAR.toString()));
    plain.addAll(run);
    var fast = launched(archive, run);
    double[] emptyTimes = new double[4 * ROUNDS];
    double[] plainTimes = new double[4 * ROUNDS];
    double[] fastTimes = new double[4 * ROUNDS];
    long peak = 0;
    for (int i = 0; i < emptyTimes.length; i++) {
      emptyTimes[i] = seconds(empty);
      plainTimes[i] = seconds(plain);
      fastTimes[i] = seconds(fast);
      peak = Math.max(peak, peakMemory(fast));
    }
    System.out.printf("%none small project, cold (%s)%n", PROJECT);
    row("empty Java start", median(emptyTimes) * 1000, "ms");
    row("hardening, without an archive of classes", median(plainTimes) * 1000, "ms");
    row("hardening, with it, as the launcher starts", median(fastTimes) * 1000, "ms");
    row("the former / empty start", median(plainTimes) / median(emptyTimes), "times");
    row("the latter / empty start", median(fastTimes) / median(emptyTimes), "times");
    row("peak resident memory", peak / 1024.0, "MB");
    return median(emptyTimes);
  }

  /** As the launcher starts Java: most runs end before what is left out here would pay. */
  private static List<String> java(List<String> arguments) {
    var command =
        new ArrayList<>(
            List.of("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    command.addAll(arguments);
    return command;
  }

  private static double seconds(List<String> command) throws IOException, InterruptedException {
    long start = System.nanoTime();
    process(command).waitFor();
    return (System.nanoTime() - start) / 1e9;
  }

  private static Process process(List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** The high-water mark of a process in KB, as Linux counts it, looked at until it ends. */
  private static long peakMemory(List<String> command) throws IOException, InterruptedException {
    Process process = process(command);
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    long peak = 0;
    while (process.isAlive()) {
      try (Stream<String> lines = Files.lines(status)) {
        peak =
            Math.max(
                peak,
                lines
                    .filter(l -> l.startsWith("VmHWM:"))
                    .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0));
      } catch (IOException | java.io.UncheckedIOException e) {
        break; // it has ended
      }
      Thread.sleep(1);
    }
    process.waitFor();
    return peak;
  }

  // ---- measuring

  /** Seconds of the fastest of several rounds, after one that does not count. */
  private static double best(Runnable work) {
    work.run();
    double best = Double.MAX_VALUE;
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      work.run();
      best = Math.min(best, (System.nanoTime() - start) / 1e9);
    }
    return best;
  }

  private static void run(List<String> arguments) {
    var nowhere = new PrintWriter(Writer.nullWriter());
    Tightship.run(arguments.toArray(String[]::new), nowhere, nowhere);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static void row(String what, double value, String unit) {
    System.out.printf(Locale.ROOT, "  %-45s %8.1f %s%n", what, value, unit);
  }
}
