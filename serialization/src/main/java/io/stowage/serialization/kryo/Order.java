package io.stowage.serialization.kryo;

import io.stowage.spi.SerializationException;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The orders of sorted sets and maps that have a number. */
final class Order {

  /** By number; the natural order is that of a set without a comparator. */
  private static final List<Comparator<?>> KNOWN =
      List.of(Comparator.naturalOrder(), Comparator.reverseOrder(), String.CASE_INSENSITIVE_ORDER);

  private Order() {}

  static void write(CheckedOutput output, @Nullable Comparator<?> comparator) {
    if (comparator == null) {
      output.writeByte(0);
      return;
    }
    int number = KNOWN.indexOf(comparator);
    if (number < 0) {
      throw new SerializationException(
          "a sorted set or map has the comparator "
              + comparator.getClass().getName()
              + "; allowed are the natural order, its reverse and String.CASE_INSENSITIVE_ORDER",
          null);
    }
    output.writeByte(number);
  }

  @SuppressWarnings("unchecked") // elements that it cannot compare are an error of the payload
  static @Nullable Comparator<@Nullable Object> read(CheckedInput input) {
    int number = input.readByteUnsigned();
    if (number >= KNOWN.size()) {
      throw new SerializationException("payload has the unknown order " + number, null);
    }
    return number == 0 ? null : (Comparator<@Nullable Object>) KNOWN.get(number);
  }
}
