package io.stowage.core.store;

import io.stowage.api.AtomicBatch;
import io.stowage.api.BatchResult;
import io.stowage.api.FieldValue;
import io.stowage.api.TtlOnUpdate;
import io.stowage.api.WriteResult;
import io.stowage.core.protocol.AtomicProtocol;
import io.stowage.core.protocol.RemoveProtocol;
import io.stowage.core.protocol.StagedWrite;
import io.stowage.core.protocol.WriteProtocol;
import io.stowage.core.query.Match;
import io.stowage.spi.AdapterException;
import io.stowage.spi.Expiry;
import io.stowage.spi.PersistencePort;
import io.stowage.spi.Precondition;
import io.stowage.spi.Removal;
import io.stowage.spi.Touch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Runs the writes of one store, once or until an update has met no conflict. */
final class ItemWriter<T> {

  private static final long FIRST_PAUSE_NANOS = 50_000;
  private static final int MAX_DOUBLINGS = 7;

  private final ItemStager<T> stager;
  private final ItemReader<T> masters;
  private final PersistencePort records;
  private final WriteProtocol writes;
  private final RemoveProtocol removals;
  private final AtomicProtocol batches;
  private final ExpiryForecast forecast;
  private final int updateAttempts;

  /**
   * A writer.
   *
   * @param masters reads what an update changes
   * @param records where expiries are changed
   * @param forecast is told of what is written
   */
  ItemWriter(
      ItemStager<T> stager,
      ItemReader<T> masters,
      PersistencePort records,
      WriteProtocol writes,
      RemoveProtocol removals,
      AtomicProtocol batches,
      ExpiryForecast forecast,
      int updateAttempts) {
    this.stager = stager;
    this.masters = masters;
    this.records = records;
    this.writes = writes;
    this.removals = removals;
    this.batches = batches;
    this.forecast = forecast;
    this.updateAttempts = updateAttempts;
  }

  WriteResult write(T item, Precondition precondition) {
    return written(List.of(stager.staged(item, precondition))).get(0);
  }

  List<WriteResult> writeAll(Collection<? extends T> items) {
    List<StagedWrite> staged = new ArrayList<>(items.size());
    for (T item : items) {
      staged.add(stager.staged(item, Precondition.none()));
    }
    return written(staged);
  }

  private List<WriteResult> written(List<StagedWrite> staged) {
    List<WriteResult> results = writes.write(staged);
    forecast.tried(staged);
    return results;
  }

  BatchResult atomically(AtomicBatch<T> batch) {
    return batches.apply(stager.parts(batch));
  }

  WriteResult update(String id, TtlOnUpdate ttl, UnaryOperator<T> change) {
    for (int attempt = 0; attempt < updateAttempts; attempt++) {
      List<Match<T>> found = present(id);
      if (found.isEmpty()) {
        return new WriteResult(id, WriteResult.Status.ABSENT, null);
      }
      StagedWrite write = changed(found.get(0), ttl, change);
      WriteResult result = written(List.of(write)).get(0);
      boolean isConflict =
          result.status() == WriteResult.Status.VERSION_CONFLICT
              || result.status() == WriteResult.Status.ABSENT;
      if (!isConflict) {
        return result;
      }
      pause(id, attempt);
    }
    throw AdapterException.unavailable(
        "item '"
            + id
            + "' was changed by somebody else at each of "
            + updateAttempts
            + " attempts (updateAttempts)",
        null);
  }

  /** The expiry is asked for before the change, which may be made to the item itself. */
  private StagedWrite changed(Match<T> found, TtlOnUpdate ttl, UnaryOperator<T> change) {
    Optional<FieldValue> expiresAt = stager.expiresAt(found.item());
    T changed = checked(found.id(), change.apply(found.item()));
    Precondition unchanged = Precondition.version(found.place().version());
    return ttl == TtlOnUpdate.RENEW
        ? stager.staged(found.id(), changed, unchanged)
        : stager.keepingTtl(found.id(), expiresAt, changed, unchanged);
  }

  private List<Match<T>> present(String id) {
    try {
      return masters.read(List.of(id));
    } catch (AdapterException e) {
      throw e.beforeAnyWrite();
    }
  }

  private T checked(String id, @Nullable T changed) {
    if (changed == null) {
      throw new IllegalArgumentException(
          "the change of item '" + id + "' answered null; allowed is the changed item");
    }
    String changedId = stager.type().idOf(changed);
    if (changedId != null && !changedId.equals(id)) {
      throw new IllegalArgumentException(
          "the change of item '" + id + "' answered one with id '" + changedId + "'");
    }
    return changedId == null ? stager.type().withId(changed, id) : changed;
  }

  /**
   * Writers that met each other wait for random times, so that they do not meet again. A thread
   * that is interrupted would not wait at all, so it gives up.
   */
  private static void pause(String id, int attempt) {
    long bound = FIRST_PAUSE_NANOS << Math.min(attempt, MAX_DOUBLINGS);
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(bound));
    if (Thread.currentThread().isInterrupted()) {
      throw AdapterException.unavailable(
          "interrupted after item '" + id + "' was changed by somebody else meanwhile", null);
    }
  }

  boolean touch(String id, Expiry expiry) {
    return records.touch(List.of(new Touch(id, null, expiry))).get(0);
  }

  /** Removes items whatever their version; answers how many were stored. */
  long delete(List<String> ids) {
    return removals.remove(ids.stream().map(id -> new Removal(id, null)).toList());
  }

  /** Removes items that still are as they were seen; answers how many were removed. */
  long deleteUnchanged(List<Removal> unchanged) {
    return removals.remove(unchanged);
  }
}
