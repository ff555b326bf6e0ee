package io.stowage.adapter.redis.common.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.adapter.redis.common.RedisAdapterProvider;
import io.stowage.adapter.redis.common.tls.TlsKeys;
import io.stowage.api.NetworkSettings;
import io.stowage.api.Version;
import io.stowage.embedded.redis.EmbeddedRedisCluster;
import io.stowage.spi.Commit;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operations cost on a Cluster: pipelines to each node, whatever the number of items. */
@Tag("server")
class ClusterRoundTripTest {

  private static final SocketConnector CLIENT = new SocketConnector();
  private static final IndexTerm TERM = IndexTerm.exact("type", "a");

  private static EmbeddedRedisCluster cluster;
  private static StorageAdapter adapter;

  /** The ports over bare sockets, which tell what they send. */
  private static final class SocketProvider extends RedisAdapterProvider {

    @Override
    public String name() {
      return "redis-socket";
    }

    @Override
    protected ServerConnector connector(ConnectionSettings settings, Optional<TlsKeys> tls) {
      return CLIENT;
    }
  }

  @BeforeAll
  static void start() {
    cluster = EmbeddedRedisCluster.builder().nodeTimeout(Duration.ofMinutes(2)).start();
    adapter =
        new SocketProvider()
            .connect(
                ConnectionSettings.of(cluster.uri())
                    .withNetwork(
                        NetworkSettings.defaults()
                            .withConnectTimeout(Duration.ofSeconds(20))
                            .withCommandTimeout(Duration.ofSeconds(30))));
    // The first calls load the scripts on every node.
    StorePorts store = adapter.store("warm");
    save(store, 200);
    remove(store, 200);
  }

  @AfterAll
  static void stop() {
    adapter.close();
    cluster.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 500})
  void roundTripsDoNotDependOnTheNumberOfItems(int items) {
    StorePorts store = adapter.store("s" + items);
    CLIENT.sent();

    save(store, items);
    Map<ServerAddress, Integer> writes = pipelines();
    assertThat(writes.values()).as("entries, then commits").allMatch(each -> each <= 2).contains(2);
    assertThat(writes).hasSize(3);

    List<EntryRef> entries =
        store.indexes().read(IndexRange.all(TERM), Direction.ASCENDING, null, items);
    assertThat(entries).hasSize(items);
    assertThat(pipelines().values()).as("one index key").containsExactly(1);

    assertThat(store.records().read(entries.stream().map(EntryRef::id).toList()))
        .doesNotContainNull();
    assertThat(pipelines().values()).as("the nodes of the items").containsExactly(1, 1, 1);

    remove(store, items);
    assertThat(pipelines().values()).as("removals").containsExactly(1, 1, 1);
  }

  /** How many pipelines went to each server; looks at the topology go out beside them. */
  private static Map<ServerAddress, Integer> pipelines() {
    Map<ServerAddress, Integer> pipelines = new HashMap<>();
    for (SocketConnector.Sent sent : CLIENT.sent()) {
      if (!sent.commands().toString().contains("CLUSTER")) {
        pipelines.merge(sent.to(), 1, Integer::sum);
      }
    }
    return pipelines;
  }

  private static void save(StorePorts store, int items) {
    long now = store.records().serverMicros();
    CLIENT.sent();
    List<IndexEntry> entries = new ArrayList<>();
    List<Commit> commits = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      Version version = Version.of(now + i, 1);
      entries.add(new IndexEntry(TERM, new EntryRef("id" + i, version, i)));
      commits.add(
          new Commit(
              "id" + i,
              version,
              new byte[100],
              Expiry.never(),
              Precondition.none(),
              Duration.ofSeconds(60)));
    }
    store.addThenCommit(entries, commits);
  }

  private static void remove(StorePorts store, int items) {
    List<Removal> removals = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      removals.add(new Removal("id" + i, null));
    }
    store.records().remove(removals);
  }
}
