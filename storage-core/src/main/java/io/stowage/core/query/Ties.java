package io.stowage.core.query;

import io.stowage.api.FieldValue;
import io.stowage.spi.EntryRef;
import org.jspecify.annotations.Nullable;

/**
 * Which entries must be looked at together, because their score alone does not tell their order.
 */
enum Ties {
  /** None: no order is asked for, or the score tells it. */
  NONE,
  /** Those of a score that different values may have. */
  OF_SHARED_SCORES;

  /** Whether an entry is in a group that does not end with the one before it. */
  boolean hold(@Nullable EntryRef before, EntryRef next) {
    return this != NONE
        && before != null
        && before.score() == next.score()
        && FieldValue.isShared(next.score());
  }

  /** Whether an entry may be in a group. */
  boolean mayHold(EntryRef entry) {
    return this != NONE && FieldValue.isShared(entry.score());
  }
}
