package io.stowage.adapter.redis.common;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Version;
import io.stowage.spi.Commit;
import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.Expiry;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexPort;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.PersistencePort;
import io.stowage.spi.Precondition;
import io.stowage.spi.Removal;
import io.stowage.spi.ScanPage;
import io.stowage.spi.StorePorts;
import io.stowage.spi.TermPage;
import io.stowage.spi.Touch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Uses everything that the ports of an empty store offer, so that every command is sent. */
public final class Tour {

  private static final IndexTerm TERM = IndexTerm.exact("type", "a");
  private static final Duration GRACE = Duration.ofSeconds(60);

  private final StorePorts store;
  private final PersistencePort records;
  private final IndexPort indexes;

  private Tour(StorePorts store) {
    this.store = store;
    this.records = store.records();
    this.indexes = store.indexes();
  }

  public static void of(StorePorts store) {
    Tour tour = new Tour(store);
    tour.ofRecords();
    tour.ofIndexes();
    tour.ofTheRest();
  }

  private void ofRecords() {
    long now = records.serverMicros();
    Version version = Version.of(now, 1);
    Instant later = Instant.now().plusSeconds(3_600);
    List<IndexEntry> entries = List.of(new IndexEntry(TERM, new EntryRef("1", version, 1)));
    Commit commit =
        new Commit("1", version, new byte[9], Expiry.at(later), Precondition.absent(), GRACE);
    store.addThenCommit(entries, List.of(commit));
    List<String> ids = List.of("1");
    assertThat(records.read(ids)).hasSize(1).doesNotContainNull();
    assertThat(records.versions(ids)).containsExactly(version);
    assertThat(
            records.touch(
                List.of(
                    new Touch("1", null, Expiry.never()),
                    new Touch("1", null, Expiry.at(later)),
                    new Touch("1", version, Expiry.after(Duration.ofHours(1))))))
        .containsExactly(true, true, true);
    assertThat(records.ttl(ids).get(0).remaining()).isPresent();
    assertThat(scanned()).isEqualTo(ids);
    assertThat(records.remove(List.of(new Removal("1", version)))).hasSize(1);
  }

  private void ofIndexes() {
    EntryRef first = new EntryRef("1", new Version(1), 1);
    EntryRef second = new EntryRef("2", new Version(2), 2);
    EntryRef absent = new EntryRef("3", new Version(3), 1);
    indexes.remove(
        indexes.read(IndexRange.all(TERM), Direction.ASCENDING, null, 9).stream()
            .map(ref -> new IndexEntry(TERM, ref))
            .toList());
    indexes.add(List.of(new IndexEntry(TERM, first), new IndexEntry(TERM, second)));
    IndexRange all = IndexRange.all(TERM);
    IndexRange part = new IndexRange(TERM, 1, 2);
    assertThat(indexes.read(part, Direction.DESCENDING, null, 9)).containsExactly(second, first);
    assertThat(indexes.read(all, Direction.ASCENDING, first, 9)).containsExactly(second);
    assertThat(indexes.read(all, Direction.DESCENDING, second, 9)).containsExactly(first);
    assertThat(indexes.read(all, Direction.ASCENDING, absent, 9)).containsExactly(second);
    assertThat(indexes.sizes(List.of(all, part))).containsExactly(2L, 2L);
    assertThat(indexes.scores(List.of(new IndexEntry(TERM, second)))).containsExactly(2.0);
    assertThat(scannedTerms()).containsOnly(TERM);
    store
        .intersections()
        .ifPresent(
            port ->
                assertThat(port.intersect(List.of(TERM, TERM), Direction.ASCENDING)).hasSize(2));
  }

  private List<String> scanned() {
    List<String> ids = new ArrayList<>();
    String from = ScanPage.START;
    while (from != null) {
      ScanPage page = records.scan(from, 1_000);
      ids.addAll(page.ids());
      from = page.next();
    }
    return ids;
  }

  private List<IndexTerm> scannedTerms() {
    List<IndexTerm> terms = new ArrayList<>();
    String from = ScanPage.START;
    while (from != null) {
      TermPage page = indexes.terms(from, 1_000);
      terms.addAll(page.terms());
      from = page.next();
    }
    return terms;
  }

  private void ofTheRest() {
    assertThat(records.define("a")).isEqualTo("a");
    assertThat(records.define("b")).isEqualTo("a");
    assertThat(records.redefine("a", "b")).isTrue();
    assertThat(records.definition()).contains("b");
    assertThat(store.leases().acquire("sweep", "a", Duration.ofMinutes(1))).isTrue();
    assertThat(store.leases().release("sweep", "a")).isTrue();
    Version version = Version.of(records.serverMicros(), 1);
    Commit commit =
        new Commit("9", version, new byte[9], Expiry.never(), Precondition.absent(), GRACE);
    assertThat(records.remove(List.of(new Removal("9", null)))).hasSize(1);
    assertThat(store.atomic().orElseThrow().apply(List.of(commit))).matches(r -> r.isApplied());
  }
}
