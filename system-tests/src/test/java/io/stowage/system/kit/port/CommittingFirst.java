package io.stowage.system.kit.port;

import io.stowage.api.Version;
import io.stowage.spi.Commit;
import io.stowage.spi.CommitResult;
import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexPort;
import io.stowage.spi.IndexRange;
import io.stowage.spi.PersistencePort;
import io.stowage.spi.StorePorts;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Commits records before it adds their entries. That shows whatever the scheduler does: the first
 * batch is held between the two until somebody has seen a record of it, then read an index, and
 * then looked at the record again.
 */
final class CommittingFirst extends PortsOver {

  private static final long PATIENCE_SECONDS = 20;

  private final CountDownLatch seenAgain = new CountDownLatch(1);
  private volatile boolean recordSeen;
  private volatile boolean indexRead;

  CommittingFirst(StorePorts right) {
    super(right);
  }

  @Override
  public List<CommitResult> addThenCommit(List<IndexEntry> entries, List<Commit> commits) {
    List<CommitResult> results = right.records().commit(commits);
    try {
      seenAgain.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    right.indexes().add(entries);
    return results;
  }

  @Override
  public PersistencePort records() {
    return new RecordsOver(right.records()) {
      @Override
      public List<@Nullable Version> versions(List<String> ids) {
        List<@Nullable Version> found = super.versions(ids);
        if (indexRead) {
          seenAgain.countDown();
        }
        if (found.stream().anyMatch(Objects::nonNull)) {
          recordSeen = true;
        }
        return found;
      }
    };
  }

  @Override
  public IndexPort indexes() {
    return new IndexesOver(right.indexes()) {
      @Override
      public List<EntryRef> read(
          IndexRange range, Direction direction, @Nullable EntryRef after, int limit) {
        List<EntryRef> found = super.read(range, direction, after, limit);
        if (recordSeen) {
          indexRead = true;
        }
        return found;
      }
    };
  }
}
