package io.stowage.core.maintenance;

import io.stowage.spi.AdapterException;
import io.stowage.spi.LeasePort;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lease that is extended now and then, and given back at the end. Used by one thread.
 *
 * <p>Work that frees memory must not wait for memory: it goes on without the lease while the
 * backend has no room for it, and takes it once there is room.
 */
final class HeldLease implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HeldLease.class);

  private final LeasePort leases;
  private final String name;
  private final String holder;
  private final Duration duration;
  private final boolean freesMemory;
  private long extended;

  private HeldLease(
      LeasePort leases, String name, String holder, Duration duration, boolean freesMemory) {
    this.leases = leases;
    this.name = name;
    this.holder = holder;
    this.duration = duration;
    this.freesMemory = freesMemory;
  }

  /** The lease if it was free; empty if somebody else has it. One round trip. */
  static Optional<HeldLease> take(LeasePort leases, String name, String holder, Duration duration) {
    return ifAcquired(new HeldLease(leases, name, holder, duration, false));
  }

  /**
   * The same for work that frees memory and does no harm if somebody else does it at the same time:
   * a backend that has no memory for the lease keeps nobody from it.
   */
  static Optional<HeldLease> takeToFree(
      LeasePort leases, String name, String holder, Duration duration) {
    return ifAcquired(new HeldLease(leases, name, holder, duration, true));
  }

  private static Optional<HeldLease> ifAcquired(HeldLease lease) {
    return lease.acquire(System.nanoTime()) ? Optional.of(lease) : Optional.empty();
  }

  private boolean acquire(long now) {
    extended = now;
    try {
      return leases.acquire(name, holder, duration);
    } catch (AdapterException e) {
      if (!freesMemory || !e.isOutOfMemory()) {
        throw e;
      }
      LOG.warn("'{}' goes on without its lease, to make room: {}", name, e.getMessage());
      return true;
    }
  }

  /** Extends the lease if a third of it has passed; whether it is still held. */
  boolean keep() {
    long now = System.nanoTime();
    if (now - extended < duration.toNanos() / 3) {
      return true;
    }
    return acquire(now);
  }

  /** Gives the lease back. If that fails it ends by itself. */
  @Override
  public void close() {
    try {
      leases.release(name, holder);
    } catch (AdapterException | IllegalStateException e) {
      LOG.warn("lease '{}' was not given back and ends after {}: {}", name, duration, e.toString());
    }
  }
}
