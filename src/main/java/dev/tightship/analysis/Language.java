package dev.tightship.analysis;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A language whose calls are known, by the names of its files. */
public enum Language {
  JAVASCRIPT("js mjs cjs ts mts cts jsx tsx vue svelte", "//|* "),
  PYTHON("py pyw", "#"),
  PHP("php phtml inc", "//|* |# "),
  JVM("java kt scala groovy", "//|* "),
  GO("go", "//"),
  RUBY("rb ru rake", "#"),
  CSHARP("cs cshtml razor", "//|* "),
  RUST("rs", "//"),

  /** Files that tell a program where to keep things. */
  SETTINGS("properties yml yaml xml ini conf cfg toml json prisma", "#|//|;");

  private static final int LONGEST_COMMENT = 500;

  private static final Map<String, Language> BY_EXTENSION = new HashMap<>();

  static {
    for (Language language : values()) {
      for (String extension : language.extensions.split(" ", -1)) {
        BY_EXTENSION.put(extension, language);
      }
    }
  }

  private final String extensions;
  private final String comments;

  /**
   * @param comments what a line of comment begins with, parted by bars
   */
  Language(String extensions, String comments) {
    this.extensions = extensions;
    this.comments = comments;
  }

  /** By the name of a file; null for what is no program that is understood. */
  public static @Nullable Language of(String path) {
    return BY_EXTENSION.get(extension(path));
  }

  /** What follows the last dot of the name of a file, in lower case; the whole name without one. */
  public static String extension(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /** Whether what stands at a place of a text is in a line that is nothing but a comment. */
  boolean isComment(String text, int at) {
    String before = before(text, at).stripLeading();
    for (String comment : comments.split("\\|", -1)) {
      if (before.startsWith(comment)) {
        return !before.contains("*/");
      }
    }
    return false;
  }

  /** What stands before a place in its line; nothing when that is too long for a comment. */
  static String before(String text, int at) {
    for (int start = at; start >= Math.max(0, at - LONGEST_COMMENT); start--) {
      if (start == 0 || text.charAt(start - 1) == '\n') {
        return text.substring(start, at);
      }
    }
    return "";
  }
}
