package io.stowage.adapter.memory;

import io.stowage.api.Version;
import io.stowage.spi.Commit;
import io.stowage.spi.CommitResult.Status;
import io.stowage.spi.Expiry;
import io.stowage.spi.Precondition;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Whether a write may be applied to what is stored, at a moment. */
final class WriteRules {

  private WriteRules() {}

  /** What becomes of a commit, by the record in its place; null if there is none. */
  static Status check(Commit commit, @Nullable HeapRecord stored, Instant now) {
    if (!holds(commit.precondition(), stored)) {
      return Status.PRECONDITION_FAILED;
    }
    if (expiresAt(commit.expiry(), stored, now.toEpochMilli()) <= now.toEpochMilli()) {
      return Status.EXPIRED;
    }
    long oldest = micros(now) - TimeUnit.MICROSECONDS.convert(commit.grace());
    if (commit.version().micros() < oldest) {
      return Status.TOO_OLD;
    }
    boolean isNewer = stored == null || commit.version().isNewerThan(stored.version());
    return isNewer ? Status.APPLIED : Status.NOT_NEWER;
  }

  private static boolean holds(Precondition precondition, @Nullable HeapRecord stored) {
    return switch (precondition.kind()) {
      case NONE -> true;
      case ABSENT -> stored == null;
      case VERSION -> stored != null && stored.version().equals(precondition.version());
    };
  }

  /** Whether a record has the version that a write expects; null expects any. */
  static boolean isExpected(@Nullable Version expected, HeapRecord stored) {
    return expected == null || expected.equals(stored.version());
  }

  /** The record unless it is expired. */
  static @Nullable HeapRecord present(@Nullable HeapRecord held, long nowMillis) {
    return held == null || held.isExpired(nowMillis) ? null : held;
  }

  /** When a record expires that takes the place of another; null if there is none. */
  static long expiresAt(Expiry expiry, @Nullable HeapRecord stored, long nowMillis) {
    long present = stored == null ? HeapRecord.NEVER : stored.expiresAt();
    return switch (expiry.kind()) {
      case NEVER -> HeapRecord.NEVER;
      case AFTER -> nowMillis + expiry.millis();
      case AT -> expiry.millis();
      case KEEP -> present;
      case EXTEND -> {
        long least = nowMillis + expiry.millis();
        yield present == HeapRecord.NEVER ? least : Math.max(present, least);
      }
    };
  }

  static long micros(Instant moment) {
    return TimeUnit.SECONDS.toMicros(moment.getEpochSecond()) + moment.getNano() / 1_000;
  }
}
