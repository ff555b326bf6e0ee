package io.stowage.adapter.redis.common;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.spi.Commit;
import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexPort;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexRead;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.PersistencePort;
import io.stowage.spi.ScanPage;
import io.stowage.spi.StorePorts;
import java.util.List;

/** Uses every method of ports whose reads may be stale, on one item with one entry. */
record PossiblyStale(StorePorts ports, IndexTerm term) {

  /** Answers how many batches that took, all of which may go to replicas. */
  int readEverything(EntryRef ref) {
    PersistencePort records = ports.records();
    IndexPort indexes = ports.indexes();
    IndexRange all = IndexRange.all(term);
    List<String> ids = List.of(ref.id());
    assertThat(records.read(ids).get(0)).isNotNull();
    assertThat(records.versions(ids)).containsExactly(ref.version());
    assertThat(records.ttl(ids)).hasSize(1);
    assertThat(indexes.read(all, Direction.ASCENDING, null, 5)).containsExactly(ref);
    assertThat(indexes.readAll(List.of(new IndexRead(all, Direction.ASCENDING, null, 5))))
        .containsExactly(List.of(ref));
    assertThat(indexes.sizes(List.of(all))).containsExactly(1L);
    assertThat(indexes.scores(List.of(new IndexEntry(term, ref)))).containsExactly(ref.score());
    assertThat(
            ports.intersections().orElseThrow().intersect(List.of(term, term), Direction.ASCENDING))
        .containsExactly(ref);
    // Twice, since the first time the server does not know the script.
    assertThat(indexes.read(all, Direction.ASCENDING, ref, 5)).isEmpty();
    assertThat(indexes.read(all, Direction.ASCENDING, ref, 5)).isEmpty();
    return 11;
  }

  /** Reads what must be up to date; answers the definition. */
  String readsForUpkeep() {
    assertThat(ports.records().serverMicros()).isPositive();
    assertThat(ports.records().scan(ScanPage.START, 10).ids()).isNotEmpty();
    assertThat(ports.indexes().terms(ScanPage.START, 10).terms()).contains(term);
    return ports.records().definition().orElseThrow();
  }

  void write(Commit commit) {
    ports.addThenCommit(List.of(), List.of(commit));
  }
}
