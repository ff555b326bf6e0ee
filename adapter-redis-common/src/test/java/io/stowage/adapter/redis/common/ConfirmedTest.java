package io.stowage.adapter.redis.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stowage.api.Durability;
import io.stowage.api.Outcome;
import io.stowage.api.Version;
import io.stowage.embedded.redis.EmbeddedReplicaSet;
import io.stowage.embedded.redis.RedisBinary;
import io.stowage.spi.AdapterException;
import io.stowage.spi.CommitResult;
import io.stowage.spi.CommitResult.Status;
import io.stowage.spi.EntryRef;
import io.stowage.spi.Expiry;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.Removal;
import io.stowage.spi.RemovalResult;
import io.stowage.spi.Repacking;
import io.stowage.spi.StorageAdapter;
import io.stowage.spi.StorePorts;
import io.stowage.spi.Touch;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Writes that replicas confirm, on a master with one replica. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("server")
class ConfirmedTest {

  private static final IndexTerm TERM = IndexTerm.exact("type", "a");
  private static final Durability ENOUGH = Durability.replicas(1, Duration.ofSeconds(10));
  private static final Durability TOO_MUCH = Durability.replicas(2, Duration.ofMillis(20));

  private EmbeddedReplicaSet servers;
  private SocketConnection connection;
  private StorageAdapter adapter;
  private StorePorts plain;
  private StorePorts confirmed;
  private StorePorts unreachable;
  private long clock;

  RedisBinary binary() {
    return RedisBinary.detect();
  }

  @BeforeAll
  void startServers() {
    servers = EmbeddedReplicaSet.builder().binary(binary()).replicas(1).start();
  }

  @AfterAll
  void stopServers() {
    servers.close();
  }

  @BeforeEach
  void open() {
    use(SocketConnection.toOneNode(servers.master().port()));
    connection.send("FLUSHALL");
    connection.send("SCRIPT", "FLUSH");
  }

  private void use(SocketConnection opened) {
    connection = opened;
    adapter = PortsBench.adapter("app:", connection);
    plain = adapter.store("s");
    confirmed = plain.confirmed(ENOUGH).orElseThrow();
    unreachable = plain.confirmed(TOO_MUCH).orElseThrow();
    clock = plain.records().serverMicros();
  }

  @AfterEach
  void close() {
    adapter.close();
  }

  private Version version() {
    return Version.of(clock++, 7);
  }

  private static IndexEntry entry(String id, Version version) {
    return new IndexEntry(TERM, new EntryRef(id, version, 1));
  }

  private CommitResult save(StorePorts ports, String id, Version version) {
    return ports
        .addThenCommit(List.of(entry(id, version)), List.of(PortsBench.commit(id, version, "x")))
        .get(0);
  }

  private static void assertUnconfirmed(ThrowingCallable call) {
    AdapterException failure = catchThrowableOfType(AdapterException.class, call);
    assertThat(failure).hasMessageMatching(".*confirmed by [01] of 2 replicas within 20 ms.*");
    assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(failure.isTransient()).isFalse();
  }

  @Test
  void confirmedWritesAreAtTheReplica() {
    Version v = version();
    assertThat(save(confirmed, "1", v).status()).isEqualTo(Status.APPLIED);
    int port = servers.replicas().get(0).port();
    try (SocketConnection replica = SocketConnection.toOneNode(port);
        StorageAdapter there = PortsBench.adapter("app:", replica)) {
      assertThat(there.store("s").records().versions(List.of("1"))).containsExactly(v);
      assertThat(there.store("s").indexes().scores(List.of(entry("1", v)))).containsExactly(1.0);
    }
  }

  @Test
  void saveAndItsConfirmationAreOneRoundTrip() {
    save(confirmed, "warm-up", version());
    int before = connection.roundTrips();
    save(confirmed, "1", version());
    assertThat(connection.roundTrips() - before).isEqualTo(1);
  }

  @Test
  void tooFewConfirmationsAreUnknownAndTheWriteIsThere() {
    Version v = version();
    assertUnconfirmed(() -> save(unreachable, "1", v));
    assertThat(plain.records().versions(List.of("1"))).containsExactly(v);
    assertUnconfirmed(() -> save(unreachable, "2", version()));
    assertUnconfirmed(
        () -> unreachable.records().commit(List.of(PortsBench.commit("3", version(), "x"))));
    assertUnconfirmed(
        () ->
            unreachable
                .records()
                .touch(List.of(new Touch("1", null, Expiry.after(Duration.ofHours(1))))));
    assertUnconfirmed(() -> unreachable.records().remove(List.of(new Removal("1", v))));
    assertUnconfirmed(() -> unreachable.records().define("definition"));
    assertUnconfirmed(() -> unreachable.records().redefine("definition", "other"));
    assertUnconfirmed(() -> unreachable.indexes().add(List.of(entry("4", version()))));
    assertUnconfirmed(
        () -> unreachable.atomic().orElseThrow().apply(List.of(new Removal("2", null))));
    assertThat(plain.records().versions(List.of("2", "3")))
        .satisfiesExactly(
            removed -> assertThat(removed).isNull(), stored -> assertThat(stored).isNotNull());
  }

