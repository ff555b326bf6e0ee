package io.stowage.system.kit.port;

import io.stowage.spi.AtomicPort;
import io.stowage.spi.AtomicResult;
import io.stowage.spi.AtomicWrite;
import io.stowage.spi.Commit;
import io.stowage.spi.CommitResult;
import io.stowage.spi.Expiry;
import io.stowage.spi.Precondition;
import io.stowage.spi.Removal;
import io.stowage.spi.RemovalResult;
import io.stowage.spi.StorePorts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Ways to apply batches wrongly. */
final class WrongBatches {

  /** How long a batch that is not one leaves a part of it to be seen. */
  private static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private WrongBatches() {}

  /** Batches by another port; what is overridden differs. */
  private static class BatchesOver implements AtomicPort {

    final AtomicPort right;

    BatchesOver(StorePorts ports) {
      this.right = ports.atomic().orElseThrow();
    }

    @Override
    public boolean holdsTogether(List<String> ids) {
      return right.holdsTogether(ids);
    }

    @Override
    public String requirement() {
      return right.requirement();
    }

    @Override
    public AtomicResult apply(List<AtomicWrite> writes) {
      return right.apply(writes);
    }
  }

  static AtomicPort applyingAPart(StorePorts ports) {
    return new BatchesOver(ports) {
      @Override
      public AtomicResult apply(List<AtomicWrite> writes) {
        AtomicResult result = right.apply(writes);
        if (!result.isApplied() && writes.get(0) instanceof Commit commit) {
          ports.records().commit(List.of(commit));
        }
        return result;
      }
    };
  }

  static AtomicPort forgettingTheKeptExpiry(StorePorts ports) {
    return new BatchesOver(ports) {
      @Override
      public AtomicResult apply(List<AtomicWrite> writes) {
        return right.apply(writes.stream().map(this::forgetting).toList());
      }

      private AtomicWrite forgetting(AtomicWrite write) {
        return write instanceof Commit c && c.expiry().kind() == Expiry.Kind.KEEP
            ? new Commit(
                c.id(), c.version(), c.payload(), Expiry.never(), c.precondition(), c.grace())
            : write;
      }
    };
  }

  static AtomicPort ignoringExpectedRemovals(StorePorts ports) {
    return new BatchesOver(ports) {
      @Override
      public AtomicResult apply(List<AtomicWrite> writes) {
        return right.apply(
            writes.stream()
                .map(w -> w instanceof Removal removal ? new Removal(removal.id(), null) : w)
                .toList());
      }
    };
  }

  /** One write after the other, once nothing stands against any of them. */
  static AtomicPort checkingThenActing(StorePorts ports) {
    Meeting meeting = new Meeting();
    return new BatchesOver(ports) {
      @Override
      public AtomicResult apply(List<AtomicWrite> writes) {
        if (!writes.stream().allMatch(this::isAllowed)) {
          return right.apply(writes);
        }
        if (writes.stream().anyMatch(this::isConditional)) {
          meeting.await();
        }
        List<CommitResult> results = new ArrayList<>();
        for (AtomicWrite write : writes) {
          results.add(act(write));
          LockSupport.parkNanos(GAP_NANOS);
        }
        return new AtomicResult(true, results);
      }

      private boolean isConditional(AtomicWrite write) {
        return write instanceof Commit commit
            && commit.precondition().kind() == Precondition.Kind.VERSION;
      }

      private boolean isAllowed(AtomicWrite write) {
        return !isConditional(write)
            || ports
                .records()
                .versions(List.of(write.id()))
                .contains(((Commit) write).precondition().version());
      }

      private CommitResult act(AtomicWrite write) {
        if (write instanceof Commit commit) {
          return ports
              .records()
              .commit(
                  List.of(
                      new Commit(
                          commit.id(),
                          commit.version(),
                          commit.payload(),
                          commit.expiry(),
                          Precondition.none(),
                          commit.grace())))
              .get(0);
        }
        RemovalResult removed = ports.records().remove(List.of((Removal) write)).get(0);
        return new CommitResult(CommitResult.Status.APPLIED, 0, removed.removed(), null);
      }
    };
  }
}
