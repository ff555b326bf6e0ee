package io.stowage.core.maintenance;

import io.stowage.api.StoreDefinition.IndexDefinition;
import io.stowage.core.definition.IndexState;
import io.stowage.core.definition.StoredDefinition;
import io.stowage.core.item.ItemMapper;
import io.stowage.spi.AdapterException;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.ScanPage;
import io.stowage.spi.SerializationException;
import io.stowage.spi.StorePorts;
import io.stowage.spi.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds the entries of all records to the indexes that are being built. It may only run once every
 * writer knows of these: then a record either was there before and is met by the scan, or was
 * written with its entries. An entry of a record that is replaced meanwhile is a dead one. Used by
 * one thread.
 *
 * <p>A record that cannot be decoded is in no index that is built over it, so that index must not
 * be read. The stored position stays before such a record: another run meets it again.
 */
final class Backfill<T> {

  private static final Logger LOG = LoggerFactory.getLogger(Backfill.class);
  private static final int ENTRIES_AT_ONCE = 10_000;

  /** After so many parts of the scan its position is stored, to go on from there. */
  private static final int PARTS_A_POSITION = 10;

  private final StorePorts ports;
  private final ItemMapper<T> mapper;
  private final int batchSize;
  private long records;
  private long entries;
  private long undecodable;

  Backfill(StorePorts ports, ItemMapper<T> mapper, int batchSize) {
    this.ports = ports;
    this.mapper = mapper;
    this.batchSize = batchSize;
  }

  long records() {
    return records;
  }

  long entries() {
    return entries;
  }

  long undecodable() {
    return undecodable;
  }

  /** Whether every record that was met is in the indexes. */
  boolean isComplete() {
    return undecodable == 0;
  }

  /**
   * Goes on from the position of the definition to the end. Three round trips a batch.
   *
   * @throws AdapterException if an item has a value that an index cannot hold
   */
  void run(DefinitionChange change, Vigil vigil) {
    StoredDefinition definition = change.now();
    List<IndexDefinition> indexes = definition.in(IndexState.BUILDING);
    int parts = 0;
    for (String from = definition.position().orElseThrow(); from != null; ) {
      vigil.step("records", records);
      ScanPage page = ports.records().scan(from, batchSize);
      if (!page.ids().isEmpty()) {
        add(page.ids(), indexes);
      }
      from = page.next();
      parts++;
      if (from != null && parts % PARTS_A_POSITION == 0 && isComplete()) {
        change.to(change.now().at(from));
      }
    }
    vigil.step("records", records);
  }

  /**
   * Adds the entries of all records to some indexes. Three round trips a batch.
   *
   * @throws AdapterException if an item has a value that an index cannot hold
   */
  void runAnew(List<IndexDefinition> indexes, Vigil vigil) {
    for (String from = ScanPage.START; from != null; ) {
      vigil.step("records", records);
      ScanPage page = ports.records().scan(from, batchSize);
      if (!page.ids().isEmpty()) {
        add(page.ids(), indexes);
      }
      from = page.next();
    }
    vigil.step("records", records);
  }

  private void add(List<String> ids, List<IndexDefinition> indexes) {
    List<@Nullable StoredRecord> found = ports.records().read(ids);
    List<IndexEntry> missing = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      StoredRecord record = found.get(i);
      if (record != null) {
        records++;
        missing.addAll(entriesOf(ids.get(i), record, indexes));
      }
    }
    for (int from = 0; from < missing.size(); from += ENTRIES_AT_ONCE) {
      ports.indexes().add(missing.subList(from, Math.min(missing.size(), from + ENTRIES_AT_ONCE)));
    }
    entries += missing.size();
  }

  private List<IndexEntry> entriesOf(
      String id, StoredRecord record, List<IndexDefinition> indexes) {
    try {
      return mapper.terms(mapper.decode(id, record), indexes).entries(id, record.version());
    } catch (SerializationException e) {
      undecodable++;
      LOG.warn(
          "item '{}' of store '{}' cannot be decoded and is in no new index: {}",
          id,
          mapper.type().store(),
          e.getMessage());
      return List.of();
    } catch (IllegalArgumentException e) {
      throw AdapterException.refused(
          e.getMessage() + "; change the item or delete it, and reindex again", e);
    }
  }
}
