package io.stowage.core.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ItemExpiryTest {

  static Stream<Arguments> moments() {
    return Stream.of(
        Arguments.of(0, "1970-01-01T00:00:00Z"),
        Arguments.of(1_893_456_000L, "2030-01-01T00:00:00Z"),
        Arguments.of(1_893_456_000.25, "2030-01-01T00:00:00.250Z"),
        Arguments.of(new BigDecimal("1893456000.9999"), "2030-01-01T00:00:00.999Z"),
        Arguments.of(253_402_300_799L, "9999-12-31T23:59:59Z"),
        Arguments.of("2030-01-01T00:00:00Z", "2030-01-01T00:00:00Z"),
        Arguments.of("2030-01-01T02:00:00.5+02:00", "2030-01-01T00:00:00.500Z"),
        Arguments.of(Instant.parse("2030-01-01T00:00:00.123Z"), "2030-01-01T00:00:00.123Z"),
        Arguments.of(OffsetDateTime.parse("2030-01-01T01:00+01:00"), "2030-01-01T00:00:00Z"));
  }

  @ParameterizedTest
  @MethodSource("moments")
  void theseAreMoments(Object given, String moment) {
    assertThat(ItemExpiry.parse(given)).isEqualTo(Instant.parse(moment));
  }

  @Test
  void nothingIsNoMoment() {
    assertThat(ItemExpiry.parse(null)).isNull();
  }

  static Stream<Object> refused() {
    return Stream.of(
        1_893_456_000_000L,
        253_402_300_800L,
        -1,
        -0.001,
        Double.NaN,
        true,
        "",
        "tomorrow",
        "1893456000",
        "2030-01-01",
        "2030-01-01T00:00:00",
        LocalDate.EPOCH,
        List.of(1),
        Instant.parse("1969-12-31T23:59:59.999Z"),
        Instant.parse("9999-12-31T23:59:59.500Z"),
        Instant.parse("+10000-01-01T00:00:00Z"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void theseAreRefused(Object given) {
    assertThatThrownBy(() -> ItemExpiry.parse(given))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expires_at is '" + given + "'")
        .hasMessageContaining("seconds since 1970");
  }

  /** Each of these would be written out with all its zeros by the arithmetic of decimals. */
  static Stream<BigDecimal> hostile() {
    return Stream.of(
        new BigDecimal("1E-10000000"),
        new BigDecimal("1E-1000000000"),
        new BigDecimal("1893456000." + "0".repeat(1_000) + "1"),
        new BigDecimal("1E+1000000000"),
        new BigDecimal(BigInteger.TEN, Integer.MIN_VALUE));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void numbersWithMoreDigitsThanAMomentAreRefusedByTheirSize(BigDecimal given) {
    assertRefusedAtOnce(given);
  }

  @Test
  void numbersOfMillionsOfDigitsAreRefusedByTheirSize() {
    assertRefusedAtOnce(BigInteger.ONE.shiftLeft(50_000_000));
    assertRefusedAtOnce(new BigDecimal(BigInteger.ONE.shiftLeft(50_000_000), 15_000_000));
  }

  private static void assertRefusedAtOnce(Number given) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () ->
            assertThatThrownBy(() -> ItemExpiry.parse(given))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expires_at is ")
                .hasMessageContaining("at most 1000 digits after the point"));
  }

  @Test
  void theSmallestDoublesAreTheBeginningOfTime() {
    assertThat(ItemExpiry.parse(Double.MIN_VALUE)).isEqualTo(Instant.EPOCH);
  }
}
