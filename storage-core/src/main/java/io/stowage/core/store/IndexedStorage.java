package io.stowage.core.store;

import io.stowage.api.AsyncStorage;
import io.stowage.api.Cursor;
import io.stowage.api.Page;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.StoreOptions;
import io.stowage.api.TimeToLive;
import io.stowage.api.Version;
import io.stowage.api.Versioned;
import io.stowage.api.WriteResult;
import io.stowage.core.item.ItemIds;
import io.stowage.core.query.Match;
import io.stowage.core.query.QueryEngine;
import io.stowage.spi.Expiry;
import io.stowage.spi.PersistencePort;
import io.stowage.spi.Precondition;
import io.stowage.spi.Touch;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A {@link Storage} over the ports of one store: each method checks its arguments and delegates.
 */
public final class IndexedStorage<T> implements Storage<T> {

  private final String name;
  private final Operations operations;
  private final PersistencePort records;
  private final ItemWriter<T> writer;
  private final ItemReader<T> reader;
  private final QueryEngine<T> queries;
  private final BulkDelete<T> bulkDelete;
  private final int batchSize;
  private final AsyncStorage<T> async;

  public IndexedStorage(
      String name,
      Operations operations,
      PersistencePort records,
      ItemWriter<T> writer,
      ItemReader<T> reader,
      QueryEngine<T> queries,
      StoreOptions options,
      Executor executor) {
    this.name = name;
    this.operations = operations;
    this.records = records;
    this.writer = writer;
    this.reader = reader;
    this.queries = queries;
    this.bulkDelete = new BulkDelete<>(records, queries, writer, options.batchSize());
    this.batchSize = options.batchSize();
    this.async = new ExecutorAsyncStorage<>(this, operations, executor);
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
    ItemIds.check(id);
    return operations.write("update", () -> writer.update(id, reader, change));
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
    return operations.read(
        "loadAll",
        () -> {
          Map<String, T> items = new LinkedHashMap<>();
          for (List<String> batch : Batches.of(distinct, batchSize)) {
            List<Match<T>> found = reader.read(batch);
            reader.markRead(found);
            found.forEach(match -> items.put(match.id(), match.item()));
          }
          return items;
        });
  }

  @Override
  public boolean exists(String id) {
    ItemIds.check(id);
    return operations.read("exists", () -> records.versions(List.of(id)).get(0) != null);
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
  public List<T> list(Query query) {
    return operations.read(
        "list",
        () -> {
          List<Match<T>> matches = queries.list(query);
          reader.markRead(matches);
          return matches.stream().map(Match::item).toList();
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
    reader.markRead(page.items());
    return new Page<>(page.items().stream().map(Match::item).toList(), page.following());
  }

  @Override
  public Stream<T> stream(Query query) {
    return operations.read(
        "stream", () -> new ItemStream<>(operations, queries, reader).open(query));
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
  public boolean touch(String id, Duration ttl) {
    ItemIds.check(id);
    Touch touch = new Touch(id, null, Expiry.after(ttl));
    return operations.write("touch", () -> records.touch(List.of(touch)).get(0));
  }

  @Override
  public TimeToLive ttl(String id) {
    ItemIds.check(id);
    return operations.read("ttl", () -> records.ttl(List.of(id)).get(0));
  }

  @Override
  public long deleteOlderThan(Duration age) {
    if (age.isNegative()) {
      throw new IllegalArgumentException("age is " + age + "; allowed is 0 or more");
    }
    return operations.write("deleteOlderThan", () -> bulkDelete.olderThan(age));
  }

  @Override
  public AsyncStorage<T> async() {
    return async;
  }
}
