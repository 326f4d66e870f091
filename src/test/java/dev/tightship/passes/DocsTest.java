package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.pass.Page;
import dev.tightship.pass.Pass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** {@code docs/passes} is generated from the pages; {@code -Dupdate} writes it. */
class DocsTest {

  private static final Path DOCS = Path.of("docs/passes");

  private static final String GENERATED =
      "<!-- Generated from %s by DocsTest: run ./mvnw -B test -Dtest=DocsTest -Dupdate -->\n\n";

  @Test
  void the_pages_in_docs_are_those_of_the_program() throws IOException {
    Map<String, String> expected = docs();
    if (System.getProperty("update") != null) {
      for (String old : Fixtures.texts(DOCS).keySet()) {
        Files.delete(DOCS.resolve(old));
      }
      Files.createDirectories(DOCS);
      for (Map.Entry<String, String> e : expected.entrySet()) {
        Files.writeString(DOCS.resolve(e.getKey()), e.getValue());
      }
    }
    assertThat(Fixtures.texts(DOCS)).isEqualTo(expected);
  }

  private static Map<String, String> docs() {
    var docs = new TreeMap<String, String>();
    var index = new StringBuilder(GENERATED.formatted("src/main/resources/passes"));
    index.append(
        "# The passes\n\nIn the order in which they run. Each level also applies what the ");
    index.append("levels before it apply; what is applied at none is reported.\n\n");
    index.append("| pass | what it does | severity | safe | standard | strict |\n");
    index.append("| --- | --- | --- | --- | --- | --- |\n");
    for (Pass pass : Passes.all()) {
      Page page = RegistryTest.page(pass);
      docs.put(page.id() + ".md", doc(page));
      index.append(
          "| [%s](%s.md) | %s | %s | %s | %s | %s |\n"
              .formatted(
                  page.id(),
                  page.id(),
                  cell(page.title()),
                  page.severity().word(),
                  cell(page.safe()),
                  cell(page.standard()),
                  cell(page.strict())));
    }
    docs.put("README.md", index.toString());
    return docs;
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }

  private static String doc(Page page) {
    var doc = new StringBuilder();
    doc.append(GENERATED.formatted("src/main/resources/passes/" + page.id() + ".md"));
    doc.append("# ").append(page.title()).append("\n\n");
    doc.append("`%s`, severity %s\n\n".formatted(page.id(), page.severity().word()));
    doc.append("| level | applies |\n| --- | --- |\n");
    doc.append("| safe | %s |\n".formatted(cell(page.safe())));
    doc.append("| standard | %s |\n".formatted(cell(page.standard())));
    doc.append("| strict | %s |\n\n".formatted(cell(page.strict())));
    doc.append(deeper(page.body())).append('\n');
    doc.append("## How to check\n\n").append(page.check()).append("\n\n");
    doc.append("## How to undo\n\n").append(page.undo()).append("\n\n");
    doc.append("## References\n\n");
    page.references().forEach(r -> doc.append("- ").append(r).append('\n'));
    return doc.toString();
  }

  /** Headings one level down, outside of code, where a hash begins a comment. */
  private static String deeper(String body) {
    var out = new StringBuilder();
    boolean code = false;
    for (String line : body.split("\n", -1)) {
      code ^= line.startsWith("```");
      out.append(!code && line.startsWith("#") ? "#" : "").append(line).append('\n');
    }
    return out.substring(0, out.length() - 1);
  }
}
