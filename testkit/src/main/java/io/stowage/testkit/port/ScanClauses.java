package io.stowage.testkit.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.ScanPage;
import io.stowage.testkit.contract.Clause;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;

/** Scanning all ids of a store. */
interface ScanClauses extends Clauses {

  /** More parts than this and a scan does not end. */
  int MOST_PARTS = 100_000;

  int SCANS_WITHIN_A_SCAN = 8;

  @Clause
  @Order(Clause.FIRST)
  default void p321_aScanFindsEveryRecord() {
    Bench bench = bench();
    Set<String> ids = saveMany(bench, "id-", 500);

    for (int hint : new int[] {1, 10, 100, 10_000}) {
      assertThat(scanAll(bench, hint)).as("scan with hint %s", hint).isEqualTo(ids);
    }
  }

  @Clause
  @Order(Clause.FIRST)
  default void p322_aScanOfAnEmptyStoreEnds() {
    Bench bench = bench();

    assertThat(scanAll(bench, 10)).isEmpty();
  }

  @Clause
  @Order(Clause.FIRST)
  default void p323_aScanFindsNothingButRecords() {
    Bench bench = bench();
    bench.records().define("definition");
    bench.save("a");
    bench.save("removed");
    bench.remove("removed", null);
    bench.add(IndexTerm.exact("color", "red"), new EntryRef("b", bench.next(), 1));
    bench.add(IndexTerm.range("size"), new EntryRef("c", bench.next(), 1));

    assertThat(scanAll(bench, 10)).containsExactly("a");
  }

  @Clause
  @Order(Clause.FIRST)
  default void p324_aScanStaysInItsStore() {
    Bench bench = bench();
    String name = bench.name();
    bench.save("mine");
    for (String other : List.of(name + "x", name + ".x", name + "-x", name + "_x", "x" + name)) {
      bench.neighbour(other).save("theirs in " + other);
    }
    Bench shorter = bench.neighbour(name.substring(0, name.length() - 1));
    shorter.save("theirs in the shorter");

    assertThat(scanAll(bench, 10)).containsExactly("mine");
    assertThat(scanAll(shorter, 10)).containsExactly("theirs in the shorter");
  }

  @Clause
  @Order(Clause.FIRST)
  default void p325_aScanDuringWritesMissesNothingThatStays() throws Exception {
    Bench bench = bench();
    Set<String> staying = saveMany(bench, "stays-", 300);
    AtomicBoolean scanned = new AtomicBoolean();
    ExecutorService writer = Executors.newSingleThreadExecutor();
    try {
      Future<?> writes =
          writer.submit(
              () -> {
                for (int i = 0; !scanned.get(); i++) {
                  bench.save("comes-" + i % 2_000);
                  bench.save("stays-" + i % 300);
                  bench.remove("comes-" + (i + 1_000) % 2_000, null);
                }
              });
      for (int round = 0; round < 5; round++) {
        assertThat(scanAll(bench, 10)).as("ids of round %s", round).containsAll(staying);
      }
      scanned.set(true);
      writes.get(patience().toSeconds(), TimeUnit.SECONDS);
    } finally {
      scanned.set(true);
      writer.shutdownNow();
    }
  }

  @Clause
  @Order(Clause.FIRST)
  default void p326_scansDoNotDisturbEachOther() {
    Bench bench = bench();
    Set<String> ids = saveMany(bench, "id-", 200);
    Set<String> outer = new HashSet<>();

    String from = ScanPage.START;
    for (int part = 0; from != null; part++) {
      assertThat(part).as("parts").isLessThan(MOST_PARTS);
      ScanPage page = bench.records().scan(from, 50);
      outer.addAll(page.ids());
      from = page.next();
      // A backend that others have filled answers in thousands of parts.
      if (part < SCANS_WITHIN_A_SCAN) {
        assertThat(scanAll(bench, 50)).isEqualTo(ids);
      }
    }

    assertThat(outer).isEqualTo(ids);
  }

  /** All ids of a scan; fails if the scan does not end. */
  static Set<String> scanAll(Bench bench, int hint) {
    Set<String> ids = new HashSet<>();
    String from = ScanPage.START;
    for (int part = 0; from != null; part++) {
      assertThat(part).as("parts of a scan").isLessThan(MOST_PARTS);
      ScanPage page = bench.records().scan(from, hint);
      ids.addAll(page.ids());
      from = page.next();
    }
    return ids;
  }

  private static Set<String> saveMany(Bench bench, String prefix, int count) {
    List<String> ids =
        new ArrayList<>(IntStream.range(0, count).mapToObj(i -> prefix + i).toList());
    bench.records().commit(ids.stream().map(id -> bench.draft(id).commit()).toList());
    return Set.copyOf(ids);
  }
}
