package io.stowage.serialization.values;

import java.lang.reflect.Array;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/**
 * What tells values apart whose classes have no {@code equals}, or one that passes over an order.
 */
final class Plain {

  private Plain() {}

  /** Equal for values that are the same, and only for these. */
  static Object of(Object value) {
    if (value == null) {
      return "null";
    }
    if (value.getClass().isArray()) {
      List<Object> elements = new ArrayList<>();
      for (int i = 0; i < Array.getLength(value); i++) {
        elements.add(of(Array.get(value, i)));
      }
      return List.of(value.getClass(), elements);
    }
    if (value instanceof SortedMap<?, ?> map && map.comparator() != null) {
      return List.of(map.comparator(), List.copyOf(map.keySet()), List.copyOf(map.values()));
    }
    if (value instanceof SortedSet<?> set && set.comparator() != null) {
      return List.of(set.comparator(), List.copyOf(set));
    }
    if (value instanceof PriorityQueue<?> || value instanceof PriorityBlockingQueue<?>) {
      return drained((Queue<?>) value);
    }
    if (value instanceof Queue<?> queue && !(value instanceof List)) {
      return queue.stream().map(Plain::of).toList();
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> plain = new LinkedHashMap<>();
      map.forEach((key, content) -> plain.put(of(key), of(content)));
      return List.of("map", plain);
    }
    if (value instanceof Collection<?> collection) {
      List<Object> elements = collection.stream().map(Plain::of).toList();
      return value instanceof List
          ? List.of("list", elements)
          : List.of("set", new HashSet<>(elements));
    }
    return single(value);
  }

  private static Object single(Object value) {
    if (value instanceof StringBuilder || value instanceof StringBuffer) {
      return List.of(value.getClass(), value.toString());
    }
    if (value instanceof AtomicInteger || value instanceof AtomicLong) {
      return List.of(value.getClass(), value.toString());
    }
    if (value instanceof AtomicBoolean flag) {
      return List.of(AtomicBoolean.class, flag.get());
    }
    if (value instanceof AtomicReference<?> reference) {
      return List.of(AtomicReference.class, of(reference.get()));
    }
    if (value instanceof Optional<?> optional) {
      return List.of(Optional.class, of(optional.orElse(null)));
    }
    if (value instanceof Pattern pattern) {
      return List.of(Pattern.class, pattern.pattern(), pattern.flags());
    }
    if (value instanceof Map.Entry<?, ?> entry) {
      return new AbstractMap.SimpleEntry<>(of(entry.getKey()), of(entry.getValue()));
    }
    return Arrays.asList(value.getClass(), value);
  }

  private static Object drained(Queue<?> queue) {
    Queue<?> copy =
        queue instanceof PriorityQueue<?> plain
            ? new PriorityQueue<>(plain)
            : new PriorityBlockingQueue<>(queue);
    List<Object> drained = new ArrayList<>();
    for (Object next = copy.poll(); next != null; next = copy.poll()) {
      drained.add(of(next));
    }
    return drained;
  }
}
