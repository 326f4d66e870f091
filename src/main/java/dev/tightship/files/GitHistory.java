package dev.tightship.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The versions of a project that git holds. They are read from git's own objects and into memory
 * alone: nothing is checked out, no filter runs. For one thread.
 */
public final class GitHistory {

  /** What is given out of all versions together, in bytes: far more than two hundred have. */
  private static final long MOST_BYTES = 64L << 20;

  private static final int AT_ONCE = 1000;

  private final Git git;
  private final Map<String, Read> blobs = new HashMap<>();
  private long left = MOST_BYTES;

  private GitHistory(Git git) {
    this.git = git;
  }

  /** That of the tree around a project; null when there is none, or no git to ask. */
  public static @Nullable GitHistory of(ProjectRoot project) {
    Git git = Git.at(project.folder());
    return git == null ? null : new GitHistory(git);
  }

  /**
   * The commits in which one of some files changed, the newest first, and behind each the ones that
   * it follows: what else there is may have changed in between. None where nothing was committed
   * yet.
   *
   * @param files from the root, whether they exist now or not
   * @throws ProjectException if git cannot tell
   */
  public List<String> commits(Collection<String> files, int most) throws ProjectException {
    if (resolve("HEAD") == null) {
      return List.of();
    }
    // by its input, since a locale may keep a name from being an argument
    var names = new ByteArrayOutputStream();
    names.writeBytes(ascii("--\n"));
    for (String file : files) {
      byte[] name = file.indexOf('\n') < 0 ? Names.utf8(file) : null;
      if (name != null) {
        names.writeBytes(name);
        names.write('\n');
      }
    }
    var changes = List.of("rev-list", "--topo-order", "--max-count=" + most, "--stdin", "HEAD");
    var parents = List.of("rev-list", "--no-walk=unsorted", "--parents", "--stdin");
    try {
      byte[] changing = git.ask(changes, names.toByteArray());
      String lines = changing.length == 0 ? "" : text(git.ask(parents, changing));
      return lines
          .lines()
          .flatMap(line -> Arrays.stream(line.split(" ", -1)))
          .distinct()
          .limit(most)
          .toList();
    } catch (IOException e) {
      throw refused(Reasons.of(e));
    }
  }

  /**
   * The commit that a revision means, as its whole hash.
   *
   * @throws ProjectException if it means none
   */
  public String commit(String revision) throws ProjectException {
    String hash = revision.startsWith("-") ? null : resolve(revision);
    if (hash == null) {
      throw new ProjectException(revision, "is no version that git holds of " + git.top());
    }
    return hash;
  }

  private @Nullable String resolve(String revision) {
    try {
      var command = List.of("rev-parse", "--verify", "--quiet", revision + "^{commit}");
      return text(git.ask(command)).strip();
    } catch (IOException e) {
      return null;
    }
  }

  /** Whether older versions were left out when it was cloned. */
  public boolean isShallow() {
    try {
      return text(git.ask(List.of("rev-parse", "--is-shallow-repository"))).startsWith("true");
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether so much was given out that no version is read any more. */
  public boolean isSpent() {
    return left < 0;
  }

  /**
   * A version of the project.
   *
   * @param commit the whole hash
   * @throws ProjectException if git cannot read it
   */
  public GitVersion version(String commit) throws ProjectException {
    try {
      return new GitVersion(this, git.ask(List.of("ls-tree", "-r", "-z", commit)));
    } catch (IOException e) {
      throw refused(Reasons.of(e));
    }
  }

  /** What a file holds; never {@link Read.Missing}. */
  Read blob(String hash) {
    Read read = blobs.computeIfAbsent(hash, this::load);
    if (read instanceof Read.Text text) {
      left -= text.text().length();
    }
    return isSpent()
        ? new Read.Refused("is not read, since the versions before it were so large")
        : read;
  }

  private Read load(String hash) {
    try {
      byte[] bytes = git.blob(hash, Disk.MAX_BYTES);
      return bytes == null ? Disk.tooLarge() : Utf8.decode(bytes);
    } catch (IOException e) {
      return new Read.Refused(Reasons.of(e));
    }
  }

  /**
   * The sizes of files in bytes, in their order.
   *
   * @throws IOException if git cannot tell
   */
  List<Long> sizes(List<String> hashes) throws IOException {
    var command = List.of("cat-file", "--batch-check=%(objectsize)");
    var sizes = new ArrayList<Long>();
    try {
      // git answers each at once, and nobody takes the answers before it has all of a part
      for (int from = 0; from < hashes.size(); from += AT_ONCE) {
        var part = hashes.subList(from, Math.min(from + AT_ONCE, hashes.size()));
        String answer = text(git.ask(command, ascii(String.join("\n", part) + "\n")));
        answer.lines().map(Long::valueOf).forEach(sizes::add);
      }
    } catch (NumberFormatException e) {
      throw new IOException("is not all here", e); // what a clone left out
    }
    return sizes;
  }

  private ProjectException refused(String reason) {
    return new ProjectException(git.top().toString(), reason);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String text(byte[] answer) {
    return new String(answer, StandardCharsets.US_ASCII);
  }
}
