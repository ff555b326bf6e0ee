package io.stowage.adapter.redis.common;

import io.stowage.spi.Commit;
import io.stowage.spi.CommitResult;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexPort;
import io.stowage.spi.IntersectionPort;
import io.stowage.spi.PersistencePort;
import io.stowage.spi.StorePorts;
import java.util.List;
import java.util.Optional;

/** The ports of one store. */
final class RedisStorePorts implements StorePorts {

  private final Pipeline pipeline;
  private final Commits commits;
  private final IndexWrites writes;
  private final PersistencePort records;
  private final IndexPort indexes;
  private final IntersectionPort intersections;

  RedisStorePorts(Pipeline pipeline, Keys keys) {
    this.pipeline = pipeline;
    commits = new Commits(keys);
    writes = new IndexWrites(keys);
    records = new RedisPersistence(pipeline, keys, commits);
    indexes = new RedisIndexes(pipeline, keys, writes);
    intersections = new RedisIntersections(pipeline, keys);
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

  /** One round trip where one node takes the whole batch at once, else one for each step. */
  @Override
  public List<CommitResult> addThenCommit(List<IndexEntry> entries, List<Commit> batch) {
    StagedWrite write = new StagedWrite(pipeline, writes, commits, entries, batch);
    List<RedisCommand> commands = write.commands();
    return pipeline.isOneRoundTrip(commands)
        ? write.send(commands)
        : StorePorts.super.addThenCommit(entries, batch);
  }
}
