package io.stowage.core;

import io.stowage.api.MaintenanceListener;
import io.stowage.api.StorageException;
import io.stowage.api.StoreOptions;
import io.stowage.api.SweepReport;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sweeps the open stores of one platform now and then, one after another on one thread, which is
 * started with the first of them. A store that is opened several times is swept as it was opened
 * last. Safe for use by many threads.
 */
final class BackgroundSweeps implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BackgroundSweeps.class);
  private static final Duration CLOSING = Duration.ofSeconds(1);

  /** How a store is swept. */
  private record Plan(StoreOptions options, Supplier<SweepReport> sweep, Future<?> runs) {}

  private final String name;
  private final MaintenanceListener listener;
  private final Duration closing;
  private final Map<String, Plan> plans = new HashMap<>();
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
   * @param sweep one run; called by one thread at a time
   */
  synchronized void sweep(String store, StoreOptions options, Supplier<SweepReport> sweep) {
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
    plans.put(store, new Plan(options, sweep, runs(store, options.sweepEvery(), known)));
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
      scheduler = started;
    }
    return started;
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  private void run(String store) {
    Plan plan = plan(store);
    if (plan == null) {
      return;
    }
    try {
      listener.swept(store, plan.sweep().get());
    } catch (StorageException e) {
      if (plan(store) == null) {
        LOG.debug("sweep of store '{}' was ended by the close: {}", store, e.getMessage());
        return;
      }
      LOG.warn("dead index entries stay until the next sweep: {}", e.getMessage());
      listener.sweepFailed(store, e);
    } catch (IllegalStateException e) {
      LOG.debug("sweep of store '{}' was ended: {}", store, e.getMessage());
    } catch (RuntimeException | Error e) {
      // What is thrown here would end the periodic runs for good.
      LOG.error("sweep of store '{}' failed", store, e);
    }
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
