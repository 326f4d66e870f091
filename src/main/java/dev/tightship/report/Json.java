package dev.tightship.report;

import dev.tightship.compose.Problem;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
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

  /** An array of what could not be read. */
  static void problems(
      JsonGenerator json, String name, List<Problem> problems, UnaryOperator<String> masked) {
    json.writeArrayPropertyStart(name);
    for (Problem problem : problems) {
      json.writeStartObject();
      json.writeStringProperty("file", masked.apply(problem.path()));
      position(json, problem.line(), problem.column());
      json.writeStringProperty("message", Redactor.error(masked.apply(problem.message())));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** Where something stands; nothing where the line is not known, which is 0 then. */
  static void position(JsonGenerator json, int line, int column) {
    if (line > 0) {
      json.writeNumberProperty("line", line);
      json.writeNumberProperty("column", column);
    }
  }
}
