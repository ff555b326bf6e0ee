package io.stowage.spi;

import io.stowage.api.Version;

/**
 * A record as it is stored.
 *
 * @param version its version
 * @param payload the item's encoded form; the reader's own copy
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; a copy would cost an allocation
public record StoredRecord(Version version, byte[] payload) {}
