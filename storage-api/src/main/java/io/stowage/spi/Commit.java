package io.stowage.spi;

import io.stowage.api.Version;
import java.time.Duration;

/**
 * A request to store a record.
 *
 * @param id the item's id
 * @param version the version of the record; it was used for no other commit
 * @param payload the item's encoded form; the adapter must not change it, and copies it if it keeps
 *     it
 * @param expiry when the record expires
 * @param precondition what must be stored now
 * @param grace how much older than the backend's clock the version may be
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; a copy would cost an allocation
public record Commit(
    String id,
    Version version,
    byte[] payload,
    Expiry expiry,
    Precondition precondition,
    Duration grace)
    implements AtomicWrite {}
