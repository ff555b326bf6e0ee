package io.stowage.serialization.kryo;

import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The classes of the JDK that have a number for ever, and how each is read in each view. */
@SuppressWarnings("JdkObsolete") // linked lists are held because items have them
final class FixedTags {

  /** The tags below this are the codec's own; those from here on are classes with names. */
  static final int FIRST_NAMED = 64;

  private static final int LAST_OF_DOCUMENTS = 9;
  private static final int ENUM_SET = 55;

  private final @Nullable Registration[] items = new Registration[FIRST_NAMED];
  private final @Nullable Registration[] structures = new Registration[FIRST_NAMED];
  private final Map<Class<?>, Registration> byClass = new HashMap<>();

  FixedTags(ClassTags tags) {
    Scalars.register(this::add);
    TimeScalars.register(this::add);
    addContainers(tags);
    addCollections();
    addMaps();
    addAliases();
  }

  private void add(int number, Class<?> type, Serializer<?> item) {
    add(number, type, item, item);
  }

  private void add(int number, Class<?> type, Serializer<?> item, Serializer<?> structure) {
    Registration registration = new Registration(type, item, number);
    items[number] = registration;
    structures[number] = new Registration(type, structure, number);
    byClass.put(type, registration);
  }

  private void addContainers(ClassTags tags) {
    CollectionSerializer elements = collection(ArrayList::new);
    add(34, Optional.class, new OptionalSerializer());
    add(46, String[].class, new ArraySerializer(String.class), elements);
    add(47, Object[].class, new ArraySerializer(Object.class), elements);
    add(54, TreeSet.class, new SortedSerializers.OfSet(), new SortedSerializers.StructureOfSet());
    add(58, TreeMap.class, new SortedSerializers.OfMap(), new SortedSerializers.StructureOfMap());
    add(ENUM_SET, EnumSet.class, new EnumCollections.OfSet(), new EnumCollections.StructureOfSet());
    add(59, EnumMap.class, new EnumCollections.OfMap(tags), new EnumCollections.StructureOfMap());
  }

  private void addCollections() {
    CollectionSerializer elements = collection(ArrayList::new);
    add(
        8,
        List.class,
        new CollectionSerializer(
            ArrayList::new, full -> Collections.unmodifiableList((List<@Nullable Object>) full)));
    add(
        51,
        Set.class,
        new CollectionSerializer(
            LinkedHashSet::new, full -> Collections.unmodifiableSet((Set<@Nullable Object>) full)),
        elements);
    add(48, ArrayList.class, elements);
    add(49, LinkedList.class, collection(count -> new LinkedList<>()), elements);
    add(50, ArrayDeque.class, collection(ArrayDeque::new), elements);
    add(52, HashSet.class, collection(HashSet::new), elements);
    add(53, LinkedHashSet.class, collection(LinkedHashSet::new), elements);
  }

  private static CollectionSerializer collection(IntFunction<Collection<@Nullable Object>> maker) {
    return new CollectionSerializer(maker, full -> full);
  }

  private void addMaps() {
    MapSerializer entries = map(LinkedHashMap::new);
    add(9, Map.class, new MapSerializer(LinkedHashMap::new, Collections::unmodifiableMap));
    add(56, HashMap.class, map(HashMap::new), entries);
    add(57, LinkedHashMap.class, entries);
    add(60, ConcurrentHashMap.class, map(ConcurrentHashMap::new), entries);
  }

  private static MapSerializer map(IntFunction<Map<@Nullable Object, @Nullable Object>> maker) {
    return new MapSerializer(maker, full -> full);
  }

  /** What the JDK answers behind an interface is known by one of each kind. */
  private void addAliases() {
    List<Integer> three = List.of(1, 2, 3);
    List<Integer> linked = new LinkedList<>(three);
    List<Integer> array = new ArrayList<>(three);
    alias(
        8,
        List.of(),
        List.of(1),
        three,
        three.subList(0, 2),
        Collections.emptyList(),
        Collections.singletonList(1),
        Collections.nCopies(2, 1),
        Collections.unmodifiableList(array),
        Collections.unmodifiableList(linked));
    List<Integer> fixed = Arrays.asList(1, 2);
    alias(48, fixed, fixed.subList(0, 1), array.subList(0, 1), linked.subList(0, 1));
    alias(
        51,
        Set.of(),
        Set.of(1),
        Set.of(1, 2, 3),
        Collections.emptySet(),
        Collections.singleton(1),
        Collections.unmodifiableSet(new HashSet<>()));
    alias(
        9,
        Map.of(),
        Map.of(1, 1),
        Map.of(1, 1, 2, 2),
        Collections.emptyMap(),
        Collections.singletonMap(1, 1),
        Collections.unmodifiableMap(new HashMap<>()));
    alias(23, ZoneId.of("Europe/Berlin"));
  }

  private void alias(int number, Object... examples) {
    Registration registration = items[number];
    for (Object example : examples) {
      byClass.putIfAbsent(example.getClass(), registration);
    }
  }

  /** How objects of a class are written, or null if it has no number. */
  @Nullable Registration of(Class<?> type) {
    Registration registration = byClass.get(type);
    return registration == null && EnumSet.class.isAssignableFrom(type)
        ? items[ENUM_SET]
        : registration;
  }

  /** How a value is read, or null if the view has none of this number. */
  @Nullable Registration numbered(int number, View view) {
    return switch (view) {
      case ITEM -> items[number];
      case STRUCTURE -> structures[number];
      case DOCUMENT -> number <= LAST_OF_DOCUMENTS ? items[number] : null;
    };
  }

  /** The class of this name, if it has a number. */
  @Nullable Class<?> named(String name) {
    for (Class<?> type : byClass.keySet()) {
      if (type.getName().equals(name)) {
        return type;
      }
    }
    return null;
  }
}
