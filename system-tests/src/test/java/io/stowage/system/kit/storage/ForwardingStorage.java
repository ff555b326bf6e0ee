package io.stowage.system.kit.storage;

import io.stowage.api.AsyncStorage;
import io.stowage.api.AtomicBatch;
import io.stowage.api.BatchResult;
import io.stowage.api.Cursor;
import io.stowage.api.Document;
import io.stowage.api.Durability;
import io.stowage.api.ItemCorruptedException;
import io.stowage.api.Page;
import io.stowage.api.Query;
import io.stowage.api.QueryReport;
import io.stowage.api.Storage;
import io.stowage.api.TimeToLive;
import io.stowage.api.TtlOnUpdate;
import io.stowage.api.Version;
import io.stowage.api.Versioned;
import io.stowage.api.WriteResult;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A storage that is another one; subclasses do one thing wrong. */
class ForwardingStorage implements Storage<Document> {

  private final Storage<Document> right;

  ForwardingStorage(Storage<Document> right) {
    this.right = right;
  }

  @Override
  public String name() {
    return right.name();
  }

  @Override
  public WriteResult save(Document item) {
    return right.save(item);
  }

  @Override
  public List<WriteResult> saveAll(Collection<? extends Document> items) {
    return right.saveAll(items);
  }

  @Override
  public WriteResult insert(Document item) {
    return right.insert(item);
  }

  @Override
  public WriteResult replace(Document item, Version expected) {
    return right.replace(item, expected);
  }

  @Override
  public WriteResult update(String id, UnaryOperator<Document> change) {
    return right.update(id, change);
  }

  @Override
  public WriteResult update(String id, TtlOnUpdate ttl, UnaryOperator<Document> change) {
    return right.update(id, ttl, change);
  }

  @Override
  public Optional<Document> load(String id) {
    return right.load(id);
  }

  @Override
  public Optional<Versioned<Document>> loadVersioned(String id) {
    return right.loadVersioned(id);
  }

  @Override
  public Map<String, Document> loadAll(Collection<String> ids) {
    return right.loadAll(ids);
  }

  @Override
  public boolean exists(String id) {
    return right.exists(id);
  }

  @Override
  public boolean delete(String id) {
    return right.delete(id);
  }

  @Override
  public long deleteAll(Collection<String> ids) {
    return right.deleteAll(ids);
  }

  @Override
  public long deleteWhere(Query query, Consumer<? super ItemCorruptedException> onCorrupted) {
    return right.deleteWhere(query, onCorrupted);
  }

  @Override
  public long deleteWhere(Query query) {
    return right.deleteWhere(query);
  }

  @Override
  public List<Document> list(Query query) {
    return right.list(query);
  }

  @Override
  public List<Document> list(Query query, Consumer<? super ItemCorruptedException> onCorrupted) {
    return right.list(query, onCorrupted);
  }

  @Override
  public Stream<Document> stream(
      Query query, Consumer<? super ItemCorruptedException> onCorrupted) {
    return right.stream(query, onCorrupted);
  }

  @Override
  public Page<Document> page(Query query) {
    return right.page(query);
  }

  @Override
  public Page<Document> page(Query query, Cursor after) {
    return right.page(query, after);
  }

  @Override
  public Stream<Document> stream(Query query) {
    return right.stream(query);
  }

  @Override
  public long count(Query query) {
    return right.count(query);
  }

  @Override
  public QueryReport explain(Query query) {
    return right.explain(query);
  }

  @Override
  public long estimateCount(Query query) {
    return right.estimateCount(query);
  }

  @Override
  public boolean touch(String id, Duration ttl) {
    return right.touch(id, ttl);
  }

  @Override
  public TimeToLive ttl(String id) {
    return right.ttl(id);
  }

  @Override
  public long deleteOlderThan(Duration age) {
    return right.deleteOlderThan(age);
  }

  @Override
  public BatchResult atomically(AtomicBatch<Document> batch) {
    return right.atomically(batch);
  }

  @Override
  public Storage<Document> withDurability(Durability durability) {
    return right.withDurability(durability);
  }

  @Override
  public AsyncStorage<Document> async() {
    return right.async();
  }
}
