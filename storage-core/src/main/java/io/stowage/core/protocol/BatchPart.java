package io.stowage.core.protocol;

import io.stowage.api.Version;
import io.stowage.api.WriteResult;
import io.stowage.api.WriteResult.Status;
import io.stowage.spi.AtomicWrite;
import io.stowage.spi.CommitResult;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.Removal;
import io.stowage.spi.StoredRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One write or removal of an atomic batch on its way through the protocol. It sends nothing itself.
 * Used by one thread.
 */
public abstract sealed class BatchPart {

  private @Nullable WriteResult result;

  /** A part that writes an item. */
  public static BatchPart of(StagedWrite write) {
    return new Write(write);
  }

  /** A part that removes an item. */
  public static BatchPart of(Removal removal) {
    return new Delete(removal);
  }

  abstract String id();

  /** Begins an attempt; a write takes a fresh version. */
  abstract void begin(VersionClock clock);

  /** The entries to add before the batch is sent. */
  abstract List<IndexEntry> entries();

  abstract AtomicWrite toSend();

  /** Takes note that the batch was applied. */
  abstract void applied(CommitResult answer);

  /** Takes note that the batch was refused for good, by this part or by another. */
  abstract void refused(CommitResult answer);

  /** Takes note that the batch was applied although its answer was lost. */
  abstract void foundApplied();

  /** Whether the result follows from the batch having been applied. */
  abstract boolean isKnownOnceApplied();

  /** Whether what is stored was written by this part's last attempt. */
  abstract boolean wrote(@Nullable Version stored);

  /** The record whose entries are to be retired, if it is known. */
  abstract @Nullable StoredRecord replaced();

  /** The result, once there is one. */
  @Nullable WriteResult result() {
    return result;
  }

  void end(Status status, @Nullable Version current) {
    result = new WriteResult(id(), status, current);
  }

  private static final class Write extends BatchPart {

    private final StagedWrite write;
    private @Nullable Version last;

    Write(StagedWrite write) {
      this.write = write;
    }

    @Override
    String id() {
      return write.id();
    }

    @Override
    void begin(VersionClock clock) {
      last = clock.next();
      write.begin(last);
    }

    @Override
    List<IndexEntry> entries() {
      return write.entries();
    }

    @Override
    AtomicWrite toSend() {
      return write.commit();
    }

    @Override
    void applied(CommitResult answer) {
      write.answered(answer);
      end(Status.STORED, last);
    }

    @Override
    void refused(CommitResult answer) {
      switch (answer.status()) {
        case PRECONDITION_FAILED -> end(write.unmet(answer.stored()), answer.stored());
        case EXPIRED -> end(Status.ALREADY_EXPIRED, answer.stored());
        case APPLIED, TOO_OLD, NOT_NEWER -> end(Status.NOT_APPLIED, answer.stored());
      }
    }

    @Override
    void foundApplied() {
      end(Status.STORED, last);
    }

    @Override
    boolean isKnownOnceApplied() {
      return true;
    }

    @Override
    boolean wrote(@Nullable Version stored) {
      return stored != null && stored.equals(last);
    }

    @Override
    @Nullable StoredRecord replaced() {
      return write.replaced();
    }
  }

  private static final class Delete extends BatchPart {

    private final Removal removal;
    private @Nullable StoredRecord removed;

    Delete(Removal removal) {
      this.removal = removal;
    }

    @Override
    String id() {
      return removal.id();
    }

    @Override
    void begin(VersionClock clock) {}

    @Override
    List<IndexEntry> entries() {
      return List.of();
    }

    @Override
    AtomicWrite toSend() {
      return removal;
    }

    @Override
    void applied(CommitResult answer) {
      removed = Retirement.dead(answer.stored(), answer.payload());
      end(answer.stored() == null ? Status.ABSENT : Status.DELETED, null);
    }

    @Override
    void refused(CommitResult answer) {
      Version stored = answer.stored();
      if (answer.status() != CommitResult.Status.PRECONDITION_FAILED) {
        end(Status.NOT_APPLIED, stored);
      } else {
        end(stored == null ? Status.ABSENT : Status.VERSION_CONFLICT, stored);
      }
    }

    @Override
    void foundApplied() {
      end(Status.DELETED, null);
    }

    @Override
    boolean isKnownOnceApplied() {
      return removal.expected() != null;
    }

    @Override
    boolean wrote(@Nullable Version stored) {
      return false;
    }

    @Override
    @Nullable StoredRecord replaced() {
      return removed;
    }
  }
}
