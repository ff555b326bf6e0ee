package io.stowage.api;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/**
 * The version of a stored item: it grows with every write of that item and is never used twice.
 *
 * <p>The upper 52 bits are microseconds since 1970 of a hybrid logical clock (Kulkarni et al.,
 * <em>Logical Physical Clocks</em>, 2014), the lower 12 bits are random, so that two writers that
 * pick the same microsecond still differ. Versions order as unsigned numbers.
 *
 * @param bits the 64 bits of the version
 */
public record Version(long bits) implements Comparable<Version> {

  private static final int RANDOM_BITS = 12;
  private static final long MAX_MICROS = -1L >>> RANDOM_BITS;

  /**
   * A version of a moment and 12 bits that tell writers apart.
   *
   * @throws IllegalArgumentException if {@code micros} does not fit 52 bits or {@code suffix} 12
   */
  public static Version of(long micros, int suffix) {
    if (micros < 0 || micros > MAX_MICROS) {
      throw new IllegalArgumentException(
          "micros is " + micros + "; allowed is 0 to " + MAX_MICROS + " (52 bits)");
    }
    if (suffix < 0 || suffix >= 1 << RANDOM_BITS) {
      throw new IllegalArgumentException(
          "suffix is " + suffix + "; allowed is 0 to " + ((1 << RANDOM_BITS) - 1) + " (12 bits)");
    }
    return new Version(micros << RANDOM_BITS | suffix);
  }

  /**
   * Reads what {@link #toString()} wrote.
   *
   * @throws IllegalArgumentException if the text is not 16 hexadecimal digits
   */
  public static Version parse(String text) {
    if (text.length() != 16) {
      throw new IllegalArgumentException(
          "version is '" + text + "'; allowed is 16 hexadecimal digits");
    }
    try {
      return new Version(HexFormat.fromHexDigitsToLong(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "version is '" + text + "'; allowed is 16 hexadecimal digits", e);
    }
  }

  /** Microseconds since 1970 at which this version was taken, by the clock of its writer. */
  public long micros() {
    return bits >>> RANDOM_BITS;
  }

  /** The moment at which this version was taken, by the clock of its writer. */
  public Instant instant() {
    return Instant.EPOCH.plus(micros(), ChronoUnit.MICROS);
  }

  public boolean isNewerThan(Version other) {
    return compareTo(other) > 0;
  }

  @Override
  public int compareTo(Version other) {
    return Long.compareUnsigned(bits, other.bits);
  }

  /** Sixteen hexadecimal digits; their alphabetical order is the order of versions. */
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(bits);
  }
}
