package io.stowage.core.protocol;

import io.stowage.api.WriteResult;
import io.stowage.core.item.ItemMapper;
import io.stowage.spi.AdapterException;
import io.stowage.spi.Commit;
import io.stowage.spi.CommitResult;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.Removal;
import io.stowage.spi.RemovalResult;
import io.stowage.spi.SerializationException;
import io.stowage.spi.StorePorts;
import io.stowage.spi.StoredRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends writes and removals through the ports of one store, by the steps of the protocol. Safe for
 * use by many threads.
 *
 * @param <T> the type of the items
 */
public final class WriteProtocol<T> {

  /** How often a write may be refused as not newer or too old before it gives up. */
  static final int MAX_REFUSALS = 50;

  private static final Logger LOG = LoggerFactory.getLogger(WriteProtocol.class);

  private final StorePorts ports;
  private final VersionClock clock;
  private final CleanUp cleanUp;
  private final ItemMapper<T> mapper;
  private final int batchSize;

  public WriteProtocol(
      StorePorts ports, VersionClock clock, CleanUp cleanUp, ItemMapper<T> mapper, int batchSize) {
    this.ports = ports;
    this.clock = clock;
    this.cleanUp = cleanUp;
    this.mapper = mapper;
    this.batchSize = batchSize;
  }

  /**
   * Writes items; of two writes of one id the later one stays. One round trip a batch, on one node.
   *
   * @return one result for each write
   * @throws AdapterException if the backend fails; what was written before stays
   */
  public List<WriteResult> write(List<StagedWrite> writes) {
    for (int from = 0; from < writes.size(); ) {
      int to = endOfBatch(writes, from);
      try {
        writeBatch(writes.subList(from, to));
      } catch (AdapterException e) {
        throw writes.stream().anyMatch(StagedWrite::mayBeApplied) ? e.afterAnotherPart() : e;
      }
      from = to;
    }
    return writes.stream().map(write -> Objects.requireNonNull(write.result())).toList();
  }

  /** A batch holds an id once, so that a write that begins again cannot overtake a later one. */
  private int endOfBatch(List<StagedWrite> writes, int from) {
    int end = Math.min(writes.size(), from + batchSize);
    if (end - from == 1) {
      return end;
    }
    Set<String> ids = new HashSet<>();
    int to = from;
    while (to < end && ids.add(writes.get(to).id())) {
      to++;
    }
    return to;
  }

  private void writeBatch(List<StagedWrite> batch) {
    List<StagedWrite> open = batch;
    while (!open.isEmpty()) {
      open.forEach(write -> write.begin(clock.next()));
      attempt(open);
      List<StagedWrite> unfinished = open.stream().filter(write -> write.result() == null).toList();
      open.forEach(WriteProtocol::checkCertain);
      checkRefusals(unfinished);
      open = unfinished;
    }
  }

  private void attempt(List<StagedWrite> open) {
    List<IndexEntry> entries = new ArrayList<>(open.size() * 4);
    List<Commit> commits = new ArrayList<>(open.size());
    for (StagedWrite write : open) {
      entries.addAll(write.entries());
      commits.add(write.commit());
    }
    List<CommitResult> answers;
    try {
      answers = ports.addThenCommit(entries, commits);
    } catch (AdapterException e) {
      open.forEach(write -> write.failed(e.outcome()));
      if (!e.isTransient() || !open.stream().allMatch(StagedWrite::mayTryAgain)) {
        throw e;
      }
      LOG.debug("writing {} items again with fresh versions: {}", open.size(), e.getMessage());
      return;
    }
    for (int i = 0; i < open.size(); i++) {
      StagedWrite write = open.get(i);
      CommitResult answer = answers.get(i);
      clock.synchronize(answer.serverMicros());
      if (answer.status() == CommitResult.Status.NOT_NEWER && answer.stored() != null) {
        clock.observe(answer.stored());
      }
      write.answered(answer);
      finish(write);
    }
  }

  private void finish(StagedWrite write) {
    List<IndexEntry> refused = write.takeRefused();
    if (!refused.isEmpty()) {
      cleanUp.submit(ports.indexes(), () -> refused);
    }
    StoredRecord replaced = write.replaced();
    if (replaced != null) {
      retire(write.id(), replaced);
    }
  }

  private static void checkCertain(StagedWrite write) {
    if (write.isUncertain()) {
      throw AdapterException.unanswered(
          "the answer to a write of item '"
              + write.id()
              + "' was lost, and a later attempt was refused",
          null);
    }
  }

  private static void checkRefusals(List<StagedWrite> unfinished) {
    for (StagedWrite write : unfinished) {
      if (write.timesRefused() >= MAX_REFUSALS) {
        throw AdapterException.unavailable(
            "item '"
                + write.id()
                + "' was refused "
                + MAX_REFUSALS
                + " times as not newer or too old",
            null);
      }
    }
  }

  /**
   * Removes items. One round trip a batch, on one node.
   *
   * @return how many were stored, at the expected version where one is given
   */
  public long remove(Collection<Removal> removals) {
    List<Removal> all = List.copyOf(removals);
    long removed = 0;
    for (int from = 0; from < all.size(); from += batchSize) {
      List<Removal> batch = all.subList(from, Math.min(all.size(), from + batchSize));
      List<RemovalResult> results = removeBatch(batch, removed > 0);
      for (int i = 0; i < batch.size(); i++) {
        removed += finish(batch.get(i), results.get(i));
      }
    }
    return removed;
  }

  private List<RemovalResult> removeBatch(List<Removal> batch, boolean isLater) {
    try {
      return ports.records().remove(batch);
    } catch (AdapterException e) {
      throw isLater ? e.afterAnotherPart() : e;
    }
  }

  private int finish(Removal removal, RemovalResult result) {
    if (result.removed() == null) {
      return 0;
    }
    if (result.payload() != null) {
      retire(removal.id(), new StoredRecord(result.removed(), result.payload()));
    }
    return 1;
  }

  private void retire(String id, StoredRecord dead) {
    if (!mapper.type().indexes().isEmpty()) {
      cleanUp.submit(ports.indexes(), () -> entriesOf(id, dead));
    }
  }

  /** The entries of a record that is no longer stored. */
  public List<IndexEntry> entriesOf(String id, StoredRecord dead) {
    try {
      T item = mapper.decode(dead.payload());
      return mapper.terms(id, item).entries(id, dead.version());
    } catch (SerializationException | IllegalArgumentException e) {
      LOG.warn(
          "entries of the replaced version {} of item '{}' in store '{}' stay until they are"
              + " repaired, since it cannot be decoded: {}",
          dead.version(),
          id,
          mapper.type().store(),
          e.getMessage());
      return List.of();
    }
  }
}
