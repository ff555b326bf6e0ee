package io.stowage.api;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An item without a class of its own: a map of names to values, as JSON has them. Immutable: the
 * maps and lists given are copied, and those answered cannot be changed.
 *
 * <p>Values are null, strings, booleans, numbers, lists and maps with string keys. Numbers are kept
 * by value: whole numbers as {@link Long} or, if too large, {@link BigInteger}; others as {@link
 * Double} or, if a double would change them, {@link BigDecimal}. So a document equals itself after
 * it was stored and loaded.
 *
 * <p>Some names have a meaning: {@code id} is the item's id (a string or a whole number), {@code
 * expires_at} the moment at which it expires (seconds since 1970 or ISO-8601).
 */
public final class Document {

  private static final int MAX_DEPTH = 500;

  private final Map<String, @Nullable Object> fields;

  private Document(Map<String, @Nullable Object> fields) {
    this.fields = fields;
  }

  /**
   * A document of these fields.
   *
   * @throws IllegalArgumentException if a value is of another type than allowed; the message names
   *     its path
   */
  public static Document of(Map<String, ? extends @Nullable Object> fields) {
    return new Document(copyOfMap(fields, "", 0));
  }

  /** The fields in their order; unmodifiable, with all maps and lists inside. */
  public Map<String, @Nullable Object> asMap() {
    return fields;
  }

  /** The item's id, if the document has one. */
  public Optional<String> id() {
    Object id = fields.get("id");
    if (id instanceof String || id instanceof Long || id instanceof BigInteger) {
      return Optional.of(id.toString());
    }
    if (id == null) {
      return Optional.empty();
    }
    throw new IllegalArgumentException("id is '" + id + "'; allowed is a string or a whole number");
  }

  /**
   * The value at a path, such as {@code metadata.turn}; null if there is none. A path leads through
   * maps only.
   */
  public @Nullable Object get(String path) {
    Object value = fields;
    for (String name : path.split("\\.", -1)) {
      if (!(value instanceof Map<?, ?> map)) {
        return null;
      }
      value = map.get(name);
    }
    return value;
  }

  /** This document with one field set to another value. */
  public Document with(String name, @Nullable Object value) {
    Map<String, @Nullable Object> changed = new LinkedHashMap<>(fields);
    changed.put(name, copyOf(value, name, 0));
    return new Document(Collections.unmodifiableMap(changed));
  }

  /** This document without one field. */
  public Document without(String name) {
    Map<String, @Nullable Object> changed = new LinkedHashMap<>(fields);
    changed.remove(name);
    return new Document(Collections.unmodifiableMap(changed));
  }

  private static Map<String, @Nullable Object> copyOfMap(Map<?, ?> map, String path, int depth) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>(Math.max(8, map.size() * 4 / 3 + 1));
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String name)) {
        throw new IllegalArgumentException(
            "a name in '" + path + "' is '" + entry.getKey() + "'; allowed are strings");
      }
      copy.put(name, copyOf(entry.getValue(), depth == 0 ? name : path + "." + name, depth));
    }
    return Collections.unmodifiableMap(copy);
  }

  private static @Nullable Object copyOf(@Nullable Object value, String path, int depth) {
    if (value == null || value instanceof String || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Number number) {
      return canonical(number, path);
    }
    if (depth >= MAX_DEPTH) {
      throw new IllegalArgumentException(
          "document is nested deeper than " + MAX_DEPTH + " levels; allowed are " + MAX_DEPTH);
    }
    if (value instanceof Map<?, ?> map) {
      return copyOfMap(map, path, depth + 1);
    }
    if (value instanceof Collection<?> list) {
      List<@Nullable Object> copy = new ArrayList<>(list.size());
      for (Object element : list) {
        copy.add(copyOf(element, path, depth + 1));
      }
      return Collections.unmodifiableList(copy);
    }
    throw refusal(value, path);
  }

  private static Number canonical(Number number, String path) {
    if (number instanceof Long) {
      return number;
    }
    if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
      return number.longValue();
    }
    if (number instanceof Double || number instanceof Float) {
      if (!Double.isFinite(number.doubleValue())) {
        throw refusal(number, path);
      }
      return number instanceof Double ? number : Double.valueOf(number.toString());
    }
    if (number instanceof BigInteger integer) {
      return canonical(integer);
    }
    if (number instanceof BigDecimal decimal && !Decimals.isTooFar(decimal)) {
      return canonical(decimal);
    }
    throw refusal(number, path);
  }

  private static Number canonical(BigInteger integer) {
    if (integer.bitLength() < Long.SIZE) {
      return integer.longValue();
    }
    return integer;
  }

  private static Number canonical(BigDecimal decimal) {
    if (decimal.scale() == 0) {
      return canonical(decimal.unscaledValue());
    }
    double nearest = decimal.doubleValue();
    boolean isExact =
        Double.isFinite(nearest)
            && new BigDecimal(Double.toString(nearest)).compareTo(decimal) == 0;
    if (isExact) {
      return nearest;
    }
    BigDecimal stripped = decimal.stripTrailingZeros();
    return stripped.scale() == 0 ? canonical(stripped.unscaledValue()) : stripped;
  }

  private static IllegalArgumentException refusal(Object value, String path) {
    return new IllegalArgumentException(
        "field '"
            + path
            + "' is '"
            + value
            + "' of type "
            + value.getClass().getName()
            + "; allowed are null, strings, booleans, finite numbers, lists, and maps with string"
            + " keys");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Document that && fields.equals(that.fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  @Override
  public String toString() {
    return fields.toString();
  }
}
