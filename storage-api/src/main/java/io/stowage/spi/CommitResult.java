package io.stowage.spi;

import io.stowage.api.Version;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a {@link Commit}.
 *
 * @param status what happened
 * @param serverMicros the backend's clock when it happened, in microseconds since 1970
 * @param stored the record that was there before: the replaced one if the commit was applied, the
 *     current one if it was refused; null if there was none
 * @param payload the payload of the replaced record, if the commit was applied and it is at most
 *     {@link #MAX_PAYLOAD} bytes long; else null
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; a copy would cost an allocation
public record CommitResult(
    Status status, long serverMicros, @Nullable Version stored, byte @Nullable [] payload) {

  /** Payloads of replaced and removed records that are longer, in bytes, are not answered. */
  public static final int MAX_PAYLOAD = 65_536;

  /** What became of a commit. */
  public enum Status {
    /** The record is stored. */
    APPLIED,
    /** The precondition does not hold: nothing was changed. */
    PRECONDITION_FAILED,
    /** The expiry is a moment that is past: nothing was changed. */
    EXPIRED,
    /** The version is older than the grace period: nothing was changed. */
    TOO_OLD,
    /** The stored version is the same or newer: nothing was changed. */
    NOT_NEWER
  }
}
