package io.stowage.serialization.values;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.stowage.api.Loss;
import io.stowage.serialization.json.JsonCodec;
import io.stowage.serialization.kryo.KryoCodec;
import io.stowage.serialization.msgpack.MessagePackCodec;
import io.stowage.spi.SerializationException;
import io.stowage.spi.SerializationPort;
import java.io.IOException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.Year;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Values in fields whose declaration leaves their class open come back as they were, or are refused
 * when they are written, or come back otherwise because that is accepted. docs/codecs.md tells
 * which; its table is written anew by {@code -Dtest=OpenFieldsTest -Dstowage.docs.write=true}.
 */
@SuppressWarnings({
  "ArrayRecordComponent",
  "EqualsGetClass",
  "JavaUtilDate",
  "JdkObsolete",
  "UnnecessaryStringBuilder"
}) // items have them
class OpenFieldsTest {

  private static final Path PAGE = Path.of("..", "docs", "codecs.md");
  private static final String BEGIN = "<!-- made by OpenFieldsTest from the codecs -->\n";
  private static final String END = "<!-- end of what OpenFieldsTest made -->\n";

  private static final List<SerializationPort> CODECS =
      List.of(new JsonCodec(), new MessagePackCodec(), new KryoCodec());

  record AnyField(@Nullable Object value) {}

  record SerializableField(@Nullable Serializable value) {}

  record NumberField(@Nullable Number value) {}

  record TextField(@Nullable CharSequence value) {}

  record MapField(@Nullable Map<String, Object> value) {}

  record KeyField(@Nullable Map<Object, String> value) {}

  record ListField(@Nullable List<Object> value) {}

  record OptionalField(Optional<Object> value) {}

  record CollectionField(@Nullable Collection<String> value) {}

  record QueueField(@Nullable Queue<String> value) {}

  record DateField(@Nullable Date value) {}

  record BaseField(@Nullable Base value) {}

  record BasesField(@Nullable List<Base> value) {}

  /** A class that others extend. */
  static class Base {
    public int size = 1;

    @Override
    public boolean equals(@Nullable Object other) {
      return other != null && other.getClass() == getClass() && ((Base) other).size == size;
    }

    @Override
    public int hashCode() {
      return size;
    }

    @Override
    public String toString() {
      return getClass().getSimpleName() + size;
    }
  }

  static final class Extended extends Base {
    public int more = 2;
  }

  record Pair(int left, int right) {}

  /** An object with properties that it does not declare. */
  static final class Bag {
    private final Map<String, Object> value = new LinkedHashMap<>();

    Bag() {}

    static Bag with(Object value) {
      Bag bag = new Bag();
      bag.put("value", value);
      return bag;
    }

    @JsonAnyGetter
    public Map<String, Object> all() {
      return value;
    }

    @JsonAnySetter
    public void put(String name, Object part) {
      value.put(name, part);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Bag bag && bag.value.equals(value);
    }

    @Override
    public int hashCode() {
      return Objects.hash(value);
    }
  }

  /** A kind of declaration, the items that have it, and how to see the value in one. */
  private record Declared(
      String name, Function<Object, Object> item, Function<Object, @Nullable Object> value) {}

  /** A line of the table. */
  record Line(Declared declared, String label, Object value) {

    Object item() {
      return declared.item().apply(value);
    }

    @Override
    public String toString() {
      return label + " declared " + declared.name();
    }
  }

  private static final Instant NOON = Instant.parse("2025-06-01T12:00:00Z");
  private static final BigDecimal FINE = new BigDecimal("0.12345678901234567890");

