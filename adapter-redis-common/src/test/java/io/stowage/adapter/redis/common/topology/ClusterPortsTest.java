package io.stowage.adapter.redis.common.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.stowage.adapter.redis.common.RedisAdapterProvider;
import io.stowage.adapter.redis.common.RedisUri.Topology;
import io.stowage.adapter.redis.common.Tour;
import io.stowage.adapter.redis.common.server.CommandRights;
import io.stowage.adapter.redis.common.tls.TlsKeys;
import io.stowage.api.Durability;
import io.stowage.api.NetworkSettings;
import io.stowage.api.Outcome;
import io.stowage.api.ServerReport;
import io.stowage.api.ServerReport.Severity;
import io.stowage.api.Version;
import io.stowage.embedded.redis.EmbeddedRedis;
import io.stowage.embedded.redis.EmbeddedRedisCluster;
import io.stowage.embedded.redis.EmbeddedSentinel;
import io.stowage.embedded.redis.RespConnection;
import io.stowage.embedded.redis.SlotMove;
import io.stowage.spi.AdapterException;
import io.stowage.spi.AtomicPort;
import io.stowage.spi.AtomicWrite;
import io.stowage.spi.Commit;
import io.stowage.spi.CommitResult;
import io.stowage.spi.CommitResult.Status;
import io.stowage.spi.ConnectionSettings;
import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.Expiry;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.Precondition;
import io.stowage.spi.Removal;
import io.stowage.spi.StorageAdapter;
import io.stowage.spi.StorePorts;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The ports and the probe where servers are many, as a user with the least rights. */
@Tag("one-jdk")
@Tag("server")
class ClusterPortsTest {

  private static final String PREFIX = "app:";
  private static final IndexTerm TERM = IndexTerm.exact("type", "a");

  private static EmbeddedRedisCluster cluster;

  private StorageAdapter adapter;
  private String storeName;
  private StorePorts store;
  private long clock;

  /** The ports over bare sockets. */
  private static final class SocketProvider extends RedisAdapterProvider {

    @Override
    public String name() {
      return "redis-socket";
    }

    @Override
    protected ServerConnector connector(ConnectionSettings settings, Optional<TlsKeys> tls) {
      return new SocketConnector();
    }
  }

  @BeforeAll
  static void start() throws IOException {
    cluster =
        EmbeddedRedisCluster.builder()
            .nodeTimeout(Duration.ofMinutes(2))
            .user("admin", "pw", "~*", "&*", "+@all")
            .start();
    for (EmbeddedRedis member : cluster.members()) {
      restrict(member, Topology.CLUSTER);
    }
  }

  /** Leaves the default user, as whom sockets come, the least rights. */
  private static void restrict(EmbeddedRedis member, Topology topology) throws IOException {
    List<String> rules = new ArrayList<>(List.of("SETUSER", "default"));
    rules.addAll(CommandRights.rules(PREFIX, topology));
    acl(member, rules.toArray(String[]::new));
  }

