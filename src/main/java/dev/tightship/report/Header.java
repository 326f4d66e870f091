package dev.tightship.report;

import dev.tightship.text.Patch;

/**
 * The lines above the first hunk of a patch. A CI runner may take {@code ##[} in the name of a file
 * for an order; git reads a number sign as well when it is written as an octal escape.
 */
final class Header {

  private Header() {}

  static String of(Patch patch) {
    String header = patch.header();
    if (!header.contains("##")) {
      return header;
    }
    boolean created = header.contains("\n--- /dev/null\n");
    String now = header.substring(header.lastIndexOf("\n+++ ") + 5).stripTrailing();
    String after = quoted(now);
    String before = after.replaceFirst("^\"b/", "\"a/");
    return "diff --git %s %s\n%s--- %s\n+++ %s\n"
        .formatted(
            before,
            after,
            created ? "new file mode 100644\n" : "",
            created ? "/dev/null" : before,
            after);
  }

  private static String quoted(String name) {
    String bare = name.startsWith("\"") ? name.substring(1, name.length() - 1) : name;
    return '"' + bare.replace("#", "\\043") + '"';
  }
}
