package io.stowage.cli.load;

import io.stowage.api.FieldPath;
import io.stowage.api.FieldValue;
import io.stowage.api.IndexKind;
import io.stowage.api.StoreDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts items that have no number or moment in the field that orders the store, or something else
 * in a field that is found by range. Used by one thread at a time.
 */
final class MissingPlaces {

  /** Items without a place by one field. */
  private record Missing(long items, long firstLine) {}

  private final @Nullable String order;
  private final List<String> ranges;
  private final Map<String, Missing> missing = new LinkedHashMap<>();

  MissingPlaces(Optional<StoreDefinition> definition) {
    this.order = definition.flatMap(StoreDefinition::order).orElse(null);
    this.ranges =
        definition.stream()
            .flatMap(it -> it.indexes().stream())
            .filter(index -> index.kind() == IndexKind.RANGE)
            .map(StoreDefinition.IndexDefinition::name)
            .toList();
  }

  /** Looks at an item that was saved. */
  void look(NumberedDocument saved) {
    if (order != null && !hasPlace(saved, order)) {
      add(order, saved.line());
    }
    for (String range : ranges) {
      boolean isThere = FieldPath.resolve(saved.document().asMap(), range) != null;
      if (isThere && !range.equals(order) && !hasPlace(saved, range)) {
        add(range, saved.line());
      }
    }
  }

  private static boolean hasPlace(NumberedDocument saved, String field) {
    Object value = FieldPath.resolve(saved.document().asMap(), field);
    Collection<?> values = value instanceof Collection<?> several ? several : null;
    return values == null ? isPlace(value) : values.stream().anyMatch(MissingPlaces::isPlace);
  }

  private static boolean isPlace(@Nullable Object value) {
    return FieldValue.of(value).flatMap(it -> it.score().stream().boxed().findFirst()).isPresent();
  }

  private void add(String field, long line) {
    missing.merge(
        field,
        new Missing(1, line),
        (before, more) -> new Missing(before.items() + 1, before.firstLine()));
  }

  /** What is to be told, a line for each field. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    missing.forEach(
        (field, count) ->
            lines.add(
                "%d items, the first in line %d, have no number or moment in '%s': %s"
                    .formatted(
                        count.items(),
                        count.firstLine(),
                        field,
                        field.equals(order)
                            ? "they are the oldest of all"
                            : "no range of it has them")));
    return lines;
  }
}
