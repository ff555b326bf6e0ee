package io.stowage.core.item;

import io.stowage.api.FieldValue;
import io.stowage.spi.SerializationException;
import io.stowage.spi.SerializationPort;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Objects as the codec stores them: what indexes, orders and filters go by, whether a value was
 * read from a stored item, answered by a function of the item's type, or given to a filter.
 */
final class StoredForms {

  private final SerializationPort codec;

  StoredForms(SerializationPort codec) {
    this.codec = codec;
  }

  /**
   * The stored form of what a function of the item's type answered; itself if it has no other.
   *
   * @throws SerializationException if the codec cannot hold it
   */
  @Nullable Object of(@Nullable Object raw) {
    if (raw instanceof Collection<?> elements) {
      return ofAll(raw, elements);
    }
    return raw instanceof Object[] array ? ofAll(raw, Arrays.asList(array)) : ofOne(raw);
  }

  /** The object itself unless an element has another form. */
  private Object ofAll(Object raw, Collection<?> elements) {
    boolean isOther = false;
    List<@Nullable Object> stored = new ArrayList<>(elements.size());
    for (Object element : elements) {
      Object form = of(element);
      isOther |= form != element;
      stored.add(form);
    }
    return isOther ? stored : raw;
  }

  private @Nullable Object ofOne(@Nullable Object raw) {
    boolean isPlain =
        raw == null
            || raw instanceof String
            || raw instanceof Number
            || raw instanceof Boolean
            || raw instanceof Instant;
    if (isPlain) {
      return raw;
    }
    Object origin = FieldValue.of(raw).flatMap(FieldValue::origin).orElse(null);
    return origin == null ? raw : codec.stored(origin);
  }

  /**
   * The stored form of an operand of a filter.
   *
   * @throws IllegalArgumentException if the codec stores nothing that a filter could compare
   */
  FieldValue operand(String field, FieldValue operand) {
    Object origin = operand.origin().orElse(null);
    if (origin == null) {
      return operand;
    }
    try {
      Object stored = codec.stored(origin);
      return FieldValue.of(stored)
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      refusal(field, origin)
                          + "which is stored as "
                          + stored
                          + "; allowed is what is stored as a number, a text or a boolean"));
    } catch (SerializationException e) {
      throw new IllegalArgumentException(
          refusal(field, origin) + "which cannot be stored: " + e.getMessage(), e);
    }
  }

  private static String refusal(String field, Object origin) {
    return "operand for field '"
        + field
        + "' is '"
        + origin
        + "' of type "
        + origin.getClass().getName()
        + ", ";
  }
}
