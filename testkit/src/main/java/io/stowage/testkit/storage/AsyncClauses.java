package io.stowage.testkit.storage;

import static io.stowage.api.Query.where;
import static io.stowage.testkit.storage.Docs.doc;
import static io.stowage.testkit.storage.Docs.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.AsyncStorage;
import io.stowage.api.Document;
import io.stowage.api.Page;
import io.stowage.api.Query;
import io.stowage.api.ScanPolicy;
import io.stowage.api.Storage;
import io.stowage.api.StorageException;
import io.stowage.api.StoreOptions;
import io.stowage.api.Version;
import io.stowage.api.WriteResult;
import io.stowage.api.WriteResult.Status;
import io.stowage.testkit.contract.Clause;
import java.time.Duration;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** The asynchronous form answers and fails as the blocking one does. */
interface AsyncClauses extends Clauses {

  /** Waits for a stage, and throws what it failed with. */
  private <R> R await(CompletionStage<R> stage) {
    try {
      return stage.toCompletableFuture().get(patience().toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError("the stage failed with a checked exception", failure);
    } catch (TimeoutException failure) {
      throw new AssertionError("the stage did not complete", failure);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interruption);
    }
  }

  @Clause
  default void s179_asyncWrites() {
    Storage<Document> storage = stores().indexed("session");
    AsyncStorage<Document> async = storage.async();

    WriteResult saved = await(async.save(doc("id", "a", "session", "s")));
    assertThat(saved.isStored()).isTrue();
    assertThat(storage.load("a")).contains(doc("id", "a", "session", "s"));
    assertThat(await(async.saveAll(List.of(doc("id", "b"), doc("id", "c"))))).hasSize(2);
    assertThat(await(async.insert(doc("id", "a"))).status()).isEqualTo(Status.ALREADY_EXISTS);
    assertThat(await(async.replace(doc("id", "a", "session", "t"), saved.storedVersion())).status())
        .isEqualTo(Status.STORED);
    assertThat(await(async.replace(doc("id", "a"), saved.storedVersion())).status())
        .isEqualTo(Status.VERSION_CONFLICT);
    assertThat(await(async.update("a", item -> item.with("n", 1))).isStored()).isTrue();
    assertThat(storage.load("a")).contains(doc("id", "a", "session", "t", "n", 1));
    assertThat(await(async.touch("a", Duration.ofHours(1)))).isTrue();
    assertThat(storage.ttl("a").remaining()).isPresent();
    assertThat(await(async.delete("a"))).isTrue();
    assertThat(await(async.deleteAll(List.of("b", "x")))).isEqualTo(1);
    assertThat(ids(storage, Query.all())).containsExactly("c");
    assertThat(await(async.deleteOlderThan(Duration.ofHours(1)))).isZero();
    assertThat(await(async.deleteWhere(Query.all()))).isEqualTo(1);
    assertThat(storage.count(Query.all())).isZero();
  }

  @Clause
  default void s180_asyncReads() {
    Storage<Document> storage = stores().indexed("session");
    AsyncStorage<Document> async = storage.async();
    for (String id : List.of("a", "b", "c")) {
      storage.save(doc("id", id, "session", "s"));
    }
    Query query = where("session").is("s").newestFirst().limit(2);

    assertThat(await(async.load("a"))).isEqualTo(storage.load("a"));
    assertThat(await(async.loadVersioned("a"))).isEqualTo(storage.loadVersioned("a"));
    assertThat(await(async.loadAll(List.of("c", "x", "a"))).keySet()).containsExactly("c", "a");
    assertThat(await(async.exists("a"))).isTrue();
    assertThat(await(async.exists("x"))).isFalse();
    assertThat(await(async.list(query))).isEqualTo(storage.list(query));
    Page<Document> page = await(async.page(query));
    assertThat(page).isEqualTo(storage.page(query));
    assertThat(ids(await(async.page(query, page.next().orElseThrow())).items()))
        .containsExactly("a");
    assertThat(await(async.count(query))).isEqualTo(3);
    assertThat(await(async.estimateCount(query))).isEqualTo(storage.estimateCount(query));
    assertThat(await(async.ttl("a"))).isEqualTo(storage.ttl("a"));
  }

  @Clause
  default void s181_asyncFailures() {
    StoreOptions strict = StoreOptions.builder().scanPolicy(ScanPolicy.FORBID).build();
    Storage<Document> storage = stores().documents(strict, type -> type.index("session"));
    AsyncStorage<Document> async = storage.async();
    storage.save(doc("id", "a"));
    IllegalMonitorStateException thrown = new IllegalMonitorStateException("by the function");

    CompletionStage<?> emptyId = async.load("");
    CompletionStage<?> emptyIdSaved = async.save(doc("id", ""));
    CompletionStage<?> scan = async.list(where("bare").is(1));
    CompletionStage<?> badTtl = async.touch("a", Duration.ZERO);
    CompletionStage<?> failingFunction =
        async.update(
            "a",
            item -> {
              throw thrown;
            });

    assertThatThrownBy(() -> await(emptyId)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> await(emptyIdSaved)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> await(scan)).isInstanceOf(StorageException.class);
    assertThatThrownBy(() -> await(badTtl)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> await(failingFunction)).isSameAs(thrown);
    assertThat(await(async.exists("a"))).isTrue();
  }

  @Clause
  default void s182_manyStages() {
    Storage<Document> storage = stores().indexed("session");
    List<CompletionStage<WriteResult>> stages = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      stages.add(storage.async().save(doc("id", "i" + i % 20, "session", "s", "i", i)));
    }

    List<Version> versions = stages.stream().map(it -> await(it).storedVersion()).toList();

    assertThat(versions).doesNotHaveDuplicates();
    assertThat(storage.count(where("session").is("s"))).isEqualTo(20);
  }

  /** A collection that must not be looked at once the call that it was given to has returned. */
  private static <E> Taken<E> taken(List<E> elements) {
    return new Taken<>(elements);
  }

  /** Elements for one call, gone when it has returned. */
  final class Taken<E> extends AbstractCollection<E> {
    private final List<E> elements;
    private volatile boolean isReturned;

    private Taken(List<E> elements) {
      this.elements = elements;
    }

    @Override
    public Iterator<E> iterator() {
      return isReturned ? Collections.emptyIterator() : elements.iterator();
    }

    @Override
    public int size() {
      return isReturned ? 0 : elements.size();
    }

    <R> CompletionStage<R> givenTo(Function<Collection<E>, CompletionStage<R>> call) {
      CompletionStage<R> stage = call.apply(this);
      isReturned = true;
      return stage;
    }
  }

  @Clause
  default void s270_asyncCallsTakeTheirArgumentsAtOnce() {
    AsyncStorage<Document> async = stores().plain().async();
    for (int round = 0; round < 20; round++) {
      List<String> ids = Docs.numberedIds(30);
      List<Document> items = ids.stream().map(id -> doc("id", id)).toList();

      assertThat(await(taken(items).givenTo(async::saveAll))).as("saved").hasSize(30);
      assertThat(await(taken(ids).givenTo(async::loadAll))).as("loaded").hasSize(30);
      assertThat(await(taken(ids).givenTo(async::deleteAll))).as("deleted").isEqualTo(30);
    }
  }
}
