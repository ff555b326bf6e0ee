package io.stowage.serialization.values;

import static io.stowage.serialization.values.JdkType.type;

import java.time.DayOfWeek;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.Stack;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.WeakHashMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.stream.Stream;

/** Every type of collection, map and array of the JDK that a codec accepts. */
@SuppressWarnings({"IdentityHashMapUsage", "JdkObsolete"}) // items have them
final class JdkCollections {

  private static final List<String> TEXTS = List.of("b", "a", "c");
  private static final Map<String, Long> NUMBERS = Map.of("b", 1L, "a", 2L, "c", 3L);

  private JdkCollections() {}

  static List<JdkType> all() {
    return Stream.of(arrays(), lists(), queues(), sets(), maps()).flatMap(List::stream).toList();
  }

  private static List<JdkType> arrays() {
    return List.of(
        type("boolean[]", new boolean[] {true, false}),
        type("byte[]", new byte[] {1, -1}, new byte[0]),
        type("short[]", new short[] {-5}),
        type("char[]", new char[] {'a', ' '}, new char[0])
            .and("lone surrogates", new char[] {'\uD800'}),
        type("int[]", new int[] {Integer.MIN_VALUE, 3}),
        type("long[]", new long[] {Long.MIN_VALUE}),
        type("float[]", new float[] {0.1f, -0.0f}).and("NaN", new float[] {1, Float.NaN}),
        type("double[]", new double[] {0.1, -0.0}).and("NaN", new double[] {1, Double.NaN}),
        type("String[]", (Object) new String[] {"a", null}),
        type("int[][]", (Object) new int[][] {{1}, null, {}}));
  }

  private static List<JdkType> lists() {
    List<JdkType> types = new ArrayList<>();
    for (String type : List.of("Collection", "List")) {
      types.add(
          type("java.util." + type + "<String>", TEXTS, List.of(), Arrays.asList("a", null))
              .and("a LinkedList", new LinkedList<>(TEXTS)));
    }
    for (String type : List.of("AbstractCollection", "AbstractList")) {
      types.add(type("java.util." + type + "<String>", new ArrayList<>(TEXTS)));
    }
    types.add(type("java.util.AbstractSequentialList<String>", new LinkedList<>(TEXTS)));
    types.add(type("java.util.ArrayList<String>", new ArrayList<>(TEXTS)));
    types.add(type("java.util.LinkedList<String>", new LinkedList<>(TEXTS)));
    types.add(type("java.util.Vector<String>", new Vector<>(TEXTS)));
    Stack<String> stack = new Stack<>();
    stack.addAll(TEXTS);
    types.add(type("java.util.Stack<String>", stack));
    types.add(
        type(
            "java.util.concurrent.CopyOnWriteArrayList<String>",
            new CopyOnWriteArrayList<>(TEXTS)));
    return types;
  }

  private static List<JdkType> queues() {
    PriorityQueue<String> reversed = new PriorityQueue<>(Collections.reverseOrder());
    reversed.addAll(TEXTS);
    PriorityBlockingQueue<String> blocking =
        new PriorityBlockingQueue<>(3, Collections.reverseOrder());
    blocking.addAll(TEXTS);
    List<JdkType> types = new ArrayList<>();
    for (String type : List.of("Queue", "Deque")) {
      types.add(type("java.util." + type + "<String>", new LinkedList<>(TEXTS)));
    }
    types.add(type("java.util.ArrayDeque<String>", new ArrayDeque<>(TEXTS)));
    types.add(
        type("java.util.PriorityQueue<String>", new PriorityQueue<>(TEXTS))
            .and("in an order of its own", reversed));
    types.add(
        type(
                "java.util.concurrent.PriorityBlockingQueue<String>",
                new PriorityBlockingQueue<>(TEXTS))
            .and("in an order of its own", blocking));
    String concurrent = "java.util.concurrent.";
    types.add(
        type(concurrent + "ArrayBlockingQueue<String>", new ArrayBlockingQueue<>(3, false, TEXTS)));
    types.add(type(concurrent + "BlockingQueue<String>", new LinkedBlockingQueue<>(TEXTS)));
    types.add(type(concurrent + "BlockingDeque<String>", new LinkedBlockingDeque<>(TEXTS)));
    types.add(type(concurrent + "LinkedBlockingQueue<String>", new LinkedBlockingQueue<>(TEXTS)));
    types.add(type(concurrent + "LinkedBlockingDeque<String>", new LinkedBlockingDeque<>(TEXTS)));
    types.add(type(concurrent + "LinkedTransferQueue<String>", new LinkedTransferQueue<>(TEXTS)));
    types.add(
        type(concurrent + "ConcurrentLinkedQueue<String>", new ConcurrentLinkedQueue<>(TEXTS)));
    types.add(
        type(concurrent + "ConcurrentLinkedDeque<String>", new ConcurrentLinkedDeque<>(TEXTS)));
    return types;
  }

