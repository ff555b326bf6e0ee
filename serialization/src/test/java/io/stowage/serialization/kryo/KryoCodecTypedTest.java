package io.stowage.serialization.kryo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.stowage.api.Document;
import io.stowage.serialization.json.JsonCodec;
import io.stowage.spi.SerializationException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings({"ArrayRecordComponent", "JavaUtilDate", "JdkObsolete"}) // held, so tested
@Tag("slow")
class KryoCodecTypedTest {

  record Holder(Object value) {}

  static class Base {
    protected String name = "base";
    private int hidden = 1;

    int hiddenOfBase() {
      return hidden;
    }
  }

  /** Has no constructor without parameters, and hides a field. */
  static final class Derived extends Base {
    private final int hidden;
    private final List<Long> numbers;
    private transient String forgotten = "set";

    Derived(int hidden, List<Long> numbers) {
      this.hidden = hidden;
      this.numbers = numbers;
    }

    public String getName() {
      return name;
    }
  }

  record Box<T extends Comparable<T>>(T content, T[] all) {}

  sealed interface Shape permits Circle, Square {}

  record Circle(double radius) implements Shape {}

  record Square(int side) implements Shape {}

  record Drawing(Shape shape, Map<String, List<Shape>> named, Shape[] order) {}

  record Renamed(@JsonProperty("other") String someName, byte[] data, Optional<Instant> at) {}

  static final class Silent {
    private final String onlyField;

    Silent(String onlyField) {
      this.onlyField = onlyField;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Silent that && onlyField.equals(that.onlyField);
    }

    @Override
    public int hashCode() {
      return Objects.hash(onlyField);
    }
  }

  static final class Node {
    Node next;
  }

  private final KryoCodec codec = new KryoCodec();
  private final JsonCodec json = new JsonCodec();

  private Object through(Object value) {
    return codec.decode(codec.encode(new Holder(value)), Holder.class).value();
  }

  static Stream<Object> values() {
    ZonedDateTime inOverlap =
        ZonedDateTime.ofLocal(
            LocalDateTime.of(2024, 10, 27, 2, 30),
            ZoneId.of("Europe/Berlin"),
            ZoneOffset.ofHours(1));
    return Stream.of(
        "",
        "a\u0000ü€😀",
        "x".repeat(100_000),
        "ü".repeat(5_000),
        'x',
        '\uD800',
        true,
        false,
        (byte) -1,
        Short.MIN_VALUE,
        Integer.MIN_VALUE,
        Integer.MAX_VALUE,
        0,
        -1,
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        1.5f,
        Float.NaN,
        -0.0,
        Double.NaN,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE,
        BigInteger.ONE.shiftLeft(4_000).negate(),
        BigInteger.ZERO,
        new BigDecimal("1.00"),
        new BigDecimal("-1E+2147483647"),
        new BigDecimal("0E-5"),
        Instant.MIN,
        Instant.MAX,
        Instant.EPOCH,
        LocalDate.MIN,
        LocalDate.MAX,
        LocalTime.MAX,
        LocalDateTime.MIN,
        LocalDateTime.MAX,
        OffsetDateTime.MIN,
        OffsetDateTime.MAX,
        OffsetTime.MIN,
        inOverlap,
        inOverlap.withEarlierOffsetAtOverlap(),
        ZonedDateTime.of(LocalDateTime.MAX, ZoneOffset.UTC),
        ZoneOffset.MIN,
        ZoneOffset.ofHoursMinutesSeconds(1, 2, 3),
        ZoneId.of("America/New_York"),
        ZoneId.of("UTC+1"),
        Duration.ofSeconds(Long.MIN_VALUE, 7),
        Duration.ZERO,
        Period.of(-1, 2, Integer.MAX_VALUE),
        Year.of(-999_999_999),
        YearMonth.of(-44, 3),
        MonthDay.of(2, 29),
        new Date(-5),
        new UUID(-1, 5),
        URI.create("https://example.org/a?b#c"),
        Locale.GERMANY,
        Locale.ROOT,
        Locale.forLanguageTag("zh-Hant-TW"),
        Currency.getInstance("EUR"),
        DayOfWeek.MONDAY,
        TimeUnit.DAYS,
        Optional.empty(),
        Optional.of(Optional.of("x")),
        OptionalInt.of(-5),
        OptionalInt.empty(),
        OptionalLong.of(Long.MIN_VALUE),
        OptionalDouble.of(0.1),
        OptionalDouble.empty());
  }

  @ParameterizedTest
  @MethodSource("values")
  void valuesOfTheJdkComeBack(Object value) {
    assertThat(through(value)).isEqualTo(value).hasSameClassAs(value);
  }

