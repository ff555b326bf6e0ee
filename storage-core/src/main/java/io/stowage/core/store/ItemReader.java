package io.stowage.core.store;

import io.stowage.core.item.ItemMapper;
import io.stowage.core.query.Match;
import io.stowage.spi.EntryRef;
import io.stowage.spi.Expiry;
import io.stowage.spi.PersistencePort;
import io.stowage.spi.SerializationException;
import io.stowage.spi.StoredRecord;
import io.stowage.spi.Touch;
import io.stowage.spi.TtlPolicy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads items by their ids, and lets a sliding TTL begin anew for those that were read. */
public final class ItemReader<T> {

  private final PersistencePort records;
  private final ItemMapper<T> mapper;
  private final TtlPolicy ttl;
  private final int batchSize;

  public ItemReader(PersistencePort records, ItemMapper<T> mapper, TtlPolicy ttl, int batchSize) {
    this.records = records;
    this.mapper = mapper;
    this.ttl = ttl;
    this.batchSize = batchSize;
  }

  /** The items that are stored, in the order of the ids. */
  List<Match<T>> read(List<String> ids) {
    List<@Nullable StoredRecord> found = records.read(ids);
    List<Match<T>> matches = new ArrayList<>(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      StoredRecord record = found.get(i);
      if (record != null) {
        T item = decode(ids.get(i), record);
        double score = mapper.score(item, record.version());
        matches.add(new Match<>(new EntryRef(ids.get(i), record.version(), score), item));
      }
    }
    return matches;
  }

  /** The item in a record; a record that holds none fails the operation under way. */
  public T decode(String id, StoredRecord record) {
    try {
      return mapper.decode(record.payload());
    } catch (SerializationException e) {
      throw new Operations.UndecodableItem(id, e);
    }
  }

  /** Extends the life of items by a sliding TTL, but of those that bring their own expiry. */
  void markRead(List<Match<T>> matches) {
    if (matches.isEmpty() || ttl.onRead().isEmpty()) {
      return;
    }
    Expiry expiry = Expiry.after(ttl.onRead().get());
    List<Touch> touches =
        matches.stream()
            .filter(match -> mapper.expiresAt(match.id(), match.item()) == null)
            .map(match -> new Touch(match.id(), match.place().version(), expiry))
            .toList();
    Batches.of(touches, batchSize).forEach(records::touch);
  }
}
