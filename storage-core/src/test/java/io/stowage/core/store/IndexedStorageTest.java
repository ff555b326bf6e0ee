package io.stowage.core.store;

import static io.stowage.core.support.TestPlatform.THINGS;
import static io.stowage.core.support.TestPlatform.thing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Document;
import io.stowage.api.Outcome;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.StorageException;
import io.stowage.api.StoreOptions;
import io.stowage.api.TimeToLive;
import io.stowage.api.Ttl;
import io.stowage.api.Version;
import io.stowage.api.WriteResult;
import io.stowage.core.support.Call;
import io.stowage.core.support.TestPlatform;
import io.stowage.spi.AdapterException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IndexedStorageTest {

  private static final Query RED = Query.where("kind").is("red");

  private final TestPlatform test = new TestPlatform();
  private final Storage<Document> things = test.store(THINGS, StoreOptions.defaults());

  @AfterEach
  void close() {
    test.close();
  }

  private Storage<Document> sliding() {
    return test.store(
        THINGS, StoreOptions.builder().ttl(Ttl.sliding(Duration.ofMinutes(10))).build());
  }

  private static void beUnavailable() {
    throw AdapterException.unavailable("no connection", null);
  }

  @Test
  void aSlidingTtlBeginsAnewWithEveryKindOfRead() {
    Storage<Document> store = sliding();
    store.save(thing("a", "red", 1));
    List<Runnable> reads =
        List.of(
            () -> store.load("a"),
            () -> store.loadVersioned("a"),
            () -> store.loadAll(List.of("a")),
            () -> store.list(RED),
            () -> store.page(RED),
            () -> {
              try (Stream<Document> stream = store.stream(RED)) {
                assertThat(stream).hasSize(1);
              }
            });
    for (Runnable read : reads) {
      test.clock.move(Duration.ofMinutes(6));
      read.run();
      assertThat(store.ttl("a")).isEqualTo(TimeToLive.of(Duration.ofMinutes(10)));
    }
    test.clock.move(Duration.ofMinutes(6));
    assertThat(store.exists("a")).isTrue();
    assertThat(store.count(RED)).isEqualTo(1);
    assertThat(store.ttl("a")).isEqualTo(TimeToLive.of(Duration.ofMinutes(4)));
  }

  @Test
  void anExpiryOfTheItemsOwnWinsOverTheTtl() {
    Storage<Document> store = sliding();
    store.save(
        thing("a", "red", 1).with("expires_at", test.clock.instant().plusSeconds(30).toString()));

    store.load("a");

    assertThat(store.ttl("a")).isEqualTo(TimeToLive.of(Duration.ofSeconds(30)));
  }

  @Test
  void anItemThatIsExpiredAlreadyIsNotStored() {
    things.save(thing("a", "red", 1));

    WriteResult result = things.save(thing("a", "red", 2).with("expires_at", 5));

    assertThat(result.status()).isEqualTo(WriteResult.Status.ALREADY_EXPIRED);
    assertThat(things.load("a")).contains(thing("a", "red", 1));
  }

  @Test
  void aStreamWhoseTtlCannotBeExtendedFailsAsAnyOperation() {
    Storage<Document> store = sliding();
    store.save(thing("a", "red", 1));
    test.disturbance().before(Call.TOUCH, IndexedStorageTest::beUnavailable);

    assertThatThrownBy(
            () -> {
              try (Stream<Document> stream = store.stream(RED)) {
                stream.toList();
              }
            })
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("stream on store 'things'");
  }

  @Test
  void aStreamThatIsClosedYieldsNothingMore() {
    things.saveAll(List.of(thing("a", "red", 1), thing("b", "red", 2)));
    Stream<Document> stream = things.stream(RED);
    var items = stream.iterator();
    assertThat(items.next()).isEqualTo(thing("a", "red", 1));
    stream.close();

    assertThat(items.hasNext()).isFalse();
  }

  @Test
  void anUpdateBeginsAgainOnAConflict() {
    Storage<Document> elsewhere = test.elsewhere(THINGS);
    things.save(thing("a", "red", 1));
    test.disturbance()
        .before(
            Call.COMMIT,
            () -> {
              test.clock.move(Duration.ofMillis(1));
              elsewhere.save(thing("a", "red", 10));
            });

    WriteResult result = things.update("a", d -> d.with("size", (Long) d.get("size") + 1));

    assertThat(result.isStored()).isTrue();
    assertThat(things.load("a").orElseThrow().get("size")).isEqualTo(11L);
  }

  @Test
  void anUpdateOfAnItemThatIsDeletedMeanwhileAnswersAbsent() {
    Storage<Document> elsewhere = test.elsewhere(THINGS);
    things.save(thing("a", "red", 1));
    test.disturbance().before(Call.COMMIT, () -> elsewhere.delete("a"));

    assertThat(things.update("a", d -> d.with("size", 2)).status())
        .isEqualTo(WriteResult.Status.ABSENT);
    assertThat(things.update("none", d -> d).status()).isEqualTo(WriteResult.Status.ABSENT);
  }

  @Test
  void anUpdateThatMeetsOthersGivesUpWhenItsThreadIsInterrupted() {
    AtomicInteger attempts = new AtomicInteger();
    Storage<Document> elsewhere = test.elsewhere(THINGS);
    things.save(thing("a", "red", 1));

    assertThatThrownBy(
            () ->
                things.update(
                    "a",
                    item -> {
                      attempts.incrementAndGet();
                      test.clock.move(Duration.ofMillis(1));
                      elsewhere.save(thing("a", "blue", 2));
                      Thread.currentThread().interrupt();
                      return item.with("size", 3);
                    }))
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.NOT_APPLIED))
        .hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(attempts).hasValue(1);
  }

  @Test
  void anUpdateThatMeetsConflictsOnlyGivesUp() {
    Storage<Document> twice = test.store(THINGS, StoreOptions.builder().updateAttempts(2).build());
    Storage<Document> elsewhere = test.elsewhere(THINGS);
    things.save(thing("a", "red", 1));
    test.disturbance()
        .beforeEvery(
            Call.COMMIT,
            () -> {
              test.clock.move(Duration.ofMillis(1));
              elsewhere.save(thing("a", "red", 10));
            });

    assertThatThrownBy(() -> twice.update("a", d -> d.with("size", 2)))
        .isInstanceOfSatisfying(StorageException.class, e -> assertThat(e.isTransient()).isTrue())
        .hasMessageContaining("'a'")
        .hasMessageContaining("2 attempts (updateAttempts)");
  }

  @Test
  void anUpdateMustAnswerTheItem() {
    things.save(thing("a", "red", 1));

    assertThatThrownBy(() -> things.update("a", d -> null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'a' answered null");
    assertThatThrownBy(() -> things.update("a", d -> d.with("id", "b")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("answered one with id 'b'");
  }

  @Test
  void anUpdateThatDropsTheIdKeepsIt() {
    things.save(thing("a", "red", 1));

    things.update("a", d -> d.without("id").with("size", 2));

    assertThat(things.list(Query.where("id").is("a"))).containsExactly(thing("a", "red", 2));
  }

  @Test
  void aGeneratedIdIsInTheResultAndInTheItem() {
    WriteResult result = things.save(Document.of(Map.of("kind", "red")));

    assertThat(things.load(result.id()).orElseThrow().id()).contains(result.id());
  }

  @Test
  void replaceNeedsTheExpectedVersion() {
    Version version = things.save(thing("a", "red", 1)).storedVersion();

    assertThat(things.replace(thing("a", "red", 2), Version.of(1, 1)).status())
        .isEqualTo(WriteResult.Status.VERSION_CONFLICT);
    assertThat(things.replace(thing("b", "red", 2), version).status())
        .isEqualTo(WriteResult.Status.ABSENT);
    assertThat(things.replace(thing("a", "red", 2), version).isStored()).isTrue();
    assertThat(things.load("b")).isEmpty();
  }

  @Test
  void whatMatchesIsDeletedInBatchesUnlessItChangesMeanwhile() {
    Storage<Document> tens = test.store(THINGS, StoreOptions.builder().batchSize(10).build());
    Storage<Document> elsewhere = test.elsewhere(THINGS);
    tens.saveAll(IntStream.range(0, 25).mapToObj(i -> thing("i" + i, "red", i)).toList());
    tens.save(thing("other", "blue", 1));
    test.disturbance()
        .before(
            Call.REMOVE,
            () -> {
              test.clock.move(Duration.ofMillis(1));
              elsewhere.save(thing("i3", "green", 3));
            });

    long removed = tens.deleteWhere(RED);

    assertThat(removed).isEqualTo(24);
    assertThat(test.disturbance().sizes(Call.REMOVE)).containsExactly(10, 10, 5);
    assertThat(tens.list(Query.all())).hasSize(2).contains(thing("i3", "green", 3));
  }

  @Test
  void whatIsOlderIsDeleted() {
    Storage<Document> pairs = test.store(THINGS, StoreOptions.builder().batchSize(2).build());
    pairs.saveAll(IntStream.range(0, 5).mapToObj(i -> thing("i" + i, "red", i)).toList());
    test.clock.move(Duration.ofMinutes(10));
    pairs.save(thing("new", "red", 1));

    assertThat(pairs.deleteOlderThan(Duration.ofDays(100_000))).isZero();
    assertThat(pairs.deleteOlderThan(Duration.ofMinutes(11))).isZero();
    assertThat(pairs.deleteOlderThan(Duration.ofMinutes(9))).isEqualTo(5);
    assertThat(pairs.list(Query.all())).containsExactly(thing("new", "red", 1));
    assertThatThrownBy(() -> pairs.deleteOlderThan(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("age is PT-0.001S");
  }

  @Test
  void manyAreLoadedInBatchesInTheOrderOfTheirIds() {
    Storage<Document> pairs = test.store(THINGS, StoreOptions.builder().batchSize(2).build());
    pairs.saveAll(List.of(thing("a", "red", 1), thing("b", "red", 2), thing("c", "red", 3)));
    test.disturbance().forgetCalls();

    Map<String, Document> loaded = pairs.loadAll(List.of("c", "none", "a", "c", "b"));

    assertThat(new ArrayList<>(loaded.keySet())).containsExactly("c", "a", "b");
    assertThat(test.disturbance().sizes(Call.READ)).containsExactly(2, 2);
  }

  @Test
  void idsAreCheckedBeforeAnythingIsSent() {
    test.disturbance().forgetCalls();
    List<Runnable> uses =
        List.of(
            () -> things.load(""),
            () -> things.exists(""),
            () -> things.delete(""),
            () -> things.deleteAll(List.of("a", "")),
            () -> things.loadAll(List.of("")),
            () -> things.ttl(""),
            () -> things.touch("", Duration.ofSeconds(1)),
            () -> things.update("", d -> d),
            () -> things.save(Document.of(Map.of("id", ""))));

    for (Runnable use : uses) {
      assertThatThrownBy(use::run)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("id is empty");
    }
    assertThat(test.disturbance().calls()).isEmpty();
  }
}
