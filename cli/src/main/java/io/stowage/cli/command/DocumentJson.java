package io.stowage.cli.command;

import io.stowage.api.Document;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Documents and other objects as JSON: one object each. Safe for use by many threads. */
public final class DocumentJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final ObjectReader OBJECT =
      MAPPER.readerFor(new TypeReference<Map<String, @Nullable Object>>() {});

  private DocumentJson() {}

  /**
   * The document in a text.
   *
   * @throws IllegalArgumentException if the text is not exactly one JSON object; the message says
   *     what it is instead
   */
  public static Document read(byte[] json) {
    return Document.of(readObject(json));
  }

  /**
   * The object in a text.
   *
   * @throws IllegalArgumentException if the text is not exactly one JSON object; the message says
   *     what it is instead
   */
  static Map<String, @Nullable Object> readObject(byte[] json) {
    try (JsonParser parser = MAPPER.createParser(json)) {
      JsonToken first = parser.nextToken();
      if (first != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException(
            "not a JSON object but " + (first == null ? "nothing" : kindOf(first)));
      }
      return OBJECT.readValue(parser);
    } catch (JacksonException e) {
      TokenStreamLocation place = e.getLocation();
      String where = place == null ? "" : " (column " + place.getColumnNr() + ")";
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage() + where, e);
    }
  }

  private static String kindOf(JsonToken token) {
    return switch (token) {
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      default -> "null";
    };
  }

  /** The document as JSON on one line. */
  static byte[] write(Document document) {
    return write(document.asMap());
  }

  /** An object as JSON on one line. */
  public static byte[] write(Map<String, ? extends @Nullable Object> object) {
    return MAPPER.writeValueAsBytes(object);
  }
}
