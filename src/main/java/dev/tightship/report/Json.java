package dev.tightship.report;

import java.io.StringWriter;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/** How JSON is written: the same bytes on any machine, and nothing in it that a terminal obeys. */
final class Json {

  private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");

  private Json() {}

  static String text(Consumer<JsonGenerator> document) {
    var text = new StringWriter();
    var context =
        new ObjectWriteContext.Base() {
          @Override
          public DefaultPrettyPrinter getPrettyPrinter() {
            // The same bytes on any machine, whatever ends a line there.
            return new DefaultPrettyPrinter().withObjectIndenter(LINES);
          }
        };
    try (JsonGenerator generator = new JsonFactory().createGenerator(context, text)) {
      document.accept(generator);
    }
    return Escape.json(text + "\n");
  }
}
