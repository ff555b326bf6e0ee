package io.stowage.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {

  private static final long MAX_MICROS = (1L << 52) - 1;

  @Test
  void holdsMicrosAboveTheSuffix() {
    Version version = Version.of(0x123456789abcdL, 0xfed);

    assertThat(version.bits()).isEqualTo(0x123456789abcdfedL);
    assertThat(version.micros()).isEqualTo(0x123456789abcdL);
    assertThat(version).hasToString("123456789abcdfed");
    assertThat(Version.of(1_500_000, 7).instant())
        .isEqualTo(Instant.parse("1970-01-01T00:00:01.5Z"));
    assertThat(Version.of(MAX_MICROS, 0xfff).bits()).isEqualTo(-1L);
    assertThat(Version.of(MAX_MICROS, 0xfff).micros()).isEqualTo(MAX_MICROS);
  }

  @Test
  void ordersAsUnsignedNumbersAndAsTexts() {
    long seed = Long.getLong("stowage.seed", System.nanoTime());
    System.out.println("ordersAsUnsignedNumbersAndAsTexts seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      Version a = new Version(random.nextLong());
      Version b = new Version(random.nextLong());
      int expected = Integer.signum(Long.compareUnsigned(a.bits(), b.bits()));
      assertThat(Integer.signum(a.compareTo(b))).as("seed %d", seed).isEqualTo(expected);
      assertThat(Integer.signum(a.toString().compareTo(b.toString()))).isEqualTo(expected);
      assertThat(a.isNewerThan(b)).isEqualTo(expected > 0);
      assertThat(Version.parse(a.toString())).isEqualTo(a);
    }
    assertThat(new Version(-1).isNewerThan(new Version(1))).isTrue();
    assertThat(new Version(1).isNewerThan(new Version(1))).isFalse();
  }

  @Test
  void refusesWhatDoesNotFit() {
    for (long micros : new long[] {-1, MAX_MICROS + 1}) {
      assertThatThrownBy(() -> Version.of(micros, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("micros is %d; allowed is 0 to 4503599627370495 (52 bits)", micros);
    }
    for (int suffix : new int[] {-1, 4096}) {
      assertThatThrownBy(() -> Version.of(0, suffix))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("suffix is %d; allowed is 0 to 4095 (12 bits)", suffix);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "123", "123456789abcdefg", "123456789abcdef01", "+23456789abcdef0"})
  void refusesTextsThatAreNoVersion(String text) {
    assertThatThrownBy(() -> Version.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("version is '%s'; allowed is 16 hexadecimal digits", text);
  }
}
