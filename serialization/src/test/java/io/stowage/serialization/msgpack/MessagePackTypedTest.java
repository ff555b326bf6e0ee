package io.stowage.serialization.msgpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.stowage.serialization.binding.ItemBinding;
import io.stowage.serialization.json.JsonCodec;
import io.stowage.spi.SerializationException;
import io.stowage.spi.SerializationPort;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

class MessagePackTypedTest {

  enum Color {
    RED,
    GREEN
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Circle.class, name = "circle"),
    @JsonSubTypes.Type(value = Square.class, name = "square")
  })
  sealed interface Shape permits Circle, Square {}

  record Circle(double radius, Instant drawnAt) implements Shape {}

  record Square(BigDecimal side, Instant drawnAt) implements Shape {}

  record Everything(
      String id,
      Instant createdAt,
      Color color,
      int turn,
      long count,
      double ratio,
      float share,
      boolean open,
      Integer boxed,
      BigInteger large,
      BigDecimal price,
      UUID uuid,
      LocalDate date,
      LocalDateTime dateTime,
      OffsetDateTime offset,
      Duration duration,
      Period period,
      Optional<String> some,
      Optional<String> none,
      List<List<Integer>> lists,
      Map<String, Map<Color, Instant>> maps,
      Set<String> set,
      List<Shape> shapes,
      Shape shape,
      Object untyped,
      String nothing) {}

  @SuppressWarnings("ArrayRecordComponent") // as items have them
  record Binary(byte[] data, List<byte[]> parts) {}

  record Formatted(
      @JsonFormat(
              shape = JsonFormat.Shape.STRING,
              pattern = "yyyy-MM-dd'T'HH:mm:ssX",
              timezone = "UTC")
          Instant at,
      Instant plain) {}

  record Raw(@JsonRawValue String text) {}

  record Tree(JsonNode node) {}

  private final MessagePackCodec codec = new MessagePackCodec();
  private final JsonCodec json = new JsonCodec();

  private static Everything everything() {
    Map<Color, Instant> inner = new LinkedHashMap<>();
    inner.put(Color.GREEN, Instant.parse("2025-01-01T00:00:00.000000001Z"));
    inner.put(Color.RED, null);
    return new Everything(
        "i",
        Instant.parse("2025-01-01T00:00:00.123456789Z"),
        Color.RED,
        -7,
        Long.MIN_VALUE,
        0.1,
        0.1f,
        true,
        1_000_000,
        BigInteger.TWO.pow(99).negate(),
        new BigDecimal("1234567890123456789012.10"),
        UUID.fromString("0194f7a2-5b1c-7c3e-9a51-3d4b8a6f1e20"),
        LocalDate.of(2025, 2, 28),
        LocalDateTime.parse("2025-01-01T00:00:01.5"),
        OffsetDateTime.parse("2025-01-01T00:00:30.5-11:30"),
        Duration.ofNanos(1_500_000_001),
        Period.ofDays(3),
        Optional.of("x"),
        Optional.empty(),
        List.of(List.of(1, 2), List.of(), List.of(3)),
        Map.of("a", inner),
        Set.of("only"),
        List.of(new Circle(1.5, Instant.EPOCH), new Square(new BigDecimal("2.25"), null)),
        new Circle(-0.0, Instant.parse("1969-12-31T23:59:59.999999999Z")),
        Arrays.asList("text", null, 5L, 0.5),
        null);
  }

  @Test
  void itemsOfEveryKindComeBackAndHaveTheFieldsOfTheirJson() {
    Everything item = everything();
    byte[] bytes = codec.encode(item);

    Everything back = codec.decode(bytes, Everything.class);

    assertThat(back).isEqualTo(json.decode(json.encode(item), Everything.class)).isEqualTo(item);
    assertThat(codec.fields(bytes)).isEqualTo(json.fields(json.encode(item)));
    assertThat(codec.fields(bytes).keySet())
        .containsExactlyElementsOf(json.fields(json.encode(item)).keySet());
    assertThat(bytes).hasSizeLessThan(json.encode(item).length);
  }

  @Test
  void itemsComeBackFromTheirFields() {
    Everything item = everything();
    Map<String, Object> fields = codec.fields(codec.encode(item));

    Everything back = codec.decode(codec.encode(fields), Everything.class);

    assertThat(back).isEqualTo(json.decode(json.encode(fields), Everything.class)).isEqualTo(item);
  }

  @Test
  void binaryDataIsKeptAsItIsAndShownInBase64() {
    byte[] data = new byte[70_000];
    Arrays.fill(data, (byte) 0xC1);
    Binary item = new Binary(data, List.of(new byte[0], new byte[] {1}));
    byte[] bytes = codec.encode(item);

    assertThat(bytes).hasSizeLessThan(data.length + 30);
    assertThat(codec.fields(bytes)).isEqualTo(json.fields(json.encode(item)));
    for (byte[] form : List.of(bytes, codec.encode(codec.fields(bytes)))) {
      Binary back = codec.decode(form, Binary.class);
      assertThat(back.data()).isEqualTo(data);
      assertThat(back.parts()).hasSize(2);
      assertThat(back.parts().get(1)).containsExactly(1);
    }
  }

  @Test
  void momentsAreTimestampsOfNanosecondPrecision() {
    Instant moment = Instant.parse("2025-01-01T00:00:00.000000001Z");

    byte[] bytes = codec.encode(Map.of("a", moment));

    assertThat(bytes).hasSize(1 + 2 + 2 + 8).startsWith(0x81, 0xa1, 0x61, 0xd7, 0xff);
    assertThat(codec.fields(bytes)).containsEntry("a", "2025-01-01T00:00:00.000000001Z");
  }

  @Test
  void aFormatOfAPropertyIsKept() {
    Formatted item =
        new Formatted(Instant.parse("2025-01-01T00:00:01Z"), Instant.parse("2025-01-01T00:00:01Z"));

    assertThat(codec.fields(codec.encode(item))).isEqualTo(json.fields(json.encode(item)));
    assertThat(codec.decode(codec.encode(item), Formatted.class)).isEqualTo(item);
  }

  @Test
  void treesComeBack() {
    Tree item =
        codec.decode(
            codec.encode(Map.of("node", codec.fields(codec.encode(everything())))), Tree.class);

    assertThat(codec.decode(codec.encode(item), Tree.class)).isEqualTo(item);
    assertThat(codec.fields(codec.encode(item))).isEqualTo(json.fields(json.encode(item)));
  }

  static Stream<Object> values() {
    return Stream.of(
        Instant.EPOCH,
        Instant.MIN,
        Instant.MAX,
        Instant.ofEpochSecond(1L << 32),
        Instant.ofEpochSecond((1L << 34) - 1, 999_999_999),
        Instant.ofEpochSecond(1L << 34, 1),
        LocalTime.parse("10:00"),
        Year.of(2025),
        DayOfWeek.MONDAY,
        ZoneId.of("Europe/Paris"),
        UUID.fromString("00000000-0000-7000-8000-000000000001"),
        'c',
        true,
        "text",
        1,
        Long.MAX_VALUE,
        (short) 1,
        (byte) -1,
        0.1f,
        Float.MIN_VALUE,
        0.1d,
        1e300,
        new BigDecimal("1.10"),
        new BigDecimal("1E+400"),
        new BigDecimal("7"),
        BigInteger.TEN.pow(30),
        BigInteger.TWO.pow(64).subtract(BigInteger.ONE),
        Date.from(Instant.ofEpochMilli(1_735_689_600_123L)));
  }

  @ParameterizedTest
  @MethodSource("values")
  void valuesComeBackInTheirType(Object value) {
    Class<?> type =
        value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();

    assertThat((Object) codec.decode(codec.encode(value), type)).isEqualTo(value);
    assertThat(codec.fields(codec.encode(Map.of("a", value))))
        .isEqualTo(json.fields(json.encode(Map.of("a", value))));
  }

  @Test
  void passesOverWhatTheTypeDoesNotHave() {
    byte[] bytes = codec.encode(everything());

    record Few(String id, Instant createdAt) {}
    assertThat(codec.decode(bytes, Few.class))
        .isEqualTo(new Few("i", Instant.parse("2025-01-01T00:00:00.123456789Z")));
  }

  @Test
  void refusesWrongShapesAndWhatCannotBeWritten() {
    for (Map<String, Object> wrong :
        List.<Map<String, Object>>of(
            Map.of("turn", "1"),
            Map.of("turn", 1.5),
            Map.of("turn", 3_000_000_000L),
            Map.of("count", BigInteger.TWO.pow(70)),
            Map.of("count", new BigDecimal("1E+900000000")),
            Map.of("created_at", "yesterday"),
            Map.of("color", "BLUE"),
            Map.of("shape", Map.of("kind", "line")),
            Map.of("lists", 3))) {
      assertThatThrownBy(() -> codec.decode(codec.encode(wrong), Everything.class))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining(Everything.class.getName());
    }
    assertThatThrownBy(() -> codec.decode(codec.encode(Map.of("data", "no Base64!")), Binary.class))
        .isInstanceOf(SerializationException.class);
    assertThatThrownBy(() -> codec.encode(new Raw("{}")))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("raw JSON");
    assertThatThrownBy(() -> codec.encode(new Object()))
        .isInstanceOf(SerializationException.class)
        .hasMessageStartingWith("item of type java.lang.Object");
  }

  @Test
  void anEmbeddersMapperWritesAndReadsItems() {
    record Inner(String someName, Instant at) {}
    MessagePackCodec kebab =
        new MessagePackCodec(
            JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
                .build());
    Inner inner = new Inner("x", Instant.parse("2025-01-01T00:00:00.5Z"));
    byte[] bytes = kebab.encode(inner);

    assertThat(kebab.fields(bytes))
        .containsOnly(Map.entry("some-name", "x"), Map.entry("at", "2025-01-01T00:00:00.500Z"));
    assertThat(kebab.decode(bytes, Inner.class)).isEqualTo(inner);
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThatThrownBy(() -> kebab.decode(longer, Inner.class))
        .isInstanceOf(SerializationException.class);
    assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).contains("some-name");
  }

  record Halved(int first, int second) {}

  /** Reads the first number, and leaves the second where it is. */
  static final class HalfDeserializer extends StdDeserializer<Halved> {

    HalfDeserializer() {
      super(Halved.class);
    }

    @Override
    public Halved deserialize(JsonParser parser, DeserializationContext context) {
      parser.nextToken();
      return new Halved(parser.nextIntValue(0), 0);
    }
  }

  @Test
  void aDeserializerThatLeavesAPartIsRefusedAsInJson() {
    JsonMapper mapper =
        ItemBinding.mapper(new JsonFactory(), Set.of())
            .addModule(
                new SimpleModule("half").addDeserializer(Halved.class, new HalfDeserializer()))
            .build();
    for (SerializationPort half : List.of(new MessagePackCodec(mapper), new JsonCodec(mapper))) {
      byte[] bytes = half.encode(new Halved(1, 2));
      assertThatThrownBy(() -> half.decode(bytes, Halved.class))
          .as(half.name())
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining(Halved.class.getName());
    }
  }
}
