package io.stowage.adapter.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Version;
import io.stowage.spi.Commit;
import io.stowage.spi.CommitResult.Status;
import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.Expiry;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.Precondition;
import io.stowage.spi.Removal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The entries that came with a record go in the call that replaces or removes it. */
class ReplacedRecordsTest {

  private static final IndexTerm KIND = IndexTerm.exact("kind", "a");
  private static final IndexTerm TURN = IndexTerm.range("turn");

  private final TestClock clock = new TestClock();
  private final MemoryStore store = new MemoryStore(clock, new Lifetime());
  private final AtomicInteger versions = new AtomicInteger();

  private Commit commit(String id, Expiry expiry, Precondition precondition) {
    Version version =
        new Version((store.records().serverMicros() << 12) + versions.incrementAndGet());
    return new Commit(id, version, new byte[1], expiry, precondition, Duration.ofMinutes(1));
  }

  private Commit commit(String id) {
    return commit(id, Expiry.never(), Precondition.none());
  }

  private static EntryRef ref(Commit commit) {
    return new EntryRef(commit.id(), commit.version(), 1);
  }

  private static List<IndexEntry> entries(Commit commit) {
    EntryRef other = new EntryRef(commit.id(), commit.version(), 7);
    return List.of(new IndexEntry(KIND, ref(commit)), new IndexEntry(TURN, other));
  }

  private Status save(Commit commit) {
    return store.addThenCommit(entries(commit), List.of(commit)).get(0).status();
  }

  private List<Version> versionsIn(IndexTerm term) {
    return store.indexes().read(IndexRange.all(term), Direction.ASCENDING, null, 100).stream()
        .map(EntryRef::version)
        .toList();
  }

  private void assertEntriesOf(Commit... commits) {
    List<Version> expected = List.of(commits).stream().map(Commit::version).toList();
    assertThat(versionsIn(KIND)).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(versionsIn(TURN)).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void anOverwriteTakesThemAlong() {
    save(commit("a"));
    Commit second = commit("a");
    assertThat(save(second)).isEqualTo(Status.APPLIED);

    assertEntriesOf(second);
  }

  /** Whoever asks for the payload takes the entries of the replaced record from it. */
  @Test
  void thePayloadIsAnsweredIfThereMayBeOtherEntries() {
    Commit first = commit("a");
    save(first);
    assertThat(replaced(commit("a"))).as("all entries came with it").isNull();

    store.indexes().add(List.of(new IndexEntry(KIND, new EntryRef("other", first.version(), 1))));
    assertThat(replaced(commit("a"))).as("some were added apart since").isEqualTo(new byte[1]);
    assertThat(replaced(commit("a"))).as("none was added apart since").isNull();

    store.records().commit(List.of(commit("a")));
    assertThat(replaced(commit("a"))).as("stored in a call of its own").isEqualTo(new byte[1]);
  }

  private byte[] replaced(Commit commit) {
    return store.addThenCommit(entries(commit), List.of(commit)).get(0).payload();
  }

  @Test
  void soDoesARemovalOnceItRemoves() {
    Commit only = commit("a");
    save(only);
    store.records().remove(List.of(new Removal("a", new Version(7))));
    assertEntriesOf(only);

    store.records().remove(List.of(new Removal("a", only.version())));

    assertEntriesOf();
  }

  @Test
  void soDoesABatchThatIsApplied() {
    Commit a = commit("a");
    Commit b = commit("b");
    store.addThenCommit(
        List.of(entries(a), entries(b)).stream().flatMap(List::stream).toList(), List.of(a, b));
    Commit next = commit("a");
    store.indexes().add(entries(next));
    store.atomic().orElseThrow().apply(List.of(next, new Removal("b", a.version())));
    assertEntriesOf(a, b, next);

    store.atomic().orElseThrow().apply(List.of(next, new Removal("b", b.version())));

    assertEntriesOf(next);
  }

  @Test
  void aBatchSortsThemByItem() {
    List<IndexEntry> entries = new ArrayList<>();
    List<Commit> commits = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Commit commit = commit("id" + i);
      commits.add(commit);
      entries.addAll(0, entries(commit));
    }
    store.addThenCommit(entries, commits);

    store.records().remove(List.of(new Removal("id7", null), new Removal("id30", null)));

    List<Version> left =
        commits.stream()
            .filter(commit -> !commit.id().equals("id7") && !commit.id().equals("id30"))
            .map(Commit::version)
            .toList();
    assertThat(versionsIn(KIND)).containsExactlyInAnyOrderElementsOf(left);
    assertThat(versionsIn(TURN)).containsExactlyInAnyOrderElementsOf(left);
  }

  @Test
  void refusedAndExpiredOnesStay() {
    Commit brief = commit("a", Expiry.after(Duration.ofSeconds(1)), Precondition.none());
    save(brief);
    Commit refused = commit("a", Expiry.never(), Precondition.absent());
    assertThat(save(refused)).isEqualTo(Status.PRECONDITION_FAILED);
    clock.advance(Duration.ofSeconds(1));
    Commit next = commit("a");
    assertThat(save(next)).isEqualTo(Status.APPLIED);

    assertEntriesOf(brief, refused, next);
  }

  @Test
  void eightWritersLeaveTheEntriesOfTheLastRecordsAlone() throws Exception {
    MemoryStore real = new MemoryStore(InstantSource.system(), new Lifetime());
    AtomicInteger next = new AtomicInteger();
    long micros = real.records().serverMicros();
    Race.run(
        thread -> {
          for (int i = 0; i < 5_000; i++) {
            Version version = Version.of(micros + next.incrementAndGet(), thread);
            Commit commit =
                new Commit(
                    "id" + i % 100,
                    version,
                    new byte[1],
                    Expiry.never(),
                    Precondition.none(),
                    Duration.ofMinutes(1));
            Status status = real.addThenCommit(entries(commit), List.of(commit)).get(0).status();
            if (status != Status.APPLIED) {
              real.indexes().remove(entries(commit));
            }
          }
        });

    assertThat(real.indexes().sizes(List.of(IndexRange.all(KIND), IndexRange.all(TURN))))
        .containsExactly(100L, 100L);
  }
}
