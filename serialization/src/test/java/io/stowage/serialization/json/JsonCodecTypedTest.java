package io.stowage.serialization.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.stowage.api.FieldValue;
import io.stowage.api.Loss;
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
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

class JsonCodecTypedTest {

  enum Color {
    RED {
      @Override
      public String toString() {
        return "not the name";
      }
    }
  }

  record Inner(String someName, List<Integer> numbers) {}

  record Item(
      String id,
      String sessionId,
      Instant createdAt,
      Color color,
      int turn,
      Inner inner,
      Map<String, Object> extra) {}

  record Picky(String name) {
    Picky {
      if (name == null || name.isEmpty()) {
        throw new IllegalArgumentException("name is empty");
      }
    }
  }

  static final class Bean {
    private String firstName = "";

    public String getFirstName() {
      return firstName;
    }

    public void setFirstName(String firstName) {
      this.firstName = firstName;
    }
  }

  record Holder(Object value) {}

  private final JsonCodec codec = new JsonCodec();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String text(Object item) {
    return new String(codec.encode(item), StandardCharsets.UTF_8);
  }

  private static Item item(String sessionId) {
    Map<String, Object> extra = new LinkedHashMap<>();
    extra.put("keptName", null);
    extra.put("n", 5L);
    return new Item(
        "i",
        sessionId,
        Instant.parse("2025-01-01T00:00:00.123456789Z"),
        Color.RED,
        3,
        new Inner("x", List.of(1, 2)),
        extra);
  }

  @Test
  void writesSnakeCaseInTheOrderOfTheType() {
    assertThat(text(item("s")))
        .isEqualTo(
            "{\"id\":\"i\",\"session_id\":\"s\",\"created_at\":\"2025-01-01T00:00:00.123456789Z\","
                + "\"color\":\"RED\",\"turn\":3,\"inner\":{\"some_name\":\"x\",\"numbers\":[1,2]},"
                + "\"extra\":{\"keptName\":null,\"n\":5}}");
  }

  @Test
  void leavesNullPropertiesOutAndKeepsNullsInMaps() {
    assertThat(text(item(null))).doesNotContain("session_id").contains("\"keptName\":null");
    assertThat(codec.fields(codec.encode(item(null)))).doesNotContainKey("session_id");
  }

  @Test
  void recordsComeBackAsTheyWere() {
    for (Item item : List.of(item("s"), item(null))) {
      assertThat(codec.decode(codec.encode(item), Item.class)).isEqualTo(item);
    }
  }

  @Test
  void beansComeBackAsTheyWere() {
    Bean bean = new Bean();
    bean.setFirstName("Ada");

    assertThat(text(bean)).isEqualTo("{\"first_name\":\"Ada\"}");
    assertThat(codec.decode(codec.encode(bean), Bean.class).getFirstName()).isEqualTo("Ada");
  }

