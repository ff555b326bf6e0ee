package io.stowage.core.definition;

import io.stowage.spi.AdapterException;

/**
 * Of which schema version of its items the entries of a store's indexes are. Entries are computed
 * from items, so those of another shape say something else.
 *
 * @param version the schema version of all entries
 * @param next the schema version that a reindex is bringing them to; else the same
 */
public record StoredSchema(int version, int next) {

  static final StoredSchema FIRST = new StoredSchema(1, 1);

  static StoredSchema of(int version) {
    return new StoredSchema(version, version);
  }

  /** Whether entries tell of items of this schema version what is true. */
  public boolean isTrustedBy(int items) {
    return version == items && next == items;
  }

  /**
   * Whether what is written with items of this schema version has the entries that readers need.
   */
  public boolean isWritableBy(int items) {
    return items >= next;
  }

  /**
   * Refuses writes with items of a schema version of which no reader expects new entries.
   *
   * @throws AdapterException if the indexes have come to a later one
   */
  public void requireWritableBy(int items) {
    if (!isWritableBy(items)) {
      throw AdapterException.refused(
          "the indexes are of schema version "
              + next
              + ", and items of this program of "
              + items
              + ": programs of the later one would not find what it writes",
          null);
    }
  }

  /** Whether entries are being brought to another version, or that was interrupted. */
  public boolean isChanging() {
    return version != next;
  }
}
