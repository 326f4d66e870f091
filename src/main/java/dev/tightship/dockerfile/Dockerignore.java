package dev.tightship.dockerfile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code .dockerignore} leaves out of a build context, as BuildKit decides it
 * (github.com/moby/patternmatcher 0.6.1, walked as github.com/tonistiigi/fsutil does). The builder
 * reads the Dockerfile and this file itself even where they are left out; COPY does not find them
 * then.
 */
public final class Dockerignore {

  /** What it leaves out when there is no such file. */
  public static final Dockerignore NONE = new Dockerignore(List.of());

  /** In chars, of at most three bytes; the builder gives up on lines of 64 KiB. */
  private static final int LONGEST_LINE = 20_000;

  private static final int MOST_PATTERNS = 5_000;

  /** Null: what the file means is not sure, or the builder refuses it. */
  private final @Nullable List<IgnorePattern> patterns;

  private Dockerignore(@Nullable List<IgnorePattern> patterns) {
    this.patterns = patterns;
  }

  /** Reads the text of the file, in time linear in it. */
  public static Dockerignore read(String text) {
    var patterns = new ArrayList<IgnorePattern>();
    String rest = text.startsWith("\ufeff") ? text.substring(1) : text;
    for (String line : rest.split("\n", -1)) {
      if (line.length() > LONGEST_LINE || patterns.size() > MOST_PATTERNS) {
        return new Dockerignore(null);
      }
      String cleaned = line.startsWith("#") ? "" : cleaned(trim(line));
      if (!cleaned.isEmpty()) {
        boolean exception = cleaned.charAt(0) == '!';
        IgnorePattern pattern = IgnorePattern.of(exception ? cleaned.substring(1) : cleaned);
        if (pattern == null) {
          return new Dockerignore(null);
        }
        patterns.add(exception ? pattern.asException() : pattern);
      }
    }
    return new Dockerignore(List.copyOf(patterns));
  }

  /**
   * Those of the paths that the context is without.
   *
   * @param paths of files, from the context's root, without {@code .} and {@code ..}
   * @return null when it can't be told: the builder refuses the file, or a pattern holds what is
   *     not certainly understood, or it takes too many steps
   */
  public @Nullable Set<String> leftOut(Collection<String> paths) {
    if (patterns == null) {
      return null;
    }
    var out = new HashSet<String>();
    if (patterns.isEmpty()) {
      return out;
    }
    Map<String, BitSet> folders = new HashMap<>();
    folders.put("", new BitSet());
    var spent = new IgnorePattern.Spent();
    for (String path : paths) {
      for (String folder : unseen(path, folders)) {
        var matches = new BitSet();
        leaves(patterns, folder, above(folder, folders), matches, spent);
        folders.put(folder, matches);
      }
      if (leaves(patterns, path, above(path, folders), new BitSet(), spent)) {
        out.add(path);
      }
      if (spent.isTooMuch()) {
        return null;
      }
    }
    return out;
  }

  private static BitSet above(String path, Map<String, BitSet> folders) {
    BitSet matches = folders.get(folder(path));
    return matches == null ? new BitSet() : matches;
  }

  private static String folder(String path) {
    return path.substring(0, Math.max(path.lastIndexOf('/'), 0));
  }

  /** The folders above a path that were not looked at, the uppermost first. */
  private static Deque<String> unseen(String path, Map<String, BitSet> folders) {
    var unseen = new ArrayDeque<String>();
    for (String at = folder(path); !folders.containsKey(at); at = folder(at)) {
      unseen.addFirst(at);
    }
    return unseen;
  }

  /**
   * Whether the last pattern that counts leaves the path out.
   *
   * @param above the patterns that match the folder it is in
   * @param matches is given those that match the path
   */
  private static boolean leaves(
      List<IgnorePattern> patterns,
      String path,
      BitSet above,
      BitSet matches,
      IgnorePattern.Spent spent) {
    boolean out = false;
    for (int i = 0; i < patterns.size(); i++) {
      IgnorePattern pattern = patterns.get(i);
      boolean asked = above.get(i) || pattern.isException() == out;
      if (asked && (above.get(i) || pattern.matches(path, spent))) {
        matches.set(i);
        out = !pattern.isException();
      }
    }
    return out;
  }

  private static String trim(String line) {
    int start = Blanks.skip(line, 0, line.length());
    return line.substring(start, Blanks.trimEnd(line, start, line.length()));
  }

  /** As it is once the lines are read and once more when they become patterns. */
  private static String cleaned(String line) {
    if (line.isEmpty()) {
      return "";
    }
    boolean inverted = line.charAt(0) == '!';
    String pattern = inverted ? trim(line.substring(1)) : line;
    if (!pattern.isEmpty()) {
      pattern = clean(pattern);
      pattern = pattern.length() > 1 && pattern.startsWith("/") ? pattern.substring(1) : pattern;
    }
    return clean(trim(inverted ? "!" + pattern : pattern));
  }

  /** The shortest path that means the same (Go, path/filepath.Clean). */
  private static String clean(String path) {
    boolean rooted = path.startsWith("/");
    var parts = new ArrayDeque<String>();
    for (String part : path.split("/", -1)) {
      if (part.equals("..") && !parts.isEmpty() && !parts.getLast().equals("..")) {
        parts.removeLast();
      } else if (!part.isEmpty() && !part.equals(".") && !(part.equals("..") && rooted)) {
        parts.addLast(part);
      }
    }
    String joined = String.join("/", parts);
    return rooted ? "/" + joined : joined.isEmpty() ? "." : joined;
  }
}