  private static void acl(EmbeddedRedis member, String... args) throws IOException {
    List<String> words = new ArrayList<>(List.of("ACL"));
    words.addAll(List.of(args));
    try (RespConnection connection = Batches.open(Deployment.address(member))) {
      assertThat(connection.ask("AUTH", "admin", "pw")).isEqualTo("OK");
      assertThat(connection.ask(words.toArray(String[]::new))).isEqualTo("OK");
    }
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @BeforeEach
  void open() {
    adapter = connect(cluster.uri());
    storeName = "s" + System.nanoTime();
    store = adapter.store(storeName);
    clock = store.records().serverMicros();
  }

  private static StorageAdapter connect(String uri) {
    return connect(uri, Duration.ofSeconds(30));
  }

  private static StorageAdapter connect(String uri, Duration commandTimeout) {
    return new SocketProvider()
        .connect(
            ConnectionSettings.of(uri)
                .withKeyPrefix(PREFIX)
                .withNetwork(
                    NetworkSettings.defaults()
                        .withConnectTimeout(Duration.ofSeconds(20))
                        .withCommandTimeout(commandTimeout)));
  }

  @AfterEach
  void close() {
    adapter.close();
  }

  private Commit commit(String id, String payload) {
    return new Commit(
        id,
        Version.of(clock++, 1),
        Deployment.utf8(payload),
        Expiry.never(),
        Precondition.none(),
        Duration.ofSeconds(60));
  }

  private static List<ServerReport.Problem> errors(ServerReport report) {
    return report.problems().stream().filter(p -> p.severity() == Severity.ERROR).toList();
  }

  @Test
  void leastRightsAreEnoughForEverything() {
    Tour.of(store);
    assertThat(store.possiblyStale().orElseThrow().records().read(List.of("1", "2"))).hasSize(2);
  }

  /**
   * What an adapter that connects now is told. A member does not name a replica of which it has not
   * heard yet how much it has copied, so right after the start that may not be all.
   */
  private static void eventuallyReported(Consumer<ServerReport> assertion) {
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              try (StorageAdapter fresh = connect(cluster.uri())) {
                assertion.accept(fresh.servers().orElseThrow().inspect());
              }
            });
  }

  @Test
  void probeSeesEveryServer() {
    eventuallyReported(
        report -> {
          assertThat(report.missingRights()).isEmpty();
          assertThat(errors(report)).isEmpty();
          assertThat(report.servers())
              .hasSize(6)
              .allSatisfy(
                  server ->
                      assertThat(server.replicas())
                          .isEqualTo(server.role().equals("master") ? 1 : 0));
          assertThat(report.servers().stream().filter(server -> server.role().equals("master")))
              .hasSize(3);
          assertThat(report.servers().get(0).role()).isEqualTo("master");
        });
  }

  @Test
  void rightThatOneServerDoesNotGiveIsToldWithItsAddress() throws IOException {
    EmbeddedRedis one = cluster.replicas().get(1);
    acl(one, "SETUSER", "default", "-del");
    try {
      eventuallyReported(
          report -> {
            assertThat(report.missingRights()).contains("ACL SETUSER default +del");
            assertThat(errors(report))
                .singleElement()
                .satisfies(
                    problem ->
                        assertThat(problem.text())
                            .contains("may not run DEL on " + Deployment.address(one) + ";"));
          });
    } finally {
      restrict(one, Topology.CLUSTER);
    }
  }

  @Test
  void entriesAndRecordsAreConfirmedOnEveryNode() {
    StorePorts confirmed =
        store.confirmed(Durability.replicas(1, Duration.ofSeconds(10))).orElseThrow();
    List<Commit> commits = new ArrayList<>();
    List<IndexEntry> entries = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Commit commit = commit("id" + i, "x");
      commits.add(commit);
      EntryRef ref = new EntryRef(commit.id(), commit.version(), i);
      entries.add(new IndexEntry(TERM, ref));
      entries.add(new IndexEntry(IndexTerm.exact("n", "v" + i), ref));
    }
    assertThat(confirmed.addThenCommit(entries, commits))
        .extracting(CommitResult::status)
        .containsOnly(Status.APPLIED);
    assertThat(store.indexes().scores(entries)).doesNotContainNull();
  }

  @Test
  void replicasAnswerWhatMayBeStale() {
    StorePorts confirmed =
        store.confirmed(Durability.replicas(1, Duration.ofSeconds(10))).orElseThrow();
    List<Commit> commits = List.of(commit("1", "a"), commit("2", "b"), commit("3", "c"));
    List<EntryRef> refs = commits.stream().map(c -> new EntryRef(c.id(), c.version(), 1)).toList();
    confirmed.addThenCommit(refs.stream().map(ref -> new IndexEntry(TERM, ref)).toList(), commits);
    StorePorts stale = store.possiblyStale().orElseThrow();
    IndexRange all = IndexRange.all(TERM);
    for (int time = 0; time < 2; time++) { // the script of reads is unknown the first time
      assertThat(stale.indexes().read(all, Direction.ASCENDING, refs.get(0), 9))
          .isEqualTo(refs.subList(1, 3));
    }
    assertThat(stale.records().versions(List.of("1", "2", "3")))
        .isEqualTo(commits.stream().map(Commit::version).toList());
    assertThat(stale.records().definition()).isEmpty();
  }

  @Test
  void nothingIsCommittedUnlessTheEntriesAreConfirmed() {
    StorePorts confirmed =
        store.confirmed(Durability.replicas(2, Duration.ofMillis(20))).orElseThrow();
    Commit commit = commit("1", "x");
    IndexEntry entry = new IndexEntry(TERM, new EntryRef("1", commit.version(), 1));
    AdapterException failure =
        catchThrowableOfType(
            AdapterException.class, () -> confirmed.addThenCommit(List.of(entry), List.of(commit)));
    assertThat(failure).hasMessageMatching(".*confirmed by [01] of 2 replicas.*");
    assertThat(failure.outcome()).isEqualTo(Outcome.NOT_APPLIED);
    assertThat(store.records().versions(List.of("1"))).allMatch(Objects::isNull);
  }

  @Test
  void batchOfOneTagIsAppliedAndOfSeveralIsRefused() {
    AtomicPort atomic = store.atomic().orElseThrow();
    List<String> ids = List.of("{t}1", "{t}2", "{t}3");
    assertThat(atomic.holdsTogether(ids)).isTrue();
    List<AtomicWrite> writes = new ArrayList<>();
    ids.forEach(id -> writes.add(commit(id, "x")));
    assertThat(atomic.apply(writes).isApplied()).isTrue();
    assertThat(store.records().versions(ids)).doesNotContainNull();
    List<String> apart = List.of("1", "2", "3", "4");
    assertThat(atomic.holdsTogether(apart)).isFalse();
    List<AtomicWrite> spread = new ArrayList<>();
    apart.forEach(id -> spread.add(commit(id, "x")));
    assertThatThrownBy(() -> atomic.apply(spread))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(atomic.requirement());
    assertThat(store.records().versions(apart)).allMatch(Objects::isNull);
  }

  /** While some keys of the batch are at one node and others at another, no node can apply it. */
  @Test
  @Timeout(300)
  void batchInASlotThatIsBeingMovedIsAppliedAsAWholeOrNotAtAll() {
    AtomicPort atomic = store.atomic().orElseThrow();
    List<String> ids = List.of("{t}1", "{t}2", "{t}3", "{t}4");
    List<AtomicWrite> first = new ArrayList<>();
    ids.forEach(id -> first.add(commit(id, "old")));
    assertThat(atomic.apply(first).isApplied()).isTrue();
    int slot = cluster.slotOf("{t}");
    EmbeddedRedis target =
        cluster.masters().stream()
            .filter(master -> master != cluster.masterOf(slot))
            .findFirst()
            .orElseThrow();
    SlotMove move = cluster.beginSlotMove(slot, target);
    assertThat(move.moveKeys(2)).isEqualTo(2);
    List<AtomicWrite> second = new ArrayList<>();
    ids.forEach(id -> second.add(id.endsWith("1") ? new Removal(id, null) : commit(id, "new")));
    List<Version> before = new ArrayList<>(store.records().versions(ids));
    AdapterException failure = refusedBetweenTwoNodes(second);
    assertThat(failure).hasMessageContaining("TRYAGAIN");
    assertThat(failure.isTransient()).isTrue();
    assertThat(store.records().versions(ids)).isEqualTo(before);
    move.finish();
    assertThat(atomic.apply(second).isApplied()).isTrue();
    assertThat(store.records().read(ids).get(0)).isNull();
    assertThat(store.records().read(ids).get(3).payload()).asString().isEqualTo("new");
  }

  /** The failure of a batch that no node applies, and whose answer was not lost. */
  private AdapterException refusedBetweenTwoNodes(List<AtomicWrite> batch) {
    try (StorageAdapter impatient = connect(cluster.uri(), Duration.ofSeconds(1))) {
      AtomicPort atomic = impatient.store(storeName).atomic().orElseThrow();
      AdapterException failure;
      do {
        failure = catchThrowableOfType(AdapterException.class, () -> atomic.apply(batch));
        assertThat(failure).isNotNull();
      } while (failure.outcome() == Outcome.UNKNOWN);
      return failure;
    }
  }

  @Test
  void leastRightsAreEnoughBehindSentinel() throws IOException {
    try (EmbeddedSentinel sentinel =
        EmbeddedSentinel.builder()
            .replicas(1)
            .sentinels(1)
            .downAfter(Duration.ofMinutes(2))
            .user("admin", "pw", "~*", "&*", "+@all")
            .start()) {
      for (EmbeddedRedis member : sentinel.members()) {
        restrict(member, Topology.SENTINEL);
      }
      try (StorageAdapter behind = connect(sentinel.uri())) {
        ServerReport report = behind.servers().orElseThrow().inspect();
        assertThat(report.missingRights()).isEmpty();
        assertThat(report.servers())
            .extracting(ServerReport.Server::role)
            .containsExactly("master", "replica");
        Tour.of(behind.store("s"));
      }
    }
  }
}
