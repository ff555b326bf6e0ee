package io.stowage.adapter.memory;

import java.lang.ref.WeakReference;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Frees the expired records of one store: some with every write, and all of them every second,
 * whether or not anybody reads or writes. While nothing can expire nothing is planned, and what is
 * planned does not keep a store that nobody uses in memory. Safe for use by many threads.
 */
final class ExpiredRecords {

  /**
   * How many records one write frees at most. More than one, so that a backlog shrinks even if
   * every write adds a record that expires.
   */
  private static final int FREED_PER_WRITE = 8;

  private static final System.Logger logger = System.getLogger(ExpiredRecords.class.getName());

  private final RecordMap records;
  private final InstantSource clock;
  private final Lifetime lifetime;
  private final Executor later;
  private final AtomicBoolean isPlanned = new AtomicBoolean();

  /**
   * Watches over records.
   *
   * @param later runs what it is given some time later, on another thread
   */
  ExpiredRecords(RecordMap records, InstantSource clock, Lifetime lifetime, Executor later) {
    this.records = records;
    this.clock = clock;
    this.lifetime = lifetime;
    this.later = later;
  }

  /** Runs things a second later, on threads that the JDK shares. */
  static Executor aSecondLater() {
    return CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);
  }

  /** Frees some records; to be called after every write. */
  void freeSome() {
    records.freeExpired(clock.millis(), FREED_PER_WRITE);
    plan();
  }

  private void plan() {
    if (records.anyExpires() && !isPlanned.get() && isPlanned.compareAndSet(false, true)) {
      WeakReference<ExpiredRecords> watched = new WeakReference<>(this);
      try {
        later.execute(
            () -> {
              ExpiredRecords held = watched.get();
              if (held != null) {
                held.freeAll();
              }
            });
      } catch (RuntimeException | Error e) {
        isPlanned.set(false);
        logger.log(System.Logger.Level.WARNING, "freeing expired records waits for a write", e);
      }
    }
  }

  private void freeAll() {
    isPlanned.set(false);
    if (!lifetime.hasEnded()) {
      try {
        records.freeExpired(clock.millis(), Integer.MAX_VALUE);
      } catch (RuntimeException | Error e) {
        // Nobody asks for what is thrown here; the next time comes in a second.
        logger.log(System.Logger.Level.WARNING, "freeing expired records failed", e);
      } finally {
        plan();
      }
    }
  }
}
