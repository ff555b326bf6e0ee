package io.stowage.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.stowage.api.FieldValue.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAccumulator;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldValueTest {

  private enum Color {
    RED
  }

  private static FieldValue of(Object object) {
    return FieldValue.of(object).orElseThrow();
  }

  @Test
  void numbersAreEqualByValueWhateverTheirType() {
    List<Number> ones =
        List.of(
            (byte) 1,
            (short) 1,
            1,
            1L,
            1f,
            1d,
            BigInteger.ONE,
            new BigDecimal("1.000"),
            new AtomicInteger(1),
            new AtomicLong(1),
            adder(1),
            new DoubleAccumulator(Double::sum, 1),
            new LongAccumulator(Long::sum, 1),
            longAdder(1));
    for (Number one : ones) {
      assertThat(of(one)).isEqualTo(of(1)).hasSameHashCodeAs(of(1));
      assertThat(of(one).kind()).isEqualTo(Kind.NUMBER);
      assertThat(of(one).canonicalText()).isEqualTo("#1");
    }
    assertThat(of(0.1f)).isEqualTo(of(0.1d)).isEqualTo(of(new BigDecimal("0.1")));
    assertThat(of(-0.0)).isEqualTo(of(0)).hasSameHashCodeAs(of(0));
    assertThat(of(Long.MAX_VALUE)).isNotEqualTo(of((double) Long.MAX_VALUE));
  }

  private static DoubleAdder adder(double value) {
    DoubleAdder adder = new DoubleAdder();
    adder.add(value);
    return adder;
  }

  private static LongAdder longAdder(long value) {
    LongAdder adder = new LongAdder();
    adder.add(value);
    return adder;
  }

  @Test
  void whatHasAFractionKeepsIt() {
    assertThat(of(adder(1.5))).isEqualTo(of(1.5));
    assertThat(of(new DoubleAccumulator(Math::max, -0.25))).isEqualTo(of(-0.25));
    assertThat(FieldValue.of(adder(Double.NaN))).isEmpty();
  }

  /** Nobody knows what the methods of such a number leave out. */
  private static final class Money extends Number {
    private static final long serialVersionUID = 1L;

    @Override
    public int intValue() {
      return 1;
    }

    @Override
    public long longValue() {
      return 1;
    }

    @Override
    public float floatValue() {
      return 1.5f;
    }

    @Override
    public double doubleValue() {
      return 1.5;
    }
  }

  @Test
  void aNumberOfAnUnknownTypeIsNoOperand() {
    assertThat(FieldValue.of(new Money())).isEmpty();
    assertThatThrownBy(() -> FieldValue.operand("price", new Money()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("operand for field 'price' is ")
        .hasMessageContaining(Money.class.getName());
  }

  /** Each of these would be written out with all its zeros by the arithmetic of decimals. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1E-10000000",
        "1E-1000000000",
        "1E+1000000000",
        "-7.5E-999999999",
        "1E-2147483647",
        "10E+2147483647"
      })
  void numbersFarFromThePointCostNoTime(String text) {
    BigDecimal number = new BigDecimal(text);
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          FieldValue.of(number)
              .ifPresent(
                  value -> {
                    assertThat(value.canonicalText()).isNotEmpty();
                    assertThat(value.compare(of(1))).isPresent();
                    assertThat(value.compare(of(new BigDecimal(text)))).hasValue(0);
                    assertThat(value.score()).isPresent();
                    assertThat(value).isEqualTo(of(new BigDecimal(text))).isNotEqualTo(of(0));
                  });
        });
  }

  @Test
  void numbersTooLargeToComputeWithAreRefusedByTheirSize() {
    for (Number large :
        List.of(
            BigInteger.ONE.shiftLeft(50_000_000),
            new BigDecimal(BigInteger.ONE.shiftLeft(50_000_000), 5),
            new BigDecimal("1E-1000000001"),
            new BigDecimal(BigInteger.TEN, Integer.MIN_VALUE))) {
      assertTimeoutPreemptively(
          Duration.ofSeconds(5),
          () -> {
            assertThat(FieldValue.of(large)).isEmpty();
            assertThatThrownBy(() -> FieldValue.operand("n", large))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("operand for field 'n' is a ")
                .hasMessageContaining(large.getClass().getName());
          });
    }
  }

  @Test
  void kindsAreTold() {
    assertThat(of("x").kind()).isEqualTo(Kind.TEXT);
    assertThat(of(java.nio.CharBuffer.wrap("x"))).isEqualTo(of("x"));
    assertThat(of('x')).isEqualTo(of("x"));
    assertThat(of(true).kind()).isEqualTo(Kind.BOOLEAN);
    assertThat(of(Color.RED)).isEqualTo(of("RED"));
    assertThat(of(new UUID(0, 1))).isEqualTo(of("00000000-0000-0000-0000-000000000001"));
    assertThat(of(LocalDate.EPOCH)).isEqualTo(of("1970-01-01"));
    assertThat(of(LocalDateTime.parse("2025-01-01T00:00:00"))).isEqualTo(of("2025-01-01T00:00"));
    assertThat(of(Year.of(2025))).isEqualTo(of("2025")).isNotEqualTo(of(2025));
    assertThat(of(of("x"))).isEqualTo(of("x"));
  }

  @Test
  void momentsAreEqualInTimeWhateverTheirForm() {
    Instant instant = Instant.parse("2025-01-01T00:00:00Z");
    List<Object> forms =
        List.of(
            instant,
            Date.from(instant),
            OffsetDateTime.parse("2025-01-01T02:00:00+02:00"),
            ZonedDateTime.parse("2025-01-01T01:00:00+01:00[Europe/Paris]"),
            "2025-01-01T00:00:00Z",
            "2025-01-01T00:00:00.000000000Z",
            "2025-01-01T01:00:00+01:00[Europe/Paris]",
            "2025-01-01T00:00:00Z[UTC]",
            "2024-12-31T12:30:00-11:30");
    for (Object form : forms) {
      assertThat(of(form).kind()).isEqualTo(Kind.MOMENT);
      assertThat(of(form)).isEqualTo(of(instant)).hasSameHashCodeAs(of(instant));
      assertThat(of(form).canonicalText()).isEqualTo("@2025-01-01T00:00:00Z");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999999Z",
        "+10000-01-01T00:00:00Z",
        "-0001-01-01T00:00:00Z",
        "+999999999-12-31T23:59:59.999999999Z"
      })
  void everyTextOfAnInstantIsThatMoment(String text) {
    assertThat(of(text)).isEqualTo(of(Instant.parse(text)));
    assertThat(Instant.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2025-01-01T00:00:00",
        "2025-01-01T00:00Z",
        "2025-01-01",
        "2025-13-01T00:00:00Z",
        "2025-01-01 00:00:00Z",
        "2025-01-01T00:00:00Z ",
        "2025-01-01T00:00:00.0000000000Z",
        "2025-01-01T00:00:00+02:00[Europe/Paris]",
        "2025-01-01T01:00:00+01:00[Europe/Paris",
        "2025-01-01T01:00:00+01:00[]",
        "2025-01-01T01:00:00+01:00[Europe/Atlantis]",
        "2025-02-30T00:00:00Z",
        "",
        "12345"
      })
  void textsThatAreNoCompleteMomentAreTexts(String text) {
    assertThat(of(text).kind()).isEqualTo(Kind.TEXT);
    assertThat(of(text).value()).isEqualTo(text);
  }

  @Test
  void othersHaveNoValue() {
    List<Object> others =
        Arrays.asList(
            null,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            List.of(1),
            Map.of(),
            new Object(),
            new byte[0],
            String.class);
    for (Object other : others) {
      assertThat(FieldValue.of(other)).as("%s", other).isEmpty();
    }
  }

  @Test
  void operandsOfOtherTypesAreRefused() {
    assertThatThrownBy(() -> FieldValue.operand("f", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "operand for field 'f' is null; allowed are numbers, strings, booleans, enums, UUIDs"
                + " and java.time values; to find items without the field use exists false");
    assertThatThrownBy(() -> FieldValue.operand("f", List.of(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("operand for field 'f' is '[1]' of type java.util.")
        .hasMessageEndingWith("java.time values");
  }

  @Test
  void comparesWithinOneKindOnly() {
    List<List<FieldValue>> kinds =
        List.of(
            List.of(of(-1), of(0.5), of(BigInteger.TEN.pow(30))),
            List.of(of("A"), of("a"), of("\uffff"), of("\ud800\udc00")),
            List.of(of(false), of(true)),
            List.of(of(Instant.EPOCH), of("2025-01-01T00:00:00Z")));
    for (List<FieldValue> kind : kinds) {
      for (List<FieldValue> other : kinds) {
        for (int i = 0; i < kind.size(); i++) {
          for (int j = 0; j < other.size(); j++) {
            if (kind.equals(other)) {
              assertThat(Integer.signum(kind.get(i).compare(other.get(j)).orElseThrow()))
                  .isEqualTo(Integer.signum(Integer.compare(i, j)));
            } else {
              assertThat(kind.get(i).compare(other.get(j))).isEmpty();
              assertThat(kind.get(i)).isNotEqualTo(other.get(j));
            }
          }
        }
      }
    }
  }

  @Test
  void scoresOfNumbersAndMoments() {
    assertThat(of(1.5).score()).hasValue(1.5);
    assertThat(of(Instant.parse("1970-01-01T00:00:01.000001999Z")).score())
        .hasValue(Math.nextUp(1_000_001d));
    assertThat(of(Instant.parse("1969-12-31T23:59:59.999999999Z")).score())
        .hasValue(Math.nextUp(-1d));
    assertThat(of(Instant.parse("2025-01-01T00:00:00.123451999Z")).score())
        .hasValue(1_735_689_600_123_451d);
    assertThat(of(new BigDecimal("1E400")).score()).hasValue(Double.MAX_VALUE);
    assertThat(of(new BigDecimal("-1E400")).score()).hasValue(-Double.MAX_VALUE);
    assertThat(of(1_000_000_000_000_000_001L).score()).hasValue(Math.nextUp(1e18));
    assertThat(of(999_999_999_999_999_999L).score()).hasValue(Math.nextDown(1e18));
    assertThat(of(new BigDecimal("5.00000000000000000000")).score()).hasValue(5d);
    assertThat(of("1").score()).isEmpty();
    assertThat(of(true).score()).isEmpty();
  }

  @Test
  void scoresNeverContradictTheOrder() {
    long seed = Long.getLong("stowage.seed", System.nanoTime());
    System.out.println("scoresNeverContradictTheOrder seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      FieldValue a = random.nextBoolean() ? randomNumber(random) : randomMoment(random);
      FieldValue b = random.nextBoolean() ? randomNumber(random) : randomMoment(random);
      a.compare(b)
          .ifPresent(
              order -> {
                int byScore = Double.compare(a.score().orElseThrow(), b.score().orElseThrow());
                assertThat(order == 0 ? byScore == 0 : byScore * order >= 0)
                    .as("seed %d: %s and %s", seed, a, b)
                    .isTrue();
              });
    }
  }

  @Test
  void whatIsNotSharedIsThePlaceOfOneValue() {
    long seed = System.nanoTime();
    System.out.println("whatIsNotSharedIsThePlaceOfOneValue seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      FieldValue a = random.nextBoolean() ? randomNumber(random) : randomMoment(random);
      double score = a.score().orElseThrow();
      BigDecimal exact = BigDecimal.valueOf(random.nextInt(-3, 4), random.nextInt(40));
      BigDecimal near = new BigDecimal(score).add(exact);
      FieldValue b = of(near);
      if (a.kind() == FieldValue.Kind.NUMBER && b.score().orElseThrow() == score && !a.equals(b)) {
        assertThat(FieldValue.isShared(score)).as("seed %d: %s and %s", seed, a, b).isTrue();
      }
    }
    for (Object alone : List.of(0, 1, 0.1, 19.99, -7.5, 999_999_999_999_999L, 1e300, 1e18)) {
      assertThat(FieldValue.isShared(of(alone).score().orElseThrow())).as("%s", alone).isFalse();
    }
    assertThat(FieldValue.isShared(0x1p60)).isTrue();
    assertThat(FieldValue.isShared(1_735_689_600_123_451d)).isTrue();
    assertThat(FieldValue.isShared(1_735_689_600_123_000d)).isFalse();
    assertThat(FieldValue.isShared(Double.MIN_VALUE)).isTrue();
    assertThat(FieldValue.isShared(Double.NEGATIVE_INFINITY)).isFalse();
  }

  private static FieldValue randomNumber(Random random) {
    return of(
        switch (random.nextInt(4)) {
          case 0 -> random.nextInt(5) - 2;
          case 1 -> random.nextLong();
          case 2 -> random.nextGaussian();
          default ->
              new BigDecimal(new BigInteger(random.nextInt(90), random), random.nextInt(60) - 30);
        });
  }

  private static FieldValue randomMoment(Random random) {
    return of(Instant.ofEpochSecond(random.nextInt(5), random.nextInt(1_000_000_000)));
  }

  private static FieldValue randomValue(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> randomNumber(random);
      case 1 -> randomMoment(random);
      case 2 -> of(random.nextBoolean());
      case 3 ->
          of(
              List.of("#1", "1", "?true", "true", "\\#1", "\\\\#1", "", "@", "\\", "é")
                  .get(random.nextInt(10)));
      default -> of(randomText(random));
    };
  }

  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      int bound = List.of(0x80, 0x800, 0x1_0000, 0x11_0000).get(random.nextInt(4));
      int codePoint = random.nextInt(bound);
      boolean isSurrogate =
          codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
      text.appendCodePoint(isSurrogate ? '#' : codePoint);
    }
    return text.toString();
  }

  @Test
  void canonicalTextsAreEqualExactlyForEqualValues() {
    long seed = Long.getLong("stowage.seed", System.nanoTime());
    System.out.println("canonicalTextsAreEqualExactlyForEqualValues seed " + seed);
    Random random = new Random(seed);
    List<FieldValue> values = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      values.add(randomValue(random));
    }
    for (FieldValue a : values) {
      for (FieldValue b : values) {
        if (a.equals(b) != a.canonicalText().equals(b.canonicalText())) {
          throw new AssertionError("seed " + seed + ": " + a + " and " + b);
        }
      }
    }
  }

  @Test
  void canonicalTextsOfEachKind() {
    assertThat(of(1200).canonicalText()).isEqualTo("#1200");
    assertThat(of(new BigDecimal("1.20E-7")).canonicalText()).isEqualTo("#1.2E-7");
    assertThat(of(BigDecimal.TEN.pow(19)).canonicalText()).isEqualTo("#1" + "0".repeat(19));
    assertThat(of(BigDecimal.TEN.pow(20)).canonicalText()).isEqualTo("#1E+20");
    assertThat(of(new BigDecimal("0E+99")).canonicalText()).isEqualTo("#0");
    assertThat(of(false).canonicalText()).isEqualTo("?false");
    assertThat(of("user").canonicalText()).isEqualTo("user");
    assertThat(of("").canonicalText()).isEmpty();
    for (String special : List.of("#", "?x", "@2", "\\")) {
      assertThat(of(special).canonicalText()).isEqualTo("\\" + special);
    }
  }

  @Test
  void textsAreShownShort() {
    assertThat(of("short")).hasToString("\"short\"");
    assertThat(of("ü".repeat(100))).hasToString('"' + "ü".repeat(80) + "… (200 bytes)\"");
    assertThat(of(5)).hasToString("5");
  }

  @Test
  void codePointOrderIsTheOrderOfUtf8Bytes() {
    long seed = Long.getLong("stowage.seed", System.nanoTime());
    System.out.println("codePointOrderIsTheOrderOfUtf8Bytes seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      String a = randomText(random);
      String b = random.nextBoolean() ? randomText(random) : a + randomText(random);
      int expected =
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
      assertThat(Integer.signum(CodePointOrder.compare(a, b)))
          .as("seed %d: %s and %s", seed, a, b)
          .isEqualTo(Integer.signum(expected));
    }
  }
}
