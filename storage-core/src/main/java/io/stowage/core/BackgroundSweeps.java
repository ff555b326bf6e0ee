package io.stowage.core;

import io.stowage.api.MaintenanceListener;
import io.stowage.api.StorageException;
import io.stowage.api.StoreOptions;
import io.stowage.api.SweepReport;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sweeps the open stores of one platform, one after another on one thread, which is started with
 * the first of them. A store that is opened several times is swept as it was opened last. Safe for
 * use by many threads.
 *
 * <p>Each store is swept now and then, and again at once while much of what a run meets is dead.
 * Where this process knows that much will be dead at some time, the oldest entries are swept then.
 */
final class BackgroundSweeps implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BackgroundSweeps.class);
  private static final Duration CLOSING = Duration.ofSeconds(1);

  /** A run that removes so many entries, and this part of those it looked at, is worth another. */
  private static final int MUCH = 1_000;

  private static final int MUCH_OF = 4;

  /** After a run over the oldest entries that was not worth it comes none for so many times it. */
  private static final int REST = 10;

  /** How many expected runs may wait; beyond it the next sweep in its turn has to do. */
  private static final int MAX_EXPECTED = 10_000;

  /** How and when a store is swept. */
  private record Plan(StoreOptions options, StoreSweeps sweeps, Future<?> runs) {}

  private final String name;
  private final MaintenanceListener listener;
  private final Duration closing;
  private final Map<String, Plan> plans = new HashMap<>();

  /** When the oldest entries of a store may be swept again, in nanoseconds of the JVM's clock. */
  private final Map<String, Long> rests = new HashMap<>();

  /** What is to be done before its turn. */
  private final Set<String> awaited = new HashSet<>();

  private @Nullable ScheduledThreadPoolExecutor scheduler;
  private boolean isClosed;

  /**
   * Sweeps of nothing yet.
   *
   * @param name the name of the thread
   * @param listener throws nothing
   */
  BackgroundSweeps(String name, MaintenanceListener listener) {
    this(name, listener, CLOSING);
  }

  /**
   * Sweeps of nothing yet.
   *
   * @param closing how long {@link #close} waits at most
   */
  BackgroundSweeps(String name, MaintenanceListener listener, Duration closing) {
    this.name = name;
    this.listener = listener;
    this.closing = closing;
  }

  /**
   * Sweeps a store every {@link StoreOptions#sweepEvery()} from now on, for the first time after a
   * random part of the second half of it, so that processes that start together do not sweep
   * together, and one that ends soon does not sweep at all. A store that was opened with the same
   * options before goes on being swept as it is.
   *
   * @param sweeping each run is called by one thread at a time
   */
  synchronized void sweep(String store, StoreOptions options, StoreSweeps sweeping) {
    Plan known = plans.get(store);
    boolean isKnown = known != null && known.options().equals(options);
    if (isKnown || isClosed) {
      return;
    }
    if (options.sweepEvery().isZero()) {
      plans.remove(store);
      if (known != null) {
        known.runs().cancel(false);
      }
      return;
    }
    plans.put(store, new Plan(options, sweeping, runs(store, options.sweepEvery(), known)));
  }

  private Future<?> runs(String store, Duration period, @Nullable Plan known) {
    if (known != null && known.options().sweepEvery().equals(period)) {
      return known.runs();
    }
    if (known != null) {
      known.runs().cancel(false);
    }
    long nanos = period.toNanos();
    long first = nanos / 2 + ThreadLocalRandom.current().nextLong((nanos + 1) / 2);
    return scheduler().scheduleWithFixedDelay(() -> run(store), first, nanos, TimeUnit.NANOSECONDS);
  }

  private ScheduledThreadPoolExecutor scheduler() {
    ScheduledThreadPoolExecutor started = scheduler;
    if (started == null) {
      started = new ScheduledThreadPoolExecutor(1, this::thread);
      started.setRemoveOnCancelPolicy(true);
      started.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
      scheduler = started;
    }
    return started;
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Sweeps the oldest entries of a store after a time, when many of them are expected to be dead.
   */
  synchronized void expectDead(String store, Duration after) {
    ScheduledThreadPoolExecutor started = scheduler;
    boolean isRoom = started != null && started.getQueue().size() < MAX_EXPECTED;
    if (isRoom && !isClosed && plans.containsKey(store)) {
      later(() -> runOldest(store), after.toNanos());
    }
  }

  private synchronized void later(Runnable run, long nanos) {
    if (!isClosed) {
      Future<?> unused = scheduler().schedule(run, nanos, TimeUnit.NANOSECONDS);
    }
  }

  /** Does something later, unless a thing of the same name is to be done already. */
  private synchronized void laterOnce(String name, Runnable run, long nanos) {
    if (awaited.add(name)) {
      later(
          () -> {
            begun(name);
            run.run();
          },
          nanos);
    }
  }

  private synchronized void begun(String name) {
    awaited.remove(name);
  }

  private void run(String store) {
    SweepReport report = run(store, StoreSweeps::whole);
    if (report != null && isMuch(report)) {
      long pause = report.isComplete() ? report.elapsed().toNanos() : 0;
      laterOnce("whole " + store, () -> run(store), pause);
    }
  }

  /**
   * Sweeps the oldest entries unless that was done lately. A run that finds much to do is followed
   * by a rest as long as itself, any other by a longer one.
   */
  private void runOldest(String store) {
    long left = restOf(store);
    if (left > 0) {
      laterOnce("oldest " + store, () -> runOldest(store), left);
      return;
    }
    SweepReport report = run(store, StoreSweeps::oldest);
    if (report != null) {
      long elapsed = report.elapsed().toNanos();
      rest(store, isMuch(report) ? elapsed : REST * elapsed);
      if (isMuch(report) && !report.isComplete()) {
        laterOnce("oldest " + store, () -> runOldest(store), elapsed);
      }
    }
  }

  /** How long the rest of a store still lasts. */
  private synchronized long restOf(String store) {
    Long end = rests.get(store);
    return end == null ? 0 : end - System.nanoTime();
  }

  private synchronized void rest(String store, long nanos) {
    rests.put(store, System.nanoTime() + nanos);
  }

  private static boolean isMuch(SweepReport report) {
    return report.removed() >= MUCH && report.removed() >= report.entries() / MUCH_OF;
  }

  /** One run; answers what it did, or null if it did not end well. */
  private @Nullable SweepReport run(
      String store, Function<StoreSweeps, Supplier<SweepReport>> kind) {
    Plan plan = plan(store);
    if (plan == null) {
      return null;
    }
    try {
      SweepReport report = kind.apply(plan.sweeps()).get();
      listener.swept(store, report);
      return report;
    } catch (StorageException e) {
      if (plan(store) == null) {
        LOG.debug("sweep of store '{}' was ended by the close: {}", store, e.getMessage());
        return null;
      }
      LOG.warn("dead index entries stay until the next sweep: {}", e.getMessage());
      listener.sweepFailed(store, e);
    } catch (IllegalStateException e) {
      LOG.debug("sweep of store '{}' was ended: {}", store, e.getMessage());
    } catch (RuntimeException | Error e) {
      // What is thrown here would end the periodic runs for good.
      LOG.error("sweep of store '{}' failed", store, e);
    }
    return null;
  }

  private synchronized @Nullable Plan plan(String store) {
    return isClosed ? null : plans.get(store);
  }

  /**
   * Lets no other run begin, and waits for one under way, for a second at most. The run is expected
   * to notice that the platform is closed and to give its lease back.
   */
  @Override
  public void close() {
    ScheduledThreadPoolExecutor started = end();
    if (started == null) {
      return;
    }
    started.shutdown();
    try {
      if (!started.awaitTermination(closing.toNanos(), TimeUnit.NANOSECONDS)) {
        LOG.warn("a sweep was interrupted when the platform closed");
        started.shutdownNow();
      }
    } catch (InterruptedException e) {
      started.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  /** Lets no other run begin; how one under way ends is told nobody from now on. */
  synchronized void beginNoMore() {
    isClosed = true;
  }

  private synchronized @Nullable ScheduledThreadPoolExecutor end() {
    isClosed = true;
    return scheduler;
  }
}
