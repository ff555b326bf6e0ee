package io.stowage.core.store;

import static io.stowage.core.support.TestPlatform.THINGS;
import static io.stowage.core.support.TestPlatform.thing;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.AsyncStorage;
import io.stowage.api.AtomicBatch;
import io.stowage.api.Document;
import io.stowage.api.Outcome;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.StorageException;
import io.stowage.api.StoreOptions;
import io.stowage.api.TimeToLive;
import io.stowage.api.Version;
import io.stowage.api.WriteResult;
import io.stowage.core.support.Call;
import io.stowage.core.support.TestPlatform;
import io.stowage.spi.AdapterException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AsyncStorageTest {

  private final TestPlatform test = new TestPlatform();
  private final Storage<Document> things = test.store(THINGS, StoreOptions.defaults());
  private final AsyncStorage<Document> async = things.async();

  @AfterEach
  void close() {
    test.close();
  }

  private static <R> R get(CompletionStage<R> stage)
      throws InterruptedException, ExecutionException, TimeoutException {
    return stage.toCompletableFuture().get(60, SECONDS);
  }

  @Test
  void everyOperationAnswersAsItsBlockingTwin() throws Exception {
    Query red = Query.where("kind").is("red");
    assertThat(get(async.save(thing("a", "red", 1))).isStored()).isTrue();
    assertThat(get(async.saveAll(List.of(thing("b", "red", 2), thing("c", "blue", 3))))).hasSize(2);
    assertThat(get(async.insert(thing("a", "red", 1))).status())
        .isEqualTo(WriteResult.Status.ALREADY_EXISTS);
    Version version = get(async.loadVersioned("a")).orElseThrow().version();
    assertThat(get(async.replace(thing("a", "red", 9), version)).isStored()).isTrue();
    assertThat(get(async.update("a", d -> d.with("size", 5))).isStored()).isTrue();
    assertThat(get(async.load("a"))).contains(thing("a", "red", 5));
    assertThat(get(async.loadAll(List.of("a", "b", "none")))).containsOnlyKeys("a", "b");
    assertThat(get(async.exists("a"))).isTrue();
    assertThat(get(async.list(red))).hasSize(2);
    var page = get(async.page(red.limit(1)));
    assertThat(get(async.page(red.limit(1), page.next().orElseThrow())).items()).hasSize(1);
    assertThat(get(async.count(red))).isEqualTo(2);
    assertThat(get(async.estimateCount(red))).isGreaterThanOrEqualTo(2);
    assertThat(get(async.touch("a", Duration.ofMinutes(1)))).isTrue();
    assertThat(get(async.ttl("a"))).isEqualTo(TimeToLive.of(Duration.ofMinutes(1)));
    assertThat(get(async.delete("a"))).isTrue();
    assertThat(get(async.deleteAll(List.of("a", "b")))).isEqualTo(1);
    assertThat(get(async.deleteWhere(Query.where("kind").is("blue")))).isEqualTo(1);
    assertThat(get(async.deleteOlderThan(Duration.ZERO))).isZero();
    AtomicBatch<Document> batch = AtomicBatch.<Document>empty().save(thing("d", "red", 4));
    assertThat(get(async.atomically(batch)).isApplied()).isTrue();
  }

  @Test
  void aFailureCompletesTheStageExceptionally() {
    test.disturbance()
        .before(
            Call.READ,
            () -> {
              throw AdapterException.unavailable("no connection", null);
            });

    assertThatThrownBy(() -> get(async.load("a")))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("load on store 'things'");
  }

  @Test
  void aMistakeOfTheCallerCompletesTheStageExceptionally() {
    assertThatThrownBy(() -> get(async.load("")))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anErrorCompletesTheStageToo() {
    assertThatThrownBy(
            () -> {
              things.save(thing("a", "red", 1));
              get(
                  async.update(
                      "a",
                      d -> {
                        throw new StackOverflowError("deep");
                      }));
            })
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(StackOverflowError.class);
  }

  @Test
  void anExecutorThatIsFullRejectsTheOperationAsNotBegun() {
    Operations operations = new Operations("things", "memory", new CallsUnderWay());
    AsyncStorage<Document> full =
        new ExecutorAsyncStorage<>(
            things,
            operations,
            work -> {
              throw new RejectedExecutionException("full");
            });

    assertThatThrownBy(() -> get(full.save(thing("a", "red", 1))))
        .cause()
        .isInstanceOfSatisfying(
            StorageException.class,
            e -> {
              assertThat(e.isTransient()).isTrue();
              assertThat(e.outcome()).isEqualTo(Outcome.NOT_APPLIED);
              assertThat(e.operation()).isEqualTo("save");
            })
        .hasMessageContaining("too many asynchronous operations");
    assertThat(things.exists("a")).isFalse();
  }

  @Test
  void afterTheCloseOperationsFailAsTheirBlockingTwins() {
    test.platform.close();

    assertThatThrownBy(() -> get(async.load("a")))
        .cause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the platform is closed");
  }
}
