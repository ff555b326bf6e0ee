package io.stowage.core.definition;

import io.stowage.spi.AdapterException;
import io.stowage.spi.PersistencePort;
import io.stowage.spi.ScanPage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores a definition where there is none. Either the store is new, or its data was removed, or the
 * definition alone was lost: evicted, or left out of what was restored. In the last case there are
 * records, of which nobody who was not there can tell in which indexes they are.
 */
final class FirstDefinition implements MissingDefinition {

  private static final Logger LOG = LoggerFactory.getLogger(FirstDefinition.class);
  private static final int KEYS_AT_ONCE = 10_000;

  private final PersistencePort records;

  FirstDefinition(PersistencePort records) {
    this.records = records;
  }

  /**
   * The definition of a store that is opened. A round trip, and for a store that has none one more
   * for each 10,000 keys of the backend.
   *
   * @throws AdapterException if there are records and no definition
   */
  @Override
  public String begin(StoredDefinition own) {
    if (!hasRecords()) {
      return records.define(DefinitionText.write(own.begunAnew()));
    }
    return records
        .definition()
        .orElseThrow(
            () ->
                AdapterException.refused(
                    "the store has records but no definition: it was evicted, or was missing in"
                        + " what was restored, so nobody knows which indexes are complete; a"
                        + " program that has the store open puts it back, else"
                        + " Maintenance.reindex defines it anew and builds its indexes",
                    null));
  }

  /** Of what is known for long, indexes count as complete only if there are no records. */
  @Override
  public String putBack(StoredDefinition known, boolean isFresh) {
    if (isFresh || !hasRecords()) {
      return records.define(DefinitionText.write(known.fromItsBegin().begunAnew()));
    }
    LOG.warn(
        "the store's definition is gone, and its indexes may have been changed since it was read"
            + " here; they are not used until a reindex has built them: {}",
        known);
    return records.define(DefinitionText.write(known.toBeBuilt().begunAnew()));
  }

  private boolean hasRecords() {
    String from = ScanPage.START;
    while (from != null) {
      ScanPage page = records.scan(from, KEYS_AT_ONCE);
      if (!page.ids().isEmpty()) {
        return true;
      }
      from = page.next();
    }
    return false;
  }
}
