package io.stowage.serialization.kryo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes of every tag, as docs/format.md lays them down: they stay as they are for ever. */
@SuppressWarnings({"ArrayRecordComponent", "JavaUtilDate", "JdkObsolete"}) // held, so tested
class KryoFormatTest {

  record Holder(Object value) {}

  record Pair(Pair left, DayOfWeek[] days) {}

  /** The name of {@link Holder}'s form, with the tag and the length of the text before it. */
  private static final String HOLDER =
      hex("\u0001" + lengthOf(Holder.class.getName() + "/value") + Holder.class.getName())
          + hex("/value");

  private static final LocalDateTime TIME = LocalDateTime.of(1970, 1, 2, 0, 0, 0, 5);

  private final KryoCodec codec = new KryoCodec();

  private static char lengthOf(String text) {
    return (char) (text.length() + 1);
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  static Stream<Arguments> bodies() {
    return Stream.of(
        arguments("ü", "02 03 c3bc"),
        arguments("", "02 01"),
        arguments(true, "03 01"),
        arguments(-1L, "04 01"),
        arguments(64L, "04 8001"),
        arguments(Long.MIN_VALUE, "04 ffffffffffffffffff"),
        arguments(1.0, "05 000000000000f03f"),
        arguments(BigInteger.valueOf(-256), "06 02 ff00"),
        arguments(new BigDecimal("0.05"), "07 04 01 05"),
        arguments(List.of(1, 2), "08 02 0a02 0a04"),
        arguments(Map.of("k", 1), "09 03 026b 0a02"),
        arguments(Map.of(1, 2), "09 02 0a02 0a04"),
        arguments(Integer.MIN_VALUE, "0a ffffffff0f"),
        arguments((short) 258, "0b 0201"),
        arguments((byte) -1, "0c ff"),
        arguments('a', "0d 6100"),
        arguments(1f, "0e 0000803f"),
        arguments(Instant.ofEpochSecond(-1, 128), "0f 01 8001"),
        arguments(LocalDate.of(1969, 12, 31), "10 01"),
        arguments(LocalTime.ofNanoOfDay(128), "11 8001"),
        arguments(TIME, "12 02 05"),
        arguments(OffsetDateTime.of(TIME, ZoneOffset.ofHours(1)), "13 02 05 a038"),
        arguments(OffsetTime.of(LocalTime.MIDNIGHT, ZoneOffset.UTC), "14 00 00"),
        arguments(ZonedDateTime.of(TIME, ZoneId.of("CET")), "15 02 05 a038 04434554"),
        arguments(ZoneOffset.ofTotalSeconds(-1), "16 01"),
        arguments(ZoneId.of("CET"), "17 04434554"),
        arguments(Duration.ofSeconds(-1, 5), "18 01 05"),
        arguments(Period.of(1, -1, 0), "19 02 01 00"),
        arguments(Year.of(-1), "1a 01"),
        arguments(YearMonth.of(1, 12), "1b 02 0c"),
        arguments(MonthDay.of(2, 29), "1c 02 1d"),
        arguments(new Date(-1), "1d 01"),
        arguments(new UUID(1, 2), "1e 0100000000000000 0200000000000000"),
        arguments(URI.create("a:b"), "1f 04 613a62"),
        arguments(Locale.GERMANY, "20 06 64652d4445"),
        arguments(Currency.getInstance("EUR"), "21 04 455552"),
        arguments(Optional.of(1), "22 0a02"),
        arguments(Optional.empty(), "22 00"),
        arguments(OptionalInt.of(1), "23 01 02"),
        arguments(OptionalLong.empty(), "24 00"),
        arguments(OptionalDouble.of(1), "25 01 000000000000f03f"),
        arguments(new byte[] {1, 2}, "26 02 0102"),
        arguments(new boolean[] {true, false}, "27 02 0100"),
        arguments(new short[] {258}, "28 01 0201"),
        arguments(new char[] {'a'}, "29 01 6100"),
        arguments(new int[] {-1, 1}, "2a 02 01 02"),
        arguments(new long[] {64}, "2b 01 8001"),
        arguments(new float[] {1}, "2c 01 0000803f"),
        arguments(new double[] {1}, "2d 01 000000000000f03f"),
        arguments(new String[] {"k", null}, "2e 02 02026b 00"),
        arguments(new Object[] {1}, "2f 01 0a02"),
        arguments(new ArrayList<>(List.of(1)), "30 01 0a02"),
        arguments(new LinkedList<>(List.of(1)), "31 01 0a02"),
        arguments(new ArrayDeque<>(List.of(1)), "32 01 0a02"),
        arguments(Set.of(1), "33 01 0a02"),
        arguments(new HashSet<>(List.of(1)), "34 01 0a02"),
        arguments(new LinkedHashSet<>(List.of(1)), "35 01 0a02"),
        arguments(new TreeSet<>(List.of(1)), "36 00 01 0a02"),
        arguments(EnumSet.of(DayOfWeek.FRIDAY), "37 " + friday() + " 01 07465249444159"),
        arguments(new HashMap<>(Map.of("k", 1)), "38 03 026b 0a02"),
        arguments(new LinkedHashMap<>(Map.of(1, 1)), "39 02 0a02 0a02"),
        arguments(reversed(), "3a 01 03 026b 0a02"),
        arguments(
            new EnumMap<>(Map.of(DayOfWeek.FRIDAY, 1)),
            "3b " + friday() + " 01 07465249444159 0a02"),
        arguments(new ConcurrentHashMap<>(Map.of("k", 1)), "3c 03 026b 0a02"),
        arguments(DayOfWeek.FRIDAY, friday() + "07465249444159"),
        arguments(new int[][] {{1}}, "01 08" + hex("int[][]") + "01 2a 01 02"));
  }

  private static String friday() {
    return "01 14" + hex("java.time.DayOfWeek");
  }

  private static Object reversed() {
    TreeMap<String, Integer> map = new TreeMap<>(Collections.reverseOrder());
    map.put("k", 1);
    return map;
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void valuesHaveTheirBytes(Object value, String expected) {
    String bytes = HexFormat.of().formatHex(codec.encode(new Holder(value)));

    assertThat(bytes).isEqualTo("02" + HOLDER + expected.replace(" ", ""));
    Object back = codec.decode(HexFormat.of().parseHex(bytes), Holder.class).value();
    assertThat(HexFormat.of().formatHex(codec.encode(new Holder(back)))).isEqualTo(bytes);
  }

  @Test
  void everyNumberIsTested() {
    assertThat(bodies().map(body -> Integer.parseInt(((String) body.get()[1]).substring(0, 2), 16)))
        .containsAll(IntStream.rangeClosed(1, 60).boxed().collect(Collectors.toList()));
  }

  @Test
  void namesAreWrittenOnceAndThenReferredTo() {
    Pair item = new Pair(new Pair(null, new DayOfWeek[] {DayOfWeek.FRIDAY}), null);
    String shape = Pair.class.getName() + "/left/days";
    String array = "java.time.DayOfWeek[]";

    String bytes = HexFormat.of().formatHex(codec.encode(item));

    assertThat(bytes)
        .isEqualTo(
            ("02 01"
                    + hex(lengthOf(shape) + shape)
                    + "40 00 01"
                    + hex(lengthOf(array) + array)
                    + "01"
                    + friday()
                    + "07465249444159 00")
                .replace(" ", ""));
  }
}
