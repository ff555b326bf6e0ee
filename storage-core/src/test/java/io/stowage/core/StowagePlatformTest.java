package io.stowage.core;

import static io.stowage.core.support.TestPlatform.THINGS;
import static io.stowage.core.support.TestPlatform.thing;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stowage.api.Document;
import io.stowage.api.IndexKind;
import io.stowage.api.ItemType;
import io.stowage.api.Outcome;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.StorageException;
import io.stowage.api.StoreDefinition.IndexDefinition;
import io.stowage.api.StoreDefinitionException;
import io.stowage.api.StoreOptions;
import io.stowage.api.Ttl;
import io.stowage.core.support.Backend;
import io.stowage.core.support.TestClock;
import io.stowage.core.support.TestPlatform;
import io.stowage.serialization.json.JsonCodec;
import io.stowage.spi.StorageAdapter;
import io.stowage.spi.StorePorts;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StowagePlatformTest {

  private final TestPlatform test = new TestPlatform();

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void aNewStoreOfDocumentsHasTheThreeIndexes() {
    test.platform.documents("messages");

    assertThat(test.platform.definition("messages").orElseThrow().indexes())
        .extracting(IndexDefinition::name)
        .containsExactly("session_id", "thread_id", "type");
    assertThat(test.platform.definition("others")).isEmpty();
  }

  @Test
  void aStoreOfDocumentsOpensAsItIsDefined() {
    test.platform.store(
        ItemType.documents("sized").index("kind").range("size").orderedBy("size").build());

    Storage<Document> sized = test.platform.documents("sized");
    sized.saveAll(List.of(thing("a", "red", 3), thing("b", "red", 1)));

    assertThat(sized.list(Query.all().oldestFirst()))
        .extracting(document -> document.id().orElseThrow())
        .containsExactly("b", "a");
    assertThat(test.platform.definition("sized").orElseThrow().indexes())
        .containsExactly(
            new IndexDefinition("kind", IndexKind.EXACT),
            new IndexDefinition("size", IndexKind.RANGE));
  }

  @Test
  void anotherDefinitionIsRefusedWithItsDifferences() {
    test.platform.store(THINGS);

    assertThatThrownBy(
            () ->
                test.platform.store(
                    ItemType.documents(TestPlatform.STORE).index("kind", "other").build()))
        .isInstanceOfSatisfying(
            StoreDefinitionException.class,
            e ->
                assertThat(e.differences())
                    .containsExactlyInAnyOrder(
                        "stored exact index 'tags' is not requested",
                        "stored range index 'size' is not requested",
                        "requested exact index 'other' is not stored"));
  }

  @Test
  void aDamagedDefinitionIsAPermanentFailure() {
    test.backend.undisturbed().store("broken").records().define("no definition");

    assertThatThrownBy(() -> test.platform.documents("broken"))
        .isInstanceOfSatisfying(StorageException.class, e -> assertThat(e.isTransient()).isFalse())
        .hasMessageContaining("'broken'")
        .hasMessageContaining("no definition");
  }

  @Test
  void anUnknownTtlPolicyIsRefusedBeforeAnythingIsSent() {
    assertThatThrownBy(
            () ->
                test.platform.store(
                    THINGS, StoreOptions.builder().ttl(Ttl.named("for-ever")).build()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(test.disturbance().calls()).isEmpty();
  }

  @Test
  void afterTheCloseNothingCanBeUsed() {
    Storage<Document> things = test.platform.store(THINGS);
    test.platform.close();

    List<Runnable> uses =
        List.of(
            () -> things.load("a"),
            () -> things.save(thing("a", "red", 1)),
            () -> test.platform.store(THINGS),
            () -> test.platform.documents("other"),
            () -> test.platform.definition("other"));
    for (Runnable use : uses) {
      assertThatThrownBy(use::run)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("the platform is closed");
    }
    assertThat(things.name()).isEqualTo(TestPlatform.STORE);
    assertThat(test.platform.adapter()).isEqualTo("disturbed");
  }

  /** Records when it is closed among the calls of its ports. */
  private static final class Recording implements StorageAdapter {

    private final Backend backend = new Backend(new TestClock());
    private final List<String> events = new CopyOnWriteArrayList<>();

    @Override
    public String name() {
      return "recording";
    }

    @Override
    public StorePorts store(String store) {
      return backend.store(store);
    }

    @Override
    public void close() {
      events.add("closed after " + backend.disturbance().calls());
      backend.close();
    }
  }

  @Test
  void closingFinishesTheCleanUpBeforeTheAdapterIsClosedOnce() {
    Recording adapter = new Recording();
    StowagePlatform platform = StowagePlatform.over(adapter, new JsonCodec());
    Storage<Document> things = platform.store(THINGS);
    things.save(thing("a", "red", 1));
    adapter.backend.disturbance().forgetCalls();
    things.delete("a");

    platform.close();
    platform.close();

    assertThat(adapter.events).containsExactly("closed after [REMOVE, REMOVE_ENTRIES]");
  }

  @Test
  void anAsynchronousCallUnderWayIsWaitedFor() throws Exception {
    Storage<Document> things = test.platform.store(THINGS);
    things.save(thing("a", "red", 1));
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    var update = things.async().update("a", document -> held(document, running, released));
    assertThat(running.await(60, SECONDS)).isTrue();

    Thread closing = new Thread(() -> test.platform.close(Duration.ofMinutes(1)));
    closing.start();
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> things.exists("a"))
                    .isInstanceOf(IllegalStateException.class));
    released.countDown();

    assertThat(update.toCompletableFuture().get(60, SECONDS).isStored()).isTrue();
    closing.join(60_000);
    assertThat(closing.isAlive()).isFalse();
  }

  @Test
  void anAsynchronousCallThatTheCloseCutsOffTellsItsOutcome() throws Exception {
    Storage<Document> things = test.platform.store(THINGS);
    things.save(thing("a", "red", 1));
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    var update = things.async().update("a", document -> held(document, running, released));
    assertThat(running.await(60, SECONDS)).isTrue();

    test.platform.close(Duration.ZERO);
    released.countDown();

    assertThatThrownBy(() -> update.toCompletableFuture().get(60, SECONDS))
        .cause()
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.UNKNOWN))
        .hasMessageContaining("closed");
  }

  private static Document held(Document document, CountDownLatch running, CountDownLatch released) {
    running.countDown();
    try {
      if (!released.await(30, SECONDS)) {
        throw new IllegalStateException("the test did not release the thread");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
    return document;
  }

  @Test
  void closingTakesADayAtMost() {
    assertThatThrownBy(() -> test.platform.close(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT-0.001S");
    assertThatThrownBy(() -> test.platform.close(Duration.ofDays(2)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
