package io.stowage.testkit.storage;

import static io.stowage.api.Query.where;
import static io.stowage.testkit.storage.AtomicBatchClauses.batch;
import static io.stowage.testkit.storage.AtomicBatchClauses.batching;
import static io.stowage.testkit.storage.Docs.doc;
import static io.stowage.testkit.storage.Docs.ids;
import static io.stowage.testkit.storage.Docs.incremented;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.BatchResult;
import io.stowage.api.Document;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.Versioned;
import io.stowage.api.WriteResult;
import io.stowage.testkit.contract.Clause;
import java.util.List;
import java.util.stream.IntStream;

/** Atomic batches of eight threads at once, among each other and among single writes. */
interface AtomicRaceClauses extends Clauses {

  /** Moves one unit from an item to another, on condition that neither was changed meanwhile. */
  private static boolean transfer(Storage<Document> storage, String from, String to) {
    Versioned<Document> source = storage.loadVersioned(from).orElseThrow();
    Versioned<Document> target = storage.loadVersioned(to).orElseThrow();
    return storage
        .atomically(
            batch()
                .replace(changed(source.item(), -1), source.version())
                .replace(changed(target.item(), 1), target.version()))
        .isApplied();
  }

  private static Document changed(Document item, int by) {
    return item.with("n", number(item) + by);
  }

  private static long number(Document item) {
    if (!(item.get("n") instanceof Long number)) {
      throw new AssertionError("no whole number n in " + item);
    }
    return number;
  }

  @Clause
  default void s207_transfersLoseNothing() {
    Storage<Document> storage = batching(stores().plain());
    List<String> accounts = IntStream.range(0, 4).mapToObj(i -> "{t}:" + i).toList();
    accounts.forEach(id -> storage.save(doc("id", id, "n", 100)));

    List<Integer> made =
        Threads.call(
            8,
            thread -> {
              int done = 0;
              for (int i = 0; i < 15; i++) {
                String from = accounts.get((thread + i) % 4);
                String to = accounts.get((thread + i + 1 + i % 3) % 4);
                done += transfer(storage, from, to) ? 1 : 0;
              }
              return done;
            });

    assertThat(made.stream().mapToInt(Integer::intValue).sum()).as("transfers made").isPositive();
    assertThat(storage.loadAll(accounts).values().stream().mapToLong(AtomicRaceClauses::number))
        .hasSize(4)
        .satisfies(n -> assertThat(n.stream().mapToLong(Long::longValue).sum()).isEqualTo(400));
  }

  @Clause
  default void s208_oneOfManyBatchesThatInsertAnIdIsApplied() {
    Storage<Document> storage = batching(stores().indexed("thread"));
    for (int round = 0; round < 5; round++) {
      String shared = "{t}:shared-" + round;
      String own = "{t}:own-" + round + "-";
      List<BatchResult> results =
          Threads.call(
              8,
              thread ->
                  storage.atomically(
                      batch()
                          .save(doc("id", own + thread, "thread", "t" + thread))
                          .insert(doc("id", shared, "thread", "t" + thread))));

      List<Boolean> applied = results.stream().map(BatchResult::isApplied).toList();
      assertThat(applied).as("round %s", round).containsOnlyOnce(true);
      int winner = applied.indexOf(true);
      assertThat(storage.load(shared)).contains(doc("id", shared, "thread", "t" + winner));
      List<String> owns = IntStream.range(0, 8).mapToObj(thread -> own + thread).toList();
      assertThat(storage.loadAll(owns).keySet()).containsExactly(own + winner);
      storage.deleteAll(List.of(shared, own + winner));
    }
    assertThat(storage.count(Query.all())).isZero();
  }

