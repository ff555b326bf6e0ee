package io.stowage.testkit.history;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Collects the operations that threads do. Its clock is {@link System#nanoTime()}, counted from the
 * recorder's creation. Safe for use by many threads; recording takes no lock.
 */
public final class HistoryRecorder {

  private final LongSupplier nanos;
  private final InstantSource wall;
  private final long origin;
  private final Map<String, Queue<Operation>> items = new ConcurrentHashMap<>();
  private final Map<Thread, Integer> threads = new ConcurrentHashMap<>();
  private final AtomicInteger threadCount = new AtomicInteger();
  private final AtomicLong valueCount = new AtomicLong();

  /** A recorder of nothing yet. */
  public HistoryRecorder() {
    this(System::nanoTime, InstantSource.system());
  }

  /** A recorder with other clocks: one that only advances, in nanoseconds, and that of the wall. */
  HistoryRecorder(LongSupplier nanos, InstantSource wall) {
    this.nanos = nanos;
    this.wall = wall;
    this.origin = nanos.getAsLong();
  }

  /** Nanoseconds since this recorder was created. */
  public long now() {
    return nanos.getAsLong() - origin;
  }

  /**
   * The lifetime of a value that vanishes at a moment of the wall clock.
   *
   * <p>The two clocks cannot be read at once. That of the wall is read between two readings of the
   * history's, so that a pause in between makes the lifetime less exact and never wrong.
   *
   * @param tolerance how long before or after the moment it may vanish
   */
  public Lifetime endingAt(Instant moment, Duration tolerance) {
    long before = now();
    Instant read = wall.instant();
    long after = now();
    long left = Duration.between(read, moment).toNanos();
    return new Lifetime(before + left - tolerance.toNanos(), after + left + tolerance.toNanos());
  }

  /** A value that this recorder never answered before. */
  public String freshValue() {
    return "v" + valueCount.incrementAndGet();
  }

  /**
   * Adds an operation of the calling thread that completes now.
   *
   * @param invoked what {@link #now()} answered right before the operation
   */
  public void add(String id, Call call, Answer answer, long invoked) {
    long completed = now();
    int thread =
        threads.computeIfAbsent(Thread.currentThread(), it -> threadCount.getAndIncrement());
    items
        .computeIfAbsent(id, it -> new ConcurrentLinkedQueue<>())
        .add(new Operation(thread, call, answer, invoked, completed));
  }

  /** What was recorded so far. */
  public History history() {
    Map<String, List<Operation>> copy = new HashMap<>();
    items.forEach((id, operations) -> copy.put(id, new ArrayList<>(operations)));
    return new History(copy);
  }
}
