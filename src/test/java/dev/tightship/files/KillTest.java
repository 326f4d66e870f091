package dev.tightship.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills a real process that commits, at moments that no program chose. */
@SuppressWarnings("NullAway.Init")
class KillTest {

  private static final int KILLS = 50;

  @TempDir Path temp;

  @Test
  @Timeout(180)
  void three_files_are_of_one_version_after_any_kill() throws Exception {
    Folder project = Folder.at(temp);
    for (String file : EndlessCommits.FILES) {
      project.write(file, EndlessCommits.text(0));
    }
    Random random = new Random(20261125);
    Set<Recovery.Kind> seen = new HashSet<>();
    int last = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      // Half of them anywhere, half of them aimed: shortly after a run has decided.
      boolean aimed = kill % 2 == 1;
      killAfter(project, aimed, random.nextInt(aimed ? 10_000 : 60_000));
      seen.add(Transaction.recover(project.root()).kind());

      Set<Integer> versions = new TreeSet<>();
      for (String file : EndlessCommits.FILES) {
        versions.add(EndlessCommits.version(project.read(file)));
      }
      assertThat(versions).as("kill %s", kill).hasSize(1).doesNotContain(-1);
      int version = versions.iterator().next();
      assertThat(version).isGreaterThan(last);
      last = version;
      assertThat(project.tree())
          .containsOnlyKeys("app", "app/Dockerfile", "compose.yaml", "db", "db/init.sql");
    }
    // Kills that always hit an idle moment would prove nothing.
    assertThat(seen).contains(Recovery.Kind.TAKEN_BACK, Recovery.Kind.FINISHED);
  }

  private static void killAfter(Folder project, boolean aimed, int microseconds) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                EndlessCommits.class.getName(),
                project.path().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    // The first commit is done: from here on the process does nothing else.
    assertThat(process.getInputStream().read()).isGreaterThan(0);
    if (aimed) {
      while (!decided(project.path().resolve(Journal.NAME))) {
        Thread.onSpinWait();
      }
    }
    TimeUnit.MICROSECONDS.sleep(microseconds);
    process.destroyForcibly();
    assertThat(process.waitFor()).isEqualTo(128 + 9);
  }

  private static boolean decided(Path journal) throws IOException {
    try {
      return Files.readString(journal).contains("\ncommitted ");
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
