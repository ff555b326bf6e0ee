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
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

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

  /** The bytes that jobs may keep in memory, all together. */
  private static final long MAX_BYTES = 64L << 20;

  /** Dead entries of one index port; a null port asks the thread to stop. */
  private record Job(
      @Nullable IndexPort indexes,
      int bytes,
      Supplier<List<IndexEntry>> dead,
      IntConsumer onRemoved) {}

  /** What a job found, and who is told once it is removed. */
  private record Found(List<IndexEntry> dead, IntConsumer onRemoved) {}

  private static final Job STOP = new Job(null, 0, List::of, removed -> {});

  private final BlockingQueue<Job> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicLong kept = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Duration closing;
  private final Thread thread;

  /** Whether the last piece of work failed; used by the background thread only. */
  private boolean isFailing;

  public CleanUp(String name) {
    this(name, CLOSING);
  }

  /**
   * @param closing how long {@link #close} waits at most
   */
  CleanUp(String name, Duration closing) {
    this.closing = closing;
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
    submit(indexes, 0, dead);
  }

  /**
   * Removes entries some time later.
   *
   * @param bytes how much memory {@code dead} keeps, about
   * @param dead finds the entries; called on the background thread
   */
  void submit(IndexPort indexes, int bytes, Supplier<List<IndexEntry>> dead) {
    submit(new Job(indexes, bytes, dead, removed -> {}));
  }

  /**
   * Removes entries some time later.
   *
   * @param dead finds the entries; called on the background thread
   * @param onRemoved is told how many were removed, if any were; called on the background thread
   */
  void submit(IndexPort indexes, Supplier<List<IndexEntry>> dead, IntConsumer onRemoved) {
    submit(new Job(indexes, 0, dead, onRemoved));
  }

  private void submit(Job job) {
    if (kept.addAndGet(job.bytes()) > MAX_BYTES || !queue.offer(job)) {
      kept.addAndGet(-job.bytes());
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
    IdentityHashMap<IndexPort, List<Found>> found = new IdentityHashMap<>();
    for (Job job : jobs) {
      IndexPort indexes = job.indexes();
      if (indexes != null) {
        kept.addAndGet(-job.bytes());
        tryTo(
            1,
            () -> {
              Found dead = new Found(job.dead().get(), job.onRemoved());
              found.computeIfAbsent(indexes, port -> new ArrayList<>()).add(dead);
            });
      }
    }
    found.forEach((indexes, all) -> tryTo(all.size(), () -> remove(indexes, all)));
  }

  private static void remove(IndexPort indexes, List<Found> all) {
    List<IndexEntry> dead = all.stream().flatMap(found -> found.dead().stream()).toList();
    if (!dead.isEmpty()) {
      indexes.remove(dead);
    }
    for (Found found : all) {
      if (!found.dead().isEmpty()) {
        found.onRemoved().accept(found.dead().size());
      }
    }
  }

  /** Does some work; of failures that follow one another only the first is a warning. */
  private void tryTo(int jobs, Runnable work) {
    try {
      work.run();
      isFailing = false;
    } catch (AdapterException | IllegalStateException e) {
      dropped.addAndGet(jobs);
      LOG.atLevel(isFailing ? Level.DEBUG : Level.WARN)
          .log("dead index entries stay until they are repaired: {}", e.getMessage());
      isFailing = true;
    } catch (RuntimeException | Error e) {
      // The functions of an item's type are the embedder's; what they do ends no thread of ours.
      dropped.addAndGet(jobs);
      LOG.error("dead index entries stay until they are repaired", e);
    }
  }

  /** Finishes what is queued, for a second at most, and stops. */
  @Override
  public void close() {
    long deadline = System.nanoTime() + closing.toNanos();
    try {
      boolean finished =
          queue.offer(STOP, closing.toNanos(), TimeUnit.NANOSECONDS)
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
