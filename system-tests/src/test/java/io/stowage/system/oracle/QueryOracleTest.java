package io.stowage.system.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Document;
import io.stowage.api.ItemType;
import io.stowage.api.Storage;
import io.stowage.api.StorageException;
import io.stowage.api.StoragePlatform;
import io.stowage.api.StoreOptions;
import io.stowage.embedded.redis.EmbeddedRedis;
import io.stowage.embedded.redis.RedisBinary;
import io.stowage.system.support.Tier;
import io.stowage.testkit.redis.PatientNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * While four threads move items between values, an item that matches during the whole query is in
 * the answer, and one that never matches is not: documents, typed items, and items that were stored
 * in an older shape and are reindexed meanwhile. The seed is printed; {@code -Dstowage.seed=...}
 * asks the same again.
 */
@Tag("server")
@Tag("soak")
class QueryOracleTest {

  private static final long SEED = Long.getLong("stowage.seed", new Random().nextLong());

  /** Writes and queries together. */
  private static final int OPERATIONS = Tier.choose(3_000, 20_000, 200_000);

  /**
   * How many items move while one query is answered, on average, and how far that may run ahead.
   */
  private static final int MOVES_PER_QUERY = 5;

  private static final int AHEAD = 300;

  private static final int THREADS = 4;
  private static final int ITEMS = 120;

  /** Shorter than the run, so that entries are cleaned up while it goes on. */
  private static final StoreOptions OPTIONS =
      StoreOptions.builder().gracePeriod(Duration.ofSeconds(1)).build();

  @Test
  void memory() throws Exception {
    try (StoragePlatform platform = StoragePlatform.open("memory:")) {
      assertNoFaults("memory", platform);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis-lettuce", "redis-jedis"})
  void oneServer(String adapter) throws Exception {
    try (EmbeddedRedis redis = EmbeddedRedis.builder().binary(RedisBinary.bundled()).start();
        StoragePlatform platform =
            StoragePlatform.builder()
                .uri(redis.uri())
                .adapter(adapter)
                .network(PatientNetwork.SETTINGS)
                .open()) {
      assertNoFaults(adapter, platform);
    }
  }

  private static void assertNoFaults(String name, StoragePlatform platform) throws Exception {
    System.out.println("QueryOracleTest " + name + ": -Dstowage.seed=" + SEED);
    Random random = new Random(SEED);
    List<Subject<?>> subjects =
        List.of(documents(platform, random), things(platform, random), reshaped(platform, random));
    AtomicBoolean done = new AtomicBoolean();
    AtomicLong operations = new AtomicLong();
    AtomicLong questions = new AtomicLong();
    List<String> faults = new ArrayList<>();
    ExecutorService movers = Executors.newFixedThreadPool(THREADS + 1);
    try {
      Future<?> reindex =
          movers.submit(() -> platform.maintenance(present(), OPTIONS).reindex(progress -> {}));
      List<Future<?>> moves = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int number = thread;
        Random own = new Random(random.nextLong());
        moves.add(
            movers.submit(
                () -> {
                  while (!done.get()) {
                    if (operations.get() > AHEAD + MOVES_PER_QUERY * questions.get()) {
                      LockSupport.parkNanos(50_000);
                      continue;
                    }
                    Subject<?> subject = subjects.get(own.nextInt(subjects.size()));
                    operations.addAndGet(subject.move(own, number, THREADS));
                  }
                }));
      }
      RandomConditions conditions = new RandomConditions(random, subjects.get(0).ids());
      while (operations.get() < OPERATIONS || !reindex.isDone()) {
        for (Future<?> move : moves) {
          if (move.isDone()) {
            move.get(1, TimeUnit.SECONDS);
          }
        }
        Subject<?> subject = subjects.get(random.nextInt(subjects.size()));
        Question question = Question.next(random, conditions);
        for (String fault : answered(question, subject)) {
          faults.add(subject.storage().name() + ": " + fault);
        }
        questions.incrementAndGet();
        operations.incrementAndGet();
      }
      reindex.get(1, TimeUnit.SECONDS);
      done.set(true);
      for (Future<?> move : moves) {
        move.get(60, TimeUnit.SECONDS);
      }
      System.out.printf(
          "QueryOracleTest %s: %d operations, %d of them queries, %d faults%n",
          name, operations.get(), questions.get(), faults.size());
    } finally {
      done.set(true);
      movers.shutdownNow();
    }
    assertThat(faults.stream().limit(5))
        .as("the first of %d faults of %s, -Dstowage.seed=%d", faults.size(), name, SEED)
        .isEmpty();
  }

  /** Asks again if an index was given up while a query read it, which says so. */
  private static List<String> answered(Question question, Subject<?> subject) {
    while (true) {
      try {
        return question.ask(subject);
      } catch (StorageException e) {
        if (!e.isTransient() || !e.getMessage().contains("run it again")) {
          throw e;
        }
      }
    }
  }

  private static List<String> ids() {
    return IntStream.range(0, ITEMS).mapToObj("item-%03d"::formatted).toList();
  }

  private static List<Content> contents(Random random) {
    return IntStream.range(0, ITEMS).mapToObj(i -> Content.random(random, i)).toList();
  }

  private static <T> Subject<T> filled(Subject<T> subject, BiFunction<String, Content, T> toItem) {
    List<T> items = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      Content content = subject.timeline(i).present();
      if (content != null) {
        items.add(toItem.apply(subject.ids().get(i), content));
      }
    }
    subject.storage().saveAll(items);
    return subject;
  }

