package io.stowage.core.protocol;

import io.stowage.api.Outcome;
import io.stowage.api.Version;
import io.stowage.api.WriteResult;
import io.stowage.spi.AdapterException;
import io.stowage.spi.Commit;
import io.stowage.spi.CommitResult;
import io.stowage.spi.IndexEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends writes through the ports of one store, by the steps of the protocol. Safe for use by many
 * threads.
 */
public final class WriteProtocol {

  /** How often a write may be refused as not newer or too old before it gives up. */
  static final int MAX_REFUSALS = 50;

  private static final Logger LOG = LoggerFactory.getLogger(WriteProtocol.class);

  private final WritePath path;
  private final VersionClock clock;
  private final Retirement<?> retirement;
  private final int batchSize;

  public WriteProtocol(
      WritePath path, VersionClock clock, Retirement<?> retirement, int batchSize) {
    this.path = path;
    this.clock = clock;
    this.retirement = retirement;
    this.batchSize = batchSize;
  }

  /**
   * Writes items; of two writes of one id the later one stays. One round trip a batch, on one node.
   * A write that another one replaces is sent only if its result depends on it.
   *
   * @return one result for each write
   * @throws AdapterException if the backend fails; what was written before stays
   */
  public List<WriteResult> write(List<StagedWrite> writes) {
    Rounds rounds = Rounds.of(writes);
    List<Version> before = rounds.superseded().stream().map(write -> clock.next()).toList();
    for (List<StagedWrite> round : rounds.rounds()) {
      for (int from = 0; from < round.size(); from += batchSize) {
        try {
          writeBatch(round.subList(from, Math.min(round.size(), from + batchSize)));
        } catch (AdapterException e) {
          throw ofAll(writes, e);
        }
      }
    }
    for (int i = 0; i < before.size(); i++) {
      rounds.superseded().get(i).superseded(before.get(i));
    }
    return writes.stream().map(write -> Objects.requireNonNull(write.result())).toList();
  }

  private static AdapterException ofAll(List<StagedWrite> writes, AdapterException failure) {
    long stored = writes.stream().filter(StagedWrite::isStored).count();
    if (stored > 0) {
      return failure.afterAnotherPart(stored);
    }
    return writes.stream().anyMatch(StagedWrite::mayBeApplied)
        ? failure.afterAnotherPart()
        : failure;
  }

  private void writeBatch(List<StagedWrite> batch) {
    List<StagedWrite> open = batch;
    while (!open.isEmpty()) {
      open.forEach(write -> write.begin(clock.next()));
      attempt(open);
      open.forEach(this::checkCertain);
      open = unfinished(open);
      checkRefusals(open);
    }
  }

  private static List<StagedWrite> unfinished(List<StagedWrite> writes) {
    return writes.stream().filter(write -> write.result() == null).toList();
  }

  private void attempt(List<StagedWrite> open) {
    List<IndexEntry> entries = new ArrayList<>(open.size() * 4);
    List<Commit> commits = new ArrayList<>(open.size());
    for (StagedWrite write : open) {
      entries.addAll(write.entries());
      commits.add(write.commit());
    }
    long asked = clock.asked();
    List<CommitResult> answers;
    try {
      path.preparation().run();
      answers = path.ports().addThenCommit(entries, commits);
    } catch (AdapterException e) {
      failed(open, e);
      return;
    }
    for (int i = 0; i < open.size(); i++) {
      clock.learn(asked, answers.get(i));
      open.get(i).answered(answers.get(i));
      finish(open.get(i));
    }
  }

  private void finish(StagedWrite write) {
    retirement.discard(write.takeRefused());
    retirement.retire(write.id(), write.replaced());
  }

  /**
   * Decides how writes go on that were not answered: some are found to be stored, others may begin
   * again. If one may do neither, all fail.
   */
  private void failed(List<StagedWrite> open, AdapterException failure) {
    for (StagedWrite write : open) {
      write.failed(failure.outcome());
      finish(write);
    }
    if (!failure.isTransient()) {
      throw failure;
    }
    if (failure.outcome() == Outcome.UNKNOWN && !path.isConfirmed()) {
      lookUp(open, failure);
    }
    List<StagedWrite> unfinished = unfinished(open);
    if (!unfinished.stream().allMatch(StagedWrite::mayTryAgain)) {
      throw failure;
    }
    LOG.debug("{} items are to be written again: {}", unfinished.size(), failure.getMessage());
  }

  /**
   * Looks whether writes whose answers were lost are stored. That would not tell whether replicas
   * have them.
   */
  private void lookUp(List<StagedWrite> lost, AdapterException failure) {
    List<@Nullable Version> stored;
    try {
      stored = path.ports().records().versions(lost.stream().map(StagedWrite::id).toList());
    } catch (AdapterException e) {
      failure.addSuppressed(e);
      return;
    }
    for (int i = 0; i < lost.size(); i++) {
      lost.get(i).found(stored.get(i));
    }
  }

  private void checkCertain(StagedWrite write) {
    if (write.isUncertain()) {
      throw AdapterException.unanswered(
          "the answer to a write of item '"
              + write.id()
              + "' was lost, and a later attempt was refused",
          null);
    }
    if (path.isConfirmed() && write.isFound()) {
      throw AdapterException.unconfirmed(
          "item '"
              + write.id()
              + "' is stored by an attempt whose answer was lost, so it is not known whether"
              + " replicas have it");
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
}
