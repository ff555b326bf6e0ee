package io.stowage.core.item;

import io.stowage.api.FieldValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns what a field holds (nothing, one object or a collection) into the values it has. */
public final class FieldValues {

  private FieldValues() {}

  /**
   * The values that filters see. A collection has those of its elements; objects that are no values
   * (maps, NaN) have none.
   */
  public static List<FieldValue> of(@Nullable Object raw) {
    if (raw == null) {
      return List.of();
    }
    Optional<FieldValue> single = FieldValue.of(raw);
    if (single.isPresent()) {
      return List.of(single.get());
    }
    Collection<?> elements = elements(raw);
    if (elements == null) {
      return List.of();
    }
    List<FieldValue> values = new ArrayList<>(elements.size());
    for (Object element : elements) {
      values.addAll(of(element));
    }
    return values;
  }

  /**
   * The distinct values that an index takes.
   *
   * @throws IllegalArgumentException if an object is of a type that no filter could match
   */
  static List<FieldValue> forIndex(String index, @Nullable Object raw) {
    checkIndexable(index, raw);
    List<FieldValue> values = of(raw);
    return values.size() < 2 ? values : values.stream().distinct().toList();
  }

  private static void checkIndexable(String index, @Nullable Object raw) {
    if (raw == null || raw instanceof Number || raw instanceof Map<?, ?>) {
      return;
    }
    Collection<?> elements = elements(raw);
    if (elements != null) {
      elements.forEach(element -> checkIndexable(index, element));
    } else if (FieldValue.of(raw).isEmpty()) {
      throw new IllegalArgumentException(
          "index '"
              + index
              + "' has a value of type "
              + raw.getClass().getName()
              + "; allowed are null, numbers, strings, booleans, enums, UUIDs, java.time values and"
              + " collections of these");
    }
  }

  private static @Nullable Collection<?> elements(Object raw) {
    if (raw instanceof Collection<?> collection) {
      return collection;
    }
    return raw instanceof Object[] array ? Arrays.asList(array) : null;
  }
}
