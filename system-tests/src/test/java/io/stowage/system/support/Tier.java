package io.stowage.system.support;

import java.util.Arrays;
import java.util.Locale;

/**
 * How much is done of a test that could go on for ever: what the tier of this run asks for. The
 * build sets it with the system property {@code stowage.tier}.
 */
public enum Tier {
  /** On every save. */
  QUICK,
  /** Before a change is sent. */
  VERIFY,
  /** Before it is merged. */
  FULL,
  /** For hours. */
  SOAK;

  private static final String PROPERTY = "stowage.tier";

  /**
   * The tier of this run; {@link #VERIFY} where nothing says otherwise, as in an IDE.
   *
   * @throws IllegalArgumentException if the property names none
   */
  public static Tier current() {
    String name = System.getProperty(PROPERTY, "verify");
    return Arrays.stream(values())
        .filter(tier -> tier.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    PROPERTY + " is '" + name + "'; it may be quick, verify, full or soak"));
  }

  /** The value for the current tier; what runs on every save is as short as what is verified. */
  public static <T> T choose(T verify, T full, T soak) {
    return switch (current()) {
      case QUICK, VERIFY -> verify;
      case FULL -> full;
      case SOAK -> soak;
    };
  }
}
