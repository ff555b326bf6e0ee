package io.stowage.core.store;

import static io.stowage.core.support.TestPlatform.THINGS;
import static io.stowage.core.support.TestPlatform.thing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stowage.api.AtomicBatch;
import io.stowage.api.Document;
import io.stowage.api.Durability;
import io.stowage.api.MaintenanceListener;
import io.stowage.api.Query;
import io.stowage.api.ReadFrom;
import io.stowage.api.Storage;
import io.stowage.api.StorageException;
import io.stowage.api.StoreOptions;
import io.stowage.api.TimeToLive;
import io.stowage.api.Ttl;
import io.stowage.core.StowagePlatform;
import io.stowage.core.support.Backend;
import io.stowage.core.support.Call;
import io.stowage.core.support.TestPlatform;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexTerm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A store that reads from a replica, and one whose writes wait for one. The replica has an old item
 * that the master deleted, and lacks another.
 */
class ReplicasTest {

  private static final Query RED = Query.where("kind").is("red");
  private static final Durability ONE = Durability.replicas(1, Duration.ofSeconds(1));

  private final TestPlatform test =
      new TestPlatform(MaintenanceListener.NONE, Backend::withReplica);
  private final StowagePlatform ofReplica = test.ofReplica();
  private final Storage<Document> master = test.elsewhere(THINGS);
  private final Storage<Document> replica = ofReplica.store(THINGS);

  @BeforeEach
  void store() {
    replica.save(thing("stale", "red", 1));
    replica.save(thing("both", "red", 1));
    test.clock.move(Duration.ofMinutes(10));
    master.save(thing("both", "red", 2));
    master.save(thing("fresh", "red", 3));
  }

  @AfterEach
  void close() {
    test.close();
    ofReplica.close();
  }

  private Storage<Document> open(StoreOptions.Builder options) {
    return test.store(THINGS, options.build());
  }

  private Storage<Document> stale() {
    return open(StoreOptions.builder().readFrom(ReadFrom.REPLICA));
  }

  private static List<String> ids(List<Document> documents) {
    return documents.stream().map(document -> document.id().orElseThrow()).toList();
  }

  @Test
  void readsAreAnsweredByTheReplica() {
    Storage<Document> things = stale();

    assertThat(ids(things.list(RED))).containsExactlyInAnyOrder("stale", "both");
    assertThat(ids(things.page(RED).items())).containsExactlyInAnyOrder("stale", "both");
    assertThat(things.stream(RED)).hasSize(2);
    assertThat(things.count(RED)).isEqualTo(2);
    assertThat(things.count(Query.where("size").greaterThan(0))).isEqualTo(2);
    assertThat(things.estimateCount(RED)).isEqualTo(2);
    assertThat(things.load("both").orElseThrow().get("size")).isEqualTo(1L);
    assertThat(things.loadVersioned("stale")).isPresent();
    assertThat(things.loadAll(List.of("stale", "fresh"))).containsOnlyKeys("stale");
    assertThat(things.exists("fresh")).isFalse();
    assertThat(things.ttl("fresh")).isEqualTo(TimeToLive.absent());
  }

  @Test
  void anUpdateReadsFromTheMaster() {
    List<Document> seen = new ArrayList<>();

    stale()
        .update(
            "both",
            document -> {
              seen.add(document);
              return document.with("size", 12);
            });

    assertThat(seen).containsExactly(thing("both", "red", 2));
    assertThat(master.load("both")).contains(thing("both", "red", 12));
  }

  @Test
  void whatIsDeletedIsFoundOnTheMaster() {
    Storage<Document> things = stale();

    assertThat(things.deleteWhere(RED)).isEqualTo(2);
    assertThat(master.count(Query.all())).isZero();
    master.save(thing("old", "red", 1));
    test.clock.move(Duration.ofMinutes(1));
    assertThat(things.deleteOlderThan(Duration.ofSeconds(30))).isEqualTo(1);
    assertThat(replica.count(Query.all())).as("nobody writes to a replica").isEqualTo(2);
  }

