package io.stowage.core.maintenance;

import static io.stowage.core.support.TestPlatform.STORE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.DoctorReport;
import io.stowage.api.Document;
import io.stowage.api.IndexKind;
import io.stowage.api.ItemType;
import io.stowage.api.MaintenanceListener;
import io.stowage.api.Progress;
import io.stowage.api.Query;
import io.stowage.api.ReindexReport;
import io.stowage.api.ScanPolicy;
import io.stowage.api.Storage;
import io.stowage.api.StorageException;
import io.stowage.api.StoreDefinition.IndexDefinition;
import io.stowage.api.StoreDefinitionException;
import io.stowage.api.StoreOptions;
import io.stowage.core.StowagePlatform;
import io.stowage.core.support.Call;
import io.stowage.core.support.TestPlatform;
import io.stowage.serialization.json.JsonCodec;
import io.stowage.spi.AdapterException;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.ScanPage;
import io.stowage.spi.StorePorts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Under a clock that moves on only while a reindex waits. Each test has data of its own and mostly
 * waits, so they run beside each other.
 */
@Tag("one-jdk")
@Timeout(120)
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class ReindexerTest {

  private static final StoreOptions OPTIONS =
      StoreOptions.builder()
          .gracePeriod(Duration.ofMillis(100))
          .batchSize(20)
          .sweepEvery(Duration.ZERO)
          .build();
  private static final StoreOptions INDEX_ONLY =
      StoreOptions.builder()
          .gracePeriod(Duration.ofMillis(100))
          .scanPolicy(ScanPolicy.FORBID)
          .sweepEvery(Duration.ZERO)
          .build();
  private static final ItemType<Document> BEFORE = type().index("kind", "old").build();
  private static final ItemType<Document> AFTER = type().index("kind").range("size").build();
  private static final int ITEMS = 500;

  private final TestPlatform test = new TestPlatform();
  private final StorePorts ports = test.backend.undisturbed().store(STORE);
  private final StowagePlatform elsewhere =
      StowagePlatform.over(
          test.backend.undisturbed(), new JsonCodec(), test.clock, MaintenanceListener.NONE);
  private final List<Progress> progress = new ArrayList<>();

  private static ItemType.DocumentBuilder type() {
    return ItemType.documents(STORE);
  }

  @AfterEach
  void close() {
    elsewhere.close();
    test.close();
  }

  private static Document item(int i) {
    return Document.of(
        Map.of("id", "i" + i, "kind", "k" + i % 7, "old", "o" + i % 5, "size", i % 10));
  }

  private Storage<Document> filled() {
    Storage<Document> things = test.store(BEFORE, OPTIONS);
    things.saveAll(IntStream.range(0, ITEMS).mapToObj(ReindexerTest::item).toList());
    return things;
  }

  /** At first moves the clock by less than a lease: a wait that is too short would end then. */
  private void tick(Progress step) {
    progress.add(step);
    if (step.phase().equals("waiting")) {
      test.clock.move(Duration.ofMillis(step.done() == 0 ? 30 : 700));
    }
  }

  private ReindexReport reindex(ItemType<Document> target) {
    return reindex(target, step -> {});
  }

  private ReindexReport reindex(ItemType<Document> target, Consumer<Progress> also) {
    return test.platform
        .maintenance(target, OPTIONS)
        .reindex(
            step -> {
              tick(step);
              also.accept(step);
            });
  }

  private void assertSound(ItemType<Document> type) {
    test.clock.move(Duration.ofSeconds(1));
    test.platform.maintenance(type, OPTIONS).repair(step -> {});
    DoctorReport report = test.platform.maintenance(type, OPTIONS).check(step -> {});
    assertThat(report.counts()).isEmpty();
  }

  private void assertHealthy(ItemType<Document> type) {
    DoctorReport report = test.platform.maintenance(type, OPTIONS).check(step -> {});
    assertThat(report.isHealthy()).as(report.toString()).isTrue();
  }

  private boolean hasTerms(String index) {
    return ports.indexes().terms(ScanPage.START, 100_000).terms().stream()
        .map(IndexTerm::index)
        .anyMatch(index::equals);
  }

  @Test
  void indexesAreAddedAndDropped() {
    filled();

    ReindexReport report = reindex(AFTER);

    assertThat(report.added()).containsExactly(new IndexDefinition("size", IndexKind.RANGE));
    assertThat(report.dropped()).containsExactly(new IndexDefinition("old", IndexKind.EXACT));
    assertThat(report.records()).isEqualTo(ITEMS);
    assertThat(report.entries()).isEqualTo(ITEMS);
    assertThat(report.undecodable()).isZero();
    assertThat(report.isResumed()).isFalse();
    assertThat(test.platform.definition(STORE)).contains(AFTER.definition("json"));
    assertThat(ports.records().definition().orElseThrow())
        .startsWith("stowage-store 1\ncodec json\nexact kind\nrange size\nincarnation ");
    assertThat(hasTerms("old")).isFalse();
    assertThat(progress.stream().map(Progress::phase).distinct())
        .containsExactly("waiting", "records", "removing");
    assertHealthy(AFTER);
    assertThat(test.store(AFTER, INDEX_ONLY).count(Query.where("size").is(3))).isEqualTo(50);
  }

  @Test
  void aStoreAsItShouldBeIsLeftAlone() {
    filled();
    test.disturbance().forgetCalls();

    ReindexReport report = reindex(BEFORE);

    assertThat(report.added()).isEmpty();
    assertThat(report.dropped()).isEmpty();
    assertThat(progress).isEmpty();
    assertThat(test.disturbance().calls()).doesNotContain(Call.REDEFINE, Call.SCAN);
  }

  @Test
  void anIndexChangesItsKindAndTheOldOneServesUntilTheNewOneDoes() {
    Storage<Document> before = test.store(type().index("size").build(), INDEX_ONLY);
    before.saveAll(IntStream.range(0, 50).mapToObj(ReindexerTest::item).toList());
    ItemType<Document> ranged = type().range("size").build();
    AtomicInteger served = new AtomicInteger();

    reindex(
        ranged,
        step -> {
          if (step.phase().equals("records")) {
            assertThat(before.count(Query.where("size").is(3))).isEqualTo(5);
            test.store(ranged, OPTIONS).save(item(3));
            served.incrementAndGet();
          }
        });

    assertThat(served.get()).isPositive();
    Storage<Document> after = test.store(ranged, INDEX_ONLY);
    assertThat(after.count(Query.where("size").atLeast(8))).isEqualTo(10);
    assertThatThrownBy(() -> before.count(Query.where("size").is(3)))
        .hasMessageContaining("scan is forbidden");
    assertHealthy(ranged);
  }

  @Test
  void whileAnIndexIsBuiltNobodyReadsItAndEverybodyWritesIt() {
    Storage<Document> old = filled();
    ItemType<Document> more = type().index("kind", "old").range("size").build();
    List<Long> counts = new ArrayList<>();
    AtomicInteger fresh = new AtomicInteger(ITEMS);

    reindex(
        more,
        step -> {
          Storage<Document> young = test.store(more, OPTIONS);
          old.save(item(fresh.getAndIncrement()).with("size", 77));
          young.save(item(fresh.getAndIncrement()).with("size", 77));
          int expected = fresh.get() - ITEMS;
          counts.add(expected - old.count(Query.where("size").is(77)));
          counts.add(expected - young.count(Query.where("size").is(77)));
        });

    assertThat(counts).isNotEmpty().containsOnly(0L);
    assertThat(test.store(more, INDEX_ONLY).count(Query.where("size").is(77)))
        .isEqualTo(fresh.get() - ITEMS);
    assertHealthy(more);
  }

  @Test
  void whoseTypeIsOldOrNewOpensWhileTheChangeIsUnderWay() {
    filled();
    reindex(
        AFTER,
        step -> {
          if (!step.phase().equals("removing")) {
            test.platform.documents(STORE, OPTIONS).load("i1");
          }
          if (step.phase().equals("records")) {
            test.store(BEFORE, OPTIONS).load("i1");
            test.store(type().index("kind", "old").range("size").build(), OPTIONS).load("i1");
          }
        });

    assertThatThrownBy(() -> test.store(BEFORE, OPTIONS))
        .isInstanceOf(StoreDefinitionException.class)
        .hasMessageContaining("reindex");
    assertThat(test.store(AFTER, OPTIONS).count(Query.all())).isEqualTo(ITEMS);
  }

  @Test
  void aWriterThatWasPausedSinceBeforeTheChangeIsRefusedAndWritesTheNewIndex() {
    Storage<Document> old = filled();
    test.disturbance().before(Call.COMMIT, () -> reindexElsewhere(AFTER));

    old.save(item(3).with("size", 42));

    assertThat(test.disturbance().count(Call.COMMIT)).isGreaterThanOrEqualTo(2);
    assertThat(test.store(AFTER, INDEX_ONLY).count(Query.where("size").is(42))).isEqualTo(1);
    assertHealthy(AFTER);
  }

  private void reindexElsewhere(ItemType<Document> target) {
    elsewhere.maintenance(target, OPTIONS).reindex(this::tick);
  }

  @Test
  void aQueryThatOutlivesItsIndexFailsRatherThanMisses() {
    Storage<Document> old = filled();
    try (Stream<Document> stream = old.stream(Query.where("old").is("o1"))) {
      Iterator<Document> items = stream.iterator();
      items.next();
      AtomicInteger read = new AtomicInteger(1);
      reindex(
          AFTER,
          step -> {
            boolean isDropping =
                test.platform.definition(STORE).orElseThrow().dropping().size() > 0;
            if (isDropping && read.get() < 60) {
              items.next();
              read.incrementAndGet();
            }
          });
      assertThat(read.get()).as("while it was dropped").isGreaterThan(1);

      assertThatThrownBy(() -> items.forEachRemaining(item -> read.incrementAndGet()))
          .isInstanceOfSatisfying(StorageException.class, e -> assertThat(e.isTransient()).isTrue())
          .hasMessageContaining("[old] were dropped while the query ran");
    }
    assertThat(old.count(Query.where("old").is("o1"))).isEqualTo(100);
  }

  /** A program stops at its n-th change of the definition, before it or after. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void afterAnInterruptionAtAnyStepTheNextRunGoesOn(int stop) {
    Storage<Document> old = filled();
    List<Runnable> actions = new ArrayList<>();
    IntStream.range(1, stop).forEach(i -> actions.add(() -> {}));
    actions.add(
        () -> {
          throw AdapterException.unanswered("stopped", null);
        });
    if (stop % 2 == 0) {
      test.disturbance().before(Call.REDEFINE, actions.toArray(Runnable[]::new));
    } else {
      test.disturbance().after(Call.REDEFINE, actions.toArray(Runnable[]::new));
    }
    assertThatThrownBy(() -> reindex(AFTER)).hasMessageContaining("stopped");
    old.save(item(ITEMS).with("size", 3));
    assertThat(old.count(Query.where("size").is(3))).isEqualTo(51);
    assertThat(old.count(Query.where("old").is("o3"))).isEqualTo(100);

    reindex(AFTER);

    assertThat(test.platform.definition(STORE)).contains(AFTER.definition("json"));
    assertThat(test.store(AFTER, INDEX_ONLY).count(Query.where("size").is(3))).isEqualTo(51);
    assertHealthy(AFTER);
    assertSound(AFTER);
  }

  @Test
  void theBackfillGoesOnFromItsPosition() {
    filled();
    assertThatThrownBy(
            () ->
                reindex(
                    AFTER,
                    step -> {
                      if (step.phase().equals("records") && step.done() >= 300) {
                        throw new IllegalArgumentException("stopped");
                      }
                    }))
        .hasMessage("stopped");
    assertThat(ports.records().definition().orElseThrow()).contains("\nposition =");

    ReindexReport report = reindex(AFTER);

    assertThat(report.isResumed()).isTrue();
    assertThat(report.records()).isEqualTo(ITEMS - 200);
    assertThat(report.added()).containsExactly(new IndexDefinition("size", IndexKind.RANGE));
    assertHealthy(AFTER);
  }

  @Test
  void anotherTargetPurgesWhatWasBeingBuilt() {
    filled();
    assertThatThrownBy(
            () ->
                reindex(
                    AFTER,
                    step -> {
                      if (step.phase().equals("records") && step.done() >= 100) {
                        throw new IllegalArgumentException("stopped");
                      }
                    }))
        .hasMessage("stopped");

    ReindexReport report = reindex(BEFORE);

    assertThat(report.dropped()).containsExactly(new IndexDefinition("size", IndexKind.RANGE));
    assertThat(hasTerms("size")).isFalse();
    assertThat(test.platform.definition(STORE)).contains(BEFORE.definition("json"));
    assertHealthy(BEFORE);
  }

  @Test
  void anIndexThatWasBeingDroppedIsBuiltAnew() {
    filled();
    ItemType<Document> without = type().index("kind").build();
    test.disturbance()
        .after(
            Call.REDEFINE,
            () -> {
              throw AdapterException.unanswered("stopped", null);
            });
    assertThatThrownBy(() -> reindex(without)).hasMessageContaining("stopped");
    assertThat(test.platform.definition(STORE).orElseThrow().dropping()).hasSize(1);

    ReindexReport report = reindex(BEFORE);

    assertThat(report.added()).containsExactly(new IndexDefinition("old", IndexKind.EXACT));
    assertThat(report.records()).isEqualTo(ITEMS);
    assertThat(test.store(BEFORE, INDEX_ONLY).count(Query.where("old").is("o2"))).isEqualTo(100);
    assertHealthy(BEFORE);
  }

  @Test
  void anotherReindexIsRefusedWhileOneIsUnderWay() {
    filled();
    AtomicInteger refused = new AtomicInteger();

    reindex(
        AFTER,
        step -> {
          if (refused.getAndIncrement() == 0) {
            assertThatThrownBy(() -> reindexElsewhere(BEFORE))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("another reindex of the store is under way");
          }
        });

    assertThat(refused.get()).isPositive();
    assertThat(test.platform.definition(STORE)).contains(AFTER.definition("json"));
  }

  @Test
  void aReindexThatLostItsPlaceStopsAtItsNextStep() {
    filled();

    assertThatThrownBy(
            () ->
                reindex(
                    AFTER,
                    step -> {
                      String now = ports.records().definition().orElseThrow();
                      ports.records().redefine(now, now.replace("building range size\n", ""));
                    }))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("changed by somebody else");
  }

  @Test
  void anItemThatCannotBeIndexedStopsItAndOnceItIsChangedItGoesOn() {
    Storage<Document> old = filled();
    old.save(Document.of(Map.of("id", "odd", "kind", "k1", "size", List.of(1, 2))));

    assertThatThrownBy(() -> reindex(AFTER))
        .isInstanceOfSatisfying(StorageException.class, e -> assertThat(e.isTransient()).isFalse())
        .hasMessageContaining("'odd'")
        .hasMessageContaining("2 values");
    assertThat(old.count(Query.where("size").is(2))).isEqualTo(51);
    old.delete("odd");
    reindex(AFTER);

    assertHealthy(AFTER);
  }

  @Test
  void aWriterOfAnItemThatTheNewIndexCannotHoldIsRefused() {
    Storage<Document> old = filled();
    Document odd = Document.of(Map.of("id", "odd", "kind", "k1", "size", List.of(1, 2)));
    List<Throwable> refusals = new ArrayList<>();

    reindex(
        AFTER,
        step -> {
          if (step.phase().equals("records")) {
            try {
              old.save(odd);
            } catch (IllegalArgumentException | StorageException e) {
              refusals.add(e);
            }
          }
        });

    assertThat(refusals).isNotEmpty().allMatch(e -> e.getMessage().contains("2 values"));
    assertThat(old.exists("odd")).isFalse();
    assertHealthy(AFTER);
  }

  @Test
  void theOrderCannotBeChanged() {
    filled();

    assertThatThrownBy(() -> reindex(type().index("kind").orderedBy("size").build()))
        .isInstanceOf(StoreDefinitionException.class)
        .hasMessageContaining("stored order is by time of save, requested by size");
    assertThat(progress).isEmpty();
  }

  /** Of another schema version than this program reads. */
  private Document ofAnotherProgram(String id) {
    Document item = Document.of(Map.of("id", id, "kind", "k1", "old", "o1", "size", 3));
    test.store(type().index("kind", "old").upcast(1, d -> d).build(), OPTIONS).save(item);
    return item;
  }

  @Test
  void recordsThatCannotBeDecodedKeepItFromBeingRead() {
    Storage<Document> old = filled();
    Document foreign = ofAnotherProgram("foreign");

    ReindexReport report = reindex(AFTER);

    assertThat(report.isComplete()).isFalse();
    assertThat(report.undecodable()).isEqualTo(1);
    assertThat(report.added()).isEmpty();
    assertThat(report.dropped()).as("serves until the new one does").isEmpty();
    assertThat(test.platform.definition(STORE).orElseThrow().building()).hasSize(1);
    assertThat(old.count(Query.where("old").is("o1"))).isEqualTo(ITEMS / 5 + 1);
    Storage<Document> both =
        test.store(type().index("kind", "old").range("size").build(), INDEX_ONLY);
    assertThatThrownBy(() -> both.count(Query.where("size").is(3)))
        .hasMessageContaining("scan is forbidden");
    assertThat(reindex(AFTER).isComplete()).as("as long as it is there").isFalse();

    old.delete("foreign");
    test.store(BEFORE, OPTIONS).save(foreign);
    ReindexReport rest = reindex(AFTER);

    assertThat(rest.isComplete()).isTrue();
    assertThat(rest.added()).containsExactly(new IndexDefinition("size", IndexKind.RANGE));
    assertThat(rest.dropped()).containsExactly(new IndexDefinition("old", IndexKind.EXACT));
    assertThat(test.store(AFTER, INDEX_ONLY).count(Query.where("size").is(3))).isEqualTo(51);
    assertHealthy(AFTER);
  }

  /** The position that an interrupted run leaves is not behind what it could not decode. */
  @Test
  void aResumedRunMeetsAgainWhatCouldNotBeDecoded() {
    filled();
    IntStream.range(0, 50).forEach(i -> ofAnotherProgram("foreign" + i));
    assertThatThrownBy(
            () ->
                reindex(
                    AFTER,
                    step -> {
                      if (step.phase().equals("records") && step.done() >= ITEMS) {
                        throw new IllegalArgumentException("stopped");
                      }
                    }))
        .hasMessage("stopped");

    ReindexReport rest = reindex(AFTER);

    assertThat(rest.isResumed()).isTrue();
    assertThat(rest.undecodable()).isEqualTo(50);
    assertThat(rest.isComplete()).isFalse();
    assertThat(test.platform.definition(STORE).orElseThrow().building()).hasSize(1);
  }

  private record Thing(String id, String kind, int bigNumber) {}

  @Test
  void aTypeWithoutTheFunctionOfAnIndexWritesItByTheFieldOfItsName() {
    ItemType<Thing> old =
        ItemType.of(STORE, Thing.class).id(Thing::id).index("kind", Thing::kind).build();
    ItemType<Thing> young =
        ItemType.of(STORE, Thing.class)
            .id(Thing::id)
            .index("kind", Thing::kind)
            .range("big_number", Thing::bigNumber)
            .build();
    Storage<Thing> things = test.platform.store(old);
    things.save(new Thing("a", "red", 5));
    test.platform
        .maintenance(young, OPTIONS)
        .reindex(
            step -> {
              tick(step);
              test.clock.move(Duration.ofMinutes(1));
            });
    things.save(new Thing("b", "red", 6));

    assertThat(test.platform.store(young, INDEX_ONLY).list(Query.where("big_number").atLeast(5)))
        .containsExactlyInAnyOrder(new Thing("a", "red", 5), new Thing("b", "red", 6));
  }

  @Test
  void aStoreThatHasNoDefinitionGetsOne() {
    ReindexReport report =
        test.platform
            .maintenance(ItemType.documents("new").index("kind").build(), OPTIONS)
            .reindex(this::tick);

    assertThat(report.added()).hasSize(1);
    assertThat(test.platform.definition("new").orElseThrow().indexes()).hasSize(1);
  }
}
