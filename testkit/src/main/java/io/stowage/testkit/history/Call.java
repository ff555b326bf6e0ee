package io.stowage.testkit.history;

import io.stowage.api.Version;
import org.jspecify.annotations.Nullable;

/** What an operation asked of an item. No two writes of one item may carry the same value. */
public sealed interface Call {

  /** A call that may store a value. */
  sealed interface Write extends Call {

    /** What it stores. */
    String value();

    /** When that vanishes by itself. */
    Lifetime lifetime();
  }

  /** Stores a value unconditionally. */
  record Save(String value, Lifetime lifetime) implements Write {}

  /** Stores a value if there is none. */
  record Insert(String value, Lifetime lifetime) implements Write {}

  /** Stores a value if the one stored has exactly the expected version. */
  record Replace(String value, Version expected, Lifetime lifetime) implements Write {}

  /**
   * Reads a value and stores another one if nothing was written meanwhile.
   *
   * @param seen the value that the last attempt read, which counts as a read even if the update
   *     failed; null if none of them found one
   * @param value what the last attempt was about to store
   */
  record Update(@Nullable String seen, String value, Lifetime lifetime) implements Write {}

  /** Removes the value, whatever it is. */
  record Delete() implements Call {}

  /** Reads the value by the item's id. */
  record Load() implements Call {}

  /** Reads the value by a query that matches the item whatever its value. */
  record Find() implements Call {}
}