  @Test
  void aSlidingTtlIsExtendedOnTheMaster() {
    Storage<Document> things =
        open(
            StoreOptions.builder()
                .readFrom(ReadFrom.REPLICA)
                .ttl(Ttl.sliding(Duration.ofMinutes(5))));
    test.disturbance().forgetCalls();

    things.load("both");

    assertThat(test.disturbance().calls()).containsExactly(Call.TOUCH);
    assertThat(replica.ttl("both")).isEqualTo(TimeToLive.unlimited());
  }

  @Test
  void aReplicaThatIsBehindMakesRepairRemoveNothingThatTheMasterNeeds() {
    // The replica has the entries of records that it does not have yet, as may be on a Cluster.
    List<EntryRef> needed = test.entries("red");
    IndexTerm red = IndexTerm.exact("kind", "red");
    test.backend
        .replica()
        .store(TestPlatform.STORE)
        .indexes()
        .add(needed.stream().map(ref -> new IndexEntry(red, ref)).toList());
    test.clock.move(Duration.ofMinutes(10));

    assertThat(ids(stale().list(RED))).containsExactlyInAnyOrder("stale", "both");
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> test.disturbance().count(Call.SERVER_TIME) == 2);
    test.platform.close();

    assertThat(test.disturbance().count(Call.REMOVE_ENTRIES)).isZero();
  }

  @Test
  void writesOfAStoreWithADurabilityWaitForReplicas() {
    Storage<Document> things = open(StoreOptions.builder().durability(ONE));

    writeInEveryWay(things);

    assertThat(test.backend.confirming().calls())
        .contains(Call.ADD_ENTRIES, Call.COMMIT, Call.REMOVE, Call.TOUCH, Call.APPLY);
    assertThat(test.disturbance().calls())
        .doesNotContain(Call.ADD_ENTRIES, Call.COMMIT, Call.REMOVE, Call.TOUCH, Call.APPLY);
  }

  private static void writeInEveryWay(Storage<Document> things) {
    things.saveAll(List.of(thing("a", "blue", 1), thing("b", "blue", 1)));
    things.update("a", document -> document.with("size", 2));
    things.touch("a", Duration.ofHours(1));
    things.delete("a");
    things.atomically(AtomicBatch.<Document>empty().insert(thing("c", "blue", 1)));
    things.deleteWhere(Query.where("kind").is("blue"));
  }

  @Test
  void theSameStoreWithAnotherDurability() {
    Storage<Document> things = open(StoreOptions.builder());
    Storage<Document> durable = things.withDurability(ONE);

    writeInEveryWay(things);
    assertThat(test.backend.confirming().calls()).isEmpty();
    writeInEveryWay(durable);
    assertThat(test.backend.confirming().count(Call.APPLY)).isEqualTo(1);
    test.backend.confirming().forgetCalls();
    writeInEveryWay(durable.withDurability(Durability.master()));
    durable.async().load("both").toCompletableFuture().join();
    durable.load("both");
    assertThat(test.backend.confirming().calls()).isEmpty();
    durable.async().save(thing("z", "blue", 1)).toCompletableFuture().join();
    assertThat(test.backend.confirming().count(Call.COMMIT)).isEqualTo(1);
  }

  @Test
  void anAdapterWithoutReplicasRefusesToWaitForThemOrToReadFromThem() {
    try (TestPlatform alone = new TestPlatform()) {
      Storage<Document> things = alone.store(THINGS, StoreOptions.defaults());
      alone.disturbance().forgetCalls();

      assertThatThrownBy(() -> things.withDurability(ONE))
          .isInstanceOfSatisfying(
              StorageException.class, e -> assertThat(e.isTransient()).isFalse())
          .hasMessageContaining("no replicas that confirm");
      assertThatThrownBy(() -> alone.store(THINGS, StoreOptions.builder().durability(ONE).build()))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("no replicas that confirm");
      assertThatThrownBy(
              () -> alone.store(THINGS, StoreOptions.builder().readFrom(ReadFrom.REPLICA).build()))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("no replicas to read from");
      assertThat(alone.disturbance().calls()).isEmpty();
      assertThat(things.withDurability(Durability.master()).save(thing("a", "red", 1)).isStored())
          .isTrue();
    }
  }
}
