package io.stowage.core.query;

import io.stowage.api.FieldValue;
import io.stowage.api.Filter;
import io.stowage.core.item.FieldValues;
import io.stowage.core.item.ItemFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts what a query looks at. Used by one thread. */
final class Watch {

  private final Map<String, Long> withoutValue = new LinkedHashMap<>();
  private long candidates;
  private long stale;

  /**
   * A watch over the fields that a filter compares with numbers or moments, and one more.
   *
   * @param order the field that orders the items, if one does
   */
  Watch(Filter filter, Optional<String> order) {
    order.ifPresent(field -> withoutValue.put(field, 0L));
    addCompared(filter);
  }

  private void addCompared(Filter filter) {
    if (filter instanceof Filter.And and) {
      and.conditions().forEach(this::addCompared);
    } else if (filter instanceof Filter.Or or) {
      or.conditions().forEach(this::addCompared);
    } else if (filter instanceof Filter.Not not) {
      addCompared(not.condition());
    } else if (filter instanceof Filter.Comparison comparison && isInRange(comparison)) {
      withoutValue.put(comparison.field(), 0L);
    }
  }

  private static boolean isInRange(Filter.Comparison comparison) {
    return switch (comparison.operator()) {
      case GT, GTE, LT, LTE -> comparison.operand().score().isPresent();
      case EQ, NE -> false;
    };
  }

  void lookedAt(int more, int ofThemStale) {
    candidates += more;
    stale += ofThemStale;
  }

  void read(ItemFields fields) {
    withoutValue.replaceAll((field, count) -> count + (hasPlace(fields, field) ? 0 : 1));
  }

  private static boolean hasPlace(ItemFields fields, String field) {
    List<FieldValue> values = FieldValues.of(fields.value(field));
    return values.stream().anyMatch(value -> value.score().isPresent());
  }

  long candidates() {
    return candidates;
  }

  long stale() {
    return stale;
  }

  Map<String, Long> withoutValue() {
    return withoutValue;
  }
}
