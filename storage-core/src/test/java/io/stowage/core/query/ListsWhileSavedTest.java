package io.stowage.core.query;

import static io.stowage.api.Query.where;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.adapter.memory.MemoryAdapter;
import io.stowage.api.Document;
import io.stowage.api.ItemType;
import io.stowage.api.MaintenanceListener;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.core.StowagePlatform;
import io.stowage.serialization.json.JsonCodec;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In memory, a list answers every item that is stored all the time while all are saved again. */
@Tag("slow")
class ListsWhileSavedTest {

  private static final int ITEMS = 2_000;
  private static final int LISTS = 40;

  private static final ItemType<Document> THINGS =
      ItemType.documents("things").index("kind", "tag").build();

  private final MemoryAdapter adapter = new MemoryAdapter();
  private final StowagePlatform platform =
      StowagePlatform.over(
          adapter, new JsonCodec(), InstantSource.system(), MaintenanceListener.NONE);
  private final Storage<Document> things = platform.store(THINGS);

  private static Document thing(int i, int round) {
    return Document.of(Map.of("id", "id-" + i, "kind", "a", "tag", "x", "round", round));
  }

  /** A thing whose kind changes with each round. */
  private static Document moving(int i, int round) {
    return thing(i, round).with("kind", (round / ITEMS) % 2 == 0 ? "a" : "b");
  }

  @ParameterizedTest(name = "by two indexes: {0}")
  @ValueSource(booleans = {false, true})
  void noListMissesAnItem(boolean byTwo) throws Exception {
    assertNoneMissed(
        byTwo ? where("kind").is("a").and("tag").is("x") : where("kind").is("a"),
        ListsWhileSavedTest::thing);
  }

  @Test
  void noListOfSeveralValuesMissesAnItemThatMovesBetweenThem() throws Exception {
    assertNoneMissed(where("kind").in(List.of("a", "b", "c")), ListsWhileSavedTest::moving);
  }

  private void assertNoneMissed(Query query, BiFunction<Integer, Integer, Document> things)
      throws Exception {
    List<Document> all = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      all.add(things.apply(i, 0));
    }
    this.things.saveAll(all);
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService writer = Executors.newSingleThreadExecutor();
    int incomplete = 0;
    int missed = 0;
    try {
      Future<?> saves =
          writer.submit(
              () -> {
                for (int n = 0; !done.get(); n++) {
                  this.things.save(things.apply(n % ITEMS, n));
                }
              });
      for (int look = 0; look < LISTS; look++) {
        Set<String> found = new HashSet<>();
        Query ordered = look % 4 == 3 ? query.oldestFirst() : query.newestFirst();
        this.things.list(ordered).forEach(item -> found.add(item.id().orElseThrow()));
        incomplete += found.size() < ITEMS ? 1 : 0;
        missed += ITEMS - found.size();
      }
      assertThat(saves.isDone()).as("the writer ended early").isFalse();
      done.set(true);
      saves.get(60, TimeUnit.SECONDS);
    } finally {
      done.set(true);
      writer.shutdownNow();
      platform.close();
    }
    assertThat(incomplete)
        .as("incomplete lists of %s; items missed in all: %s", LISTS, missed)
        .isZero();
  }
}
