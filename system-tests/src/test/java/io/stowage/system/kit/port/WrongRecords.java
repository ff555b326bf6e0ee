package io.stowage.system.kit.port;

import io.stowage.api.TimeToLive;
import io.stowage.api.Version;
import io.stowage.spi.Commit;
import io.stowage.spi.CommitResult;
import io.stowage.spi.Expiry;
import io.stowage.spi.PersistencePort;
import io.stowage.spi.Precondition;
import io.stowage.spi.Removal;
import io.stowage.spi.RemovalResult;
import io.stowage.spi.Repacking;
import io.stowage.spi.ScanPage;
import io.stowage.spi.StoredRecord;
import io.stowage.spi.Touch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Ways to keep records wrongly. */
final class WrongRecords {

  private WrongRecords() {}

  static PersistencePort repackingWhateverVersion(PersistencePort right) {
    return new RecordsOver(right) {
      @Override
      public List<Boolean> repack(List<Repacking> repackings) {
        List<Repacking> forced = new ArrayList<>();
        for (Repacking repacking : repackings) {
          Version stored = right.versions(List.of(repacking.id())).get(0);
          forced.add(
              stored == null
                  ? repacking
                  : new Repacking(repacking.id(), stored, repacking.payload()));
        }
        return right.repack(forced);
      }
    };
  }

  static PersistencePort repackingInWordsOnly(PersistencePort right) {
    return new RecordsOver(right) {
      @Override
      public List<Boolean> repack(List<Repacking> repackings) {
        List<@Nullable Version> stored =
            right.versions(repackings.stream().map(Repacking::id).toList());
        List<Boolean> done = new ArrayList<>();
        for (int i = 0; i < repackings.size(); i++) {
          done.add(repackings.get(i).version().equals(stored.get(i)));
        }
        return done;
      }
    };
  }

  static PersistencePort repackingForEver(PersistencePort right) {
    return new RecordsOver(right) {
      @Override
      public List<Boolean> repack(List<Repacking> repackings) {
        List<Boolean> done = right.repack(repackings);
        right.touch(
            repackings.stream().map(r -> new Touch(r.id(), r.version(), Expiry.never())).toList());
        return done;
      }
    };
  }

  /** Every commit is made as another one. */
  static PersistencePort committing(PersistencePort right, UnaryOperator<Commit> change) {
    return new RecordsOver(right) {
      @Override
      public List<CommitResult> commit(List<Commit> commits) {
        return commits.stream()
            .map(commit -> only(right.commit(List.of(change.apply(commit)))))
            .toList();
      }
    };
  }

  static PersistencePort ignoringTtl(PersistencePort right) {
    return committing(right, c -> c.expiry().kind() == Expiry.Kind.AFTER ? never(c) : c);
  }

  static PersistencePort ignoringPreconditions(PersistencePort right) {
    return committing(right, c -> when(c, Precondition.none()));
  }

  static PersistencePort ignoringGrace(PersistencePort right) {
    return committing(
        right,
        c ->
            new Commit(
                c.id(),
                c.version(),
                c.payload(),
                c.expiry(),
                c.precondition(),
                Duration.ofDays(365)));
  }

  static PersistencePort keepingTheOldTtl(PersistencePort right) {
    return committing(
        right,
        c ->
            only(right.ttl(List.of(c.id())))
                .remaining()
                .filter(left -> c.expiry().kind() == Expiry.Kind.NEVER && left.toMillis() > 0)
                .map(left -> expiring(c, Expiry.after(left)))
                .orElse(c));
  }

  /** Takes an expiry of one kind for another. */
  private static PersistencePort takingFor(
      PersistencePort right, Expiry.Kind kind, UnaryOperator<Expiry> other) {
    UnaryOperator<Expiry> changed = expiry -> expiry.kind() == kind ? other.apply(expiry) : expiry;
    return new RecordsOver(committing(right, c -> expiring(c, changed.apply(c.expiry())))) {
      @Override
      public List<Boolean> touch(List<Touch> touches) {
        return right.touch(
            touches.stream()
                .map(t -> new Touch(t.id(), t.expected(), changed.apply(t.expiry())))
                .toList());
      }
    };
  }

