package io.stowage.core.query;

import static io.stowage.api.Query.where;
import static io.stowage.core.support.TestPlatform.THINGS;
import static io.stowage.core.support.TestPlatform.thing;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Document;
import io.stowage.api.ItemType;
import io.stowage.api.Query;
import io.stowage.api.QueryReport;
import io.stowage.api.Storage;
import io.stowage.api.StoreOptions;
import io.stowage.core.support.Call;
import io.stowage.core.support.TestPlatform;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Items that move between the requests of a query that reads its entries in several. */
class ChunkedReadsTest {

  private static final ItemType<Document> BY_SIZE =
      ItemType.documents("sized").index("kind").orderedBy("size").build();
  private static final Query EITHER = where("kind").in(List.of("red", "blue"));

  private final TestPlatform test = new TestPlatform();
  private final StoreOptions pairs = StoreOptions.builder().batchSize(2).build();
  private final Storage<Document> sized = test.store(BY_SIZE, pairs);
  private final Storage<Document> elsewhere = test.elsewhere(BY_SIZE);

  @AfterEach
  void close() {
    test.close();
  }

  private static List<String> ids(List<Document> documents) {
    return documents.stream().map(document -> document.id().orElseThrow()).toList();
  }

  private void beforeSecondRequest(Runnable change) {
    test.disturbance().before(Call.READ_ENTRIES, () -> {}, change);
  }

  /** The first request reads blue up to 9, and red up to 2. */
  private void saveBetween() {
    for (int size : List.of(1, 2, 3, 5, 7)) {
      elsewhere.save(thing("i" + size, "red", size));
    }
    for (int size : List.of(8, 9)) {
      elsewhere.save(thing("i" + size, "blue", size));
    }
  }

  @Test
  void aStreamFindsAnItemThatMovedBetweenItsRangesInItsPlace() {
    saveBetween();
    beforeSecondRequest(() -> elsewhere.save(thing("i5", "blue", 5)));

    try (Stream<Document> stream = sized.stream(EITHER.oldestFirst())) {
      assertThat(ids(stream.toList()))
          .containsExactlyInAnyOrder("i1", "i2", "i3", "i5", "i7", "i8", "i9");
    }
  }

  @Test
  void aDeleteRemovesAnItemThatMovedBetweenItsRanges() {
    saveBetween();
    beforeSecondRequest(() -> elsewhere.save(thing("i5", "blue", 5)));

    assertThat(sized.deleteWhere(EITHER.oldestFirst())).isEqualTo(7);
    assertThat(sized.exists("i5")).isFalse();
  }

  @Test
  void aListWithALimitFindsAnItemThatMovedBetweenItsRanges() {
    saveBetween();
    beforeSecondRequest(() -> elsewhere.save(thing("i5", "blue", 5)));

    assertThat(ids(sized.list(EITHER.and("note").isMissing().oldestFirst().limit(5))))
        .containsExactly("i1", "i2", "i3", "i5", "i7");
  }

  @Test
  void aListFindsAnItemThatMovedToAPlaceThatWasReadAlready() {
    Storage<Document> things = test.store(THINGS, pairs);
    Storage<Document> saving = test.elsewhere(THINGS);
    for (String id : List.of("a", "b", "c", "d", "e")) {
      test.clock.move(Duration.ofMillis(1));
      saving.save(thing(id, "red", 1));
    }
    test.clock.move(Duration.ofMillis(1));
    beforeSecondRequest(() -> saving.save(thing("a", "red", 2)));

    assertThat(
            ids(
                things.list(
                    where("kind").is("red").and("note").isMissing().newestFirst().limit(50))))
        .containsExactly("a", "e", "d", "c", "b");
  }

  @Test
  void whatIsReadInOneRequestIsReadOnce() {
    saveBetween();
    test.disturbance().forgetCalls();

    assertThat(sized.list(EITHER.oldestFirst())).hasSize(7);
    assertThat(sized.list(EITHER.newestFirst().limit(2))).hasSize(2);

    assertThat(test.disturbance().count(Call.READ_ENTRIES)).isEqualTo(2);
  }

  @Test
  void anExplanationTellsWhatIsStale() {
    saveBetween();
    test.disturbance().before(Call.READ, () -> elsewhere.save(thing("i5", "blue", 6)));

    QueryReport report = sized.explain(EITHER.oldestFirst());

    assertThat(report.indexes()).extracting(QueryReport.Index::ranges).containsExactly(2);
    assertThat(report.indexes()).extracting(QueryReport.Index::entries).containsExactly(7L);
    assertThat(report.stale()).isEqualTo(1);
    assertThat(report.candidates()).as("the late one is looked at again").isEqualTo(8);
    assertThat(report.matches()).isEqualTo(7);
  }
}
