package io.stowage.core.protocol;

import io.stowage.spi.AdapterException;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexPort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Removes dead index entries in the background, many at a time. What waits is bounded in number and
 * in bytes; whoever has more to remove does it at once, so that nobody makes dead entries faster
 * than they go. Work that fails, or comes while the backend fails or after the end, is dropped and
 * counted: the protocol allows it, as an entry that stays is harmless and found later by repair.
 * Safe for use by many threads.
 */
public final class CleanUp implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CleanUp.class);
  private static final Duration CLOSING = Duration.ofSeconds(1);
  private static final int CAPACITY = 10_000;
  private static final int JOBS_AT_ONCE = 250;

  /** The bytes that jobs may keep in memory, all together. */
  static final long MAX_BYTES = 64L << 20;

  /** The bytes of the jobs that are done together, unless the first has more. */
  private static final long BYTES_AT_ONCE = 4L << 20;

  /** What a job found. */
  private record Found(CleanUpJob job, List<IndexEntry> dead) {}

  private final BlockingQueue<CleanUpJob> queue;
  private final AtomicLong kept = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicBoolean isDropTold = new AtomicBoolean();
  private final Map<IntConsumer, Integer> untold = new ConcurrentHashMap<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Duration closing;
  private final Thread thread;

  /** Whether the last piece of work failed. */
  private volatile boolean isFailing;

  public CleanUp(String name) {
    this(name, CLOSING);
  }

  /**
   * @param closing how long {@link #close} waits at most
   */
  CleanUp(String name, Duration closing) {
    this(name, closing, CAPACITY);
  }

  /**
   * @param closing how long {@link #close} waits at most
   * @param capacity how many jobs may wait
   */
  CleanUp(String name, Duration closing, int capacity) {
    this.closing = closing;
    this.queue = new ArrayBlockingQueue<>(capacity);
    thread = new Thread(this::run, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Removes entries some time later, or now if too much waits already. */
  void submit(CleanUpJob job) {
    if (stopped.getCount() == 0) {
      drop(job, "it came after the end");
    } else if (!isTaken(job)) {
      help(job);
    }
  }

  private boolean isTaken(CleanUpJob job) {
    if (kept.addAndGet(job.bytes()) <= MAX_BYTES && queue.offer(job)) {
      return true;
    }
    kept.addAndGet(-job.bytes());
    return false;
  }

  /** While the backend fails, whoever comes by need not wait for that as well. */
  private void help(CleanUpJob job) {
    if (isFailing) {
      drop(job, "too much waits, and the backend fails");
      return;
    }
    boolean unused = work(List.of(job));
  }

  private void drop(CleanUpJob job, String why) {
    dropped.incrementAndGet();
    LOG.atLevel(isDropTold.compareAndSet(false, true) ? Level.WARN : Level.DEBUG)
        .log("a clean-up was dropped, so dead index entries stay until they are swept: {}", why);
    job.onEnd().run();
  }

  /** How many jobs were dropped since the start, for lack of room or because they failed. */
  public long dropped() {
    return dropped.get();
  }

  /** The bytes that are kept by jobs that wait or are worked on in the background. */
  long keptBytes() {
    return kept.get();
  }

  private void run() {
    try {
      boolean goOn = true;
      while (goOn) {
        List<CleanUpJob> jobs = take();
        goOn = !jobs.removeIf(job -> job.indexes() == null);
        if (work(jobs)) {
          isFailing = false;
        }
        jobs.forEach(job -> kept.addAndGet(-job.bytes()));
        tell();
      }
    } catch (InterruptedException e) {
      LOG.debug("clean-up of index entries was interrupted with {} jobs left", queue.size());
    } finally {
      stopped.countDown();
    }
  }

  /** Waits for jobs, and takes those that are there. */
  private List<CleanUpJob> take() throws InterruptedException {
    List<CleanUpJob> jobs = new ArrayList<>();
    CleanUpJob job = queue.take();
    long bytes = 0;
    while (job != null) {
      jobs.add(job);
      bytes += job.bytes();
      job = jobs.size() < JOBS_AT_ONCE && bytes < BYTES_AT_ONCE ? queue.poll() : null;
    }
    return jobs;
  }

  /** Does jobs; answers whether none failed. */
  private boolean work(List<CleanUpJob> jobs) {
    boolean isDone = true;
    IdentityHashMap<IndexPort, List<Found>> found = new IdentityHashMap<>();
    for (CleanUpJob job : jobs) {
      IndexPort indexes = job.indexes();
      if (indexes != null && !tryTo(1, () -> find(job, indexes, found))) {
        isDone = false;
        job.onEnd().run();
      }
    }
    for (Map.Entry<IndexPort, List<Found>> ofPort : found.entrySet()) {
      List<Found> all = ofPort.getValue();
      isDone &= tryTo(all.size(), () -> remove(ofPort.getKey(), all));
      all.forEach(of -> of.job().onEnd().run());
    }
    return isDone;
  }

  private static void find(CleanUpJob job, IndexPort indexes, Map<IndexPort, List<Found>> found) {
    Found dead = new Found(job, job.dead().get());
    found.computeIfAbsent(indexes, port -> new ArrayList<>()).add(dead);
  }

  private void remove(IndexPort indexes, List<Found> all) {
    List<IndexEntry> dead = all.stream().flatMap(found -> found.dead().stream()).toList();
    if (!dead.isEmpty()) {
      indexes.remove(dead);
    }
    for (Found found : all) {
      IntConsumer listener = found.job().onRemoved();
      if (listener != null && !found.dead().isEmpty()) {
        untold.merge(listener, found.dead().size(), Integer::sum);
      }
    }
  }

  /**
   * Does some work; of failures that follow one another only the first is a warning.
   *
   * @return whether it was done
   */
  private boolean tryTo(int jobs, Runnable work) {
    try {
      work.run();
      return true;
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
    return false;
  }

  /** Tells what was removed, also by those who helped: listeners are told on this thread alone. */
  private void tell() {
    for (IntConsumer listener : List.copyOf(untold.keySet())) {
      Integer removed = untold.remove(listener);
      if (removed != null) {
        try {
          listener.accept(removed);
        } catch (RuntimeException | Error e) {
          LOG.error("a listener failed to take note of {} repaired entries", removed, e);
        }
      }
    }
  }

  /** Finishes what is queued, for a second at most, and stops. */
  @Override
  public void close() {
    long deadline = System.nanoTime() + closing.toNanos();
    try {
      boolean finished =
          queue.offer(CleanUpJob.STOP, closing.toNanos(), TimeUnit.NANOSECONDS)
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
