package io.stowage.core.query;

import static io.stowage.api.Query.where;
import static io.stowage.core.support.TestPlatform.THINGS;
import static io.stowage.core.support.TestPlatform.thing;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Document;
import io.stowage.api.ItemType;
import io.stowage.api.MaintenanceListener;
import io.stowage.api.Page;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.StoreOptions;
import io.stowage.core.StowagePlatform;
import io.stowage.core.support.Call;
import io.stowage.core.support.TestPlatform;
import io.stowage.serialization.json.JsonCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Items that change between the read of their index entries and the read of their records. */
class ConcurrentChangesTest {

  private static final Query RED = where("kind").is("red");
  private static final ItemType<Document> BY_SIZE =
      ItemType.documents("sized").index("kind").range("size").orderedBy("size").build();

  private final TestPlatform test = new TestPlatform();
  private final StoreOptions pairs = StoreOptions.builder().batchSize(2).build();
  private final Storage<Document> things = test.store(THINGS, pairs);
  private final Storage<Document> elsewhere = test.elsewhere(THINGS);

  @BeforeEach
  void saveFive() {
    save("a", "b", "c", "d", "e");
  }

  @AfterEach
  void close() {
    test.close();
  }

  private void save(String... ids) {
    for (String id : ids) {
      test.clock.move(Duration.ofMillis(1));
      elsewhere.save(thing(id, "red", 1));
    }
    test.clock.move(Duration.ofMillis(1));
  }

  private static List<String> ids(List<Document> documents) {
    return documents.stream().map(document -> document.id().orElseThrow()).toList();
  }

  private void betweenEntriesAndRecords(Runnable change) {
    test.disturbance().before(Call.READ, change);
  }

  @Test
  void anItemThatIsWrittenAnewIsListedOnceInItsNewState() {
    betweenEntriesAndRecords(() -> elsewhere.save(thing("b", "red", 2)));

    List<Document> found = things.list(RED);

    assertThat(ids(found)).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
    assertThat(found).contains(thing("b", "red", 2));
  }

  @Test
  void anItemThatIsWrittenAnewIsListedInOrder() {
    betweenEntriesAndRecords(() -> elsewhere.save(thing("b", "red", 2)));
    assertThat(ids(things.list(RED.oldestFirst()))).containsExactly("a", "c", "d", "e", "b");

    betweenEntriesAndRecords(() -> elsewhere.save(thing("a", "red", 2)));
    assertThat(ids(things.list(RED.newestFirst()))).containsExactly("a", "b", "e", "d", "c");
  }

  @Test
  void anItemThatDoesNotMatchAnyMoreIsNotListed() {
    betweenEntriesAndRecords(() -> elsewhere.save(thing("b", "blue", 1)));
    assertThat(ids(things.list(RED))).containsExactlyInAnyOrder("a", "c", "d", "e");

    betweenEntriesAndRecords(() -> elsewhere.delete("c"));
    assertThat(ids(things.list(RED))).containsExactlyInAnyOrder("a", "d", "e");
  }

  @Test
  void aMissingItemMakesRoomWithinTheLimit() {
    betweenEntriesAndRecords(
        () -> {
          elsewhere.delete("a");
          elsewhere.save(thing("b", "blue", 1));
        });

    assertThat(ids(things.list(RED.oldestFirst().limit(2)))).containsExactly("c", "d");
  }

  @Test
  void anItemThatMovesBehindThePageIsFoundOnALaterOne() {
    betweenEntriesAndRecords(() -> elsewhere.save(thing("a", "red", 2)));
    Query query = RED.oldestFirst().limit(2);

    List<String> seen = new ArrayList<>();
    Page<Document> page = things.page(query);
    seen.addAll(ids(page.items()));
    while (page.next().isPresent()) {
      page = things.page(query, page.next().get());
      seen.addAll(ids(page.items()));
    }

    assertThat(seen).containsExactly("b", "c", "d", "e", "a");
  }

  @Test
  void anItemRewrittenBetweenPagesInItsPlaceIsNotAnsweredAgain() {
    Storage<Document> sized = test.store(BY_SIZE, pairs);
    for (int i = 1; i <= 4; i++) {
      sized.save(thing("i" + i, "red", i));
    }
    Query query = RED.oldestFirst().limit(2);
    Page<Document> first = sized.page(query);
    sized.save(thing("i2", "red", 2).with("note", "written between the pages"));

    Page<Document> second = sized.page(query, first.next().orElseThrow());

    assertThat(ids(first.items())).containsExactly("i1", "i2");
    assertThat(ids(second.items())).containsExactly("i3", "i4");
  }