  static Stream<Object> containers() {
    List<Object> nulls = Arrays.asList(1, null, "x");
    Map<Object, Object> mixed = new HashMap<>();
    mixed.put(null, 1);
    mixed.put("k", null);
    mixed.put(List.of(1), 2L);
    TreeMap<String, Integer> reversed = new TreeMap<>(Collections.reverseOrder());
    reversed.putAll(Map.of("a", 1, "b", 2));
    TreeSet<String> caseless = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    caseless.addAll(List.of("b", "A"));
    return Stream.of(
        new ArrayList<>(nulls),
        new LinkedList<>(nulls),
        new HashSet<>(nulls),
        new LinkedHashSet<>(nulls),
        new TreeSet<>(List.of(3, 1)),
        caseless,
        mixed,
        new LinkedHashMap<>(mixed),
        reversed,
        new TreeMap<>(Map.of(2L, "x")),
        new ConcurrentHashMap<>(Map.of("a", 1)),
        EnumSet.allOf(DayOfWeek.class),
        EnumSet.noneOf(TimeUnit.class),
        new EnumMap<>(Map.of(DayOfWeek.FRIDAY, "x")),
        new EnumMap<DayOfWeek, String>(DayOfWeek.class),
        nulls,
        nulls.subList(0, 2),
        List.of(),
        List.of(1),
        List.of(1, 2, 3),
        List.of(1, 2, 3).subList(1, 3),
        Stream.of("a").toList(),
        Collections.emptyList(),
        Collections.singletonList(null),
        Collections.unmodifiableList(new LinkedList<>(nulls)),
        Set.of(),
        Set.of(1),
        Set.of(1, 2, 3),
        Collections.unmodifiableSet(new HashSet<>(nulls)),
        Collections.singleton("x"),
        Map.of(),
        Map.of(1, 2),
        Map.of("a", 1, "b", 2),
        Collections.unmodifiableMap(mixed),
        Collections.emptyMap(),
        new ArrayList<>(Collections.nCopies(5_000, 7L)));
  }

  @ParameterizedTest
  @MethodSource("containers")
  void collectionsComeBackEqual(Object value) {
    Object back = through(value);

    assertThat(back).isEqualTo(value);
    if (value instanceof EnumSet
        || Set.of(
                TreeSet.class,
                TreeMap.class,
                EnumMap.class,
                HashMap.class,
                ArrayList.class,
                LinkedList.class,
                ConcurrentHashMap.class)
            .contains(value.getClass())) {
      assertThat(back).hasSameClassAs(value);
    }
  }

