package dev.tightship.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * A text in JSON as plain maps, lists and strings; numbers, truth values and null stand as they are
 * written, in a {@link Literal}. Lock files are long, and YAML readers are slow.
 */
final class Json {

  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private Json() {}

  /** What is neither text nor made of others. */
  record Literal(String written) {}

  /** The text is no JSON, or too deep. */
  static final class Invalid extends Exception {
    private static final long serialVersionUID = 1L;

    Invalid() {
      super("it is not JSON", null, false, false);
    }
  }

  /**
   * @return a Map, a List, a String or a Literal
   * @throws Invalid if it is not one value, or a key stands twice in one object
   */
  static Object read(String text) throws Invalid {
    String bare = text.startsWith("\ufeff") ? text.substring(1) : text;
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bare)) {
      Object value = value(parser, parser.nextToken());
      if (parser.nextToken() != null) {
        throw new Invalid();
      }
      return value;
    } catch (JacksonException e) {
      throw new Invalid(); // its words repeat the text
    }
  }

  private static Object value(JsonParser parser, JsonToken token) throws Invalid {
    if (token == null) {
      throw new Invalid();
    }
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getString();
      default -> new Literal(parser.getString());
    };
  }

  private static Map<String, Object> object(JsonParser parser) throws Invalid {
    var object = new LinkedHashMap<String, Object>();
    for (String key = parser.nextName(); key != null; key = parser.nextName()) {
      object.put(key, value(parser, parser.nextToken()));
    }
    return object;
  }

  private static List<Object> array(JsonParser parser) throws Invalid {
    var array = new ArrayList<Object>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      array.add(value(parser, token));
    }
    return array;
  }
}