  private static List<JdkType> sets() {
    TreeSet<String> reversed = new TreeSet<>(Collections.reverseOrder());
    reversed.addAll(TEXTS);
    List<JdkType> types = new ArrayList<>();
    types.add(
        type("java.util.Set<String>", Set.copyOf(TEXTS), Set.of())
            .and("a TreeSet", new TreeSet<>(TEXTS)));
    types.add(type("java.util.AbstractSet<String>", new HashSet<>(TEXTS)));
    types.add(type("java.util.HashSet<String>", new HashSet<>(TEXTS)));
    types.add(type("java.util.LinkedHashSet<String>", new LinkedHashSet<>(TEXTS)));
    for (String type : List.of("SortedSet", "NavigableSet", "TreeSet")) {
      types.add(
          type("java.util." + type + "<String>", new TreeSet<>(TEXTS))
              .and("in an order of its own", reversed));
    }
    types.add(
        type(
            "java.util.concurrent.ConcurrentSkipListSet<String>",
            new ConcurrentSkipListSet<>(TEXTS)));
    types.add(
        type("java.util.concurrent.CopyOnWriteArraySet<String>", new CopyOnWriteArraySet<>(TEXTS)));
    types.add(
        type(
            "java.util.EnumSet<java.time.DayOfWeek>",
            EnumSet.of(DayOfWeek.FRIDAY, DayOfWeek.MONDAY),
            EnumSet.noneOf(DayOfWeek.class)));
    return types;
  }

  private static List<JdkType> maps() {
    TreeMap<String, Long> reversed = new TreeMap<>(Collections.reverseOrder());
    reversed.putAll(NUMBERS);
    Map<String, Long> nulls = new HashMap<>();
    nulls.put("a", null);
    List<JdkType> types = new ArrayList<>();
    types.add(
        type("java.util.Map<String, Long>", NUMBERS, Map.of(), nulls)
            .and("a TreeMap", new TreeMap<>(NUMBERS)));
    types.add(type("java.util.AbstractMap<String, Long>", new HashMap<>(NUMBERS)));
    types.add(type("java.util.HashMap<String, Long>", new HashMap<>(NUMBERS), nulls));
    types.add(type("java.util.LinkedHashMap<String, Long>", new LinkedHashMap<>(NUMBERS)));
    for (String type : List.of("SortedMap", "NavigableMap", "TreeMap")) {
      types.add(
          type("java.util." + type + "<String, Long>", new TreeMap<>(NUMBERS))
              .and("in an order of its own", reversed));
    }
    types.add(type("java.util.Hashtable<String, Long>", new Hashtable<>(NUMBERS)));
    types.add(type("java.util.Dictionary<String, Long>", new Hashtable<>(NUMBERS)));
    types.add(type("java.util.IdentityHashMap<String, Long>", new IdentityHashMap<>(NUMBERS)));
    types.add(type("java.util.WeakHashMap<String, Long>", new WeakHashMap<>(NUMBERS)));
    String concurrent = "java.util.concurrent.";
    types.add(type(concurrent + "ConcurrentMap<String, Long>", new ConcurrentHashMap<>(NUMBERS)));
    types.add(
        type(concurrent + "ConcurrentHashMap<String, Long>", new ConcurrentHashMap<>(NUMBERS)));
    types.add(
        type(
            concurrent + "ConcurrentNavigableMap<String, Long>",
            new ConcurrentSkipListMap<>(NUMBERS)));
    types.add(
        type(
            concurrent + "ConcurrentSkipListMap<String, Long>",
            new ConcurrentSkipListMap<>(NUMBERS)));
    types.add(
        type(
            "java.util.EnumMap<java.time.DayOfWeek, Long>",
            new EnumMap<>(Map.of(DayOfWeek.FRIDAY, 5L)),
            new EnumMap<>(DayOfWeek.class)));
    types.add(type("java.util.Map.Entry<String, Long>", new AbstractMap.SimpleEntry<>("a", 1L)));
    types.add(properties());
    return types;
  }

  private static JdkType properties() {
    Properties plain = new Properties();
    plain.setProperty("a", "1");
    Properties defaulted = new Properties(plain);
    defaulted.setProperty("b", "2");
    Properties mixed = new Properties();
    mixed.put("a", 1);
    return type("java.util.Properties", plain)
        .and("with defaults", defaulted)
        .and("with others than texts", mixed);
  }
}
