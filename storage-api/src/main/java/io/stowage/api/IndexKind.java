package io.stowage.api;

import java.util.Locale;

/** What conditions an index serves, and what it shows. */
public enum IndexKind {
  /** {@code eq} and {@code in}: the items are kept by value, in the order of the order field. */
  EXACT,
  /** {@code eq}, {@code gt}, {@code gte}, {@code lt}, {@code lte} on numbers and moments. */
  RANGE,
  /**
   * {@code eq} and {@code in}, as {@link #EXACT}, but of a value only a keyed hash is kept: who has
   * no key cannot tell the value, only which items have the same one.
   */
  BLIND;

  /** The kind's name in definitions and messages: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether items are kept by value, rather than by their place on a line. */
  public boolean isByValue() {
    return this != RANGE;
  }
}
