package io.stowage.api;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/**
 * The operations of a {@link Storage}, run on virtual threads where the JDK has them and on a
 * bounded pool elsewhere. A stage completes with what the method of {@link Storage} answers or
 * throws; when the pool and its queue are full it completes at once with a transient {@link
 * StorageException}.
 *
 * <p>Collections that are given are copied before the method returns, so that the caller may change
 * them at once. An item is encoded when its operation runs, since that may need the backend (for
 * names or a dictionary) and must not hold the caller up: an item that can be changed must be left
 * alone until the stage completes. The same holds for what the function of an update answers.
 *
 * <p>Operations of one caller may overtake one another unless one waits for the other's stage.
 *
 * @param <T> the type of the items
 */
public interface AsyncStorage<T> {

  CompletionStage<WriteResult> save(T item);

  CompletionStage<List<WriteResult>> saveAll(Collection<? extends T> items);

  CompletionStage<WriteResult> insert(T item);

  CompletionStage<WriteResult> replace(T item, Version expected);

  CompletionStage<WriteResult> update(String id, UnaryOperator<T> change);

  CompletionStage<WriteResult> update(String id, TtlOnUpdate ttl, UnaryOperator<T> change);

  CompletionStage<Optional<T>> load(String id);

  CompletionStage<Optional<Versioned<T>>> loadVersioned(String id);

  CompletionStage<Map<String, T>> loadAll(Collection<String> ids);

  CompletionStage<Boolean> exists(String id);

  CompletionStage<Boolean> delete(String id);

  CompletionStage<Long> deleteAll(Collection<String> ids);

  CompletionStage<Long> deleteWhere(Query query);

  CompletionStage<List<T>> list(Query query);

  CompletionStage<Page<T>> page(Query query);

  CompletionStage<Page<T>> page(Query query, Cursor after);

  CompletionStage<Long> count(Query query);

  CompletionStage<Long> estimateCount(Query query);

  CompletionStage<Boolean> touch(String id, Duration ttl);

  CompletionStage<TimeToLive> ttl(String id);

  CompletionStage<Long> deleteOlderThan(Duration age);

  CompletionStage<BatchResult> atomically(AtomicBatch<T> batch);
}
