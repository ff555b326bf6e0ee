package io.stowage.core.store;

import io.stowage.api.AsyncStorage;
import io.stowage.api.AtomicBatch;
import io.stowage.api.BatchResult;
import io.stowage.api.Cursor;
import io.stowage.api.Page;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.TimeToLive;
import io.stowage.api.TtlOnUpdate;
import io.stowage.api.Version;
import io.stowage.api.Versioned;
import io.stowage.api.WriteResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Runs the operations of a {@link Storage} on an executor. Collections are copied on the calling
 * thread, so that what happens to them afterwards does not change the operation.
 */
final class ExecutorAsyncStorage<T> implements AsyncStorage<T> {

  private final Storage<T> storage;
  private final Operations operations;
  private final Executor executor;

  /**
   * The asynchronous form of a storage.
   *
   * @param storage runs calls that {@code operations} let begin, even once the platform is closed
   */
  ExecutorAsyncStorage(Storage<T> storage, Operations operations, Executor executor) {
    this.storage = storage;
    this.operations = operations;
    this.executor = executor;
  }

  private <R> CompletionStage<R> run(String operation, Supplier<R> work) {
    if (!operations.begin()) {
      return CompletableFuture.failedFuture(operations.closed(operation));
    }
    CompletableFuture<R> stage = new CompletableFuture<>();
    try {
      executor.execute(() -> complete(stage, work));
    } catch (RejectedExecutionException e) {
      operations.end();
      stage.completeExceptionally(
          operations.notBegun(operation, "too many asynchronous operations are waiting", e));
    }
    return stage;
  }

  /**
   * Takes an argument as it is now, and runs the operation on that; whatever fails, fails the
   * stage.
   */
  private <A, R> CompletionStage<R> run(
      String operation, Supplier<A> argument, Function<A, R> work) {
    A taken;
    try {
      taken = argument.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
    return run(operation, () -> work.apply(taken));
  }

  /** The call has ended before its stage completes, whatever its dependents do then. */
  private <R> void complete(CompletableFuture<R> stage, Supplier<R> work) {
    R answer;
    try {
      answer = work.get();
    } catch (RuntimeException | Error e) {
      operations.end();
      stage.completeExceptionally(e);
      return;
    }
    operations.end();
    stage.complete(answer);
  }

  @Override
  public CompletionStage<WriteResult> save(T item) {
    return run("save", () -> storage.save(item));
  }

  @Override
  public CompletionStage<List<WriteResult>> saveAll(Collection<? extends T> items) {
    return run("saveAll", () -> new ArrayList<T>(items), storage::saveAll);
  }

  @Override
  public CompletionStage<WriteResult> insert(T item) {
    return run("insert", () -> storage.insert(item));
  }

  @Override
  public CompletionStage<WriteResult> replace(T item, Version expected) {
    return run("replace", () -> storage.replace(item, expected));
  }

  @Override
  public CompletionStage<WriteResult> update(String id, UnaryOperator<T> change) {
    return run("update", () -> storage.update(id, change));
  }

  @Override
  public CompletionStage<WriteResult> update(String id, TtlOnUpdate ttl, UnaryOperator<T> change) {
    return run("update", () -> storage.update(id, ttl, change));
  }

  @Override
  public CompletionStage<Optional<T>> load(String id) {
    return run("load", () -> storage.load(id));
  }

  @Override
  public CompletionStage<Optional<Versioned<T>>> loadVersioned(String id) {
    return run("loadVersioned", () -> storage.loadVersioned(id));
  }

  @Override
  public CompletionStage<Map<String, T>> loadAll(Collection<String> ids) {
    return run("loadAll", () -> new ArrayList<String>(ids), storage::loadAll);
  }

  @Override
  public CompletionStage<Boolean> exists(String id) {
    return run("exists", () -> storage.exists(id));
  }

  @Override
  public CompletionStage<Boolean> delete(String id) {
    return run("delete", () -> storage.delete(id));
  }

  @Override
  public CompletionStage<Long> deleteAll(Collection<String> ids) {
    return run("deleteAll", () -> new ArrayList<String>(ids), storage::deleteAll);
  }

  @Override
  public CompletionStage<Long> deleteWhere(Query query) {
    return run("deleteWhere", () -> storage.deleteWhere(query));
  }

  @Override
  public CompletionStage<List<T>> list(Query query) {
    return run("list", () -> storage.list(query));
  }

  @Override
  public CompletionStage<Page<T>> page(Query query) {
    return run("page", () -> storage.page(query));
  }

  @Override
  public CompletionStage<Page<T>> page(Query query, Cursor after) {
    return run("page", () -> storage.page(query, after));
  }

  @Override
  public CompletionStage<Long> count(Query query) {
    return run("count", () -> storage.count(query));
  }

  @Override
  public CompletionStage<Long> estimateCount(Query query) {
    return run("estimateCount", () -> storage.estimateCount(query));
  }

  @Override
  public CompletionStage<Boolean> touch(String id, Duration ttl) {
    return run("touch", () -> storage.touch(id, ttl));
  }

  @Override
  public CompletionStage<TimeToLive> ttl(String id) {
    return run("ttl", () -> storage.ttl(id));
  }

  @Override
  public CompletionStage<Long> deleteOlderThan(Duration age) {
    return run("deleteOlderThan", () -> storage.deleteOlderThan(age));
  }

  @Override
  public CompletionStage<BatchResult> atomically(AtomicBatch<T> batch) {
    return run("atomically", () -> storage.atomically(batch));
  }
}
