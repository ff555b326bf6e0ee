package io.stowage.adapter.memory;

import io.stowage.spi.AtomicPort;
import io.stowage.spi.BlobPort;
import io.stowage.spi.IndexPort;
import io.stowage.spi.IntersectionPort;
import io.stowage.spi.LeasePort;
import io.stowage.spi.PersistencePort;
import io.stowage.spi.StorePorts;
import java.time.InstantSource;
import java.util.Optional;

/** The ports of one store in the heap. */
final class MemoryStore implements StorePorts {

  private final Lifetime lifetime;
  private final MemoryRecords records;
  private final MemoryIndexes indexes;
  private final MemoryLeases leases;
  private final MemoryBlobs blobs;

  MemoryStore(InstantSource clock, Lifetime lifetime) {
    this.lifetime = lifetime;
    this.records = new MemoryRecords(clock, lifetime);
    this.indexes = new MemoryIndexes(lifetime);
    this.leases = new MemoryLeases(clock, lifetime);
    this.blobs = new MemoryBlobs(lifetime);
  }

  @Override
  public PersistencePort records() {
    lifetime.requireOpen();
    return records;
  }

  @Override
  public IndexPort indexes() {
    lifetime.requireOpen();
    return indexes;
  }

  @Override
  public Optional<IntersectionPort> intersections() {
    lifetime.requireOpen();
    return Optional.of(indexes);
  }

  @Override
  public LeasePort leases() {
    lifetime.requireOpen();
    return leases;
  }

  @Override
  public BlobPort blobs() {
    lifetime.requireOpen();
    return blobs;
  }

  @Override
  public Optional<AtomicPort> atomic() {
    lifetime.requireOpen();
    return Optional.of(records);
  }
}
