package io.stowage.core.item;

import io.stowage.api.Document;
import io.stowage.api.ItemType;
import io.stowage.api.Version;
import io.stowage.spi.AdapterException;
import io.stowage.spi.Content;
import io.stowage.spi.EnvelopePort;
import io.stowage.spi.SerializationException;
import io.stowage.spi.SerializationPort;
import io.stowage.spi.StoredRecord;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns the items of one type into payloads and back: through a codec, the upcasters of the type
 * and the envelope. Safe for use by many threads.
 *
 * @param <T> the type of the items
 */
final class ItemCoder<T> {

  private final ItemType<T> type;
  private final Codecs codecs;
  private final EnvelopePort envelopes;
  private final boolean isDocument;

  ItemCoder(ItemType<T> type, Codecs codecs, EnvelopePort envelopes) {
    this.type = type;
    this.codecs = codecs;
    this.envelopes = envelopes;
    this.isDocument = type.type() == Document.class;
  }

  /**
   * The item with its encoded form.
   *
   * @throws IllegalArgumentException if the codec cannot hold the item
   */
  ItemImage<T> encode(String id, T item) {
    SerializationPort codec = codecs.writing();
    try {
      byte[] bytes =
          item instanceof Document document
              ? codec.encode(document.asMap())
              : codec.encode(item, type.type());
      Content content = new Content(codec.name(), type.schemaVersion(), bytes);
      return new ItemImage<>(id, item, content, false);
    } catch (SerializationException e) {
      throw new IllegalArgumentException(
          "item '" + id + "' cannot be stored as " + codec.name() + ": " + e.getMessage(), e);
    }
  }

  /**
   * The stored form but for encryption.
   *
   * @throws IllegalArgumentException if it is too large
   */
  byte[] pack(ItemImage<T> image) {
    try {
      return envelopes.pack(image.content());
    } catch (SerializationException e) {
      throw new IllegalArgumentException(
          "item '" + image.id() + "' cannot be stored: " + e.getMessage(), e);
    }
  }

  /**
   * The payload of a record.
   *
   * @throws AdapterException if it cannot be encrypted
   */
  byte[] seal(byte[] packed, String id, Version version) {
    try {
      return envelopes.seal(packed, id, version);
    } catch (SerializationException e) {
      throw AdapterException.refused("item '" + id + "' cannot be encrypted: " + e.getMessage(), e);
    }
  }

  /**
   * The item in a record.
   *
   * @throws SerializationException if there is none
   */
  ItemImage<T> decode(String id, StoredRecord record) {
    if (record.damage() != null) {
      throw new SerializationException("the record is damaged: " + record.damage(), null);
    }
    Content stored = envelopes.open(record.payload(), id, record.version());
    Content content = current(stored);
    boolean isOlder = stored.schemaVersion() != content.schemaVersion();
    return new ItemImage<>(id, item(content), content, isOlder);
  }

  private T item(Content content) {
    SerializationPort codec = codecs.named(content.codec());
    if (!isDocument) {
      return codec.decode(content.bytes(), type.type());
    }
    return type.type().cast(document(codec.fields(content.bytes())));
  }

  private static Document document(Map<String, @Nullable Object> fields) {
    try {
      return Document.of(fields);
    } catch (IllegalArgumentException e) {
      throw new SerializationException(String.valueOf(e.getMessage()), e);
    }
  }

  /** The content in the schema version of the type. */
  private Content current(Content content) {
    int from = content.schemaVersion();
    if (from == type.schemaVersion()) {
      return content;
    }
    if (from > type.schemaVersion() || from < type.oldestSchemaVersion()) {
      throw new SerializationException(
          "it has schema version "
              + from
              + "; this program reads "
              + type.oldestSchemaVersion()
              + " to "
              + type.schemaVersion(),
          null);
    }
    SerializationPort codec = codecs.named(content.codec());
    Document stored = document(codec.fields(content.bytes()));
    byte[] bytes = codec.encode(upcast(from, stored).asMap());
    return new Content(codec.name(), type.schemaVersion(), bytes);
  }

  /** Upcasters are the embedder's and may fail in any way on what they were not made for. */
  private Document upcast(int from, Document stored) {
    try {
      return type.upcast(from, stored);
    } catch (RuntimeException e) {
      throw new SerializationException(
          "it cannot be brought from schema version " + from + " to the present one: " + e, e);
    }
  }

  /**
   * The fields in an encoded form.
   *
   * @throws SerializationException if it holds no fields
   */
  Map<String, @Nullable Object> fields(Content content) {
    return codecs.named(content.codec()).fields(content.bytes());
  }
}
