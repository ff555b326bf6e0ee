package io.stowage.core.item;

import io.stowage.api.FieldValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.DoubleAccumulator;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns what a field holds (nothing, one object or a collection) into the values it has. */
public final class FieldValues {

  private FieldValues() {}

  /**
   * The values that filters see. A collection has those of its elements; objects that are no values
   * (maps, NaN) have none.
   */
  public static List<FieldValue> of(@Nullable Object raw) {
    return of(raw, none -> {});
  }

  private static List<FieldValue> of(@Nullable Object raw, Consumer<Object> without) {
    if (raw == null) {
      return List.of();
    }
    Optional<FieldValue> single = FieldValue.of(raw);
    if (single.isPresent()) {
      return List.of(single.get());
    }
    Collection<?> elements = elements(raw);
    if (elements == null) {
      without.accept(raw);
      return List.of();
    }
    List<FieldValue> values = new ArrayList<>(elements.size());
    for (Object element : elements) {
      values.addAll(of(element, without));
    }
    return values;
  }

  /**
   * The distinct values that an index takes.
   *
   * @throws IllegalArgumentException if an object is of a type that no filter could match
   */
  static List<FieldValue> forIndex(String index, @Nullable Object raw) {
    return distinct(of(raw, none -> refuse("index", index, none)));
  }

  /** The distinct values that an index has of an object, whatever of it has none. */
  static List<FieldValue> inIndex(@Nullable Object raw) {
    return distinct(of(raw));
  }

  private static List<FieldValue> distinct(List<FieldValue> values) {
    return values.size() < 2 ? values : values.stream().distinct().toList();
  }

  /**
   * Checks what an order is to go by.
   *
   * @throws IllegalArgumentException if an object is of a type that has no value
   */
  static void checkOrder(String field, @Nullable Object raw) {
    List<FieldValue> unused = of(raw, none -> refuse("order field", field, none));
  }

  /** What has no value would vanish: it is refused, unless it is NaN or an infinity. */
  private static void refuse(String what, String name, Object none) {
    if (isNotFinite(none)) {
      return;
    }
    throw new IllegalArgumentException(
        what
            + " '"
            + name
            + "' has a value of type "
            + none.getClass().getName()
            + (isLarge(none) ? ", which is too large" : "")
            + "; allowed are null, numbers, strings, booleans, enums, UUIDs, java.time values and"
            + " collections of these");
  }

  /** The kinds of numbers that have a value unless it is NaN or an infinity. */
  private static boolean isNotFinite(Object raw) {
    return raw instanceof Double
        || raw instanceof Float
        || raw instanceof DoubleAdder
        || raw instanceof DoubleAccumulator;
  }

  private static boolean isLarge(Object raw) {
    return raw instanceof BigInteger || raw instanceof BigDecimal;
  }

  private static @Nullable Collection<?> elements(Object raw) {
    if (raw instanceof Collection<?> collection) {
      return collection;
    }
    return raw instanceof Object[] array ? Arrays.asList(array) : null;
  }
}
