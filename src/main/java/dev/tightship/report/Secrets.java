package dev.tightship.report;

import dev.tightship.compose.Project;
import dev.tightship.compose.Sources.Source;
import dev.tightship.edit.Edit;
import dev.tightship.engine.Outcome;
import dev.tightship.engine.Series;
import dev.tightship.pass.Remark;
import dev.tightship.secret.Hints;
import dev.tightship.secret.SecretFinder;
import dev.tightship.secret.SecretNames;
import dev.tightship.text.Span;
import dev.tightship.text.Traced;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The secrets of one project. What is a secret in one place is hidden in all others too: a comment
 * that repeats a password, a sentence that quotes a line, the next line of a quoted text.
 */
final class Secrets {

  /** Items of a list whose value is the next item, whatever program they are for. */
  private static final Set<String> ITEMS = Set.of("-a", "-p", "requirepass", "masterauth");

  /** {@code - DB_PASSWORD=...}, {@code "token": ...}, {@code db_password:}. */
  private static final Pattern KEY =
      Pattern.compile("^(\\s*(?:-\\s+)*)([\"']?)([A-Za-z0-9_.-]{1,200})[\"']?\\s*([:=])\\s*(.*)$");

  private static final Pattern AROUND = Pattern.compile("^-\\s+[\"']?|^[\"']|[\"']?\\s*[\\],]*$");

  /** The header of a text that goes on below. */
  private static final Pattern BLOCK = Pattern.compile("[|>][-+\\d]{0,2}(?:\\s+#.*)?");

  /** Anchors and tags before a value. */
  private static final Pattern MARKS = Pattern.compile("^(?:[&!]\\S+\\s+)+");

  private final KnownValues known = new KnownValues();
  private final Map<String, Set<String>> continued = new HashMap<>();

  /**
   * What each line holds. A line is looked at in the original, in what became of it and in the
   * report, and looking is the dearest part of a report.
   */
  private final Map<String, Looked> looked = new HashMap<>();

  private record Looked(Hints hints, List<Span> spans) {
    static final Looked NOT = new Looked(Hints.ALL, List.of());

    static Looked at(String line) {
      Hints hints = Hints.of(line);
      return new Looked(hints, SecretFinder.find(line, hints));
    }
  }

  private Secrets() {}

  /**
   * @param changes of the run, between which a line may have looked otherwise
   */
  static Secrets of(Outcome outcome, List<Series.Change> changes) {
    var texts = new ArrayList<String>();
    for (Traced traced : outcome.texts().values()) {
      texts.add(traced.original());
      if (!traced.text().equals(traced.original())) {
        texts.add(traced.text());
      }
    }
    texts.addAll(outcome.after().created().values());
    for (Series.Change change : changes) {
      change.texts().values().forEach(traced -> texts.add(traced.text()));
      texts.addAll(change.created().values());
    }
    beside(outcome.before(), texts);
    var secrets = of(texts);
    outcome.steps().forEach(step -> secrets.know(step.remark()));
    return secrets;
  }

  /** The texts that no fix changes line by line, and of which a sentence may speak. */
  private static void beside(Project project, List<String> texts) {
    var paths = new TreeSet<>(project.envFiles().paths());
    project.services().forEach(s -> s.environmentFiles().forEach(file -> paths.add(file.path())));
    project.siblings().forEach(sibling -> texts.add(sibling.text()));
    paths.addAll(project.imageFiles());
    for (String path : paths) {
      if (project.read(path) instanceof Source.Text text) {
        texts.add(text.text());
      }
    }
  }

  /** Learns the values that a fix moves out of what is shown. */
  private void know(Remark remark) {
    if (remark instanceof Remark.Finding finding && finding.fix() != null) {
      for (Edit edit : finding.fix().edits()) {
        if (edit instanceof Edit.Variable variable) {
          known.learn(variable.secret());
        } else if (edit instanceof Edit.Keep keep) {
          keep.secret().lines().forEach(known::learn);
        }
      }
    }
  }

  static Secrets of(Collection<String> texts) {
    var secrets = new Secrets();
    for (String text : texts) {
      secrets.continued.computeIfAbsent(text, secrets::read);
    }
    return secrets;
  }

  /** A line or a sentence with its secrets hidden, or the very same when it has none. */
  String line(String line) {
    return Redactor.masked(line, this::find, known::hide);
  }

  private List<Span> find(String line) {
    return look(line).spans();
  }

  private Looked look(String line) {
    return looked.computeIfAbsent(line, Looked::at);
  }

  /** A line of one of the texts, which may go on with what began above it. */
  String line(String line, Set<String> continuing) {
    String bare = line.endsWith("\n") ? line.substring(0, line.length() - 1) : line;
    if (continuing.contains(bare)) {
      int indent = bare.length() - bare.stripLeading().length();
      return bare.substring(0, indent) + Redactor.MASK + line.substring(bare.length());
    }
    return line(line);
  }

  /** The lines of a text that go on with a secret; empty for a text of another project. */
  Set<String> continuing(Traced traced) {
    var lines = new HashSet<>(continued.getOrDefault(traced.original(), Set.of()));
    lines.addAll(continued.getOrDefault(traced.text(), Set.of()));
    return lines;
  }

