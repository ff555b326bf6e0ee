package io.stowage.serialization.binding;

import io.stowage.api.Loss;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells which values come back as they were from a field that does not say of which class they are.
 * They are read as documents have them: numbers by value, else texts, booleans, lists and maps.
 */
final class OpenValues {

  /** Deeper ones are refused by the generator, those that contain themselves too. */
  private static final int MAX_DEPTH = ItemBinding.MAX_DEPTH;

  private final Set<Loss> accepted;

  OpenValues(Set<Loss> accepted) {
    this.accepted = accepted;
  }

  /** Why a value would come back as another; null if it would not, or that is accepted. */
  @Nullable String refusal(@Nullable Object value) {
    return refusal(value, 0);
  }

  private @Nullable String refusal(@Nullable Object value, int depth) {
    if (value == null || value instanceof String || value instanceof Boolean || depth > MAX_DEPTH) {
      return null;
    }
    if (value instanceof Number number) {
      return refusalOfNumber(number);
    }
    if (value instanceof Map<?, ?> map) {
      String refusal = refusalOfKeys(map);
      return refusal == null ? refusalOfAll(map.values(), depth) : refusal;
    }
    if (value instanceof List<?> list) {
      return refusalOfAll(list, depth);
    }
    return refusalOfClass(
        value, value instanceof Iterable || isArray(value) ? "list" : "text or map");
  }

  private static boolean isArray(Object value) {
    return value.getClass().isArray() && !(value instanceof byte[]);
  }

  /** Why one of several values would come back as another; null if none would. */
  @Nullable String refusalOfAll(Iterable<?> values) {
    return refusalOfAll(values, 0);
  }

  private @Nullable String refusalOfAll(Iterable<?> values, int depth) {
    for (Object value : values) {
      String refusal = refusal(value, depth + 1);
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  /** Keys of maps are read as texts. */
  @Nullable String refusalOfKeys(Map<?, ?> map) {
    for (Object key : map.keySet()) {
      if (key != null && !(key instanceof String)) {
        String refusal = refusalOfClass(key, "text");
        if (refusal != null) {
          return refusal;
        }
      }
    }
    return null;
  }

  /** A value of a class that the declaration does not tell. */
  @Nullable String refusalOfClass(Object value, String other) {
    return accepted.contains(Loss.CLASSES)
        ? null
        : "would lose its class, which can be accepted with Loss.CLASSES: a "
            + value.getClass().getTypeName()
            + " comes back as a "
            + other;
  }

  /** A number whose type the declaration does not tell. */
  @Nullable String refusalOfNumber(Number number) {
    String read = read(number);
    return read.isEmpty() || accepted.contains(Loss.NUMBER_TYPES)
        ? null
        : "would lose its type, which can be accepted with Loss.NUMBER_TYPES: a "
            + number.getClass().getTypeName()
            + " comes back as a "
            + read;
  }

  /** As what a number is read; empty if as itself. */
  private static String read(Number number) {
    if (number instanceof Long || number instanceof Double) {
      return "";
    }
    if (number instanceof BigInteger integer) {
      return integer.bitLength() < Long.SIZE ? "Long" : "";
    }
    if (number instanceof BigDecimal decimal) {
      return read(decimal);
    }
    return number instanceof Float ? "Double" : "Long";
  }

  private static String read(BigDecimal decimal) {
    if (decimal.scale() == 0) {
      return "Long or BigInteger";
    }
    double nearest = decimal.doubleValue();
    boolean isDouble =
        Double.isFinite(nearest)
            && new BigDecimal(Double.toString(nearest)).compareTo(decimal) == 0;
    return isDouble ? "Double" : "";
  }
}
