package io.stowage.spi;

import io.stowage.api.Version;

/**
 * A request to keep the same item in other bytes.
 *
 * @param id the item's id
 * @param version the version that the record must have; it stays
 * @param payload the payload that takes the place of the present one
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; a copy would cost an allocation
public record Repacking(String id, Version version, byte[] payload) {}
