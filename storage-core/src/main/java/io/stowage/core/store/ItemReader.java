package io.stowage.core.store;

import io.stowage.api.TimeToLive;
import io.stowage.api.Version;
import io.stowage.core.item.ItemImage;
import io.stowage.core.item.ItemMapper;
import io.stowage.core.query.Match;
import io.stowage.spi.Expiry;
import io.stowage.spi.PersistencePort;
import io.stowage.spi.SerializationException;
import io.stowage.spi.StoredRecord;
import io.stowage.spi.Touch;
import io.stowage.spi.TtlPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads items by their ids, and lets a sliding TTL begin anew for those that were read. */
final class ItemReader<T> {

  private final PersistencePort records;
  private final PersistencePort masters;
  private final ItemMapper<T> mapper;
  private final TtlPolicy ttl;
  private final int batchSize;

  /**
   * A reader.
   *
   * @param records where items are read, possibly from replicas
   * @param masters where their expiry is changed
   */
  ItemReader(
      PersistencePort records,
      PersistencePort masters,
      ItemMapper<T> mapper,
      TtlPolicy ttl,
      int batchSize) {
    this.records = records;
    this.masters = masters;
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
        matches.add(match(ids.get(i), record, image -> match(image, record.version())));
      }
    }
    return matches;
  }

  private Match<T> match(ItemImage<T> image, Version version) {
    return new Match<>(mapper.place(image.id(), image.item(), version), image.item());
  }

  boolean exists(String id) {
    return records.versions(List.of(id)).get(0) != null;
  }

  TimeToLive ttl(String id) {
    return records.ttl(List.of(id)).get(0);
  }

  /** What a test makes of the item in a record; one that holds none fails the operation. */
  <R extends @Nullable Match<T>> R match(
      String id, StoredRecord record, Function<? super ItemImage<T>, R> test) {
    try {
      return test.apply(mapper.decode(id, record));
    } catch (SerializationException e) {
      throw new Operations.UndecodableItem(id, e);
    }
  }

  /** The items with these ids that are stored, a batch at a time; each counts as read. */
  Map<String, T> readAll(List<String> ids) {
    Map<String, T> items = new LinkedHashMap<>();
    for (List<String> batch : Batches.of(ids, batchSize)) {
      List<Match<T>> found = read(batch);
      markRead(found);
      found.forEach(match -> items.put(match.id(), match.item()));
    }
    return items;
  }

  /**
   * Extends the life of items by a sliding TTL, but of those that bring their own expiry; one that
   * lives longer already still does.
   */
  void markRead(List<Match<T>> matches) {
    if (matches.isEmpty() || ttl.onRead().isEmpty()) {
      return;
    }
    Expiry expiry = Expiry.extend(ttl.onRead().get());
    List<Touch> touches =
        matches.stream()
            .filter(match -> mapper.expiresAt(match.id(), match.item()) == null)
            .map(match -> new Touch(match.id(), match.place().version(), expiry))
            .toList();
    Batches.of(touches, batchSize).forEach(masters::touch);
  }
}
