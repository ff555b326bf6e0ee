package io.stowage.testkit.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Collects the operations that threads do. Its clock is {@link System#nanoTime()}, counted from the
 * recorder's creation. Safe for use by many threads; recording takes no lock.
 */
public final class HistoryRecorder {

  private final long origin = System.nanoTime();
  private final Instant wallOrigin = Instant.now();
  private final Map<String, Queue<Operation>> items = new ConcurrentHashMap<>();
  private final Map<Thread, Integer> threads = new ConcurrentHashMap<>();
  private final AtomicInteger threadCount = new AtomicInteger();
  private final AtomicLong valueCount = new AtomicLong();

  /** Nanoseconds since this recorder was created. */
  public long now() {
    return System.nanoTime() - origin;
  }

  /** A moment of the wall clock on the clock of the history. */
  public long at(Instant moment) {
    return Duration.between(wallOrigin, moment).toNanos();
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
