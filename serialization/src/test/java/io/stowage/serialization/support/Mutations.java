package io.stowage.serialization.support;

/** How many damaged values a test makes up: what the tier of the run asks for. */
public final class Mutations {

  private Mutations() {}

  /**
   * The number for this run.
   *
   * @param full in the full tier; a tenth of them unless it is asked for, ten times as many in the
   *     long tests
   */
  public static int of(int full) {
    return switch (System.getProperty("stowage.tier", "verify")) {
      case "full" -> full;
      case "soak" -> 10 * full;
      default -> full / 10;
    };
  }
}