  @Test
  void anItemRewrittenBetweenThePagesOfAScanIsNotAnsweredAgain() {
    Storage<Document> sized = test.store(BY_SIZE, pairs);
    for (int i = 1; i <= 4; i++) {
      sized.save(thing("i" + i, "red", i));
    }
    Query query = Query.all().oldestFirst().limit(2);
    Page<Document> first = sized.page(query);
    sized.save(thing("i2", "red", 2).with("note", "written between the pages"));

    Page<Document> second = sized.page(query, first.next().orElseThrow());

    assertThat(ids(second.items())).containsExactly("i3", "i4");
  }

  @Test
  void anItemThatIsWrittenAnewIsCountedOnce() {
    test.disturbance().before(Call.VERSIONS, () -> elsewhere.save(thing("b", "red", 2)));
    assertThat(things.count(RED)).isEqualTo(5);

    test.disturbance().before(Call.VERSIONS, () -> elsewhere.save(thing("b", "blue", 2)));
    assertThat(things.count(RED)).isEqualTo(4);

    test.disturbance().before(Call.VERSIONS, () -> elsewhere.delete("c"));
    assertThat(things.count(RED)).isEqualTo(3);
  }

  @Test
  void anItemThatIsWrittenAnewIsCountedOnceWhereRecordsAreRead() {
    betweenEntriesAndRecords(() -> elsewhere.save(thing("b", "red", 2)));

    assertThat(things.count(RED.and("size").atLeast(1))).isEqualTo(5);
  }

  @Test
  void anItemThatChangesAfterItWasCountedIsNotCountedAgain() {
    test.disturbance().after(Call.VERSIONS, () -> elsewhere.save(thing("a", "red", 2)));

    assertThat(things.count(RED)).isEqualTo(5);
  }

  @Test
  void aStreamYieldsAnItemThatIsWrittenAnewOnce() {
    betweenEntriesAndRecords(() -> elsewhere.save(thing("b", "red", 2)));
    try (Stream<Document> stream = things.stream(RED)) {
      assertThat(ids(stream.toList())).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
    }
  }

  @Test
  void anItemThatEntersARangeBehindTheReaderIsFound() {
    elsewhere.save(thing("z", "red", 50));
    betweenEntriesAndRecords(() -> elsewhere.save(thing("z", "red", 1)));

    assertThat(ids(things.list(where("size").lessThan(100)))).contains("z").doesNotHaveDuplicates();
  }

  @Test
  void anUpdateDuringAnIntersectionIsNotMissed() {
    for (int i = 0; i < 250; i++) {
      elsewhere.save(
          Document.of(Map.of("id", "m" + i, "kind", "red", "tags", List.of("x"), "size", 1)));
    }
    Query both = RED.and("tags").is("x");
    betweenEntriesAndRecords(
        () ->
            elsewhere.save(
                Document.of(
                    Map.of("id", "m7", "kind", "red", "tags", List.of("x", "y"), "size", 2))));

    List<String> found = ids(things.list(both));

    assertThat(test.disturbance().count(Call.INTERSECT)).isEqualTo(1);
    assertThat(found).hasSize(250).contains("m7").doesNotHaveDuplicates();
  }

  /** A reader that stands still for longer than the grace period between its first two steps. */
  @Test
  void anUpdateLongAfterAnIntersectionIsNotMissed() {
    for (int i = 0; i < 250; i++) {
      elsewhere.save(
          Document.of(Map.of("id", "m" + i, "kind", "red", "tags", List.of("x"), "size", 1)));
    }
    Document anew =
        Document.of(Map.of("id", "m7", "kind", "red", "tags", List.of("x", "y"), "size", 2));
    Runnable pause =
        () -> {
          elsewhere.save(anew);
          test.clock.move(pairs.gracePeriod().multipliedBy(2));
        };
    Query both = RED.and("tags").is("x");

    test.disturbance().after(Call.INTERSECT, pause);
    assertThat(ids(things.list(both))).hasSize(250).contains("m7").doesNotHaveDuplicates();
    test.disturbance().after(Call.INTERSECT, pause);
    assertThat(things.count(both)).isEqualTo(250);
    assertThat(test.disturbance().count(Call.INTERSECT)).isEqualTo(2);
  }

  @Test
  void aReaderWhoseClockIsAheadDoesNotMissAnItem() {
    StowagePlatform ahead =
        StowagePlatform.over(
            test.backend,
            new JsonCodec(),
            test.clock.ahead(Duration.ofHours(1)),
            MaintenanceListener.NONE);
    Storage<Document> reader = ahead.store(THINGS);
    betweenEntriesAndRecords(() -> elsewhere.save(thing("b", "red", 2)));

    List<Document> found = reader.list(RED);
    ahead.close();

    assertThat(ids(found)).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
  }
}
