package io.stowage.core.support;

import io.stowage.adapter.memory.MemoryAdapter;
import io.stowage.spi.StorageAdapter;
import io.stowage.spi.StorePorts;
import java.time.InstantSource;

/** A real backend in memory, to be used with a {@link Disturbance} or without. */
public final class Backend implements StorageAdapter {

  private final MemoryAdapter memory;
  private final Disturbance disturbance = new Disturbance();

  public Backend(InstantSource clock) {
    this.memory = new MemoryAdapter(clock);
  }

  /** What happens around the calls of this adapter's ports. */
  public Disturbance disturbance() {
    return disturbance;
  }

  /** The same data, undisturbed. */
  public StorageAdapter undisturbed() {
    return memory;
  }

  @Override
  public String name() {
    return "disturbed";
  }

  @Override
  public StorePorts store(String store) {
    return new DisturbedPorts(memory.store(store), disturbance);
  }

  @Override
  public void close() {
    memory.close();
  }
}
