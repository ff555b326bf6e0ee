package io.stowage.adapter.memory;

import io.stowage.api.TimeToLive;
import io.stowage.api.Version;
import io.stowage.spi.Commit;
import io.stowage.spi.CommitResult;
import io.stowage.spi.StoredRecord;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A record in the heap. Immutable: its bytes belong to it alone and are copied on their way out.
 *
 * @param version its version
 * @param payload its bytes
 * @param expiresAt when it expires, in milliseconds since 1970; {@link #NEVER} if it does not
 * @param added the index entries that came with it: they go when it is replaced or removed
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; never handed out
record HeapRecord(Version version, byte[] payload, long expiresAt, AddedEntries added) {

  static final long NEVER = Long.MAX_VALUE;

  /** The record of a commit, as if it did not expire; its payload is copied. */
  static HeapRecord of(Commit commit, AddedEntries added) {
    return new HeapRecord(commit.version(), commit.payload().clone(), NEVER, added);
  }

  boolean isExpired(long nowMillis) {
    return expiresAt <= nowMillis;
  }

  boolean expires() {
    return expiresAt != NEVER;
  }

  HeapRecord expiringAt(long millis) {
    return new HeapRecord(version, payload, millis, added);
  }

  HeapRecord holding(byte[] bytes) {
    return new HeapRecord(version, bytes, expiresAt, added);
  }

  StoredRecord copy() {
    return new StoredRecord(version, payload.clone());
  }

  /** A copy of the bytes, unless they are more than an answer to a write carries. */
  byte @Nullable [] answerable() {
    return payload.length <= CommitResult.MAX_PAYLOAD ? payload.clone() : null;
  }

  TimeToLive timeToLive(long nowMillis) {
    return expires()
        ? TimeToLive.of(Duration.ofMillis(expiresAt - nowMillis))
        : TimeToLive.unlimited();
  }
}
