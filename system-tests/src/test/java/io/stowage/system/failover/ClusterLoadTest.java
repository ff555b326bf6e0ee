package io.stowage.system.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.DoctorReport;
import io.stowage.api.Document;
import io.stowage.api.Durability;
import io.stowage.api.ItemType;
import io.stowage.api.Maintenance;
import io.stowage.api.Storage;
import io.stowage.api.StoragePlatform;
import io.stowage.api.StoreOptions;
import io.stowage.embedded.redis.EmbeddedRedis;
import io.stowage.embedded.redis.EmbeddedRedisCluster;
import io.stowage.embedded.redis.RedisBinary;
import io.stowage.system.history.HotItems;
import io.stowage.system.support.Pauses;
import io.stowage.testkit.history.History;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A Cluster that changes while stores are at work: no answer is wrong, every operation ends in
 * time, and the doctor finds nothing afterwards but what the protocol allows. The seed is printed;
 * {@code -Dstowage.seed=...} does the same operations again.
 */
@Tag("one-jdk")
@Tag("server")
@Tag("full")
class ClusterLoadTest {

  private static final long SEED = Long.getLong("stowage.seed", new Random().nextLong());
  private static final Duration STABLE = Clients.PATIENCE;
  private static final Duration GRACE = Duration.ofSeconds(2);

  /** An update has several round trips, each with its own time-out. */
  private static final Duration SLOWEST = Clients.COMMAND_TIMEOUT.multipliedBy(5);

  /** The servers round to milliseconds, and run on this machine. */
  private static final Duration TOLERANCE = Duration.ofMillis(3);

  /** Longer than most pauses of a busy machine: all failovers are those that the tests order. */
  private static final Duration SILENCE = Duration.ofSeconds(5);

  private static EmbeddedRedisCluster cluster;