  @Test
  void whatChangedNothingNeedsNoConfirmation() {
    Version v = version();
    save(plain, "1", v);
    plain.records().define("definition");
    assertThat(save(unreachable, "1", v).status()).isEqualTo(Status.NOT_NEWER);
    assertThat(unreachable.records().remove(List.of(new Removal("2", null))))
        .containsExactly(RemovalResult.NOTHING);
    assertThat(unreachable.records().touch(List.of(new Touch("2", null, Expiry.never()))))
        .containsExactly(false);
    assertThat(unreachable.records().redefine("other", "another")).isFalse();
    assertThat(
            unreachable
                .atomic()
                .orElseThrow()
                .apply(List.of(new Removal("1", version())))
                .isApplied())
        .isFalse();
    assertThat(unreachable.records().versions(List.of("1"))).containsExactly(v);
  }

  /** The first answer to a save whose script is unknown says nothing of the commit sent again. */
  @Test
  void writesThatAreSentAgainWithTheirScriptAreConfirmedToo() {
    servers.replicas().get(0).freeze();
    try {
      Durability soon = Durability.replicas(1, Duration.ofMillis(50));
      StorePorts ports = plain.confirmed(soon).orElseThrow();
      AdapterException failure =
          catchThrowableOfType(
              AdapterException.class,
              () -> ports.records().commit(List.of(PortsBench.commit("1", version(), "x"))));
      assertThat(failure).hasMessageContaining("confirmed by 0 of 1 replicas");
      assertThat(plain.records().read(List.of("1")).get(0)).isNotNull();
    } finally {
      servers.replicas().get(0).thaw();
    }
  }

  @Test
  void acrossNodesNothingIsCommittedUnlessItsEntriesAreConfirmed() {
    adapter.close();
    use(SocketConnection.asToManyNodes(servers.master().port()));
    Version v = version();
    AdapterException failure =
        catchThrowableOfType(AdapterException.class, () -> save(unreachable, "1", v));
    assertThat(failure).hasMessageContaining("nothing was committed");
    assertThat(failure.outcome()).isEqualTo(Outcome.NOT_APPLIED);
    assertThat(failure.isTransient()).isTrue();
    assertThat(plain.records().versions(List.of("1"))).allMatch(Objects::isNull);
    assertThat(plain.indexes().sizes(List.of(IndexRange.all(TERM)))).containsExactly(1L);
    assertThat(save(confirmed, "2", version()).status()).isEqualTo(Status.APPLIED);
  }

  @Test
  void acrossNodesNothingIsCommittedUnlessItsEntriesAreAdded() {
    adapter.close();
    use(SocketConnection.asToManyNodes(servers.master().port()));
    connection.send("SET", "app:s:idx:type:a", "no sorted set");
    Version v = version();
    List<IndexEntry> entries =
        List.of(new IndexEntry(IndexTerm.range("at"), new EntryRef("1", v, 1)), entry("1", v));
    AdapterException failure =
        catchThrowableOfType(
            AdapterException.class,
            () -> plain.addThenCommit(entries, List.of(PortsBench.commit("1", v, "x"))));
    assertThat(failure).hasMessageContaining("WRONGTYPE");
    assertThat(failure.outcome()).isEqualTo(Outcome.NOT_APPLIED);
    assertThat(failure.isTransient()).isFalse();
    assertThat(plain.records().versions(List.of("1"))).allMatch(Objects::isNull);
  }

  @Test
  void leasesAreConfirmedToo() {
    assertThat(confirmed.leases().acquire("sweep", "a", Duration.ofMinutes(1))).isTrue();
    assertUnconfirmed(() -> unreachable.leases().release("sweep", "a"));
    assertThat(unreachable.leases().release("sweep", "a")).isFalse();
  }

  @Test
  void blobsAreConfirmedTooAndSoIsOneThatIsThere() {
    byte[] bytes = {1};
    assertThat(confirmed.blobs().add("a", bytes)).isTrue();
    confirmed.blobs().put("a", bytes);
    assertThat(confirmed.blobs().add("a", new byte[] {2})).isFalse();
    assertThat(plain.blobs().read("a").orElseThrow()).isEqualTo(bytes);
    assertUnconfirmed(() -> unreachable.blobs().add("a", bytes));
    assertThat(unreachable.blobs().remove("b")).isFalse();
    assertUnconfirmed(() -> unreachable.blobs().put("a", bytes));
    assertUnconfirmed(() -> unreachable.blobs().add("b", bytes));
    assertUnconfirmed(() -> unreachable.blobs().remove("a"));
    assertThat(plain.blobs().read("a")).isEmpty();
  }

  @Test
  void payloadsInPlaceOfOthersAreConfirmedTooIfTheyAreStored() {
    Version v = version();
    save(plain, "1", v);
    List<Repacking> present = List.of(new Repacking("1", v, new byte[] {1}));
    assertThat(confirmed.records().repack(present)).containsExactly(true);
    assertUnconfirmed(() -> unreachable.records().repack(present));
    assertThat(unreachable.records().repack(List.of(new Repacking("2", v, new byte[] {1}))))
        .containsExactly(false);
  }
}
