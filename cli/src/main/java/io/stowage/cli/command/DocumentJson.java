package io.stowage.cli.command;

import io.stowage.api.Document;
import io.stowage.cli.terminal.CommandFailure;
import io.stowage.serialization.json.JsonCodec;
import io.stowage.spi.SerializationException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * Documents and other objects as JSON: one object each, read and written by the codec {@code json},
 * so that a command takes and shows what a store holds. Safe for use by many threads.
 */
public final class DocumentJson {

  private static final JsonCodec CODEC = new JsonCodec();

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
    try {
      return CODEC.fields(json);
    } catch (SerializationException e) {
      throw new IllegalArgumentException(refusal(json, e), e);
    }
  }

  private static String refusal(byte[] json, SerializationException e) {
    String kind = kind(json);
    boolean isOther = e.getCause() == null || e.getCause() instanceof MismatchedInputException;
    if (isOther && !kind.isEmpty()) {
      return "not a JSON object but " + kind;
    }
    TokenStreamLocation place =
        e.getCause() instanceof JacksonException cause ? cause.getLocation() : null;
    String where = place == null ? "" : " (column " + place.getColumnNr() + ")";
    return "not JSON: " + reason(e) + where;
  }

  private static String reason(SerializationException e) {
    return e.getCause() instanceof JacksonException cause
        ? cause.getOriginalMessage()
        : String.valueOf(e.getMessage());
  }

  /** What a text is by how it begins; empty if it begins as an object does. */
  private static String kind(byte[] json) {
    int at = 0;
    while (at < json.length && json[at] > 0 && json[at] <= ' ') {
      at++;
    }
    if (at == json.length) {
      return "nothing";
    }
    return switch (json[at]) {
      case '{' -> "";
      case '[' -> "an array";
      case '"' -> "a string";
      case 't', 'f' -> "a boolean";
      case 'n' -> "null";
      default -> "a number";
    };
  }

  /**
   * The document as JSON on one line.
   *
   * @throws CommandFailure if JSON cannot hold it; the message names it
   */
  public static byte[] write(Document document) {
    try {
      return CODEC.encode(document);
    } catch (SerializationException e) {
      Object id = document.asMap().get("id");
      String name = id == null ? "an item without an id" : "item '" + id + "'";
      throw CommandFailure.failed(name + " cannot be written as JSON: " + reason(e), e);
    }
  }

  /** An object as JSON on one line. */
  public static byte[] write(Map<String, ? extends @Nullable Object> object) {
    return CODEC.encode(object);
  }
}
