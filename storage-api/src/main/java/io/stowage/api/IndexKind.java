package io.stowage.api;

import java.util.Locale;

/** What conditions an index serves. */
public enum IndexKind {
  /** {@code eq} and {@code in}: the items are kept by value, in the order of the order field. */
  EXACT,
  /** {@code eq}, {@code gt}, {@code gte}, {@code lt}, {@code lte} on numbers and moments. */
  RANGE;

  /** The kind's name in definitions and messages: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
