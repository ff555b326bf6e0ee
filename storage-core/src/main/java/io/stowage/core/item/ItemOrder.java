package io.stowage.core.item;

import io.stowage.api.FieldValue;
import io.stowage.api.ItemType;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The place of items in the order of their store.
 *
 * @param <T> the type of the items
 */
final class ItemOrder<T> {

  private final ItemType.@Nullable Order<T> order;
  private final StoredForms forms;

  ItemOrder(ItemType<T> type, StoredForms forms) {
    this.order = type.order().orElse(null);
    this.forms = forms;
  }

  /**
   * Checks what the order field of an item holds.
   *
   * @throws IllegalArgumentException if it is of a type that has no value
   */
  void check(T item) {
    if (order != null) {
      FieldValues.checkOrder(order.name(), forms.of(order.value().apply(item)));
    }
  }

  /** The item's score by the order field; null if the time of the save is its score. */
  @Nullable Double score(T item) {
    if (order == null) {
      return null;
    }
    List<FieldValue> values = FieldValues.of(forms.of(order.value().apply(item)));
    return values.stream()
        .map(FieldValue::score)
        .flatMapToDouble(OptionalDouble::stream)
        .min()
        .orElse(Double.NEGATIVE_INFINITY);
  }
}
