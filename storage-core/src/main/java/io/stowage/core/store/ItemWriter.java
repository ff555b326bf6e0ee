package io.stowage.core.store;

import io.stowage.api.ItemType;
import io.stowage.api.StoreOptions;
import io.stowage.api.Version;
import io.stowage.api.WriteResult;
import io.stowage.core.item.ItemIds;
import io.stowage.core.item.ItemMapper;
import io.stowage.core.protocol.StagedWrite;
import io.stowage.core.protocol.VersionClock;
import io.stowage.core.protocol.WriteProtocol;
import io.stowage.core.query.Match;
import io.stowage.spi.AdapterException;
import io.stowage.spi.Expiry;
import io.stowage.spi.Precondition;
import io.stowage.spi.Removal;
import io.stowage.spi.TtlPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Turns items into staged writes and runs them, once or until an update has met no conflict. */
public final class ItemWriter<T> {

  private static final long FIRST_PAUSE_NANOS = 50_000;
  private static final int MAX_DOUBLINGS = 7;

  private final ItemMapper<T> mapper;
  private final WriteProtocol<T> protocol;
  private final VersionClock clock;
  private final TtlPolicy ttl;
  private final Duration grace;
  private final int updateAttempts;

  public ItemWriter(
      ItemMapper<T> mapper,
      WriteProtocol<T> protocol,
      VersionClock clock,
      TtlPolicy ttl,
      StoreOptions options) {
    this.mapper = mapper;
    this.protocol = protocol;
    this.clock = clock;
    this.ttl = ttl;
    this.grace = options.gracePeriod();
    this.updateAttempts = options.updateAttempts();
  }

  WriteResult write(T item, Precondition precondition) {
    return protocol.write(List.of(staged(item, precondition))).get(0);
  }

  List<WriteResult> writeAll(Collection<? extends T> items) {
    List<StagedWrite> writes = new ArrayList<>(items.size());
    for (T item : items) {
      writes.add(staged(item, Precondition.none()));
    }
    return protocol.write(writes);
  }

  private StagedWrite staged(T item, Precondition precondition) {
    ItemType<T> type = mapper.type();
    String given = type.idOf(item);
    if (given != null) {
      return staged(ItemIds.check(given), item, precondition);
    }
    String generated = ItemIds.generate(clock.micros() / 1_000);
    return staged(generated, type.withId(item, generated), precondition);
  }

  private StagedWrite staged(String id, T item, Precondition precondition) {
    return new StagedWrite(
        id, mapper.encode(id, item), mapper.terms(id, item), expiry(id, item), precondition, grace);
  }

  private Expiry expiry(String id, T item) {
    Instant own = mapper.expiresAt(id, item);
    return own == null ? ttl.onSave() : Expiry.at(own);
  }

  WriteResult update(String id, ItemReader<T> reader, UnaryOperator<T> change) {
    for (int attempt = 0; attempt < updateAttempts; attempt++) {
      List<Match<T>> found = reader.read(List.of(id));
      if (found.isEmpty()) {
        return new WriteResult(id, WriteResult.Status.ABSENT, null);
      }
      Version version = found.get(0).place().version();
      T changed = checked(id, change.apply(found.get(0).item()));
      StagedWrite write = staged(id, changed, Precondition.version(version));
      WriteResult result = protocol.write(List.of(write)).get(0);
      boolean isConflict =
          result.status() == WriteResult.Status.VERSION_CONFLICT
              || result.status() == WriteResult.Status.ABSENT;
      if (!isConflict) {
        return result;
      }
      pause(attempt);
    }
    throw AdapterException.unavailable(
        "item '"
            + id
            + "' was changed by somebody else at each of "
            + updateAttempts
            + " attempts (updateAttempts)",
        null);
  }

  private T checked(String id, @Nullable T changed) {
    if (changed == null) {
      throw new IllegalArgumentException(
          "the change of item '" + id + "' answered null; allowed is the changed item");
    }
    String changedId = mapper.type().idOf(changed);
    if (changedId != null && !changedId.equals(id)) {
      throw new IllegalArgumentException(
          "the change of item '" + id + "' answered one with id '" + changedId + "'");
    }
    return changedId == null ? mapper.type().withId(changed, id) : changed;
  }

  /** Writers that met each other wait for random times, so that they do not meet again. */
  private static void pause(int attempt) {
    long bound = FIRST_PAUSE_NANOS << Math.min(attempt, MAX_DOUBLINGS);
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(bound));
  }

  /** Removes items whatever their version; answers how many were stored. */
  long delete(List<String> ids) {
    return protocol.remove(ids.stream().map(id -> new Removal(id, null)).toList());
  }

  /** Removes items that still are as they were seen; answers how many were removed. */
  long deleteUnchanged(List<Removal> removals) {
    return protocol.remove(removals);
  }
}