  static PersistencePort forgettingTheKeptExpiry(PersistencePort right) {
    return takingFor(right, Expiry.Kind.KEEP, expiry -> Expiry.never());
  }

  static PersistencePort settingTheExtendedExpiry(PersistencePort right) {
    return takingFor(
        right, Expiry.Kind.EXTEND, expiry -> Expiry.after(Duration.ofMillis(expiry.millis())));
  }

  static PersistencePort foldingCase(PersistencePort right) {
    Function<String, String> folded = id -> id.toLowerCase(Locale.ROOT);
    return new RecordsOver(
        committing(
            right,
            c ->
                new Commit(
                    folded.apply(c.id()),
                    c.version(),
                    c.payload(),
                    c.expiry(),
                    c.precondition(),
                    c.grace()))) {
      @Override
      public List<@Nullable StoredRecord> read(List<String> ids) {
        return right.read(ids.stream().map(folded).toList());
      }

      @Override
      public List<@Nullable Version> versions(List<String> ids) {
        return right.versions(ids.stream().map(folded).toList());
      }
    };
  }

  /** Looks whether the precondition holds, lets another thread do so too, and then writes. */
  static PersistencePort checkingThenActing(PersistencePort right) {
    Meeting meeting = new Meeting();
    return new RecordsOver(right) {
      @Override
      public List<CommitResult> commit(List<Commit> commits) {
        return commits.stream().map(this::checkThenAct).toList();
      }

      private CommitResult checkThenAct(Commit commit) {
        Version stored = right.versions(List.of(commit.id())).get(0);
        boolean holds =
            switch (commit.precondition().kind()) {
              case NONE -> true;
              case ABSENT -> stored == null;
              case VERSION -> commit.precondition().version().equals(stored);
            };
        if (holds && commit.precondition().kind() != Precondition.Kind.NONE) {
          meeting.await();
        }
        Commit unconditional = when(commit, Precondition.none());
        return only(right.commit(List.of(holds ? unconditional : commit)));
      }
    };
  }

  static PersistencePort comparingSigned(PersistencePort right) {
    return new RecordsOver(right) {
      @Override
      public List<CommitResult> commit(List<Commit> commits) {
        return commits.stream()
            .map(
                c -> {
                  Version stored = right.versions(List.of(c.id())).get(0);
                  return stored != null && c.version().bits() <= stored.bits()
                      ? new CommitResult(
                          CommitResult.Status.NOT_NEWER, right.serverMicros(), stored, null)
                      : only(right.commit(List.of(c)));
                })
            .toList();
      }
    };
  }

  static PersistencePort answeringNoReplacedVersion(PersistencePort right) {
    return new RecordsOver(right) {
      @Override
      public List<CommitResult> commit(List<Commit> commits) {
        return right.commit(commits).stream()
            .map(
                r ->
                    r.status() == CommitResult.Status.APPLIED
                        ? new CommitResult(r.status(), r.serverMicros(), null, null)
                        : r)
            .toList();
      }
    };
  }

  static PersistencePort removingOnAPastExpiry(PersistencePort right) {
    return new RecordsOver(right) {
      @Override
      public List<CommitResult> commit(List<Commit> commits) {
        List<CommitResult> results = right.commit(commits);
        for (int i = 0; i < results.size(); i++) {
          if (results.get(i).status() == CommitResult.Status.EXPIRED) {
            right.remove(List.of(new Removal(commits.get(i).id(), null)));
          }
        }
        return results;
      }
    };
  }

  static PersistencePort committingBackwards(PersistencePort right) {
    return new RecordsOver(right) {
      @Override
      public List<CommitResult> commit(List<Commit> commits) {
        return reversed(right.commit(reversed(commits)));
      }
    };
  }

  static PersistencePort truncatingBatches(PersistencePort right) {
    return new RecordsOver(right) {
      @Override
      public List<CommitResult> commit(List<Commit> commits) {
        return right.commit(commits.subList(0, Math.min(commits.size(), 1_000)));
      }
    };
  }

  static PersistencePort removingWhateverVersion(PersistencePort right) {
    return new RecordsOver(right) {
      @Override
      public List<RemovalResult> remove(List<Removal> removals) {
        return right.remove(removals.stream().map(r -> new Removal(r.id(), null)).toList());
      }
    };
  }

