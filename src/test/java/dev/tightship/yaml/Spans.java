package dev.tightship.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.tightship.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whether each node stands where it says: its text is read once more here, by hand, from its span
 * alone, and nothing but blanks, comments and indicators lies between the nodes.
 */
final class Spans {

  /** Markers and directives of documents, indicators, properties of collections, comments. */
  private static final Pattern GAP =
      Pattern.compile(
          "\ufeff?(%[^\\s].*|(---|\\.\\.\\.)?[-\\s,:?\\[\\]{}]*"
              + "([&!][^\\s,\\[\\]{}]*[-\\s,:?\\[\\]{}]*)*(#.*)?)",
          Pattern.DOTALL);

  private final String text;

  private Spans(String text) {
    this.text = text;
  }

  static void check(YamlFile file) {
    var spans = new Spans(file.text());
    var leaves = new ArrayList<Span>();
    for (Node document : file.documents()) {
      spans.check(document, leaves);
    }
    int at = 0;
    for (Span leaf : leaves) {
      spans.gap(at, leaf.start());
      at = leaf.end();
    }
    spans.gap(at, file.text().length());
  }

  private void gap(int from, int to) {
    assertThat(from).as("nodes in order").isLessThanOrEqualTo(to);
    for (String line : text.substring(from, to).split("\r\n|\r|\n", -1)) {
      if (!GAP.matcher(line).matches()) {
        fail("`%s` stands between nodes, from %s to %s of\n%s", line, from, to, text);
      }
    }
  }

  private void check(Node node, List<Span> leaves) {
    String written = node.span().of(text);
    for (String property : properties(node)) {
      assertThat(written).as("properties of %s", node).contains(property);
    }
    String content = withoutProperties(node, written);
    if (node instanceof Node.Scalar scalar) {
      leaves.add(node.span());
      assertThat(read(scalar, content)).as("`%s`", written).isEqualTo(scalar.text());
      edges(scalar, content);
    } else if (node instanceof Node.Alias alias) {
      leaves.add(node.span());
      assertThat(written).isEqualTo("*" + alias.name());
    } else if (node instanceof Node.Sequence list) {
      brackets(list.flow(), content, "[", "]", list, list.items());
      list.items().forEach(i -> inside(node, i));
      list.items().forEach(i -> check(i, leaves));
    } else if (node instanceof Node.Mapping mapping) {
      var parts = new ArrayList<Node>();
      mapping.entries().values().forEach(e -> parts.addAll(List.of(e.key(), e.value())));
      boolean pair = mapping.flow() && !content.startsWith("{");
      brackets(mapping.flow() && !pair, content, "{", "}", mapping, parts);
      parts.forEach(p -> inside(node, p));
      parts.forEach(p -> check(p, leaves));
    }
  }

  private static List<String> properties(Node node) {
    var properties = new ArrayList<String>();
    if (node.anchor() != null) {
      properties.add("&" + node.anchor());
    }
    if (node.tag() != null) {
      properties.add(node.tag());
    }
    return properties;
  }

  private static String withoutProperties(Node node, String written) {
    String content = written;
    for (int i = properties(node).size(); i > 0; i--) {
      content = content.replaceFirst("^[&!]\\S*(\\s|#.*)*", "");
    }
    return content;
  }

  private static void inside(Node outer, Node inner) {
    assertThat(inner.span().start()).isGreaterThanOrEqualTo(outer.span().start());
    assertThat(inner.span().end()).isLessThanOrEqualTo(outer.span().end());
  }

  private static void brackets(
      boolean flow, String content, String open, String close, Node node, List<Node> parts) {
    if (flow) {
      assertThat(content).startsWith(open).endsWith(close);
      return;
    }
    assertThat(node.span().end())
        .as("a block ends with its last part, `%s`", content)
        .isEqualTo(parts.get(parts.size() - 1).span().end());
    if (node instanceof Node.Sequence) {
      assertThat(content).startsWith("-");
    } else {
      assertThat(content).doesNotStartWith("-\n").doesNotStartWith("#").doesNotStartWith(" ");
    }
  }

  /** What the scalar says, read from its text. */
  private static String read(Node.Scalar scalar, String content) {
    return switch (scalar.style()) {
      case PLAIN -> folded(content);
      case SINGLE -> {
        assertThat(content).startsWith("'").endsWith("'").hasSizeGreaterThan(1);
        yield folded(content.substring(1, content.length() - 1)).replace("''", "'");
      }
      case DOUBLE -> {
        assertThat(content).startsWith("\"").endsWith("\"").hasSizeGreaterThan(1);
        // escapes are the engine's affair; here it is the place that counts
        yield content.contains("\\")
            ? scalar.text()
            : folded(content.substring(1, content.length() - 1));
      }
      case LITERAL, FOLDED -> blockText(scalar, content);
    };
  }

  /** Lines joined by a space, blank ones as line breaks. */
  private static String folded(String content) {
    String[] lines = content.split("\r\n|\r|\n", -1);
    var text = new StringBuilder(lines.length == 1 ? lines[0] : lines[0].stripTrailing());
    int blank = 0;
    for (int i = 1; i < lines.length; i++) {
      String line = i == lines.length - 1 ? lines[i].stripLeading() : lines[i].strip();
      if (line.isEmpty() && i < lines.length - 1) {
        blank++;
        continue;
      }
      text.append(blank == 0 ? " " : "\n".repeat(blank)).append(line);
      blank = 0;
    }
    return text.toString();
  }

  /**
   * A text after {@code |} or {@code >}. Of a folded one, and one whose indentation its header
   * gives, only the words are compared.
   */
  private static String blockText(Node.Scalar scalar, String content) {
    String[] lines = content.split("\r\n|\r|\n", -1);
    String header = lines[0].split("\\s", 2)[0];
    assertThat(lines[0]).matches("[|>][-+1-9]*(\\s+#.*)?");
    if (!header.contains("+")) {
      assertThat(content).as("blank lines behind it are not its own").doesNotMatch("(?s).*[\r\n]");
    }
    List<String> body = List.of(lines).subList(1, lines.length);
    if (scalar.style() == Node.Style.FOLDED || header.matches(".*[1-9].*")) {
      assertThat(words(scalar.text())).isEqualTo(words(String.join(" ", body)));
      return scalar.text();
    }
    int indent =
        body.stream()
            .filter(line -> !line.isBlank())
            .findFirst()
            .map(line -> line.length() - line.stripLeading().length())
            .orElse(0);
    String said =
        body.stream()
            .map(line -> line.substring(Math.min(indent, line.length())))
            .collect(Collectors.joining("\n"));
    // whether a last line break belongs to the text is for the header, and the end of the file
    return scalar.text().stripTrailing().equals(said.stripTrailing()) ? scalar.text() : said;
  }

  private static List<String> words(String text) {
    return List.of(text.strip().split("\\s+"));
  }

  private void edges(Node.Scalar scalar, String content) {
    if (scalar.style() == Node.Style.PLAIN && !content.isEmpty()) {
      assertThat(content).as("no blanks at its ends").doesNotMatch("(?s)[ \t].*|.*[ \t]");
      assertThat(content).doesNotContain(" #");
    }
  }
}