  @Clause
  default void s209_batchesAndSingleWritesLoseNoUpdate() {
    Storage<Document> storage = batching(stores().indexed("group"));
    storage.save(doc("id", "{t}:a", "n", 0, "group", "g"));
    storage.save(doc("id", "{t}:b", "n", 0, "group", "g"));

    List<Integer> increments =
        Threads.call(
            8,
            thread -> {
              int done = 0;
              for (int i = 0; i < 15; i++) {
                if (thread % 2 == 0) {
                  assertThat(storage.update("{t}:a", item -> incremented(item, "n")).isStored())
                      .isTrue();
                  done++;
                } else if (incrementBoth(storage)) {
                  done++;
                }
              }
              return done;
            });

    long a = number(storage.load("{t}:a").orElseThrow());
    long b = number(storage.load("{t}:b").orElseThrow());
    long batches = IntStream.range(0, 8).filter(t -> t % 2 == 1).map(increments::get).sum();
    assertThat(a).isEqualTo(increments.stream().mapToInt(Integer::intValue).sum());
    assertThat(b).isEqualTo(batches);
    assertThat(ids(storage, where("group").is("g"))).containsExactlyInAnyOrder("{t}:a", "{t}:b");
  }

  private static boolean incrementBoth(Storage<Document> storage) {
    Versioned<Document> a = storage.loadVersioned("{t}:a").orElseThrow();
    Versioned<Document> b = storage.loadVersioned("{t}:b").orElseThrow();
    return storage
        .atomically(
            batch()
                .replace(incremented(a.item(), "n"), a.version())
                .replace(incremented(b.item(), "n"), b.version()))
        .isApplied();
  }

  @Clause
  default void s210_batchesOverOneAnotherLeaveTheItemsOfOne() {
    Storage<Document> storage = batching(stores().indexed("writer"));
    List<String> ids = IntStream.range(0, 5).mapToObj(i -> "{t}:" + i).toList();

    Threads.run(
        8,
        thread -> {
          for (int i = 0; i < 10; i++) {
            String writer = thread + "-" + i;
            var batch = batch();
            for (String id : ids) {
              batch = batch.save(doc("id", id, "writer", writer));
            }
            BatchResult result = storage.atomically(batch);
            assertThat(result.results()).allMatch(WriteResult::isStored);
          }
        });

    Document one = storage.load(ids.get(0)).orElseThrow();
    assertThat(storage.loadAll(ids).values())
        .hasSize(5)
        .allSatisfy(item -> assertThat(item.get("writer")).isEqualTo(one.get("writer")));
    assertThat(ids(storage, where("writer").is(String.valueOf(one.get("writer")))))
        .containsExactlyInAnyOrderElementsOf(ids);
    assertThat(storage.count(where("writer").exists())).isEqualTo(5);
  }

  @Clause
  default void s211_aReaderFindsEachItemWhole() {
    Storage<Document> storage = batching(stores().indexed("group"));
    String text = "text ".repeat(200);
    storage.save(doc("id", "{t}:a", "group", "g", "n", 0, "text", text + 0));
    storage.save(doc("id", "{t}:b", "group", "g", "n", 0, "text", text + 0));

    Threads.run(
        8,
        thread -> {
          for (int i = 1; i <= 25; i++) {
            if (thread < 2) {
              int n = thread * 100 + i;
              assertThat(
                      storage
                          .atomically(
                              batch()
                                  .save(doc("id", "{t}:a", "group", "g", "n", n, "text", text + n))
                                  .save(doc("id", "{t}:b", "group", "g", "n", n, "text", text + n)))
                          .isApplied())
                  .isTrue();
            } else {
              assertThat(storage.load(i % 2 == 0 ? "{t}:a" : "{t}:b"))
                  .hasValueSatisfying(AtomicRaceClauses::assertWhole);
              List<Document> found = storage.list(where("group").is("g"));
              assertThat(ids(found)).containsExactlyInAnyOrder("{t}:a", "{t}:b");
              assertThat(found).allSatisfy(AtomicRaceClauses::assertWhole);
            }
          }
        });
  }

  private static void assertWhole(Document item) {
    assertThat(item.get("text")).isEqualTo("text ".repeat(200) + item.get("n"));
  }
}
