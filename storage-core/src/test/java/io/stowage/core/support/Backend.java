package io.stowage.core.support;

import io.stowage.adapter.memory.MemoryAdapter;
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

  public Backend(InstantSource clock) {
    this(clock, Optional.empty());
  }

  private Backend(InstantSource clock, Optional<MemoryAdapter> replica) {
    this.memory = new MemoryAdapter(clock);
    this.replica = replica;
  }

  /**
   * A backend with a replica that confirms every write and has nothing but what a test puts into
   * it.
   */
  public static Backend withReplica(InstantSource clock) {
    return new Backend(clock, Optional.of(new MemoryAdapter(clock)));
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
    Optional<StorePorts> confirmed =
        replica.map(
            any -> new DisturbedPorts(data, confirming, Optional.empty(), Optional.empty()));
    return new DisturbedPorts(
        data, disturbance, confirmed, replica.map(adapter -> adapter.store(store)));
  }

  @Override
  public void close() {
    memory.close();
    replica.ifPresent(MemoryAdapter::close);
  }
}
