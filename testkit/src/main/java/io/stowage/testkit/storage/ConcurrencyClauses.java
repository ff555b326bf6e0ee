package io.stowage.testkit.storage;

import static io.stowage.api.Query.where;
import static io.stowage.testkit.storage.Docs.doc;
import static io.stowage.testkit.storage.Docs.ids;
import static io.stowage.testkit.storage.Docs.incremented;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Document;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.StoreOptions;
import io.stowage.api.Version;
import io.stowage.api.Versioned;
import io.stowage.api.WriteResult;
import io.stowage.api.WriteResult.Status;
import io.stowage.testkit.contract.Clause;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/** Eight threads at once. */
interface ConcurrencyClauses extends Clauses {

  /** How many threads a test runs. */
  int THREADS = 8;

  @Clause
  default void s171_updatesLoseNothing() {
    StoreOptions patient = StoreOptions.builder().updateAttempts(10_000).build();
    Storage<Document> storage = stores().documents(patient, type -> type.index("n"));
    storage.save(doc("id", "a", "n", 0));

    Threads.run(
        THREADS,
        thread -> {
          for (int i = 0; i < 20; i++) {
            storage.update("a", item -> incremented(item, "n"));
          }
        });

    assertThat(storage.load("a")).contains(doc("id", "a", "n", 160));
    assertThat(ids(storage, where("n").is(160))).containsExactly("a");
    assertThat(ids(storage, where("n").lessThan(160))).isEmpty();
  }

  @Clause
  default void s172_lastWriterWins() {
    Storage<Document> storage = stores().indexed("writer");

    List<List<Version>> versions =
        Threads.call(
            THREADS,
            thread ->
                IntStream.range(0, 25)
                    .mapToObj(i -> storage.save(doc("id", "a", "writer", "w" + thread, "i", i)))
                    .map(WriteResult::storedVersion)
                    .toList());

    List<Version> all = versions.stream().flatMap(List::stream).toList();
    assertThat(all).doesNotHaveDuplicates();
    Version last = Collections.max(all);
    Versioned<Document> stored = storage.loadVersioned("a").orElseThrow();
    assertThat(stored.version()).isEqualTo(last);
    for (int thread = 0; thread < THREADS; thread++) {
      boolean isWinner = versions.get(thread).contains(last);
      assertThat(ids(storage, where("writer").is("w" + thread))).hasSize(isWinner ? 1 : 0);
      if (isWinner) {
        assertThat(stored.item()).isEqualTo(doc("id", "a", "writer", "w" + thread, "i", 24));
      }
    }
  }

  @Clause
  default void s173_readersSeeWholeItems() {
    Storage<Document> storage = stores().indexed("session", "n");
    storage.save(doc("id", "a", "session", "s", "n", -1, "copy", -1));
    AtomicBoolean done = new AtomicBoolean();

    Threads.run(
        THREADS,
        thread -> {
          if (thread < 2) {
            rewrite(storage, thread);
            done.set(true);
          } else {
            do {
              readWhole(storage);
            } while (!done.get());
          }
        });
    assertThat(storage.count(where("session").is("s"))).isEqualTo(1);
  }

  private static void rewrite(Storage<Document> storage, int thread) {
    for (int i = 0; i < 150; i++) {
      int n = i * 2 + thread;
      storage.save(doc("id", "a", "session", "s", "n", n, "copy", n));
    }
  }

  private static void readWhole(Storage<Document> storage) {
    Document loaded = storage.load("a").orElseThrow();
    assertThat(loaded.get("n")).isEqualTo(loaded.get("copy"));
    List<Document> listed = storage.list(where("session").is("s"));
    assertThat(listed).hasSize(1);
    assertThat(listed.get(0).get("n")).isEqualTo(listed.get(0).get("copy"));
    assertThat(storage.count(where("session").is("s"))).isEqualTo(1);
  }

  @Clause
  default void s174_oneInsertWins() {
    Storage<Document> storage = stores().indexed("writer");
    for (int round = 0; round < 10; round++) {
      String id = "i" + round;
      List<WriteResult> results =
          Threads.call(THREADS, thread -> storage.insert(doc("id", id, "writer", thread)));

      List<WriteResult> stored = results.stream().filter(WriteResult::isStored).toList();
      assertThat(stored).hasSize(1);
      assertThat(results)
          .allMatch(it -> it.isStored() || it.status() == Status.ALREADY_EXISTS)
          .allMatch(it -> it.version().equals(stored.get(0).version()));
      int winner = results.indexOf(stored.get(0));
      assertThat(storage.load(id)).contains(doc("id", id, "writer", winner));
    }
    assertThat(storage.count(where("writer").in(List.of(0, 1, 2, 3, 4, 5, 6, 7)))).isEqualTo(10);
  }

  @Clause
  default void s175_oneReplaceWins() {
    Storage<Document> storage = stores().indexed("writer");
    for (int round = 0; round < 10; round++) {
      Version version = storage.save(doc("id", "a", "writer", -1)).storedVersion();
      List<WriteResult> results =
          Threads.call(
              THREADS, thread -> storage.replace(doc("id", "a", "writer", thread), version));

      assertThat(results.stream().filter(WriteResult::isStored)).hasSize(1);
      assertThat(results.stream().filter(it -> it.status() == Status.VERSION_CONFLICT))
          .hasSize(THREADS - 1);
      assertThat(storage.count(where("writer").in(List.of(-1, 0, 1, 2, 3, 4, 5, 6, 7))))
          .isEqualTo(1);
    }
  }

  @Clause
  default void s176_oneDeleteWins() {
    Storage<Document> storage = stores().indexed("session");
    for (int round = 0; round < 10; round++) {
      storage.save(doc("id", "a", "session", "s"));
      List<Boolean> results = Threads.call(THREADS, thread -> storage.delete("a"));

      assertThat(results.stream().filter(it -> it)).hasSize(1);
      assertThat(storage.list(where("session").is("s"))).isEmpty();
    }
  }

  @Clause
  default void s177_differentItems() {
    Storage<Document> storage = stores().documents(type -> type.index("session").range("n"));
    Threads.run(
        THREADS,
        thread -> {
          List<Document> items =
              IntStream.range(0, 40)
                  .mapToObj(i -> doc("id", thread + "-" + i, "session", "s" + i % 4, "n", i))
                  .toList();
          storage.saveAll(items);
          storage.deleteAll(ids(items.subList(0, 20)));
          storage.saveAll(items.subList(0, 10));
        });

    Set<String> expected = new HashSet<>();
    for (int thread = 0; thread < THREADS; thread++) {
      for (int i = 0; i < 40; i++) {
        if (i < 10 || i >= 20) {
          expected.add(thread + "-" + i);
        }
      }
    }
    assertThat(ids(storage, Query.all())).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(ids(storage, where("n").atLeast(0))).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(ids(storage, where("session").in(List.of("s0", "s1", "s2", "s3"))))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Clause
  default void s178_openTogether() {
    String name = stores().freshName();

    List<Storage<Document>> storages =
        Threads.call(THREADS, thread -> stores().platform().documents(name));

    storages.get(0).save(doc("id", "a", "type", "x"));
    assertThat(storages).allSatisfy(it -> assertThat(ids(it, where("type").is("x"))).hasSize(1));
  }
}
