package io.stowage.serialization.binding;

import io.stowage.api.Document;
import io.stowage.spi.SerializationException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * What a codec says when an item cannot be written or read.
 *
 * @param format what the codec writes, as it is called in messages
 */
public record CodecFailures(String format) {

  private static final int SHOWN = 200;

  /** An item that the codec cannot hold. */
  public SerializationException unwritable(Object item, Exception cause) {
    return new SerializationException(
        "item of type %s cannot be written as %s: %s"
            .formatted(item.getClass().getName(), format, reason(cause)),
        cause);
  }

  /** Bytes that are none of the codec's, or hold something else. */
  public SerializationException unreadable(byte[] bytes, String what, JacksonException cause) {
    return new SerializationException(
        "payload of %d bytes is no %s of a %s: %s"
            .formatted(bytes.length, format, what, reason(cause)),
        cause);
  }

  /**
   * What was read, unless that is nothing.
   *
   * @throws SerializationException if it is null
   */
  public <T> T present(@Nullable T read, String what) {
    if (read == null) {
      throw new SerializationException("payload is null and no " + what, null);
    }
    return read;
  }

  /**
   * The document that has these fields.
   *
   * @throws SerializationException if a document cannot have them
   */
  public Document document(Map<String, @Nullable Object> fields) {
    try {
      return Document.of(fields);
    } catch (IllegalArgumentException e) {
      throw new SerializationException("payload is no document: " + reason(e), e);
    }
  }

  /** Begins the message only: it may quote what was found, and items may be large. */
  private static String reason(Exception cause) {
    String message =
        cause instanceof JacksonException e ? e.getOriginalMessage() : cause.getMessage();
    if (message == null) {
      return "no reason given";
    }
    return message.length() <= SHOWN ? message : message.substring(0, SHOWN) + "…";
  }
}
