package io.stowage.core.maintenance;

import io.stowage.api.StoreDefinition.IndexDefinition;
import io.stowage.core.item.ItemMapper;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.StorePorts;
import java.util.List;

/**
 * Brings the entries of all records to the present schema version: adds those that are missing, and
 * then removes those that say what is no longer so. It may only run once nobody writes items of an
 * earlier version any more. Used by one thread.
 */
final class EntryRefresh<T> {

  private final StorePorts ports;
  private final ItemMapper<T> mapper;
  private final int batchSize;

  EntryRefresh(StorePorts ports, ItemMapper<T> mapper, int batchSize) {
    this.ports = ports;
    this.mapper = mapper;
    this.batchSize = batchSize;
  }

  /**
   * Looks at all records and all entries of some indexes. Three round trips a batch of records, two
   * a batch of entries.
   *
   * @param backfill adds and counts
   * @throws io.stowage.spi.AdapterException if an item has a value that an index cannot hold
   */
  void run(List<IndexDefinition> indexes, Backfill<T> backfill, Vigil vigil) {
    backfill.runAnew(indexes, vigil);
    FalseEntries<T> falseEntries = new FalseEntries<>(ports.records(), mapper);
    EntryWalk walk =
        new EntryWalk(
            ports.indexes(),
            batchSize,
            term -> indexes.contains(new IndexDefinition(term.index(), term.kind())));
    long looked = 0;
    while (!walk.isDone()) {
      vigil.step("entries", looked);
      List<IndexEntry> chunk = walk.next(batchSize);
      looked += chunk.size();
      List<IndexEntry> found = falseEntries.among(chunk);
      if (!found.isEmpty()) {
        ports.indexes().remove(found);
      }
    }
  }
}
