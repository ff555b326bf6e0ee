package io.stowage.system.kit.storage;

import io.stowage.api.DictionaryOptions;
import io.stowage.api.DictionaryReport;
import io.stowage.api.DoctorReport;
import io.stowage.api.ItemReport;
import io.stowage.api.Maintenance;
import io.stowage.api.Progress;
import io.stowage.api.ReindexReport;
import io.stowage.api.RotationReport;
import io.stowage.api.SweepOptions;
import io.stowage.api.SweepReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Upkeep that is wrong on purpose, each in one respect. */
final class WrongMaintenance {

  private WrongMaintenance() {}

  /** Upkeep that is another one; subclasses do one thing wrong. */
  private static class Forwarding implements Maintenance {

    final Maintenance right;

    Forwarding(Maintenance right) {
      this.right = right;
    }

    @Override
    public SweepReport sweep(SweepOptions options) {
      return right.sweep(options);
    }

    @Override
    public DoctorReport check(Consumer<Progress> progress) {
      return right.check(progress);
    }

    @Override
    public DoctorReport repair(Consumer<Progress> progress) {
      return right.repair(progress);
    }

    @Override
    public ReindexReport reindex(Consumer<Progress> progress) {
      return right.reindex(progress);
    }

    @Override
    public Optional<ItemReport> inspect(String id) {
      return right.inspect(id);
    }

    @Override
    public DictionaryReport trainDictionary(
        DictionaryOptions options, Consumer<Progress> progress) {
      return right.trainDictionary(options, progress);
    }

    @Override
    public RotationReport rotateKeys(Consumer<Progress> progress) {
      return right.rotateKeys(progress);
    }
  }

  /** Inspects an item without a look at its indexes. */
  static Maintenance inspectingRecordsOnly(Maintenance right) {
    return new Forwarding(right) {
      @Override
      public Optional<ItemReport> inspect(String id) {
        return super.inspect(id)
            .map(
                report ->
                    new ItemReport(
                        report.id(),
                        report.version(),
                        report.storedBytes(),
                        report.encodedBytes(),
                        report.codec(),
                        report.compression(),
                        report.dictionary(),
                        report.keyId(),
                        report.schemaVersion(),
                        report.timeToLive(),
                        List.of(),
                        report.damage()));
      }
    };
  }

  /** Reports a run that removed everything, and removes nothing. */
  static Maintenance sweepingNothing(Maintenance right) {
    return new Forwarding(right) {
      @Override
      public SweepReport sweep(SweepOptions options) {
        return new SweepReport(false, true, 36, 85, 40, Duration.ZERO);
      }
    };
  }

  /** Sweeps although another one does. */
  static Maintenance sweepingBesideOthers(Maintenance right) {
    return new Forwarding(right) {
      @Override
      public SweepReport sweep(SweepOptions options) {
        SweepReport report = super.sweep(options);
        return new SweepReport(
            false, true, report.terms(), report.entries(), report.removed(), report.elapsed());
      }
    };
  }

  /** Takes its time for what it removes, as far as it tells. */
  static Maintenance sweepingNeverFaster(Maintenance right) {
    return new Forwarding(right) {
      @Override
      public SweepReport sweep(SweepOptions options) {
        SweepReport report = super.sweep(options);
        return new SweepReport(
            report.isHeld(),
            report.isComplete(),
            report.terms(),
            report.entries(),
            report.removed(),
            Duration.ofSeconds(report.entries()).dividedBy(options.entriesPerSecond()));
      }
    };
  }

  /** Finds nothing, whatever is wrong. */
  static Maintenance findingNothing(Maintenance right) {
    return new Forwarding(right) {
      @Override
      public DoctorReport check(Consumer<Progress> progress) {
        DoctorReport report = super.check(progress);
        return new DoctorReport(
            report.records(), report.entries(), Map.of(), List.of(), 0, 0, report.elapsed());
      }
    };
  }

  /** Reports what a repair would mend, and mends nothing. */
  static Maintenance mendingNothing(Maintenance right) {
    return new Forwarding(right) {
      @Override
      public DoctorReport repair(Consumer<Progress> progress) {
        DoctorReport report = super.check(progress);
        long found = report.counts().values().stream().mapToLong(Long::longValue).sum();
        return new DoctorReport(
            report.records(),
            report.entries(),
            report.counts(),
            report.examples(),
            found,
            report.droppedCleanUps(),
            report.elapsed());
      }
    };
  }

  /** Begins anew instead of going on, as far as it tells. */
  static Maintenance forgettingWhereItStopped(Maintenance right) {
    return new Forwarding(right) {
      @Override
      public ReindexReport reindex(Consumer<Progress> progress) {
        ReindexReport report = super.reindex(progress);
        return new ReindexReport(
            report.added(),
            report.dropped(),
            report.records(),
            report.entries(),
            report.undecodable(),
            false,
            report.elapsed());
      }
    };
  }

  /** Says nothing of what it could not decode. */
  static Maintenance passingOverInSilence(Maintenance right) {
    return new Forwarding(right) {
      @Override
      public ReindexReport reindex(Consumer<Progress> progress) {
        ReindexReport report = super.reindex(progress);
        return new ReindexReport(
            report.added(),
            report.dropped(),
            report.records(),
            report.entries(),
            0,
            report.isResumed(),
            report.elapsed());
      }
    };
  }

  /** Leaves the indexes as they are. */
  static Maintenance reindexingNothing(Maintenance right) {
    return new Forwarding(right) {
      @Override
      public ReindexReport reindex(Consumer<Progress> progress) {
        return new ReindexReport(List.of(), List.of(), 0, 0, 0, false, Duration.ZERO);
      }
    };
  }
}
