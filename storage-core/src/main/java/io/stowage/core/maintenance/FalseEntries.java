package io.stowage.core.maintenance;

import io.stowage.core.definition.StoredDefinition;
import io.stowage.core.item.ItemMapper;
import io.stowage.spi.AdapterException;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.PersistencePort;
import io.stowage.spi.StoredRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds entries that have their record's version and say of its item what is not so: they were made
 * of another shape of the item, or by a function that has changed since. Used by one thread.
 */
final class FalseEntries<T> {

  private final PersistencePort records;
  private final ItemMapper<T> mapper;

  FalseEntries(PersistencePort records, ItemMapper<T> mapper) {
    this.records = records;
    this.mapper = mapper;
  }

  /** The false ones among some entries of indexes that are written. One round trip. */
  List<IndexEntry> among(List<IndexEntry> entries) {
    Map<String, List<IndexEntry>> byId = new LinkedHashMap<>();
    StoredDefinition definition = mapper.live().current();
    for (IndexEntry entry : entries) {
      if (definition.isWritten(entry.term())) {
        byId.computeIfAbsent(entry.ref().id(), id -> new ArrayList<>()).add(entry);
      }
    }
    if (byId.isEmpty()) {
      return List.of();
    }
    List<String> ids = List.copyOf(byId.keySet());
    List<@Nullable StoredRecord> stored = records.read(ids);
    List<IndexEntry> found = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      StoredRecord record = stored.get(i);
      if (record != null) {
        List<IndexEntry> ofRecord = byId.getOrDefault(ids.get(i), List.of());
        found.addAll(falseOf(ids.get(i), record, ofRecord, definition));
      }
    }
    return found;
  }

  private List<IndexEntry> falseOf(
      String id, StoredRecord record, List<IndexEntry> entries, StoredDefinition definition) {
    Set<IndexTerm> terms = terms(id, record, definition);
    return terms == null
        ? List.of()
        : entries.stream()
            .filter(entry -> entry.ref().version().equals(record.version()))
            .filter(entry -> !terms.contains(entry.term()))
            .toList();
  }

  /**
   * Where the item should be; null if it cannot be told. The functions of the item's type may fail
   * in any way on a record that they were not made for.
   */
  private @Nullable Set<IndexTerm> terms(
      String id, StoredRecord record, StoredDefinition definition) {
    try {
      Set<IndexTerm> terms = new HashSet<>();
      mapper
          .termsOfStored(mapper.decode(id, record), definition.written())
          .entries(id, record.version())
          .forEach(entry -> terms.add(entry.term()));
      return terms;
    } catch (AdapterException e) {
      throw e; // What decoding needs of the store could not be had: that tells nothing of the item.
    } catch (RuntimeException e) {
      return null; // An item that cannot be decoded is reported where records are looked at.
    }
  }
}
