package io.stowage.api;

/**
 * The order of strings by Unicode code points, which is the order of their UTF-8 bytes. {@link
 * String#compareTo} orders by UTF-16 units, and differs where surrogates are involved.
 */
public final class CodePointOrder {

  private CodePointOrder() {}

  /** Negative, zero or positive as {@code left} comes before, with or after {@code right}. */
  public static int compare(String left, String right) {
    int shorter = Math.min(left.length(), right.length());
    for (int i = 0; i < shorter; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean bothBesideSurrogates = a >= Character.MIN_SURROGATE && b >= Character.MIN_SURROGATE;
        return bothBesideSurrogates
            ? Integer.compare(aboveSurrogates(a), aboveSurrogates(b))
            : Character.compare(a, b);
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  /** Puts surrogates, which stand for code points above U+FFFF, after U+E000 to U+FFFF. */
  private static int aboveSurrogates(char unit) {
    return Character.isSurrogate(unit) ? unit + 0x1_0000 : unit;
  }
}