  @BeforeAll
  static void start() {
    cluster =
        EmbeddedRedisCluster.builder()
            .binary(RedisBinary.bundled())
            .nodeTimeout(SILENCE)
            .startupTimeout(STABLE)
            .start();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static Clients clients(String adapter) {
    return new Clients(cluster.uri(), adapter, "load:");
  }

  private static StoreOptions options(Durability durability) {
    return StoreOptions.builder()
        .gracePeriod(GRACE)
        .sweepEvery(Duration.ZERO)
        .durability(durability)
        .build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis-lettuce", "redis-jedis"})
  void slotsMove(String adapter) {
    String store = "moving-" + adapter;
    Random random = new Random(SEED);
    List<Integer> slots = new ArrayList<>();
    for (String id : HotItems.ids()) {
      slots.add(slotOfItem(store, id));
      slots.add(cluster.slotOf("load:" + store + ":idx:owner:" + id));
    }
    slots.add(cluster.slotOf("load:" + store + ":rng:rank"));
    assertLinearizableWhile(
        adapter,
        store,
        moves -> {
          for (int move = 0; move < 40; move++) {
            List<EmbeddedRedis> masters = cluster.masters();
            int slot = slots.get(random.nextInt(slots.size()));
            EmbeddedRedis target = masters.get(random.nextInt(masters.size()));
            moves.move(slot, () -> cluster.moveSlot(slot, target));
          }
        });
  }

  private static int slotOfItem(String store, String id) {
    return cluster.slotOf("load:" + store + ":item:" + id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis-lettuce", "redis-jedis"})
  void mastersHandOver(String adapter) {
    String store = "handed-" + adapter;
    assertLinearizableWhile(
        adapter,
        store,
        noMoves -> {
          for (String id : HotItems.ids().subList(0, 2)) {
            EmbeddedRedis master = cluster.masterOf("load:" + store + ":item:" + id);
            cluster.failOver(cluster.replicaOf(master));
          }
        });
  }

  /** Two clients are at work as long as the Cluster changes. */
  private static void assertLinearizableWhile(
      String adapter, String store, Consumer<SlotMoves> change) {
    ItemType<Document> type = HotItems.type(store);
    StoreOptions options = options(Durability.master());
    Clients clients = clients(adapter);
    try (StoragePlatform first = clients.impatient();
        StoragePlatform second = clients.impatient();
        StoragePlatform patient = clients.patient();
        Pauses pauses = new Pauses()) {
      HotItems items =
          new HotItems(
              List.of(
                  Clients.patiently(() -> first.store(type, options)),
                  Clients.patiently(() -> second.store(type, options))),
              TOLERANCE,
              SEED);
      SlotMoves moves = new SlotMoves(items::now);
      AtomicBoolean isOver = new AtomicBoolean();
      CompletableFuture<Void> changing =
          CompletableFuture.runAsync(() -> change.accept(moves))
              .whenComplete((nothing, failure) -> isOver.set(true));
      History recorded = items.runWhile(() -> !isOver.get());
      join(changing);
      Duration slowest = SLOWEST.plus(pauses.total());
      cluster.awaitStable(STABLE);
      History history = moves.lengthened(recorded, id -> slotOfItem(store, id));
      HotItems.assertLinearizable("ClusterLoadTest " + store + " -Dstowage.seed=" + SEED, history);
      assertThat(HotItems.slowest(history)).isLessThan(slowest);
      Upkeep.assertHealthyAndThenClean(patient.maintenance(type, options), GRACE);
    }
  }

  private static void join(CompletableFuture<Void> changing) {
    try {
      changing.get(5, TimeUnit.MINUTES);
    } catch (ExecutionException | TimeoutException failure) {
      throw new AssertionError("the Cluster could not be changed: " + failure, failure);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while the Cluster changed", interruption);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis-lettuce", "redis-jedis"})
  void noConfirmedWriteIsLostWithAMaster(String adapter) {
    Durability confirmed = Durability.replicas(1, Duration.ofSeconds(1));
    Clients clients = clients(adapter);
    try (StoragePlatform platform = clients.impatient();
        StoragePlatform patient = clients.patient();
        Pauses pauses = new Pauses()) {
      ItemType<Document> type = AcknowledgedWrites.type("confirmed-" + adapter);
      Storage<Document> storage = Clients.patiently(() -> platform.store(type, options(confirmed)));
      try (AcknowledgedWrites writes = new AcknowledgedWrites(storage, true, SEED)) {
        writes.awaitProgress();
        // Without its replica a part of the Cluster confirms nothing, so that comes back at once.
        killAMaster().restart();
        cluster.awaitStable(STABLE);
        writes.awaitProgress();
        writes.finish();
        report("noConfirmedWriteIsLostWithAMaster " + adapter, writes, pauses);
        writes.assertAllThere(patient.store(type, options(confirmed)));
      }
      Upkeep.assertHealthyAndThenClean(patient.maintenance(type, options(confirmed)), GRACE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis-lettuce", "redis-jedis"})
  void whatAMasterTakesWithItIsMended(String adapter) {
    StoreOptions options = options(Durability.master());
    Clients clients = clients(adapter);
    try (StoragePlatform platform = clients.impatient();
        StoragePlatform patient = clients.patient();
        Pauses pauses = new Pauses()) {
      ItemType<Document> type = AcknowledgedWrites.type("unconfirmed-" + adapter);
      Storage<Document> storage = Clients.patiently(() -> platform.store(type, options));
      Maintenance maintenance = patient.maintenance(type, options);
      try (AcknowledgedWrites writes = new AcknowledgedWrites(storage, false, SEED)) {
        writes.awaitProgress();
        EmbeddedRedis dead = killAMaster();
        writes.awaitProgress();
        dead.restart();
        cluster.awaitStable(STABLE);
        writes.awaitProgress();
        writes.finish();
        report("whatAMasterTakesWithItIsMended " + adapter, writes, pauses);
        DoctorReport found = maintenance.repair(progress -> {});
        System.out.println("  the doctor found " + found);
        assertThat(maintenance.check(progress -> {}).isHealthy()).isTrue();
        writes.assertAllThere(patient.store(type, options));
      }
      Upkeep.assertHealthyAndThenClean(maintenance, GRACE);
    }
  }

  /** Answers the master that died, once its replica has taken its place, as it is told to. */
  private static EmbeddedRedis killAMaster() {
    EmbeddedRedis master = cluster.masters().get(0);
    EmbeddedRedis replica = cluster.replicaOf(master);
    master.kill();
    cluster.failOver(replica);
    assertThat(cluster.masters()).contains(replica).doesNotContain(master);
    return master;
  }

  private static void report(String name, AcknowledgedWrites writes, Pauses pauses) {
    System.out.println("ClusterLoadTest " + name + " -Dstowage.seed=" + SEED + ": " + writes);
    assertThat(writes.slowest()).isLessThan(SLOWEST.plus(pauses.total()));
  }
}
