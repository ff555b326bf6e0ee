package io.stowage.spi;

import io.stowage.api.Version;
import org.jspecify.annotations.Nullable;

/**
 * A record as it is stored.
 *
 * @param version its version
 * @param payload the item's encoded form; the reader's own copy
 * @param damage why the record is not as it was written, if the adapter found that; null if not
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; a copy would cost an allocation
public record StoredRecord(Version version, byte[] payload, @Nullable String damage) {

  /** A record in which the adapter found no damage. */
  public StoredRecord(Version version, byte[] payload) {
    this(version, payload, null);
  }
}