  private static Map<String, Object> numbers() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("Long", 5L);
    values.put("Double", 1.5);
    values.put("BigInteger beyond long", BigInteger.TWO.pow(70));
    values.put("BigDecimal finer than double", FINE);
    values.put("Integer", 5);
    values.put("Short", (short) 5);
    values.put("Byte", (byte) 5);
    values.put("Float", 1.5f);
    values.put("BigInteger", BigInteger.ONE);
    values.put("BigDecimal", new BigDecimal("1.50"));
    return values;
  }

  private static Map<String, Object> anything() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("String", "a");
    values.put("Boolean", true);
    values.putAll(numbers());
    values.put("Character", 'a');
    values.put("UUID", new UUID(1, 2));
    values.put("Instant", NOON);
    values.put("Year", Year.of(2025));
    values.put("an enum", DayOfWeek.FRIDAY);
    values.put("byte[]", new byte[] {1, 2});
    return values;
  }

  private static Map<String, Object> structures() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("a list of texts", List.of("a", "b"));
    values.put("a map of texts", new TreeMap<>(Map.of("a", "b")));
    values.put("a list of integers", List.of(1, 2));
    values.put("a map with keys that are numbers", new TreeMap<>(Map.of(1L, "b")));
    values.put("a set of texts", new HashSet<>(Set.of("a", "b")));
    values.put("a record", new Pair(1, 2));
    return values;
  }

  private static Stream<Line> lines(
      String name,
      Function<Object, Object> item,
      Function<Object, @Nullable Object> value,
      Map<String, Object> values) {
    Declared declared = new Declared(name, item, value);
    return values.entrySet().stream().map(it -> new Line(declared, it.getKey(), it.getValue()));
  }

  @SuppressWarnings("unchecked")
  static Stream<Line> lines() {
    Map<String, Object> all = new LinkedHashMap<>(anything());
    all.putAll(structures());
    Map<String, Object> texts = new LinkedHashMap<>();
    texts.put("String", "a");
    texts.put("StringBuilder", new StringBuilder("a"));
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("String keys", Map.of("a", "b"));
    keys.put("Long keys", Map.of(1L, "b"));
    Map<String, Object> collections = new LinkedHashMap<>();
    collections.put("ArrayList", new ArrayList<>(List.of("b", "a")));
    collections.put("HashSet", new HashSet<>(List.of("b", "a")));
    Map<String, Object> queues = new LinkedHashMap<>();
    queues.put("LinkedList", new LinkedList<>(List.of("b", "a")));
    queues.put("ArrayDeque", new ArrayDeque<>(List.of("b", "a")));
    queues.put("PriorityQueue", new PriorityQueue<>(List.of("b", "a")));
    Map<String, Object> dates = new LinkedHashMap<>();
    dates.put("Date", new Date(5));
    dates.put("a subclass", new java.sql.Timestamp(5));
    Map<String, Object> bases = new LinkedHashMap<>();
    bases.put("of that class", new Base());
    bases.put("a subclass", new Extended());
    return Stream.of(
            lines("`Object`", AnyField::new, it -> ((AnyField) it).value(), all),
            lines(
                "`Serializable`",
                it -> new SerializableField((Serializable) it),
                it -> ((SerializableField) it).value(),
                anything()),
            lines(
                "`Number`",
                it -> new NumberField((Number) it),
                it -> ((NumberField) it).value(),
                numbers()),
            lines(
                "`CharSequence`",
                it -> new TextField((CharSequence) it),
                it -> ((TextField) it).value(),
                texts),
            lines(
                "`Map<String, Object>`",
                it -> new MapField(Map.of("a", it)),
                it -> ((MapField) it).value().get("a"),
                all),
            lines(
                "`Map<Object, ...>`",
                it -> new KeyField((Map<Object, String>) it),
                it -> ((KeyField) it).value(),
                keys),
            lines(
                "`List<Object>`",
                it -> new ListField(List.of(it)),
                it -> ((ListField) it).value().get(0),
                all),
            lines(
                "`Optional<Object>`",
                it -> new OptionalField(Optional.of(it)),
                it -> ((OptionalField) it).value().orElse(null),
                anything()),
            lines("an any-getter", Bag::with, it -> ((Bag) it).all().get("value"), all),
            lines(
                "`Collection`",
                it -> new CollectionField((Collection<String>) it),
                it -> ((CollectionField) it).value(),
                collections),
            lines(
                "`Queue`",
                it -> new QueueField((Queue<String>) it),
                it -> ((QueueField) it).value(),
                queues),
            lines("`Date`", it -> new DateField((Date) it), it -> ((DateField) it).value(), dates),
            lines("a class", it -> new BaseField((Base) it), it -> ((BaseField) it).value(), bases),
            lines(
                "a list of a class",
                it -> new BasesField(List.of((Base) it)),
                it -> ((BasesField) it).value().get(0),
                bases))
        .flatMap(it -> it);
  }

  /** Whether the codec keeps the item; if it does not it must refuse it by the property's name. */
  private static boolean isKept(SerializationPort codec, Line line) {
    Object item = line.item();
    byte[] bytes;
    try {
      bytes = codec.encode(item, item.getClass());
    } catch (SerializationException refusal) {
      if (!codec.name().equals("kryo")) {
        String name = line.item() instanceof Bag ? "'all'" : "'value'";
        assertThat(refusal).as("%s", line).hasMessageContainingAll(name, "Loss.");
      }
      return false;
    }
    Object back = codec.decode(bytes, item.getClass());
    assertThat(line.declared().value().apply(back))
        .as("%s in %s", line, codec.name())
        .satisfies(
            value ->
                assertThat(Plain.of(value))
                    .isEqualTo(Plain.of(line.declared().value().apply(item))));
    return true;
  }

  @ParameterizedTest
  @MethodSource("lines")
  void aValueComesBackOrIsRefused(Line line) {
    for (SerializationPort codec : CODECS) {
      boolean unused = isKept(codec, line);
    }
  }

  @ParameterizedTest
  @MethodSource("lines")
  void aLossThatIsAcceptedIsWritten(Line line) {
    for (SerializationPort codec : CODECS.subList(0, 2)) {
      assertThat(cameBack(codec, line)).as("%s in %s", line, codec.name()).isNotNull();
    }
  }

  private static @Nullable Object cameBack(SerializationPort codec, Line line) {
    SerializationPort accepting = codec.accepting(EnumSet.allOf(Loss.class));
    Object item = line.item();
    Object back = accepting.decode(accepting.encode(item, item.getClass()), item.getClass());
    return line.declared().value().apply(back);
  }

  @Test
  void eachLossIsAcceptedByItself() {
    for (SerializationPort codec : CODECS.subList(0, 2)) {
      SerializationPort numbers = codec.accepting(Set.of(Loss.NUMBER_TYPES));
      SerializationPort classes = codec.accepting(Set.of(Loss.CLASSES));
      AnyField integer = new AnyField(5);
      AnyField year = new AnyField(Year.of(2025));

      assertThat(decoded(numbers, integer)).isEqualTo(new AnyField(5L));
      assertThat(decoded(classes, year)).isEqualTo(new AnyField("2025"));
      assertRefused(numbers, year, Loss.CLASSES);
      assertRefused(classes, integer, Loss.NUMBER_TYPES);
      assertRefused(codec, integer, Loss.NUMBER_TYPES);
    }
  }

  private static Object decoded(SerializationPort codec, Object item) {
    return codec.decode(codec.encode(item, item.getClass()), item.getClass());
  }

  private static void assertRefused(SerializationPort codec, Object item, Loss loss) {
    assertThat(refusal(codec, item, item.getClass()))
        .contains("'value'")
        .contains("Loss." + loss.name());
  }

  private static String refusal(SerializationPort codec, Object item, Class<?> type) {
    try {
      byte[] unused = codec.encode(item, type);
      return "";
    } catch (SerializationException refusal) {
      return String.valueOf(refusal.getMessage());
    }
  }

  /** The item itself is read as one of the type of its store. */
  @Test
  void anItemOfASubclassIsRefused() {
    for (SerializationPort codec : CODECS) {
      assertThat(refusal(codec, new Extended(), Base.class))
          .as(codec.name())
          .contains(Extended.class.getName());
      assertThat(refusal(codec, new Base(), Base.class)).as(codec.name()).isEmpty();
    }
    for (SerializationPort codec : CODECS.subList(0, 2)) {
      SerializationPort accepting = codec.accepting(Set.of(Loss.CLASSES));
      byte[] bytes = accepting.encode(new Extended(), Base.class);
      assertThat(accepting.decode(bytes, Base.class)).isEqualTo(new Base());
    }
  }

  /** A map or an object of no class is as open as a field. */
  @Test
  void anItemThatIsOpenIsLookedThrough() {
    for (SerializationPort codec : CODECS.subList(0, 2)) {
      assertThat(refusal(codec, Map.of("a", 5), Map.class)).contains("Loss.NUMBER_TYPES");
      assertThat(refusal(codec, new Pair(1, 2), Object.class)).contains("Loss.CLASSES");
      assertThat(refusal(codec, Map.of("a", List.of(5L)), Map.class)).isEmpty();
    }
  }

  @Test
  void thePageTells() throws IOException {
    Map<List<String>, List<String>> lines = new LinkedHashMap<>();
    lines()
        .forEach(
            line -> {
              List<String> fates = new ArrayList<>();
              fates.add(line.declared().name());
              CODECS.forEach(codec -> fates.add(isKept(codec, line) ? "kept" : "refused"));
              fates.add(accepted(line));
              lines.computeIfAbsent(fates, none -> new ArrayList<>()).add(line.label());
            });
    Map<List<String>, List<String>> alike = new LinkedHashMap<>();
    lines.forEach(
        (fates, labels) -> {
          List<String> cells = new ArrayList<>(List.of(String.join(", ", labels)));
          cells.addAll(fates.subList(1, fates.size()));
          alike.computeIfAbsent(cells, none -> new ArrayList<>()).add(fates.get(0));
        });
    StringBuilder table = new StringBuilder();
    table.append("| declared | value | `json` | `msgpack` | `kryo` | if accepted, read as |\n");
    table.append("|---|---|---|---|---|---|\n");
    alike.forEach(
        (cells, declared) -> {
          List<String> row = new ArrayList<>(List.of(String.join(", ", declared)));
          row.addAll(cells);
          table.append("| ").append(String.join(" | ", row)).append(" |\n");
        });
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    assertThat(begin).as("'%s' in %s", BEGIN.strip(), PAGE).isNotNegative();
    String right =
        page.substring(0, begin + BEGIN.length()) + "\n" + table + "\n" + page.substring(end);
    if (Boolean.getBoolean("stowage.docs.write")) {
      Files.writeString(PAGE, right);
      return;
    }
    assertThat(page)
        .as("%s is out of date; write it anew with -Dstowage.docs.write=true", PAGE)
        .isEqualTo(right);
  }

  /** What comes back of a value that `json` refuses, if that is accepted. */
  private static String accepted(Line line) {
    if (isKept(CODECS.get(0), line)) {
      return "";
    }
    List<String> classes = new ArrayList<>();
    for (SerializationPort codec : CODECS.subList(0, 2)) {
      Object back = cameBack(codec, line);
      String name =
          back instanceof Map ? "Map" : back == null ? "" : back.getClass().getSimpleName();
      if (!classes.contains("`" + name + "`")) {
        classes.add("`" + name + "`");
      }
    }
    return String.join(" or ", classes);
  }

  /** Nothing that is refused hides what was there: arrays are compared by their elements. */
  @Test
  void arraysOfObjectsAreLookedThrough() {
    record Held(Object[] value) {}
    for (SerializationPort codec : CODECS.subList(0, 2)) {
      assertThat(refusal(codec, new Held(new Object[] {"a", 5}), Held.class)).contains("'value'");
      Held back = (Held) decoded(codec, new Held(new Object[] {"a", 5L}));
      assertThat(Arrays.asList(back.value())).isEqualTo(List.of("a", 5L));
    }
  }
}
