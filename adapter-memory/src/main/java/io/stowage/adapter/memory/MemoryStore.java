package io.stowage.adapter.memory;

import io.stowage.spi.AtomicPort;
import io.stowage.spi.BlobPort;
import io.stowage.spi.Commit;
import io.stowage.spi.CommitResult;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexPort;
import io.stowage.spi.IntersectionPort;
import io.stowage.spi.LeasePort;
import io.stowage.spi.PersistencePort;
import io.stowage.spi.StorePorts;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The ports of one store in the heap. */
final class MemoryStore implements StorePorts {

  private final Lifetime lifetime;
  private final MemoryRecords records;
  private final MemoryBatches batches;
  private final MemoryIndexes indexes;
  private final MemoryLeases leases;
  private final MemoryBlobs blobs;

  MemoryStore(InstantSource clock, Lifetime lifetime) {
    this.lifetime = lifetime;
    StoreParts parts = StoreParts.of(clock, lifetime, ExpiredRecords.aSecondLater());
    this.records = new MemoryRecords(parts);
    this.batches = new MemoryBatches(parts);
    this.indexes = parts.indexes();
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
    return Optional.of(batches);
  }

  /**
   * Adds entries, which go again when a later write replaces or removes their record. A replaced
   * record whose entries have all gone is answered without its payload.
   */
  @Override
  public List<CommitResult> addThenCommit(List<IndexEntry> entries, List<Commit> commits) {
    long addedApart = indexes.addedApart();
    List<IndexEntry> added = indexes.addWithRecords(entries);
    return records.commit(commits, AddedEntries.byCommit(added, addedApart));
  }
}
