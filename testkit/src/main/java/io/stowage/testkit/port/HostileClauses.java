package io.stowage.testkit.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Version;
import io.stowage.spi.AdapterException;
import io.stowage.spi.CommitResult;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.Removal;
import io.stowage.testkit.contract.Clause;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Ids, values and payloads that tempt an adapter to confuse them. */
interface HostileClauses extends Clauses {

  @Clause
  default void p501_keepsHostileIdsApart() {
    Bench bench = bench();
    List<String> ids = Texts.ids();
    List<Draft> drafts = ids.stream().map(id -> bench.draft(id).ifAbsent()).toList();

    List<CommitResult> results =
        bench.records().commit(drafts.stream().map(Draft::commit).toList());

    assertThat(results).extracting(CommitResult::status).containsOnly(CommitResult.Status.APPLIED);
    for (Draft draft : drafts) {
      bench.assertStored(draft.id(), draft.version(), draft.payload());
      assertThat(bench.ttl(draft.id()).isUnlimited()).as(Texts.shown(draft.id())).isTrue();
    }
  }

  @Clause
  default void p502_scansHostileIdsToTheLetter() {
    Bench bench = bench();
    bench.records().commit(Texts.ids().stream().map(id -> bench.draft(id).commit()).toList());

    assertThat(ScanClauses.scanAll(bench, 20)).isEqualTo(Set.copyOf(Texts.ids()));
  }

  @Clause
  default void p503_removesNoOtherThanTheHostileId() {
    Bench bench = bench();
    List<String> ids = Texts.ids();
    List<Draft> drafts = ids.stream().map(bench::draft).toList();
    bench.records().commit(drafts.stream().map(Draft::commit).toList());

    List<Removal> everySecond = new ArrayList<>();
    for (int i = 0; i < ids.size(); i += 2) {
      everySecond.add(new Removal(ids.get(i), drafts.get(i).version()));
    }
    bench.records().remove(everySecond);

    List<Version> left = bench.records().versions(ids);
    for (int i = 0; i < ids.size(); i++) {
      Version expected = i % 2 == 0 ? null : drafts.get(i).version();
      assertThat(left.get(i)).as("version of '%s'", Texts.shown(ids.get(i))).isEqualTo(expected);
    }
  }

  @Clause
  default void p504_keepsHostileIdsOfEntriesApart() {
    Bench bench = bench();
    IndexTerm term = IndexTerm.exact("color", "red");
    List<EntryRef> refs =
        Texts.ids().stream().map(id -> new EntryRef(id, bench.next(), 1)).sorted().toList();
    bench.indexes().add(refs.stream().map(ref -> new IndexEntry(term, ref)).toList());

    assertThat(IndexClauses.all(bench, term)).isEqualTo(refs);
    for (int i = 0; i < refs.size(); i += 10) {
      bench.removeEntries(term, refs.get(i));
      assertThat(IndexClauses.all(bench, term)).doesNotContain(refs.get(i));
    }
    assertThat(IndexClauses.size(bench, term)).isEqualTo(refs.size() - (refs.size() + 9) / 10);
  }

  @Clause
  default void p505_keepsHostileValuesApart() {
    Bench bench = bench();
    List<IndexEntry> entries =
        Texts.values().stream()
            .map(
                value ->
                    new IndexEntry(
                        IndexTerm.exact("tag", value), new EntryRef("a", bench.next(), 1)))
            .toList();
    bench.indexes().add(entries);

    for (IndexEntry entry : entries) {
      assertThat(IndexClauses.all(bench, entry.term()))
          .as("entries of the value '%s'", Texts.shown(entry.term().value()))
          .containsExactly(entry.ref());
    }
    bench.indexes().remove(entries.subList(0, 1));
    List<IndexRange> ranges = entries.stream().map(e -> IndexRange.all(e.term())).toList();
    List<Long> sizes = bench.indexes().sizes(ranges);
    assertThat(sizes.get(0)).isZero();
    assertThat(sizes.subList(1, sizes.size())).containsOnly(1L);
  }

  /** A name may hold letters, digits, {@code _}, {@code -} and {@code .}. */
  @Clause
  default void p506_keepsNamesOfIndexesApart() {
    Bench bench = bench();
    List<IndexTerm> terms =
        List.of(
            IndexTerm.exact("a", "b:c"),
            IndexTerm.exact("a", "c"),
            IndexTerm.exact("a", "b.c"),
            IndexTerm.exact("a.b", "c"),
            IndexTerm.exact("a-b", "c"),
            IndexTerm.exact("a_b", "c"),
            IndexTerm.exact("A", "c"),
            IndexTerm.exact("ab", "c"),
            IndexTerm.exact("a.b.c", ""),
            IndexTerm.exact("a", ""),
            IndexTerm.range("a"),
            IndexTerm.range("a.b"),
            IndexTerm.exact("idx", "a"),
            IndexTerm.range("idx"),
            IndexTerm.exact("x".repeat(128), "c"));
    for (IndexTerm term : terms) {
      bench.add(term, new EntryRef("a", bench.next(), 1));
    }

    assertThat(bench.indexes().sizes(terms.stream().map(IndexRange::all).toList()))
        .containsOnly(1L);
    for (int i = 0; i < terms.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertThat(IndexClauses.all(bench, terms.get(i)))
            .as("%s beside %s", terms.get(i), terms.get(j))
            .isNotEqualTo(IndexClauses.all(bench, terms.get(j)));
      }
    }
  }

  /** UTF-8 has no form for an unpaired surrogate; replacing it makes different values one. */
  @Clause
  default void p507_doesNotConfuseUnpairedSurrogates() {
    Bench bench = bench();
    List<String> values = List.of("\ud800", "\ud801", "\udc00", "a\ud800", "?", "a?", "\ufffd");
    List<IndexTerm> kept = new ArrayList<>();
    for (String value : values) {
      IndexTerm term = IndexTerm.exact("tag", value);
      try {
        bench.add(term, new EntryRef("a", bench.next(), 1));
        kept.add(term);
      } catch (AdapterException | IllegalArgumentException refused) {
        assertThat(value).as("a value that was refused").matches("(?s).*\\p{Cs}.*");
      }
    }

    assertThat(bench.indexes().sizes(kept.stream().map(IndexRange::all).toList()))
        .as("sizes of %s", kept.stream().map(term -> Texts.shown(term.value())).toList())
        .containsOnly(1L);
  }

  @Clause
  default void p508_keepsAnyPayload() {
    Bench bench = bench();
    byte[] everyByte = new byte[512];
    byte[] mega = new byte[1 << 20];
    for (int i = 0; i < mega.length; i++) {
      mega[i] = (byte) (i * 31 + i / 256);
    }
    System.arraycopy(mega, 0, everyByte, 0, 512);
    for (int i = 0; i < 256; i++) {
      everyByte[i] = (byte) i;
    }
    List<byte[]> payloads =
        List.of(
            new byte[0],
            new byte[1],
            everyByte,
            mega,
            Bench.bytes("\r\n$-1\r\n*3\r\n"),
            Bench.bytes("中文 😀"));

    for (int i = 0; i < payloads.size(); i++) {
      Draft draft = bench.draft("id-" + i).holding(payloads.get(i));
      draft.apply();
      bench.assertStored(draft.id(), draft.version(), payloads.get(i));
      if (payloads.get(i).length <= CommitResult.MAX_PAYLOAD) {
        assertThat(bench.remove(draft.id(), null).payload()).isEqualTo(payloads.get(i));
      }
    }
  }
}
