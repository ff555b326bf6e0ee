package io.stowage.adapter.redis.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.spi.AdapterException;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.LeasePort;
import io.stowage.spi.ScanPage;
import io.stowage.spi.TermPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What sweeper, doctor and reindex need of the ports. */
@Tag("server")
class UpkeepTest extends PortsBench {

  @Test
  void leaseHasOneHolderAtATime() {
    LeasePort leases = store.leases();
    Duration minute = Duration.ofMinutes(1);
    assertThat(leases.acquire("sweep", "a", minute)).isTrue();
    assertThat(leases.acquire("sweep", "b", minute)).isFalse();
    assertThat(leases.acquire("other", "b", minute)).isTrue();
    assertThat(leases.acquire("sweep", "a", Duration.ofHours(1))).isTrue();
    assertThat(Replies.integer(connection.send("PTTL", "t[1]*:s:lease:sweep")))
        .isBetween(minute.toMillis() + 1, Duration.ofHours(1).toMillis());
    assertThat(raw("t[1]*:s:lease:sweep")).isEqualTo("a");
    assertThat(adapter.store("s2").leases().acquire("sweep", "c", minute)).isTrue();
  }

  @Test
  void leaseIsGivenBackByItsHolderOnlyAndLeavesNoKey() {
    LeasePort leases = store.leases();
    assertThat(leases.release("sweep", "a")).isFalse();
    assertThat(leases.acquire("sweep", "a", Duration.ofMinutes(1))).isTrue();
    assertThat(leases.release("sweep", "b")).isFalse();
    assertThat(leases.acquire("sweep", "b", Duration.ofMinutes(1))).isFalse();
    assertThat(leases.release("sweep", "a")).isTrue();
    assertThat(leases.release("sweep", "a")).isFalse();
    assertThat(Replies.integer(connection.send("DBSIZE"))).isZero();
  }

  @Test
  void leaseEndsByItself() {
    LeasePort leases = store.leases();
    assertThat(leases.acquire("sweep", "a", Duration.ofMillis(50))).isTrue();
    Awaitility.await()
        .atMost(60, TimeUnit.SECONDS)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> leases.acquire("sweep", "b", Duration.ofMinutes(1)));
    assertThat(leases.release("sweep", "a")).isFalse();
  }

  @Test
  void leaseTakesATimeThatTheServerCanKeep() {
    LeasePort leases = store.leases();
    assertThatThrownBy(() -> leases.acquire("sweep", "a", Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    connection.send("SADD", "t[1]*:s:lease:bad", "no string");
    assertThatThrownBy(() -> leases.acquire("bad", "a", Duration.ofMillis(1)))
        .isInstanceOf(AdapterException.class)
        .hasMessageContaining("WRONGTYPE");
  }

  @Test
  void definitionIsReplacedIfItIsTheExpectedOne() {
    assertThat(records.redefine("a", "b")).isFalse();
    assertThat(records.definition()).isEmpty();
    records.define("första");
    assertThat(records.redefine("first", "b")).isFalse();
    assertThat(records.definition()).contains("första");
    assertThat(records.redefine("första", "b")).isTrue();
    assertThat(records.definition()).contains("b");
    assertThat(records.redefine("första", "c")).isFalse();
  }

  @Test
  void scoresAreThoseOfTheEntriesThatAreThere() {
    IndexTerm range = IndexTerm.range("at");
    EntryRef ref = new EntryRef("1", version(), 0.1);
    EntryRef high = new EntryRef("2", version(), Double.POSITIVE_INFINITY);
    indexes.add(List.of(new IndexEntry(TERM, ref), new IndexEntry(range, high)));
    int before = connection.roundTrips();
    assertThat(
            indexes.scores(
                List.of(
                    new IndexEntry(TERM, new EntryRef("1", ref.version(), 7)),
                    new IndexEntry(range, ref),
                    new IndexEntry(range, high),
                    new IndexEntry(TERM, new EntryRef("1", version(), 0.1)))))
        .containsExactly(0.1, null, Double.POSITIVE_INFINITY, null);
    assertThat(connection.roundTrips() - before).isEqualTo(1);
    assertThat(indexes.scores(List.of())).isEmpty();
  }

  @Test
  void termsAreThoseThatHaveEntries() {
    Set<IndexTerm> expected = new HashSet<>();
    List<IndexEntry> entries = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      IndexTerm exact = IndexTerm.exact("i" + i % 3, "a:*" + i);
      expected.add(exact);
      entries.add(new IndexEntry(exact, new EntryRef("1", version(), i)));
    }
    for (IndexTerm term :
        List.of(IndexTerm.range("at"), IndexTerm.exact("x", ""), IndexTerm.exact("x", "\uD800"))) {
      expected.add(term);
      entries.add(new IndexEntry(term, new EntryRef("1", version(), 1)));
    }
    IndexTerm emptied = IndexTerm.exact("x", "emptied");
    IndexEntry gone = new IndexEntry(emptied, new EntryRef("1", version(), 1));
    indexes.add(entries);
    indexes.add(List.of(gone));
    indexes.remove(List.of(gone));
    records.commit(List.of(commit("idx:x:y", version(), "x")));
    records.define("definition");
    adapter.store("s2").indexes().add(entries);
    connection.send("SET", "t[1]*:s:ing:type:x", "matches the pattern, but is no index");
    Set<IndexTerm> found = new HashSet<>();
    String from = ScanPage.START;
    while (from != null) {
      TermPage page = indexes.terms(from, 50);
      found.addAll(page.terms());
      from = page.next();
    }
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void possiblyStalePortsAskReplicasForWhatMayBeStale() {
    EntryRef ref = new EntryRef("1", version(), 1);
    store.addThenCommit(
        List.of(new IndexEntry(TERM, ref)), List.of(commit("1", ref.version(), "x")));
    records.define("definition");
    PossiblyStale stale = new PossiblyStale(store.possiblyStale().orElseThrow(), TERM);
    int before = connection.staleReads();
    int reads = stale.readEverything(ref);
    assertThat(connection.staleReads() - before).isEqualTo(reads);
    assertThat(stale.readsForUpkeep()).isEqualTo("definition");
    assertThat(connection.staleReads() - before).isEqualTo(reads);
    stale.write(commit("2", version(), "y"));
    assertThat(connection.staleReads() - before).isEqualTo(reads);
    assertThat(records.read(List.of("2")).get(0)).isNotNull();
  }
}
