package io.stowage.testkit.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Version;
import io.stowage.spi.BlobPort;
import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.Expiry;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.Repacking;
import io.stowage.spi.ScanPage;
import io.stowage.spi.TermPage;
import io.stowage.testkit.contract.Clause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;

/** What codecs, keys and dictionaries need: blobs, payloads in place of others, blind terms. */
interface StoredFormClauses extends Clauses {

  private static byte[] binary() {
    byte[] bytes = new byte[512];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  @Clause
  default void p871_aBlobIsReadAsItWasStored() {
    BlobPort blobs = bench().ports().blobs();

    assertThat(blobs.read("a")).isEmpty();
    blobs.put("a", binary());
    blobs.put("empty", new byte[0]);
    assertThat(blobs.read("a").orElseThrow()).isEqualTo(binary());
    assertThat(blobs.read("empty").orElseThrow()).isEmpty();
    blobs.put("a", new byte[] {7});
    assertThat(blobs.read("a").orElseThrow()).containsExactly(7);
  }

  @Clause
  default void p872_aBlobIsAddedOnce() {
    BlobPort blobs = bench().ports().blobs();

    assertThat(blobs.add("a", new byte[] {1})).isTrue();
    assertThat(blobs.add("a", new byte[] {2})).isFalse();
    assertThat(blobs.read("a").orElseThrow()).containsExactly(1);
    List<Boolean> added = Race.run(thread -> blobs.add("race", new byte[] {(byte) thread}));
    assertThat(added).containsOnlyOnce(true);
    assertThat(blobs.read("race").orElseThrow()).containsExactly((byte) added.indexOf(true));
  }

  @Clause
  default void p873_aBlobIsRemoved() {
    BlobPort blobs = bench().ports().blobs();
    blobs.put("a", new byte[] {1});

    assertThat(blobs.remove("b")).isFalse();
    assertThat(blobs.remove("a")).isTrue();
    assertThat(blobs.remove("a")).isFalse();
    assertThat(blobs.read("a")).isEmpty();
    assertThat(blobs.add("a", new byte[] {2})).isTrue();
  }

  @Clause
  default void p874_blobsAreNeitherRecordsNorTermsAndOfOneStore() {
    Bench bench = bench();
    bench.ports().blobs().put("dictionary-1", binary());

    assertThat(bench.records().scan(ScanPage.START, 100).ids()).isEmpty();
    assertThat(bench.indexes().terms(ScanPage.START, 100).terms()).isEmpty();
    assertThat(bench.records().definition()).isEmpty();
    assertThat(bench.find("dictionary-1")).isNull();
    assertThat(bench.neighbour(bench.name() + "x").ports().blobs().read("dictionary-1")).isEmpty();
    assertThat(bench.neighbour(bench.name()).ports().blobs().read("dictionary-1")).isPresent();
  }

  @Clause
  default void p875_blobNamesAreChecked() {
    BlobPort blobs = bench().ports().blobs();
    String longest = "a-0".repeat(21) + "z";
    blobs.put(longest, new byte[] {1});

    assertThat(blobs.read(longest)).isPresent();
    for (String name : List.of("", "A", "a:b", "a b", "ä", longest + "z")) {
      assertThatThrownBy(() -> blobs.put(name, new byte[] {1}))
          .as(name)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'" + name + "'");
      assertThatThrownBy(() -> blobs.read(name)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Clause
  default void p876_blobsShareNoBytes() {
    BlobPort blobs = bench().ports().blobs();
    byte[] given = {1, 2};
    blobs.put("a", given);
    given[0] = 9;

    byte[] read = blobs.read("a").orElseThrow();
    assertThat(read).containsExactly(1, 2);
    read[0] = 9;
    assertThat(blobs.read("a").orElseThrow()).containsExactly(1, 2);
  }

  @Clause
  default void p881_aPayloadTakesThePlaceOfAnother() {
    Bench bench = bench();
    Version version = bench.save("a");
    IndexTerm term = IndexTerm.exact("kind", "k");
    bench.add(term, new EntryRef("a", version, 1));

    assertThat(bench.records().repack(List.of(new Repacking("a", version, binary()))))
        .containsExactly(true);

    bench.assertStored("a", version, binary());
    assertThat(
            bench.indexes().read(IndexRange.all(term), Direction.ASCENDING, null, 10).stream()
                .map(EntryRef::version))
        .containsExactly(version);
    assertThat(bench.ttl("a").isUnlimited()).isTrue();
    Version next = bench.draft("a").ifAt(version).apply();
    assertThat(bench.version("a")).isEqualTo(next);
  }

  @Clause
  default void p882_aPayloadOfAnotherVersionStays() {
    Bench bench = bench();
    Version first = bench.save("a");
    Version second = bench.save("a");

    assertThat(
            bench
                .records()
                .repack(
                    List.of(
                        new Repacking("a", first, binary()),
                        new Repacking("absent", second, binary()))))
        .containsExactly(false, false);
    bench.assertStored("a", second, Bench.bytes("payload of a"));
    bench.assertAbsent("absent");
    assertThat(bench.records().repack(List.of())).isEmpty();
  }

  @Clause
  default void p883_anotherPayloadLeavesTheExpiry() {
    Bench bench = bench();
    Version version = bench.draft("a").expiring(Expiry.after(Duration.ofHours(1))).apply();

    bench.records().repack(List.of(new Repacking("a", version, binary())));

    assertThat(bench.ttl("a").remaining())
        .hasValueSatisfying(
            left -> assertThat(left).isBetween(Duration.ofMinutes(55), Duration.ofHours(1)));
    Version expiring = bench.draft("b").expiringAfterMillis(ExpiryClauses.SHORT_MILLIS).apply();
    bench.records().repack(List.of(new Repacking("b", expiring, binary())));
    eventually().until(() -> bench.version("b") == null);
    assertThat(bench.records().repack(List.of(new Repacking("b", expiring, binary()))))
        .containsExactly(false);
    bench.assertAbsent("b");
  }

  @Clause
  default void p884_payloadsAreRepackedInBatches() {
    Bench bench = bench();
    List<Repacking> repackings = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Version version = bench.save("i" + i);
      repackings.add(
          new Repacking("i" + i, i % 3 == 0 ? bench.next() : version, Bench.bytes("new " + i)));
    }

    List<Boolean> done = bench.records().repack(repackings);

    for (int i = 0; i < 300; i++) {
      boolean isRepacked = i % 3 != 0;
      assertThat(done.get(i)).as("i" + i).isEqualTo(isRepacked);
      assertThat(bench.present("i" + i).payload())
          .isEqualTo(Bench.bytes((isRepacked ? "new " : "payload of i") + i));
    }
  }

  @Clause
  default void p891_blindTermsAreTermsOfTheirOwn() {
    Bench bench = bench();
    IndexTerm blind = IndexTerm.blind("kind", "hash-_Az09");
    IndexTerm exact = IndexTerm.exact("kind", "hash-_Az09");
    EntryRef a = new EntryRef("a", bench.next(), 1);
    EntryRef b = new EntryRef("b", bench.next(), 2);
    bench.add(blind, a, b);
    bench.add(exact, b);

    assertThat(bench.indexes().read(IndexRange.all(blind), Direction.ASCENDING, null, 10))
        .containsExactly(a, b);
    assertThat(bench.indexes().sizes(List.of(IndexRange.all(blind), IndexRange.all(exact))))
        .containsExactly(2L, 1L);
    bench.removeEntries(blind, b);
    assertThat(bench.indexes().sizes(List.of(IndexRange.all(blind), IndexRange.all(exact))))
        .containsExactly(1L, 1L);
    bench
        .ports()
        .intersections()
        .ifPresent(
            port -> {
              bench.add(exact, a);
              assertThat(port.intersect(List.of(blind, exact), Direction.ASCENDING))
                  .containsExactly(a);
            });
  }

  @Clause
  @Order(Clause.FIRST)
  default void p892_blindTermsAreListed() {
    Bench bench = bench();
    List<IndexTerm> expected =
        List.of(
            IndexTerm.blind("kind", "h1"),
            IndexTerm.blind("kind", "h2"),
            IndexTerm.exact("kind", "h1"),
            IndexTerm.range("kind"));
    for (IndexTerm term : expected) {
      bench.add(term, new EntryRef("a", bench.next(), 1));
    }

    List<IndexTerm> listed = new ArrayList<>();
    for (String from = ScanPage.START; from != null; ) {
      TermPage page = bench.indexes().terms(from, 2);
      listed.addAll(page.terms());
      from = page.next();
    }
    assertThat(listed).containsOnlyOnceElementsOf(expected).hasSameElementsAs(expected);
  }
}
