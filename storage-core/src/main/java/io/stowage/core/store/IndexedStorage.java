package io.stowage.core.store;

import io.stowage.api.AsyncStorage;
import io.stowage.api.AtomicBatch;
import io.stowage.api.BatchResult;
import io.stowage.api.Cursor;
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
import io.stowage.core.item.ItemIds;
import io.stowage.core.query.Match;
import io.stowage.core.query.QueryEngine;
import io.stowage.spi.Expiry;
import io.stowage.spi.Precondition;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A {@link Storage} over the ports of one store: each method checks its arguments and delegates.
 */
final class IndexedStorage<T> implements Storage<T> {

  private final String name;
  private final Operations operations;
  private final ItemWriter<T> writer;
  private final ItemReader<T> reader;
  private final QueryEngine<T> queries;
  private final BulkDelete<T> bulkDelete;
  private final StorageFactory<T> others;
  private final Executor executor;

  /**
   * A storage.
   *
   * @param others makes the same storage with another durability
   */
  IndexedStorage(
      String name,
      Operations operations,
      ItemWriter<T> writer,
      ItemReader<T> reader,
      QueryEngine<T> queries,
      BulkDelete<T> bulkDelete,
      StorageFactory<T> others,
      Executor executor) {
    this.name = name;
    this.operations = operations;
    this.writer = writer;
    this.reader = reader;
    this.queries = queries;
    this.bulkDelete = bulkDelete;
    this.others = others;
    this.executor = executor;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public WriteResult save(T item) {
    return operations.write("save", () -> writer.write(item, Precondition.none()));
  }

  @Override
  public List<WriteResult> saveAll(Collection<? extends T> items) {
    return operations.write("saveAll", () -> writer.writeAll(items));
  }

  @Override
  public WriteResult insert(T item) {
    return operations.write("insert", () -> writer.write(item, Precondition.absent()));
  }

  @Override
  public WriteResult replace(T item, Version expected) {
    return operations.write("replace", () -> writer.write(item, Precondition.version(expected)));
  }

  @Override
  public WriteResult update(String id, UnaryOperator<T> change) {
    return update(id, TtlOnUpdate.KEEP, change);
  }

  @Override
  public WriteResult update(String id, TtlOnUpdate ttl, UnaryOperator<T> change) {
    ItemIds.check(id);
    return operations.write("update", () -> writer.update(id, ttl, change));
  }

  @Override
  public Optional<T> load(String id) {
    return one("load", id).map(Match::item);
  }

  @Override
  public Optional<Versioned<T>> loadVersioned(String id) {
    return one("loadVersioned", id).map(Match::versioned);
  }

  private Optional<Match<T>> one(String operation, String id) {
    ItemIds.check(id);
    return operations.read(
        operation,
        () -> {
          List<Match<T>> found = reader.read(List.of(id));
          reader.markRead(found);
          return found.stream().findFirst();
        });
  }

  @Override
  public Map<String, T> loadAll(Collection<String> ids) {
    List<String> distinct = checked(ids);
    return operations.read("loadAll", () -> reader.readAll(distinct));
  }

  @Override
  public boolean exists(String id) {
    ItemIds.check(id);
    return operations.read("exists", () -> reader.exists(id));
  }

  @Override
  public boolean delete(String id) {
    ItemIds.check(id);
    return operations.write("delete", () -> writer.delete(List.of(id)) == 1);
  }

  @Override
  public long deleteAll(Collection<String> ids) {
    List<String> distinct = checked(ids);
    return operations.write("deleteAll", () -> writer.delete(distinct));
  }

  private static List<String> checked(Collection<String> ids) {
    ids.forEach(ItemIds::check);
    return List.copyOf(new LinkedHashSet<>(ids));
  }

  @Override
  public long deleteWhere(Query query) {
    return operations.write("deleteWhere", () -> bulkDelete.matching(query));
  }

  @Override
  public long deleteWhere(Query query, Consumer<? super ItemCorruptedException> onCorrupted) {
    return operations.write(
        "deleteWhere",
        () -> bulkDelete.matching(query, by -> passingOver(by, "deleteWhere", onCorrupted)));
  }

  @Override
  public List<T> list(Query query) {
    return operations.read("list", () -> items(queries.list(query)));
  }

  @Override
  public List<T> list(Query query, Consumer<? super ItemCorruptedException> onCorrupted) {
    return operations.read(
        "list", () -> items(passingOver(queries, "list", onCorrupted).list(query)));
  }

  private List<T> items(List<Match<T>> matches) {
    reader.markRead(matches);
    return matches.stream().map(Match::item).toList();
  }

  /** Queries that report what they cannot decode, once for each item, and go on. */
  private QueryEngine<T> passingOver(
      QueryEngine<T> by, String operation, Consumer<? super ItemCorruptedException> onCorrupted) {
    Set<String> reported = new HashSet<>();
    return by.decodingWith(
        (id, record, test) -> {
          try {
            return reader.match(id, record, test);
          } catch (Operations.UndecodableItem e) {
            if (reported.add(id)) {
              onCorrupted.accept(operations.corrupted(e, operations.context(operation)));
            }
            return null;
          }
        });
  }

  @Override
  public Page<T> page(Query query) {
    return operations.read("page", () -> items(queries.page(query, null)));
  }

  @Override
  public Page<T> page(Query query, Cursor after) {
    return operations.read("page", () -> items(queries.page(query, after)));
  }

  private Page<T> items(Page<Match<T>> page) {
    return new Page<>(items(page.items()), page.following());
  }

  @Override
  public Stream<T> stream(Query query) {
    return stream(query, queries);
  }

  @Override
  public Stream<T> stream(Query query, Consumer<? super ItemCorruptedException> onCorrupted) {
    return stream(query, passingOver(queries, "stream", onCorrupted));
  }

  private Stream<T> stream(Query query, QueryEngine<T> by) {
    return operations.read("stream", () -> new ItemStream<>(operations, by, reader).open(query));
  }

  @Override
  public long count(Query query) {
    return operations.read("count", () -> queries.count(query.filter()));
  }

  @Override
  public long estimateCount(Query query) {
    return operations.read("estimateCount", () -> queries.estimateCount(query.filter()));
  }

  @Override
  public QueryReport explain(Query query) {
    return operations.read("explain", () -> queries.explain(query));
  }

  @Override
  public boolean touch(String id, Duration ttl) {
    ItemIds.check(id);
    Expiry expiry = Expiry.after(ttl);
    return operations.write("touch", () -> writer.touch(id, expiry));
  }

  @Override
  public TimeToLive ttl(String id) {
    ItemIds.check(id);
    return operations.read("ttl", () -> reader.ttl(id));
  }

  @Override
  public long deleteOlderThan(Duration age) {
    if (age.isNegative()) {
      throw new IllegalArgumentException("age is " + age + "; allowed is 0 or more");
    }
    return operations.write("deleteOlderThan", () -> bulkDelete.olderThan(age));
  }

  @Override
  public BatchResult atomically(AtomicBatch<T> batch) {
    return operations.write("atomically", () -> writer.atomically(batch));
  }

  @Override
  public Storage<T> withDurability(Durability durability) {
    return operations.read("withDurability", () -> others.storage(durability));
  }

  @Override
  public AsyncStorage<T> async() {
    IndexedStorage<T> ofBegunCalls =
        new IndexedStorage<>(
            name, operations.ofBegunCalls(), writer, reader, queries, bulkDelete, others, executor);
    return new ExecutorAsyncStorage<>(ofBegunCalls, operations, executor);
  }
}