  /** Learns the values of a text; the lines that go on with a secret. */
  private Set<String> read(String text) {
    var continuing = new HashSet<String>();
    var state = new Continuation();
    var glued = new GluedPasswords();
    for (String raw : text.split("\n", -1)) {
      String line = raw.stripTrailing();
      if (state.takes(line)) {
        if (!line.isBlank()) {
          continuing.add(raw);
          known.learn(line);
          known.learn(bare(line));
        }
        continue;
      }
      String password = glued.in(line);
      if (!password.isEmpty()) {
        continuing.add(raw);
        known.learn(password);
        continue;
      }
      Looked at = line.length() > Redactor.LONGEST ? Looked.NOT : look(line);
      at.spans().forEach(span -> known.learnWithParts(span.of(line)));
      if (at.hints().name() || at.hints().option()) {
        state.begin(line, at.spans());
      }
    }
    return continuing;
  }

  /** What a line says without the dash of an item, its quotes, and what closes a list behind it. */
  private static String bare(String line) {
    return MARKS.matcher(AROUND.matcher(line.strip()).replaceAll("")).replaceFirst("");
  }

  /** Whether the next lines go on with what began in one above. */
  private static final class Continuation {
    private int deeperThan = -1;
    private boolean structured;
    private char quote;
    private int quotedAt;
    private boolean privateKey;
    private boolean nextLine;

    boolean takes(String line) {
      if (privateKey) {
        privateKey = !line.contains("-----END");
        return true;
      }
      int indent = line.length() - line.stripLeading().length();
      if (quote != 0) {
        boolean left = !line.isBlank() && indent <= quotedAt && KEY.matcher(line).matches();
        if (left || isClosedIn(line, 0, quote)) {
          quote = 0; // YAML ends it by its indentation; what seemed to open it was no quote
        }
        return !left;
      }
      if (nextLine) {
        nextLine = line.isBlank() || line.stripLeading().startsWith("#");
        String item = line.strip().replaceFirst("^-\\s+", "");
        return !nextLine && !SecretFinder.find("password: " + item).isEmpty();
      }
      if (deeperThan < 0 || line.isBlank()) {
        return deeperThan >= 0;
      }
      if (indent <= deeperThan) {
        deeperThan = -1;
        return false;
      }
      if (structured && line.stripLeading().startsWith("#")) {
        return false; // a comment speaks for itself, and what follows may still be the value
      }
      if (structured && (KEY.matcher(line).matches() || line.stripLeading().startsWith("<<:"))) {
        deeperThan = -1; // a mapping, each key of which speaks for itself
        return false;
      }
      return true;
    }

    void begin(String line, List<Span> found) {
      if (line.contains("PRIVATE KEY") && line.contains("-----BEGIN")) {
        privateKey = !line.contains("-----END");
        return;
      }
      Matcher key = line.length() > Redactor.LONGEST ? null : KEY.matcher(line);
      if (key != null && key.matches() && SecretNames.isSecret(key.group(3))) {
        begin(line, key, found);
        return;
      }
      nextLine |= line.length() <= 200 && isOptionAlone(line); // a blank line changes nothing
    }

    /** Whether a line consists of an option, or ends with one, whose value is on the next line. */
    private static boolean isOptionAlone(String line) {
      int end = before(line, line.length(), "\\");
      end = before(line, end, ",");
      end =
          end > 0 && (line.charAt(end - 1) == '"' || line.charAt(end - 1) == '\'') ? end - 1 : end;
      int start = end;
      while (start > 0 && isOfWord(line.charAt(start - 1))) {
        start--;
      }
      boolean whole = start == 0 || " \t\"'[,".indexOf(line.charAt(start - 1)) >= 0;
      if (!whole || start == end) {
        return false;
      }
      String word = line.substring(start, end);
      return (word.startsWith("-") && SecretNames.isSecret(word))
          || (ITEMS.contains(word) && line.stripLeading().matches("- [\"']?" + word + "[\"']?"));
    }

    /** The index behind what stands before a sign, blanks around it left out. */
    private static int before(String line, int end, String sign) {
      int at = end;
      while (at > 0 && line.charAt(at - 1) <= ' ') {
        at--;
      }
      if (at > 0 && sign.indexOf(line.charAt(at - 1)) >= 0) {
        at--;
      }
      while (at > 0 && line.charAt(at - 1) <= ' ') {
        at--;
      }
      return at;
    }

    private static boolean isOfWord(char c) {
      return c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '-');
    }

    private void begin(String line, Matcher key, List<Span> found) {
      boolean mapping = key.group(4).equals(":");
      String name = key.group(3);
      String value = MARKS.matcher(key.group(5)).replaceFirst("");
      if (name.equals("secrets") && mapping) {
        return;
      }
      boolean quotedItem = !key.group(2).isEmpty() && !mapping;
      char opened = quotedItem ? key.group(2).charAt(0) : value.isEmpty() ? 0 : value.charAt(0);
      if (opened == '"' || opened == '\'') {
        int from = quotedItem ? 0 : 1;
        if (!isClosedIn(value, from, opened)) {
          quote = opened;
          quotedAt = line.length() - line.stripLeading().length();
        }
        return;
      }
      boolean block = BLOCK.matcher(value).matches();
      boolean empty = value.isEmpty() || value.startsWith("#") || value.matches("[&!]\\S+");
      boolean item = key.group(1).contains("-");
      boolean plain = !found.isEmpty() && (mapping || item) && !line.endsWith("\\");
      if (block || (empty && mapping) || plain) {
        deeperThan = mapping ? key.start(3) - key.group(2).length() : key.group(1).indexOf('-');
        deeperThan = Math.max(deeperThan, 0);
        structured = empty;
      }
    }

    private static boolean isClosedIn(String text, int from, char quote) {
      for (int i = from; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '\\' && quote == '"') {
          i++;
        } else if (c == quote) {
          if (quote == '\'' && i + 1 < text.length() && text.charAt(i + 1) == quote) {
            i++;
          } else {
            return true;
          }
        }
      }
      return false;
    }
  }
}
