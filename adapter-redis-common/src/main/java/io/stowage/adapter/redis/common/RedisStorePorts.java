package io.stowage.adapter.redis.common;

import io.stowage.api.Durability;
import io.stowage.spi.AdapterException;
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
import java.util.List;
import java.util.Optional;

/** The ports of one store. */
final class RedisStorePorts implements StorePorts {

  private final Pipeline pipeline;
  private final Keys keys;
  private final AnswerWeight ofRecords;
  private final AnswerWeight ofEntries;
  private final Commits commits;
  private final IndexWrites writes;
  private final PersistencePort records;
  private final IndexPort indexes;
  private final IntersectionPort intersections;
  private final LeasePort leases;
  private final BlobPort blobs;
  private final AtomicPort atomic;

  RedisStorePorts(Pipeline pipeline, Keys keys) {
    this(pipeline, keys, AnswerWeight.ofRecords(), AnswerWeight.ofEntries());
  }

  private RedisStorePorts(
      Pipeline pipeline, Keys keys, AnswerWeight ofRecords, AnswerWeight ofEntries) {
    this.pipeline = pipeline;
    this.keys = keys;
    this.ofRecords = ofRecords;
    this.ofEntries = ofEntries;
    commits = new Commits(keys, ofRecords);
    writes = new IndexWrites(keys);
    records = new RedisPersistence(pipeline, keys, commits, ofRecords);
    indexes = new RedisIndexes(pipeline, keys, writes, ofEntries);
    intersections = new RedisIntersections(pipeline, keys, ofEntries);
    leases = new RedisLeases(pipeline, keys);
    blobs = new RedisBlobs(pipeline, keys);
    atomic = new RedisAtomic(pipeline, keys);
  }

  @Override
  public PersistencePort records() {
    return records;
  }

  @Override
  public IndexPort indexes() {
    return indexes;
  }

  @Override
  public Optional<IntersectionPort> intersections() {
    return pipeline.isSingleNode() ? Optional.of(intersections) : Optional.empty();
  }

  @Override
  public LeasePort leases() {
    return leases;
  }

  @Override
  public BlobPort blobs() {
    return blobs;
  }

  @Override
  public Optional<AtomicPort> atomic() {
    return Optional.of(atomic);
  }

  @Override
  public Optional<StorePorts> confirmed(Durability durability) {
    return Optional.of(
        new RedisStorePorts(pipeline.confirmed(durability), keys, ofRecords, ofEntries));
  }

  @Override
  public Optional<StorePorts> possiblyStale() {
    return Optional.of(new RedisStorePorts(pipeline.possiblyStale(), keys, ofRecords, ofEntries));
  }

  /** One round trip where one node takes the whole batch at once, else one for each step. */
  @Override
  public List<CommitResult> addThenCommit(List<IndexEntry> entries, List<Commit> batch) {
    StagedWrite write = new StagedWrite(pipeline, writes, commits, entries, batch);
    List<RedisCommand> commands = write.commands();
    if (pipeline.isOneRoundTrip(commands)) {
      return write.send(commands);
    }
    addBeforeCommit(entries);
    return records.commit(batch);
  }

  /** Whatever becomes of the entries: if this fails, nothing is committed. */
  private void addBeforeCommit(List<IndexEntry> entries) {
    List<RedisCommand> adds = IndexWrites.commands(writes.adds(entries));
    Written added;
    try {
      added = pipeline.write(adds);
      ReplyErrors.checkWrites(adds::get, added.replies());
    } catch (AdapterException e) {
      String message = "nothing was committed, for entries could not be added: " + e.getMessage();
      throw e.isTransient()
          ? AdapterException.unavailable(message, e)
          : AdapterException.refused(message, e);
    }
    String shortfall = pipeline.shortfall(added);
    if (shortfall != null) {
      throw AdapterException.unavailable(
          "nothing was committed, for the index entries were " + shortfall, null);
    }
  }
}
