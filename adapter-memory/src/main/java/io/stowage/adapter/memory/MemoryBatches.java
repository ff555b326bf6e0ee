package io.stowage.adapter.memory;

import io.stowage.api.Version;
import io.stowage.spi.AtomicPort;
import io.stowage.spi.AtomicResult;
import io.stowage.spi.AtomicWrite;
import io.stowage.spi.Commit;
import io.stowage.spi.CommitResult;
import io.stowage.spi.CommitResult.Status;
import io.stowage.spi.Removal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Atomic batches of one store in the heap: any items lie together, and a batch passes alone. */
final class MemoryBatches implements AtomicPort {

  private final StoreParts store;

  MemoryBatches(StoreParts store) {
    this.store = store;
  }

  @Override
  public boolean holdsTogether(List<String> ids) {
    store.lifetime().requireOpen();
    return true;
  }

  @Override
  public String requirement() {
    return "nothing";
  }

  @Override
  public AtomicResult apply(List<AtomicWrite> writes) {
    store.lifetime().requireOpen();
    checkBatch(writes);
    List<HeapRecord> gone = new ArrayList<>(writes.size());
    AtomicResult result = store.gate().writeAlone(() -> applyAlone(writes, gone));
    gone.forEach(replaced -> store.indexes().retire(replaced.added()));
    store.expired().freeSome();
    return result;
  }

  private static void checkBatch(List<AtomicWrite> writes) {
    if (writes.isEmpty() || writes.size() > MAX_WRITES) {
      throw new IllegalArgumentException(
          "atomic batch has " + writes.size() + " writes; allowed is 1 to " + MAX_WRITES);
    }
    Set<String> ids = new HashSet<>();
    for (AtomicWrite write : writes) {
      if (!ids.add(write.id())) {
        throw new IllegalArgumentException(
            "id '" + write.id() + "' is twice in an atomic batch; allowed is once");
      }
    }
  }

  /**
   * All checks go by one moment, so that nothing expires between them and the changes.
   *
   * @param gone takes what the writes replace, if the batch is applied
   */
  private AtomicResult applyAlone(List<AtomicWrite> writes, List<HeapRecord> gone) {
    Instant now = store.clock().instant();
    List<CommitResult> results = writes.stream().map(write -> check(write, now)).toList();
    boolean isApplied = results.stream().allMatch(result -> result.status() == Status.APPLIED);
    if (!isApplied) {
      return new AtomicResult(false, results);
    }
    List<CommitResult> applied = new ArrayList<>(results.size());
    for (int i = 0; i < results.size(); i++) {
      HeapRecord replaced = replace(writes.get(i), now.toEpochMilli());
      if (replaced != null) {
        gone.add(replaced);
      }
      applied.add(withPayload(results.get(i), replaced));
    }
    return new AtomicResult(true, applied);
  }

  private CommitResult check(AtomicWrite write, Instant now) {
    HeapRecord stored = WriteRules.present(store.records().get(write.id()), now.toEpochMilli());
    Status status;
    if (write instanceof Commit commit) {
      status = WriteRules.check(commit, stored, now);
    } else {
      Version expected = ((Removal) write).expected();
      boolean isAsExpected =
          expected == null || (stored != null && WriteRules.isExpected(expected, stored));
      status = isAsExpected ? Status.APPLIED : Status.PRECONDITION_FAILED;
    }
    Version version = stored == null ? null : stored.version();
    return new CommitResult(status, WriteRules.micros(now), version, null);
  }

  /** Puts the write's record in the place of the one that is answered. */
  private @Nullable HeapRecord replace(AtomicWrite write, long nowMillis) {
    HeapRecord before = WriteRules.present(store.records().get(write.id()), nowMillis);
    HeapRecord next =
        write instanceof Commit commit
            ? HeapRecord.of(commit, AddedEntries.UNKNOWN)
                .expiringAt(WriteRules.expiresAt(commit.expiry(), before, nowMillis))
            : null;
    store.records().change(write.id(), held -> next);
    return before;
  }

  private static CommitResult withPayload(CommitResult result, @Nullable HeapRecord replaced) {
    return new CommitResult(
        result.status(),
        result.serverMicros(),
        result.stored(),
        replaced == null ? null : replaced.answerable());
  }
}
