package io.stowage.core.support;

import io.stowage.adapter.memory.MemoryAdapter;
import io.stowage.spi.AtomicPort;
import io.stowage.spi.StorageAdapter;
import io.stowage.spi.StorePorts;
import java.time.InstantSource;
import java.util.Optional;

/** A real backend in memory, to be used with a {@link Disturbance} or without. */
public final class Backend implements StorageAdapter {

  private final MemoryAdapter memory;
  private final Disturbance disturbance = new Disturbance();
  private final Disturbance confirming = new Disturbance();
  private final Optional<MemoryAdapter> replica;
  private final boolean hasBatches;

  public Backend(InstantSource clock) {
    this(clock, Optional.empty(), true);
  }

  private Backend(InstantSource clock, Optional<MemoryAdapter> replica, boolean hasBatches) {
    this.memory = new MemoryAdapter(clock);
    this.replica = replica;
    this.hasBatches = hasBatches;
  }

  /** A backend that cannot apply several writes all or not at all. */
  public static Backend withoutBatches(InstantSource clock) {
    return new Backend(clock, Optional.empty(), false);
  }

  /**
   * A backend with a replica that confirms every write and has nothing but what a test puts into
   * it.
   */
  public static Backend withReplica(InstantSource clock) {
    return new Backend(clock, Optional.of(new MemoryAdapter(clock)), true);
  }

  /** What happens around the calls of this adapter's ports. */
  public Disturbance disturbance() {
    return disturbance;
  }

  /** What happens around the calls of the ports that wait for replicas. */
  public Disturbance confirming() {
    return confirming;
  }

  /** The same data, undisturbed. */
  public StorageAdapter undisturbed() {
    return memory;
  }

  /** What the replica has, undisturbed. */
  public StorageAdapter replica() {
    return replica.orElseThrow();
  }

  @Override
  public String name() {
    return "disturbed";
  }

  @Override
  public StorePorts store(String store) {
    StorePorts data = memory.store(store);
    Optional<AtomicPort> atomic = hasBatches ? data.atomic() : Optional.empty();
    Optional<StorePorts> confirmed =
        replica.map(
            any ->
                new DisturbedPorts(data, confirming, atomic, Optional.empty(), Optional.empty()));
    return new DisturbedPorts(
        data, disturbance, atomic, confirmed, replica.map(adapter -> adapter.store(store)));
  }

  @Override
  public void close() {
    memory.close();
    replica.ifPresent(MemoryAdapter::close);
  }
}
