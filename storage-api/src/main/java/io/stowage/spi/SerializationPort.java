package io.stowage.spi;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A codec: turns items into bytes and back. Found with {@link java.util.ServiceLoader}; safe for
 * use by many threads.
 */
public interface SerializationPort {

  /** The codec's name, such as {@code json}. */
  String name();

  /**
   * The bytes of an item, or of a map of names to null, strings, booleans, numbers, lists and maps.
   *
   * @throws SerializationException if the codec cannot hold it
   */
  byte[] encode(Object item);

  /**
   * The item in the bytes.
   *
   * @throws SerializationException if the bytes hold no item of this type
   */
  <T> T decode(byte[] bytes, Class<T> type);

  /**
   * The fields of the item in the bytes, by the names under which they are stored. Numbers keep
   * their value.
   *
   * @throws SerializationException if the bytes hold no map of fields
   */
  Map<String, @Nullable Object> fields(byte[] bytes);
}
