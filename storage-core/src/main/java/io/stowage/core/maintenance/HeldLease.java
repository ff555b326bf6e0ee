package io.stowage.core.maintenance;

import io.stowage.spi.AdapterException;
import io.stowage.spi.LeasePort;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lease that is extended now and then, and given back at the end. Used by one thread. */
final class HeldLease implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HeldLease.class);

  private final LeasePort leases;
  private final String name;
  private final String holder;
  private final Duration duration;
  private long extended;

  private HeldLease(
      LeasePort leases, String name, String holder, Duration duration, long extended) {
    this.leases = leases;
    this.name = name;
    this.holder = holder;
    this.duration = duration;
    this.extended = extended;
  }

  /** The lease if it was free; empty if somebody else has it. One round trip. */
  static Optional<HeldLease> take(LeasePort leases, String name, String holder, Duration duration) {
    long now = System.nanoTime();
    return leases.acquire(name, holder, duration)
        ? Optional.of(new HeldLease(leases, name, holder, duration, now))
        : Optional.empty();
  }

  /** Extends the lease if a third of it has passed; whether it is still held. */
  boolean keep() {
    long now = System.nanoTime();
    if (now - extended < duration.toNanos() / 3) {
      return true;
    }
    extended = now;
    return leases.acquire(name, holder, duration);
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