  static PersistencePort touchingWhateverVersion(PersistencePort right) {
    return new RecordsOver(right) {
      @Override
      public List<Boolean> touch(List<Touch> touches) {
        return right.touch(touches.stream().map(t -> new Touch(t.id(), null, t.expiry())).toList());
      }
    };
  }

  static PersistencePort ignoringTouches(PersistencePort right) {
    return new RecordsOver(right) {
      @Override
      public List<Boolean> touch(List<Touch> touches) {
        return right.ttl(touches.stream().map(Touch::id).toList()).stream()
            .map(TimeToLive::isPresent)
            .toList();
      }
    };
  }

  /** Keeps what was committed beside the backend, and answers it once the backend has forgotten. */
  static PersistencePort servingExpired(PersistencePort right) {
    Map<String, StoredRecord> remembered = new ConcurrentHashMap<>();
    return new RecordsOver(right) {
      @Override
      public List<CommitResult> commit(List<Commit> commits) {
        for (Commit commit : commits) {
          remembered.put(commit.id(), new StoredRecord(commit.version(), commit.payload()));
        }
        return right.commit(commits);
      }

      @Override
      public List<@Nullable StoredRecord> read(List<String> ids) {
        return ids.stream().map(remembered::get).toList();
      }
    };
  }

  static PersistencePort sharingGivenArrays(PersistencePort right) {
    return servingExpired(right);
  }

  static PersistencePort sharingAnsweredArrays(PersistencePort right) {
    Map<Version, StoredRecord> answered = new ConcurrentHashMap<>();
    return new RecordsOver(right) {
      @Override
      public List<@Nullable StoredRecord> read(List<String> ids) {
        return right.read(ids).stream()
            .map(r -> r == null ? null : answered.computeIfAbsent(r.version(), version -> r))
            .toList();
      }
    };
  }

  static PersistencePort answeringOutOfOrder(PersistencePort right) {
    return new RecordsOver(right) {
      @Override
      public List<@Nullable Version> versions(List<String> ids) {
        return reversed(right.versions(ids));
      }
    };
  }

  static PersistencePort scanningOnePart(PersistencePort right) {
    return new RecordsOver(right) {
      @Override
      public ScanPage scan(String from, int hint) {
        return new ScanPage(right.scan(from, hint).ids(), null);
      }
    };
  }

  static PersistencePort redefining(PersistencePort right) {
    List<String> definitions = Collections.synchronizedList(new ArrayList<>());
    return new RecordsOver(right) {
      @Override
      public String define(String definition) {
        definitions.add(definition);
        return definition;
      }

      @Override
      public Optional<String> definition() {
        return definitions.isEmpty()
            ? Optional.empty()
            : Optional.of(definitions.get(definitions.size() - 1));
      }
    };
  }

  static PersistencePort redefiningBlindly(PersistencePort right) {
    return new RecordsOver(right) {
      @Override
      public boolean redefine(String expected, String definition) {
        return right.definition().map(stored -> right.redefine(stored, definition)).orElse(false);
      }
    };
  }

  static PersistencePort tellingMillis(PersistencePort right) {
    return new RecordsOver(right) {
      @Override
      public long serverMicros() {
        return Instant.ofEpochMilli(right.serverMicros() / 1_000).toEpochMilli();
      }
    };
  }

  private static Commit when(Commit c, Precondition precondition) {
    return new Commit(c.id(), c.version(), c.payload(), c.expiry(), precondition, c.grace());
  }

  private static Commit expiring(Commit c, Expiry expiry) {
    return new Commit(c.id(), c.version(), c.payload(), expiry, c.precondition(), c.grace());
  }

  private static Commit never(Commit c) {
    return expiring(c, Expiry.never());
  }

  private static <T extends @Nullable Object> List<T> reversed(List<T> list) {
    List<T> reversed = new ArrayList<>(list);
    Collections.reverse(reversed);
    return reversed;
  }

  /** The answer to a batch of one. */
  private static <T> T only(List<T> answers) {
    if (answers.size() != 1) {
      throw new IllegalStateException(answers.size() + " answers to a batch of one");
    }
    return answers.get(0);
  }
}
