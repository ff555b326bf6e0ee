package io.stowage.serialization.kryo;

import com.esotericsoftware.kryo.Kryo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Sorted sets and maps: the number of their order, then as other collections and maps. */
final class SortedSerializers {

  private SortedSerializers() {}

  static final class OfSet extends ContainerSerializer<SortedSet<?>> {

    @Override
    void write(Kryo kryo, CheckedOutput output, SortedSet<?> value) {
      Order.write(output, value.comparator());
      CollectionSerializer.writeElements(kryo, output, value);
    }

    @Override
    SortedSet<?> read(Kryo kryo, CheckedInput input) {
      Comparator<@Nullable Object> order = Order.read(input);
      SortedSet<@Nullable Object> set = new TreeSet<>(order);
      CollectionSerializer.readElements(kryo, input, count -> set);
      return set;
    }
  }

  static final class OfMap extends ContainerSerializer<SortedMap<?, ?>> {

    @Override
    void write(Kryo kryo, CheckedOutput output, SortedMap<?, ?> value) {
      Order.write(output, value.comparator());
      MapSerializer.writeEntries(kryo, output, value);
    }

    @Override
    SortedMap<?, ?> read(Kryo kryo, CheckedInput input) {
      Comparator<@Nullable Object> order = Order.read(input);
      SortedMap<@Nullable Object, @Nullable Object> map = new TreeMap<>(order);
      MapSerializer.readEntries(kryo, input, count -> map);
      return map;
    }
  }

  /** The elements of a sorted set whose classes need not be known. */
  static final class StructureOfSet extends ContainerSerializer<Collection<?>> {

    @Override
    void write(Kryo kryo, CheckedOutput output, Collection<?> value) {
      Order.write(output, null);
      CollectionSerializer.writeElements(kryo, output, value);
    }

    @Override
    Collection<?> read(Kryo kryo, CheckedInput input) {
      Order.read(input);
      return CollectionSerializer.readElements(kryo, input, ArrayList::new);
    }
  }

  /** The entries of a sorted map whose classes need not be known. */
  static final class StructureOfMap extends ContainerSerializer<Map<?, ?>> {

    @Override
    void write(Kryo kryo, CheckedOutput output, Map<?, ?> value) {
      Order.write(output, null);
      MapSerializer.writeEntries(kryo, output, value);
    }

    @Override
    Map<?, ?> read(Kryo kryo, CheckedInput input) {
      Order.read(input);
      return MapSerializer.readEntries(kryo, input, LinkedHashMap::new);
    }
  }
}
