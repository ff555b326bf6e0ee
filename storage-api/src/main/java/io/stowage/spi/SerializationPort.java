package io.stowage.spi;

import io.stowage.api.Codec;
import io.stowage.api.FieldValue;
import io.stowage.api.Loss;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A codec: turns items into bytes and back. Found with {@link java.util.ServiceLoader}; safe for
 * use by many threads.
 */
public interface SerializationPort extends Codec {

  /**
   * The bytes of an item, or of a map of names to null, strings, booleans, numbers, lists and maps.
   *
   * @throws SerializationException if the codec cannot hold it, so that {@link #decode} would not
   *     give it back
   */
  byte[] encode(Object item);

  /**
   * The bytes of an item that is read as one of a type. A codec that tells classes apart overrides
   * this, to refuse here what {@link #decode} would refuse.
   *
   * @param type the item's class, or one above it
   * @throws SerializationException if the codec cannot hold it, so that {@link #decode} would not
   *     give it back
   */
  default byte[] encode(Object item, Class<?> type) {
    return encode(item);
  }

  /**
   * The item in the bytes, whether they were made of an item or of a map of its fields.
   *
   * @throws SerializationException if the bytes hold no item of this type
   */
  <T> T decode(byte[] bytes, Class<T> type);

  /**
   * The fields of the item in the bytes, by the names under which they are stored. Numbers keep
   * their value. Values are null, strings, booleans, numbers, lists and maps: moments are ISO-8601
   * texts, and bytes Base64.
   *
   * @throws SerializationException if the bytes hold no map of fields
   */
  Map<String, @Nullable Object> fields(byte[] bytes);

  /**
   * What {@link #fields} has for a field that holds this object: null, a string, a boolean or a
   * number, or a list or map. Indexes and filters go by it, so a codec that stores objects
   * otherwise than {@link FieldValue#of} takes them answers it here.
   *
   * @param object a constant of an enum, a UUID, or what is of {@code java.time} and no moment
   * @throws SerializationException if the codec cannot hold it
   */
  default @Nullable Object stored(Object object) {
    return object;
  }

  /**
   * This codec for items of a type that accepts losses. A codec that refuses what would come back
   * otherwise overrides this, so that it refuses only other losses.
   *
   * @param losses what may come back otherwise than it was saved
   */
  default SerializationPort accepting(Set<Loss> losses) {
    return this;
  }

  /**
   * This codec as one store uses it.
   *
   * @param names numbers for the names that the codec would else write in full
   */
  default SerializationPort inStore(NameTable names) {
    return this;
  }
}
