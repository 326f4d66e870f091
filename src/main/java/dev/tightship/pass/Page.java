package dev.tightship.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What there is to know of a pass, carried once: {@code explain}, the reports and the docs all
 * print this page. Read from {@code passes/ID.md}, strictly.
 *
 * @param safe which fixes level safe applies
 * @param standard which fixes level standard applies
 * @param strict which fixes level strict applies
 * @param check how to see that a fix did no harm
 * @param undo how to take a fix back
 * @param references where the advice comes from
 * @param body the text in Markdown, headings at level 1
 */
public record Page(
    String id,
    String title,
    Severity severity,
    String safe,
    String standard,
    String strict,
    String check,
    String undo,
    List<String> references,
    String body) {

  private static final Set<String> KEYS =
      Set.of("title", "severity", "safe", "standard", "strict", "check", "undo", "reference");
  private static final String FENCE = "---\n";

  /**
   * @throws IllegalArgumentException where the page lacks something or has something unknown
   */
  public static Page parse(String id, String text) {
    int end = text.indexOf("\n" + FENCE, FENCE.length());
    if (!text.startsWith(FENCE) || end < 0) {
      throw new IllegalArgumentException("page " + id + " has no front matter");
    }
    Map<String, String> keys = new HashMap<>();
    var references = new ArrayList<String>();
    for (String line : text.substring(FENCE.length(), end).split("\n", -1)) {
      int colon = line.indexOf(": ");
      String key = colon < 0 ? line : line.substring(0, colon);
      if (colon < 0 || !KEYS.contains(key)) {
        throw new IllegalArgumentException("page " + id + " has an unknown line: " + line);
      }
      String value = line.substring(colon + 2).strip();
      if (key.equals("reference")) {
        references.add(value);
      } else if (keys.put(key, value) != null) {
        throw new IllegalArgumentException("page " + id + " says " + key + " twice");
      }
    }
    return new Page(
        id,
        need(id, keys.get("title"), "title"),
        Severity.valueOf(
            need(id, keys.get("severity"), "severity").toUpperCase(java.util.Locale.ROOT)),
        need(id, keys.get("safe"), "safe"),
        need(id, keys.get("standard"), "standard"),
        need(id, keys.get("strict"), "strict"),
        need(id, keys.get("check"), "check"),
        need(id, keys.get("undo"), "undo"),
        List.copyOf(references),
        text.substring(end + 1 + FENCE.length()).strip() + "\n");
  }

  private static String need(String id, @Nullable String value, String key) {
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException("page " + id + " lacks " + key);
    }
    return value;
  }

  /** The part under a heading, without it; null when the page has no such part. */
  public @Nullable String section(String heading) {
    var part = new StringBuilder();
    boolean code = false;
    boolean inside = false;
    boolean found = false;
    for (String line : body.split("\n", -1)) {
      code ^= line.startsWith("```");
      if (!code && line.startsWith("# ")) {
        inside = line.equals("# " + heading);
        found |= inside;
      } else if (inside) {
        part.append(line).append('\n');
      }
    }
    return found ? part.toString().strip() : null;
  }

  /**
   * The code blocks of a section in order, without their fences.
   *
   * @param language the word behind the opening fence
   */
  public List<String> blocks(String heading, String language) {
    var blocks = new ArrayList<String>();
    String text = section(heading);
    String open = "```" + language + "\n";
    int at = text == null ? -1 : text.indexOf(open);
    while (text != null && at >= 0) {
      int end = text.indexOf("\n```", at + open.length() - 1);
      if (end < 0) {
        throw new IllegalArgumentException("page " + id + " has a code block without an end");
      }
      blocks.add(text.substring(at + open.length(), end + 1));
      at = text.indexOf(open, end);
    }
    return blocks;
  }
}
