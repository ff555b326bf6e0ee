package io.stowage.core.protocol;

import io.stowage.spi.AdapterException;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexPort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes dead index entries in the background, many at a time. It is best effort, which the
 * protocol allows: an entry that stays is harmless, and found later by repair. So work beyond a
 * bound, and work that fails, is dropped and counted. Safe for use by many threads.
 */
public final class CleanUp implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CleanUp.class);
  private static final Duration CLOSING = Duration.ofSeconds(1);
  private static final int CAPACITY = 10_000;
  private static final int JOBS_AT_ONCE = 250;

  /** Dead entries of one index port; a null port asks the thread to stop. */
  private record Job(@Nullable IndexPort indexes, Supplier<List<IndexEntry>> dead) {}

  private static final Job STOP = new Job(null, List::of);

  private final BlockingQueue<Job> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicLong dropped = new AtomicLong();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread;

  public CleanUp(String name) {
    thread = new Thread(this::run, name);
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Removes entries some time later.
   *
   * @param dead finds the entries; called on the background thread
   */
  public void submit(IndexPort indexes, Supplier<List<IndexEntry>> dead) {
    if (!queue.offer(new Job(indexes, dead))) {
      dropped.incrementAndGet();
    }
  }

  /** How many jobs were dropped since the start, for lack of room or because they failed. */
  public long dropped() {
    return dropped.get();
  }

  private void run() {
    try {
      boolean goOn = true;
      while (goOn) {
        List<Job> jobs = new ArrayList<>();
        jobs.add(queue.take());
        queue.drainTo(jobs, JOBS_AT_ONCE - 1);
        goOn = !jobs.removeIf(job -> job.indexes() == null);
        work(jobs);
      }
    } catch (InterruptedException e) {
      LOG.debug("clean-up of index entries was interrupted with {} jobs left", queue.size());
    } finally {
      stopped.countDown();
    }
  }

  private void work(List<Job> jobs) {
    IdentityHashMap<IndexPort, List<IndexEntry>> entries = new IdentityHashMap<>();
    IdentityHashMap<IndexPort, Integer> sources = new IdentityHashMap<>();
    for (Job job : jobs) {
      IndexPort indexes = job.indexes();
      if (indexes != null) {
        tryTo(
            1,
            () -> {
              List<IndexEntry> dead = job.dead().get();
              entries.computeIfAbsent(indexes, port -> new ArrayList<>()).addAll(dead);
              sources.merge(indexes, 1, Integer::sum);
            });
      }
    }
    entries.forEach(
        (indexes, dead) -> tryTo(sources.getOrDefault(indexes, 0), () -> removeAll(indexes, dead)));
  }

  private static void removeAll(IndexPort indexes, List<IndexEntry> dead) {
    if (!dead.isEmpty()) {
      indexes.remove(dead);
    }
  }

  private void tryTo(int jobs, Runnable work) {
    try {
      work.run();
    } catch (AdapterException | IllegalStateException e) {
      dropped.addAndGet(jobs);
      LOG.warn("dead index entries stay until they are repaired: {}", e.getMessage());
    } catch (RuntimeException e) {
      dropped.addAndGet(jobs);
      LOG.error("dead index entries stay until they are repaired", e);
    }
  }

  /** Finishes what is queued, for a second at most, and stops. */
  @Override
  public void close() {
    long deadline = System.nanoTime() + CLOSING.toNanos();
    try {
      boolean finished =
          queue.offer(STOP, CLOSING.toNanos(), TimeUnit.NANOSECONDS)
              && stopped.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (!finished) {
        LOG.warn("{} index clean-ups were not finished when the platform closed", queue.size());
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
