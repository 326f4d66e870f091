package dev.tightship.files;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A program for {@link KillTest}: commits three files at once, version after version. */
final class EndlessCommits {

  static final List<String> FILES = List.of("compose.yaml", "app/Dockerfile", "db/init.sql");

  private EndlessCommits() {}

  /** The text of one version; long enough that writing it takes a moment. */
  static String text(int version) {
    return ("version " + version + "\n").repeat(2000);
  }

  /** The version whose text this is, or -1 when it is none. */
  static int version(String text) {
    int end = text.indexOf('\n');
    if (end < 0 || !text.startsWith("version ")) {
      return -1;
    }
    int version = Integer.parseInt(text.substring("version ".length(), end));
    return text.equals(text(version)) ? version : -1;
  }

  public static void main(String[] args) throws Exception {
    ProjectRoot project = ProjectRoot.of(Path.of(args[0]), null);
    Transaction.recover(project);
    int version = version(Files.readString(project.folder().resolve(FILES.get(0))));
    while (true) {
      version++;
      Disk disk = new Disk(project);
      Transaction transaction = new Transaction(disk, new Mutations(EndlessCommits::linger));
      for (String file : FILES) {
        disk.read(file);
        transaction.replace(file, text(version));
      }
      transaction.commit();
      System.out.println(version);
    }
  }

  /** Between two renames lie microseconds; a kill from outside would hardly ever hit them. */
  private static void linger(String step) {
    if (step.startsWith("replace ")) {
      LockSupport.parkNanos(2_000_000);
    }
  }
}
