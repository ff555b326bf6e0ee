package io.stowage.adapter.redis.common;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stowage.api.Outcome;
import io.stowage.api.TimeToLive;
import io.stowage.api.Version;
import io.stowage.embedded.redis.EmbeddedRedis;
import io.stowage.spi.AdapterException;
import io.stowage.spi.Commit;
import io.stowage.spi.CommitResult;
import io.stowage.spi.CommitResult.Status;
import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.Expiry;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.Precondition;
import io.stowage.spi.Removal;
import io.stowage.spi.RemovalResult;
import io.stowage.spi.ScanPage;
import io.stowage.spi.StorePorts;
import io.stowage.spi.StoredRecord;
import io.stowage.spi.Touch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("server")
class PortsTest extends PortsBench {

  @Test
  void firstCommitAnswersClockAndNothingReplaced() {
    CommitResult result = commit(commit("1", version(), "{}"));
    assertThat(result.status()).isEqualTo(Status.APPLIED);
    assertThat(result.stored()).isNull();
    assertThat(result.payload()).isNull();
    assertThat(Math.abs(result.serverMicros() - clock)).isLessThan(60_000_000L);
    assertThat(raw("t[1]*:s:item:1")).endsWith("{}");
  }

  @Test
  void overwritingAnswersWhatWasReplacedAndClearsItsTtl() {
    Version first = version();
    commit(commit("1", first, Expiry.after(Duration.ofHours(1)), Precondition.none()));
    CommitResult result = commit(commit("1", version(), "new"));
    assertThat(result.stored()).isEqualTo(first);
    assertThat(result.payload()).containsExactly('x');
    assertThat(records.ttl(List.of("1"))).containsExactly(TimeToLive.unlimited());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 65_535, 65_536, 65_537, 1_000_000})
  void replacedAndRemovedPayloadsAreAnsweredUpToTheLimit(int length) {
    byte[] payload = new byte[length];
    Arrays.fill(payload, (byte) 0xC3);
    Version first = version();
    Version second = version();
    records.commit(
        List.of(new Commit("1", first, payload, Expiry.never(), Precondition.none(), GRACE)));
    CommitResult replaced =
        commit(new Commit("1", second, payload, Expiry.never(), Precondition.none(), GRACE));
    RemovalResult removed = records.remove(List.of(new Removal("1", second))).get(0);
    assertThat(replaced.stored()).isEqualTo(first);
    assertThat(removed.removed()).isEqualTo(second);
    if (length <= CommitResult.MAX_PAYLOAD) {
      assertThat(replaced.payload()).isEqualTo(payload);
      assertThat(removed.payload()).isEqualTo(payload);
    } else {
      assertThat(replaced.payload()).isNull();
      assertThat(removed.payload()).isNull();
    }
  }

  @Test
  void versionsCompareAsUnsignedNumbersOf64Bits() {
    long[] ascending = {
      1,
      0xFFFFFFFFL,
      0x1_00000000L,
      0x1_00000001L,
      0x653C_0A00_0A00_00FFL,
      0x653C_0A00_0A00_0100L,
      Long.MAX_VALUE,
      Long.MIN_VALUE,
      -1
    };
    Duration ever = Duration.ofDays(36_500);
    for (long bits : ascending) {
      Commit commit =
          new Commit(
              "1", new Version(bits), new byte[0], Expiry.never(), Precondition.none(), ever);
      assertThat(commit(commit).status()).as("%x", bits).isEqualTo(Status.APPLIED);
      assertThat(commit(commit).status()).as("%x", bits).isEqualTo(Status.NOT_NEWER);
    }
    for (int i = 0; i < ascending.length - 1; i++) {
      Commit older =
          new Commit(
              "1",
              new Version(ascending[i]),
              new byte[0],
              Expiry.never(),
              Precondition.none(),
              ever);
      assertThat(commit(older).status()).as("%x", ascending[i]).isEqualTo(Status.NOT_NEWER);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void readsInOrderWithNullForWhatIsAbsent(boolean oneNode) {
    if (!oneNode) {
      adapter.close();
      use(SocketConnection.asToManyNodes(redis.port()));
    }
    Version a = version();
    Version b = version();
    records.commit(List.of(commit("a", a, ""), commit("b", b, "bb")));
    long gets = calls("get");
    long mgets = calls("mget");
    assertThat(records.read(List.of("b", "x", "a", "b")))
        .extracting(r -> r == null ? null : r.version())
        .containsExactly(b, null, a, b);
    assertThat(calls("get") - gets).isEqualTo(oneNode ? 0 : 4);
    assertThat(calls("mget") - mgets).isEqualTo(oneNode ? 1 : 0);
    assertThat(records.versions(List.of("b", "x", "a"))).containsExactly(b, null, a);
    assertThat(records.read(List.of())).isEmpty();
    assertThat(store.intersections().isPresent()).isEqualTo(oneNode);
    IndexEntry entry = new IndexEntry(TERM, new EntryRef("c", version(), 1));
    assertThat(
            store.addThenCommit(List.of(entry), List.of(commit("c", entry.ref().version(), "c"))))
        .extracting(CommitResult::status)
        .containsExactly(Status.APPLIED);
    assertThat(indexes.read(IndexRange.all(TERM), Direction.ASCENDING, null, 9))
        .containsExactly(entry.ref());
  }

  @Test
  void valueWithoutHeaderIsADamagedRecordOfVersionZero() {
    connection.send("SET", "t[1]*:s:item:1", "{\"foreign\":true}");
    StoredRecord foreign = records.read(List.of("1")).get(0);
    assertThat(foreign.version()).isEqualTo(new Version(0));
    assertThat(foreign.damage()).contains("no record header");
    assertThat(records.versions(List.of("1"))).containsExactly(new Version(0));
    assertThat(commit(commit("1", version(), Expiry.never(), Precondition.absent())).status())
        .isEqualTo(Status.PRECONDITION_FAILED);
    CommitResult result = commit(commit("1", version(), "mine"));
    assertThat(result.stored()).isEqualTo(new Version(0));
    assertThat(result.payload()).as("of no use").isNull();
    connection.send("SET", "t[1]*:s:item:1", "x");
    assertThat(records.remove(List.of(new Removal("1", null))).get(0).removed())
        .isEqualTo(new Version(0));
    connection.send("SET", "t[1]*:s:item:1", "");
    assertThat(records.read(List.of("1")).get(0)).isNull();
    assertThat(records.versions(List.of("1")).get(0)).isNull();
  }

  @Test
  void damageIsToldWhereverAPayloadIsAnswered() {
    Version whole = version();
    records.commit(List.of(commit("whole", whole, "payload")));
    for (String id : List.of("read", "replaced", "removed")) {
      records.commit(List.of(commit(id, version(), "payload")));
      connection.send("SETRANGE", "t[1]*:s:item:" + id, "15", "X");
    }

    List<StoredRecord> read = records.read(List.of("whole", "read"));
    assertThat(read.get(0).damage()).isNull();
    assertThat(read.get(1).damage()).contains("checksum");
    assertThat(records.versions(List.of("read")).get(0)).isEqualTo(read.get(1).version());
    CommitResult replaced = commit(commit("replaced", version(), "new"));
    assertThat(replaced.status()).isEqualTo(Status.APPLIED);
    assertThat(replaced.payload()).isNull();
    RemovalResult removed = records.remove(List.of(new Removal("removed", null))).get(0);
    assertThat(removed.removed()).isNotNull();
    assertThat(removed.payload()).isNull();
    assertThat(records.remove(List.of(new Removal("whole", whole))).get(0).payload())
        .asString(UTF_8)
        .isEqualTo("payload");
  }

  @Test
  void scanAnswersTheIdsOfThisStoreOnly() {
    Set<String> expected = new TreeSet<>();
    List<Commit> commits = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      expected.add("*?[" + i + "]\n");
      commits.add(commit("*?[" + i + "]\n", version(), "x"));
    }
    records.commit(commits);
    adapter.store("s2").records().commit(List.of(commit("other", version(), "x")));
    connection.send("SET", "t1x:s:item:other", "not a match of the escaped prefix");
    Set<String> found = new TreeSet<>();
    String from = ScanPage.START;
    while (from != null) {
      ScanPage page = records.scan(from, 100);
      found.addAll(page.ids());
      from = page.next();
    }
    assertThat(found).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void pagesThroughTieGroupsLargerThanTheLimit(Direction direction) {
    List<EntryRef> all = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      all.add(new EntryRef("id" + i, version(), i < 20 ? -1.5 : i < 280 ? 2 : 1e300));
    }
    indexes.add(all.stream().map(ref -> new IndexEntry(TERM, ref)).toList());
    Collections.sort(all);
    if (direction == Direction.DESCENDING) {
      Collections.reverse(all);
    }
    for (IndexRange range : List.of(IndexRange.all(TERM), new IndexRange(TERM, -1.5, 1e300))) {
      List<EntryRef> paged = new ArrayList<>();
      List<EntryRef> page;
      do {
        EntryRef last = paged.isEmpty() ? null : paged.get(paged.size() - 1);
        page = indexes.read(range, direction, last, 7);
        paged.addAll(page);
      } while (page.size() == 7);
      assertThat(paged).isEqualTo(all);
    }
    assertThat(indexes.sizes(List.of(IndexRange.all(TERM), new IndexRange(TERM, 2, 2))))
        .containsExactly(300L, 260L);
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void readsOnBehindAnEntryThatIsGone(Direction direction) {
    List<EntryRef> all = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      all.add(new EntryRef("id" + i, version(), 2));
    }
    List<IndexEntry> entries = all.stream().map(ref -> new IndexEntry(TERM, ref)).toList();
    indexes.add(entries);
    Collections.sort(all);
    if (direction == Direction.DESCENDING) {
      Collections.reverse(all);
    }
    EntryRef gone = all.get(350);
    indexes.remove(List.of(new IndexEntry(TERM, gone)));
    assertThat(indexes.read(IndexRange.all(TERM), direction, gone, 3))
        .isEqualTo(all.subList(351, 354));
    assertThat(indexes.read(IndexRange.all(TERM), direction, gone, 100))
        .isEqualTo(all.subList(351, 400));
    EntryRef moved = new EntryRef(gone.id(), gone.version(), 3);
    indexes.add(List.of(new IndexEntry(TERM, moved)));
    List<EntryRef> expected = new ArrayList<>(all.subList(351, 400));
    if (direction == Direction.ASCENDING) {
      expected.add(moved);
    }
    assertThat(indexes.read(IndexRange.all(TERM), direction, gone, 100)).isEqualTo(expected);
  }

  @Test
  void savesAndListsInTheFewestRoundTrips() {
    save("warm-up");
    int before = connection.roundTrips();
    save("1");
    assertThat(connection.roundTrips() - before).isEqualTo(1);

    List<IndexEntry> entries = new ArrayList<>();
    List<Commit> commits = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Version v = version();
      entries.add(new IndexEntry(TERM, new EntryRef("m" + i, v, i)));
      commits.add(commit("m" + i, v, "x"));
    }
    before = connection.roundTrips();
    store.addThenCommit(entries, commits);
    assertThat(connection.roundTrips() - before).isEqualTo(1);

    long zranges = calls("zrange");
    long mgets = calls("mget");
    before = connection.roundTrips();
    List<EntryRef> page = indexes.read(IndexRange.all(TERM), Direction.DESCENDING, null, 100);
    records.read(page.stream().map(EntryRef::id).toList());
    assertThat(connection.roundTrips() - before).isEqualTo(2);
    assertThat(calls("zrange") - zranges).isEqualTo(1);
    assertThat(calls("mget") - mgets).isEqualTo(1);
  }

  private CommitResult save(String id) {
    Version v = version();
    List<IndexEntry> entries =
        List.of(
            new IndexEntry(TERM, new EntryRef(id, v, 1)),
            new IndexEntry(IndexTerm.range("at"), new EntryRef(id, v, 2)));
    return store.addThenCommit(entries, List.of(commit(id, v, "{}"))).get(0);
  }

  @Test
  void unknownScriptsAreSentAgainWithTheirSource() {
    save("1");
    connection.send("SCRIPT", "FLUSH");
    CommitResult result = save("2");
    assertThat(result.status()).isEqualTo(Status.APPLIED);
    assertThat(records.read(List.of("2")).get(0)).isNotNull();
    connection.send("SCRIPT", "FLUSH");
    assertThat(records.touch(List.of(new Touch("2", null, Expiry.never())))).containsExactly(true);
    connection.send("SCRIPT", "FLUSH");
    assertThat(records.remove(List.of(new Removal("2", null))).get(0).removed()).isNotNull();
  }

  @Test
  void entryRefusedForGoodWithItsRecordStoredIsToldWithItsKey() {
    connection.send("SET", "t[1]*:s:idx:type:a", "no sorted set");
    AdapterException failure = catchThrowableOfType(AdapterException.class, () -> save("1"));
    assertThat(failure)
        .hasMessageContaining("t[1]*:s:idx:type:a")
        .hasMessageContaining("WRONGTYPE");
    assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(failure.isTransient()).isFalse();
  }

  @Test
  void entryRefusedWithItsRecordStoredIsAddedAgain() {
    String key = "t[1]*:s:idx:type:a";
    save("warm-up");
    connection.send("SET", key, "no sorted set");
    connection.afterNextBatch(() -> connection.send("DEL", key));
    assertThat(save("1").status()).isEqualTo(Status.APPLIED);
    assertThat(indexes.read(IndexRange.all(TERM), Direction.ASCENDING, null, 9))
        .extracting(EntryRef::id)
        .containsExactly("1");
  }

  @Test
  void entryRefusedWithItsRecordRefusedTooIsNotApplied() {
    connection.send("SET", "t[1]*:s:idx:type:a", "no sorted set");
    Version v = version();
    commit(commit("1", v, "x"));
    IndexEntry entry = new IndexEntry(TERM, new EntryRef("1", v, 1));
    AdapterException failure =
        catchThrowableOfType(
            AdapterException.class,
            () -> store.addThenCommit(List.of(entry), List.of(commit("1", v, "y"))));
    assertThat(failure).hasMessageContaining("ZADD of key 't[1]*:s:idx:type:a'");
    assertThat(failure.outcome()).isEqualTo(Outcome.NOT_APPLIED);
    assertThat(failure.isTransient()).isFalse();
  }

  @Test
  void refusalsNameCommandAndKeyAndTellTheOutcome() {
    connection.send("SADD", "t[1]*:s:item:bad", "no string");
    AdapterException alone =
        catchThrowableOfType(AdapterException.class, () -> commit(commit("bad", version(), "x")));
    assertThat(alone).hasMessageContaining("EVALSHA of key 't[1]*:s:item:bad'");
    assertThat(alone.outcome()).isEqualTo(Outcome.NOT_APPLIED);
    AdapterException mixed =
        catchThrowableOfType(
            AdapterException.class,
            () ->
                records.commit(
                    List.of(commit("good", version(), "x"), commit("bad", version(), "x"))));
    assertThat(mixed.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(mixed.isTransient()).isFalse();
    assertThatThrownBy(() -> records.versions(List.of("bad")))
        .isInstanceOf(AdapterException.class)
        .hasMessageContaining("GETRANGE");
  }

  @Test
  void fullServerIsATransientRefusal() {
    try (EmbeddedRedis full =
            EmbeddedRedis.builder().binary(binary()).setting("maxmemory", "1").start();
        SocketConnection socket = SocketConnection.toOneNode(full.port())) {
      StorePorts small = adapter("", socket).store("s");
      Version v = version();
      IndexEntry entry = new IndexEntry(TERM, new EntryRef("1", v, 1));
      AdapterException failure =
          catchThrowableOfType(
              AdapterException.class,
              () -> small.addThenCommit(List.of(entry), List.of(commit("1", v, "x"))));
      assertThat(failure).hasMessageContaining("OOM");
      assertThat(failure.outcome()).isEqualTo(Outcome.NOT_APPLIED);
      assertThat(failure.isTransient()).isTrue();
    }
  }

  @Test
  void hugeBatchesGoInSeveralPipelines() {
    String half = "x".repeat(1 << 19);
    List<Commit> commits = new ArrayList<>();
    List<IndexEntry> entries = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Version v = version();
      commits.add(commit("big" + i, v, half));
      entries.add(new IndexEntry(TERM, new EntryRef("big" + i, v, i)));
    }
    assertThat(store.addThenCommit(entries, commits))
        .extracting(CommitResult::status)
        .containsOnly(Status.APPLIED);
    assertThat(indexes.sizes(List.of(IndexRange.all(TERM)))).containsExactly(40L);
    List<IndexEntry> many = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      many.add(
          new IndexEntry(
              IndexTerm.exact("n", Integer.toString(i % 10_000)),
              new EntryRef("id" + i, version(), i)));
    }
    indexes.add(many);
    assertThat(indexes.sizes(List.of(IndexRange.all(IndexTerm.exact("n", "9999")))))
        .containsExactly(2L);
    indexes.remove(many);
    assertThat(indexes.sizes(List.of(IndexRange.all(IndexTerm.exact("n", "9999")))))
        .containsExactly(0L);
  }

  @Test
  void closedAdapterRefusesEverything() {
    adapter.close();
    adapter.close();
    assertThatThrownBy(() -> adapter.store("s")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> records.read(List.of())).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> records.scan("", 1)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> indexes.read(IndexRange.all(TERM), Direction.ASCENDING, null, 0))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> store.addThenCommit(List.of(), List.of()))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> indexes.terms("", 1)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> indexes.scores(List.of())).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> store.atomic().orElseThrow().holdsTogether(List.of()))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> store.possiblyStale().orElseThrow().records().read(List.of("1")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> store.leases().release("sweep", "a"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(adapter::servers).isInstanceOf(IllegalStateException.class);
  }
}