  private static Subject<Document> documents(StoragePlatform platform, Random random) {
    Storage<Document> storage =
        platform.store(
            ItemType.documents("documents")
                .index("kind", "tags", "inner.color")
                .range("size", "rank")
                .orderedBy("rank")
                .build(),
            OPTIONS);
    return filled(
        new Subject<>(
            storage,
            QueryOracleTest::document,
            item -> item.id().orElseThrow(),
            QueryOracleTest::content,
            ids(),
            contents(random)),
        QueryOracleTest::document);
  }

  private static Document document(String id, Content content) {
    Map<String, @Nullable Object> fields = new HashMap<>();
    fields.put("id", id);
    fields.put("rank", content.rank());
    Map<String, @Nullable Object> all = new HashMap<>();
    all.put("kind", content.kind());
    all.put("tags", content.tags());
    all.put("size", content.size());
    all.put("inner", content.color() == null ? null : Map.of("color", content.color()));
    all.put("note", content.note());
    all.forEach(
        (name, value) -> {
          if (value != null) {
            fields.put(name, value);
          }
        });
    return Document.of(fields);
  }

  @SuppressWarnings("unchecked")
  private static Content content(Document item) {
    Number size = (Number) item.get("size");
    return new Content(
        (String) item.get("kind"),
        (List<String>) item.get("tags"),
        size == null ? null : size.intValue(),
        ((Number) item.get("rank")).longValue(),
        (String) item.get("inner.color"),
        (String) item.get("note"));
  }

  record Inner(@Nullable String color) {}

  record Thing(
      String id,
      @Nullable String kind,
      @Nullable List<String> tags,
      @Nullable Integer size,
      long rank,
      @Nullable Inner inner,
      @Nullable String note) {

    static Thing of(String id, Content content) {
      return new Thing(
          id,
          content.kind(),
          content.tags(),
          content.size(),
          content.rank(),
          content.color() == null ? null : new Inner(content.color()),
          content.note());
    }

    Content content() {
      return new Content(kind, tags, size, rank, color(), note);
    }

    @Nullable String color() {
      return inner == null ? null : inner.color;
    }
  }

  /** A thing as it was before {@code remark} was called {@code note}. */
  record FormerThing(
      String id,
      @Nullable String kind,
      @Nullable List<String> tags,
      @Nullable Integer size,
      long rank,
      @Nullable Inner inner,
      @Nullable String remark) {

    static FormerThing of(String id, Content content) {
      Thing now = Thing.of(id, content);
      return new FormerThing(id, now.kind, now.tags, now.size, now.rank, now.inner, now.note);
    }
  }

  private static ItemType.Builder<Thing> type(String store) {
    return ItemType.of(store, Thing.class)
        .id(Thing::id)
        .index("kind", Thing::kind)
        .index("tags", Thing::tags)
        .index("inner.color", Thing::color)
        .range("size", Thing::size)
        .range("rank", Thing::rank)
        .orderedBy("rank");
  }

  private static Subject<Thing> things(StoragePlatform platform, Random random) {
    return filled(
        new Subject<>(
            platform.store(type("things").build(), OPTIONS),
            Thing::of,
            Thing::id,
            Thing::content,
            ids(),
            contents(random)),
        Thing::of);
  }

  /** With an index whose entries were made of another shape, and say something else. */
  private static ItemType<Thing> present() {
    return type("reshaped")
        .index("note", Thing::note)
        .upcast(
            1,
            stored ->
                stored.get("remark") == null
                    ? stored.without("remark")
                    : stored.with("note", stored.get("remark")).without("remark"))
        .build();
  }

  /** Things that were all stored in their former shape, and change it as they are moved. */
  private static Subject<Thing> reshaped(StoragePlatform platform, Random random) {
    ItemType<FormerThing> former =
        ItemType.of("reshaped", FormerThing.class)
            .id(FormerThing::id)
            .index("kind", FormerThing::kind)
            .index("tags", FormerThing::tags)
            .index("inner.color", it -> it.inner == null ? null : it.inner.color)
            .index("note", it -> "formerly " + it.remark)
            .range("size", FormerThing::size)
            .range("rank", FormerThing::rank)
            .orderedBy("rank")
            .build();
    List<Content> contents = contents(random);
    List<FormerThing> items = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      items.add(FormerThing.of(ids().get(i), contents.get(i)));
    }
    platform.store(former, OPTIONS).saveAll(items);
    return new Subject<>(
        platform.store(present(), OPTIONS), Thing::of, Thing::id, Thing::content, ids(), contents);
  }
}