  @Test
  void passesOverUnknownPropertiesAndReadsAbsentOnesAsNothing() {
    Item read = codec.decode(bytes("{\"id\":\"i\",\"later\":{\"x\":[1]}}"), Item.class);

    assertThat(read).isEqualTo(new Item("i", null, null, null, 0, null, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "1",
        "null",
        "\"x\"",
        "{\"turn\":1.5}",
        "{\"turn\":\"1\"}",
        "{\"turn\":3000000000}",
        "{\"turn\":true}",
        "{\"id\":{}}",
        "{\"inner\":[]}",
        "{\"inner\":{\"numbers\":3}}",
        "{\"color\":\"BLUE\"}",
        "{\"created_at\":\"yesterday\"}",
        "{\"id\":\"a\"} {}",
        "{\"id\":\"a\",\"id\":\"b\"}",
        "{\"id\":\"a\""
      })
  void refusesWrongShapes(String text) {
    assertThatThrownBy(() -> codec.decode(bytes(text), Item.class))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining(Item.class.getName());
  }

  @Test
  void aTypeThatRefusesItsValuesIsARefusal() {
    assertThatThrownBy(() -> codec.decode(bytes("{\"name\":\"\"}"), Picky.class))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("name is empty");
    assertThatThrownBy(() -> codec.encode(new Holder(new Object())))
        .isInstanceOf(SerializationException.class)
        .hasMessageStartingWith("item of type " + Holder.class.getName());
    assertThatThrownBy(() -> codec.encode(new Thrower()))
        .isInstanceOf(SerializationException.class);
  }

  static final class Thrower {
    private final List<String> names = List.of();

    public String getName() {
      return names.get(0);
    }
  }

  @Test
  void anItemThatHoldsItselfIsRefused() {
    Map<String, Object> self = new LinkedHashMap<>();
    self.put("self", self);

    assertThatThrownBy(() -> codec.encode(self)).isInstanceOf(SerializationException.class);
  }

  @Test
  void untypedNumbersKeepTheirValue() {
    for (Number number :
        List.of(
            5L,
            Long.MIN_VALUE,
            0.1,
            new BigDecimal("0.12345678901234567890"),
            BigInteger.TWO.pow(99))) {
      Holder holder = new Holder(number);
      assertThat(codec.decode(codec.encode(holder), Holder.class)).isEqualTo(holder);
    }
  }

  static Stream<Object> moments() {
    return Stream.of(
        Instant.EPOCH,
        Instant.parse("2025-01-01T00:00:00.000000001Z"),
        Instant.parse("1969-12-31T23:59:59.999999999Z"),
        Instant.parse("+12345-01-01T00:00:00Z"),
        OffsetDateTime.parse("2025-01-01T00:00:00+02:00"),
        OffsetDateTime.parse("2025-01-01T00:00:30.5-11:30"),
        LocalDateTime.parse("2025-01-01T00:00"),
        LocalDateTime.parse("2025-01-01T00:00:01.5"),
        LocalDate.parse("2025-01-01"),
        LocalTime.parse("10:00"),
        LocalTime.parse("10:00:00.5"),
        OffsetTime.parse("10:00+01:00"),
        Year.of(2025),
        YearMonth.of(2025, 1),
        MonthDay.of(2, 29),
        Duration.ofMillis(1_500),
        Period.ofDays(3),
        DayOfWeek.MONDAY,
        ZonedDateTime.parse("2025-06-01T12:00+02:00[Europe/Paris]"),
        ZonedDateTime.parse("2025-06-01T12:00Z[UTC]"),
        ZoneOffset.ofHours(2),
        ZoneId.of("Europe/Paris"),
        UUID.fromString("00000000-0000-7000-8000-000000000001"),
        Color.RED,
        'c',
        true,
        "text",
        "2025-01-01T00:00:00Z",
        1,
        1L,
        (short) 1,
        (byte) 1,
        0.1f,
        0.1d,
        1e300,
        new BigDecimal("1.10"),
        BigInteger.TEN.pow(30),
        Date.from(Instant.ofEpochMilli(1_735_689_600_123L)));
  }

  @ParameterizedTest
  @MethodSource("moments")
  void valuesComeBackInTheirType(Object value) {
    Class<?> type =
        value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();

    Object back = codec.decode(codec.encode(value), type);

    assertThat(back).isEqualTo(value);
  }

  @ParameterizedTest
  @MethodSource("moments")
  void theStoredFormOfAValueComparesLikeTheValue(Object value) {
    SerializationPort accepting = codec.accepting(Set.of(Loss.values()));
    Object stored = codec.fields(accepting.encode(new Holder(value))).get("value");

    assertThat(FieldValue.of(stored)).isPresent().isEqualTo(FieldValue.of(value));
    assertThat(FieldValue.of(codec.stored(value))).isEqualTo(FieldValue.of(value));
  }

  @Test
  void zonedTimesKeepTheirRegion() {
    ZonedDateTime time = ZonedDateTime.parse("2025-06-01T12:00:00+02:00[Europe/Paris]");

    assertThat(text(time)).isEqualTo("\"2025-06-01T12:00:00+02:00[Europe/Paris]\"");
    assertThat(codec.decode(codec.encode(time), ZonedDateTime.class)).isEqualTo(time);
  }

  /** As they were stored when their region was not. */
  @Test
  void zonedTimesWithoutARegionAreRead() {
    assertThat(codec.decode(bytes("\"2025-06-01T12:00:00+02:00\""), ZonedDateTime.class))
        .isEqualTo(ZonedDateTime.parse("2025-06-01T12:00:00+02:00"));
  }

  record Formatted(
      @JsonFormat(shape = JsonFormat.Shape.STRING, pattern = "uuuu-MM-dd HH:mm VV")
          ZonedDateTime at) {}

  @Test
  void aFormatOfAZonedTimeIsKept() {
    Formatted item = new Formatted(ZonedDateTime.parse("2025-06-01T12:00+02:00[Europe/Paris]"));

    assertThat(text(item)).isEqualTo("{\"at\":\"2025-06-01 12:00 Europe/Paris\"}");
    assertThat(codec.decode(codec.encode(item), Formatted.class)).isEqualTo(item);
  }

  @Test
  void anEmbeddersMapperWritesAndReadsItems() {
    JsonCodec kebab =
        new JsonCodec(
            JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
                .build());
    Inner inner = new Inner("x", List.of(1));

    assertThat(new String(kebab.encode(inner), StandardCharsets.UTF_8))
        .contains("\"some-name\":\"x\"");
    assertThat(kebab.decode(kebab.encode(inner), Inner.class)).isEqualTo(inner);
    assertThatThrownBy(() -> kebab.fields(bytes("{\"a\":1,\"a\":2}")))
        .isInstanceOf(SerializationException.class);
  }
}
