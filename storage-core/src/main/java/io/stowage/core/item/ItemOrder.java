package io.stowage.core.item;

import io.stowage.api.FieldValue;
import io.stowage.api.ItemType;
import io.stowage.api.Version;
import io.stowage.spi.EntryRef;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The place of items in the order of their store.
 *
 * @param <T> the type of the items
 */
final class ItemOrder<T> {

  private static final Version NO_VERSION = new Version(0);

  private final ItemType.@Nullable Order<T> order;
  private final StoredForms forms;

  ItemOrder(ItemType<T> type, StoredForms forms) {
    this.order = type.order().orElse(null);
    this.forms = forms;
  }

  /**
   * Checks what the order field of an item holds.
   *
   * @throws IllegalArgumentException if it is of a type that has no value, or if it is neither
   *     number nor moment and the type requires one
   */
  void check(T item) {
    if (order == null) {
      return;
    }
    Object raw = forms.of(order.value().apply(item));
    FieldValues.checkOrder(order.name(), raw);
    if (order.isRequired() && value(item) == null) {
      throw new IllegalArgumentException(
          "order field '"
              + order.name()
              + "' is "
              + shown(raw)
              + "; required is a number, or a moment with its zone or offset");
    }
  }

  private static String shown(@Nullable Object raw) {
    String text = String.valueOf(raw);
    return raw == null
        ? text
        : "'" + (text.length() > 80 ? text.substring(0, 80) + "…" : text) + "'";
  }

  /** Whether a field orders the items, rather than the time of their save. */
  boolean isByField() {
    return order != null;
  }

  /** The least number or moment in an item's order field; null if there is none. */
  @Nullable FieldValue value(T item) {
    if (order == null) {
      return null;
    }
    Place least = null;
    for (FieldValue value : FieldValues.of(forms.of(order.value().apply(item)))) {
      OptionalDouble score = value.score();
      if (score.isPresent()) {
        Place place = new Place(new EntryRef("", NO_VERSION, score.getAsDouble()), value);
        least = least == null || place.compareTo(least) < 0 ? place : least;
      }
    }
    return least == null ? null : least.value();
  }

  /** The item's score by the order field; null if the time of the save is its score. */
  @Nullable Double score(T item) {
    return order == null ? null : score(value(item));
  }

  /** The score of what an order field holds. */
  static double score(@Nullable FieldValue value) {
    return value == null ? Double.NEGATIVE_INFINITY : value.score().orElseThrow();
  }
}