  @Test
  void queuesAndOrdersComeBack() {
    assertThat(through(new ArrayDeque<>(List.of(1, 2))))
        .isInstanceOf(ArrayDeque.class)
        .extracting(queue -> List.copyOf((ArrayDeque<?>) queue))
        .isEqualTo(List.of(1, 2));
    TreeMap<String, Integer> reversed = new TreeMap<>(Collections.reverseOrder());
    reversed.putAll(Map.of("a", 1, "b", 2));
    assertThat(((TreeMap<?, ?>) through(reversed)).firstKey()).isEqualTo("b");
    EnumMap<?, ?> empty = (EnumMap<?, ?>) through(new EnumMap<DayOfWeek, String>(DayOfWeek.class));
    assertThat(empty).isEmpty();
    assertThatThrownBy(() -> ((List<?>) through(List.of(1))).clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void arraysComeBack() {
    Object[] arrays = {
      new byte[] {1, -1},
      new boolean[] {true, false},
      new short[] {-5},
      new char[] {'\uD800'},
      new int[] {Integer.MIN_VALUE, 3},
      new long[] {Long.MIN_VALUE},
      new float[] {Float.NaN},
      new double[] {-0.0, 5},
      new String[] {"a", null},
      new Object[] {1, "x", null, new int[0]},
      new int[][] {{1}, null, {}},
      new Instant[] {Instant.EPOCH},
      new Number[] {1, 2L},
      new List<?>[] {List.of(1)},
      new String[2][3],
      new byte[300_000],
    };
    for (Object array : arrays) {
      assertThat(through(array)).hasSameClassAs(array).isEqualTo(array);
    }
  }

  @Test
  void randomItemsComeBackWithTheFieldsOfJson() {
    long seed = Seed.of("randomItemsComeBackWithTheFieldsOfJson");
    RandomItems items = new RandomItems(seed);
    for (int i = 0; i < 2_000; i++) {
      RandomItems.Item item = items.item();
      byte[] bytes = codec.encode(item);

      assertThat(codec.decode(bytes, RandomItems.Item.class)).as("seed %d", seed).isEqualTo(item);
      Map<String, Object> fields = json.fields(json.encode(item));
      assertThat(codec.fields(bytes)).isEqualTo(fields);
      assertThat(codec.decode(bytes, Document.class)).isEqualTo(Document.of(fields));
      assertThat(codec.decode(codec.encode(fields), RandomItems.Item.class).part())
          .isEqualTo(item.part());
    }
  }

  @Test
  void aCodecThatHasNotMetTheClassHasTheSameFields() {
    long seed = Seed.of("aCodecThatHasNotMetTheClassHasTheSameFields");
    RandomItems items = new RandomItems(seed);
    KryoCodec stranger = new KryoCodec();
    for (int i = 0; i < 500; i++) {
      byte[] bytes = codec.encode(items.item());
      assertThat(stranger.fields(bytes)).as("seed %d", seed).isEqualTo(codec.fields(bytes));
    }
  }

  @Test
  void classesWithoutConstructorsAndWithSuperclassesComeBack() {
    Derived item = new Derived(7, new ArrayList<>(List.of(1L)));
    item.name = "changed";

    Derived back = codec.decode(codec.encode(item), Derived.class);

    assertThat(back.name).isEqualTo("changed");
    assertThat(back.hidden).isEqualTo(7);
    assertThat(back.hiddenOfBase()).isEqualTo(1);
    assertThat(back.numbers).containsExactly(1L);
    assertThat(back.forgotten).isNull();
  }

  @Test
  void typeParametersAndSealedTypesAreDeclarations() {
    Drawing drawing =
        new Drawing(
            new Circle(1.5), Map.of("all", List.of(new Square(2))), new Shape[] {new Circle(1)});

    Drawing back = codec.decode(codec.encode(drawing), Drawing.class);

    assertThat(back.shape()).isEqualTo(drawing.shape());
    assertThat(back.named()).isEqualTo(drawing.named());
    assertThat(back.order()).isEqualTo(drawing.order()).hasSameClassAs(drawing.order());
    Box<String> box = new Box<>("x", new String[] {"y"});
    assertThat(codec.decode(codec.encode(box), Box.class).all()).isEqualTo(box.all());
    assertThat(codec.decode(codec.encode(new Circle(2)), Shape.class)).isEqualTo(new Circle(2));
  }

  @Test
  void fieldsAreThoseOfJsonAnnotationsIncluded() {
    Renamed item = new Renamed("n", new byte[] {1, 2, 3}, Optional.of(Instant.EPOCH));

    assertThat(codec.fields(codec.encode(item)))
        .isEqualTo(json.fields(json.encode(item)))
        .containsEntry("other", "n")
        .containsEntry("data", "AQID")
        .containsEntry("at", "1970-01-01T00:00:00Z");
  }

  @Test
  void classesThatJsonCannotWriteHaveTheirStoredFields() {
    byte[] bytes = codec.encode(new Silent("x"));

    assertThat(codec.decode(bytes, Silent.class)).isEqualTo(new Silent("x"));
    assertThat(codec.fields(bytes)).isEqualTo(Map.of("only_field", "x"));
  }

  @Test
  void wrongTypesAndFieldlessItemsAreRefused() {
    byte[] bytes = codec.encode(new Circle(1));

    assertThatThrownBy(() -> codec.decode(bytes, Square.class))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("Circle");
    assertThatThrownBy(() -> codec.fields(codec.encode("text")))
        .isInstanceOf(SerializationException.class);
    assertThatThrownBy(() -> codec.fields(codec.encode(List.of(1))))
        .isInstanceOf(SerializationException.class);
    assertThat(codec.decode(codec.encode("text"), String.class)).isEqualTo("text");
  }

  /** What is read as one of a type must be of a class that this type knows of. */
  @Test
  void subclassesThatTheTypeDoesNotKnowAreRefusedOnWriting() {
    Derived item = new Derived(7, new ArrayList<>());

    assertThatThrownBy(() -> codec.encode(item, Base.class))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining(Derived.class.getName())
        .hasMessageContaining("allow");
    KryoCodec allowing = KryoCodec.builder().allow(Derived.class).build();
    Base back = allowing.decode(allowing.encode(item, Base.class), Base.class);
    assertThat(back).isInstanceOf(Derived.class);
    assertThat(codec.decode(codec.encode(new Circle(2), Shape.class), Shape.class))
        .isEqualTo(new Circle(2));
  }

  @Test
  void itemsThatContainThemselvesAreRefused() {
    Node node = new Node();
    node.next = node;
    List<Object> list = new ArrayList<>();
    list.add(list);
    Object[] array = new Object[1];
    array[0] = array;
    for (Object cycle : new Object[] {node, new Holder(list), new Holder(array)}) {
      assertThatThrownBy(() -> codec.encode(cycle))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining("no item may contain itself");
    }
    assertThat(through("afterwards")).isEqualTo("afterwards");
  }

  @Test
  void nestsToTheLimitAndNoFurther() {
    assertThat(codec.decode(codec.encode(chain(501)), Node.class)).isNotNull();
    assertThatThrownBy(() -> codec.encode(chain(502)))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("501");
  }

  private static Node chain(int length) {
    Node first = new Node();
    Node last = first;
    for (int i = 1; i < length; i++) {
      last.next = new Node();
      last = last.next;
    }
    return first;
  }
}
