package io.stowage.core.query;

import static io.stowage.api.Query.where;
import static io.stowage.core.support.TestPlatform.THINGS;
import static io.stowage.core.support.TestPlatform.thing;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Document;
import io.stowage.api.Filter;
import io.stowage.api.ItemType;
import io.stowage.api.Page;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.StoreOptions;
import io.stowage.core.support.Call;
import io.stowage.core.support.TestPlatform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages through every way of access, and the order of what is found without an ordered index. */
class PagesTest {

  private static final int ITEMS = 210;

  private final TestPlatform test = new TestPlatform();
  private final Storage<Document> things =
      test.store(THINGS, StoreOptions.builder().batchSize(40).build());

  @AfterEach
  void close() {
    test.close();
  }

  private void saveAll() {
    things.saveAll(
        IntStream.range(0, ITEMS)
            .mapToObj(i -> thing("i" + i, "red", ITEMS - i).with("tags", List.of("x", "y")))
            .toList());
  }

  private static String id(Document document) {
    return document.id().orElseThrow();
  }

  static Stream<Query> queries() {
    return Stream.of(
        Query.all(),
        where("kind").is("red"),
        where("kind").is("red").and("size").atLeast(0),
        where("kind").is("red").and("tags").is("x"),
        where("tags").in(List.of("x", "y", "z")),
        where("size").atLeast(0),
        Query.matching(Filter.or(Filter.eq("kind", "red"), Filter.gt("size", 5))),
        where("id").in(IntStream.range(0, ITEMS).mapToObj(i -> "i" + i).toList()));
  }

  @ParameterizedTest
  @MethodSource("queries")
  void pagesTogetherAreTheListInBothDirections(Query query) {
    saveAll();
    List<String> oldestFirst = IntStream.range(0, ITEMS).mapToObj(i -> "i" + i).toList();
    List<String> newestFirst = new ArrayList<>(oldestFirst);
    Collections.reverse(newestFirst);

    assertThat(pages(query.oldestFirst())).isEqualTo(oldestFirst);
    assertThat(pages(query.newestFirst())).isEqualTo(newestFirst);
    assertThat(pages(query)).isEqualTo(oldestFirst);
    assertThat(things.list(query.newestFirst())).extracting(PagesTest::id).isEqualTo(newestFirst);
    assertThat(things.list(query.oldestFirst().limit(5)))
        .extracting(PagesTest::id)
        .isEqualTo(oldestFirst.subList(0, 5));
    try (Stream<Document> stream = things.stream(query.oldestFirst().limit(50))) {
      assertThat(stream.map(PagesTest::id).toList()).isEqualTo(oldestFirst.subList(0, 50));
    }
    assertThat(things.count(query)).isEqualTo(ITEMS);
    assertThat(things.estimateCount(query)).isGreaterThanOrEqualTo(ITEMS);
  }

  private List<String> pages(Query query) {
    List<String> seen = new ArrayList<>();
    Page<Document> page = things.page(query.limit(64));
    page.items().forEach(document -> seen.add(id(document)));
    while (page.next().isPresent()) {
      assertThat(page.items()).hasSize(64);
      page = things.page(query.limit(64), page.next().get());
      page.items().forEach(document -> seen.add(id(document)));
    }
    return seen;
  }

  @Test
  void anItemThatChangesWhileAnUnorderedAccessIsSortedIsInItsPlace() {
    Storage<Document> elsewhere = test.elsewhere(THINGS);
    for (int i = 0; i < 5; i++) {
      test.clock.move(Duration.ofMillis(1));
      things.save(thing("i" + i, "red", 10 - i));
    }
    Query query = where("size").greaterThan(0).newestFirst();
    Runnable change =
        () -> {
          test.clock.move(Duration.ofMillis(1));
          elsewhere.save(thing("i2", "red", 1));
        };

    test.disturbance().before(Call.READ, change);
    assertThat(things.list(query))
        .extracting(PagesTest::id)
        .containsExactly("i2", "i4", "i3", "i1", "i0");

    test.disturbance().before(Call.READ, change);
    try (Stream<Document> stream = things.stream(query)) {
      assertThat(stream.map(PagesTest::id).toList()).containsExactly("i2", "i4", "i3", "i1", "i0");
    }
  }

  record Point(String id, int xPosition, Optional<String> label) {}

  @Test
  void typedItemsAreFoundByDeclaredAndByStoredFields() {
    ItemType<Point> type =
        ItemType.of("points", Point.class)
            .id(Point::id)
            .range("x", Point::xPosition)
            .orderedBy("x")
            .build();
    Storage<Point> points = test.platform.store(type);
    Point near = new Point("near", 1, Optional.of("here"));
    Point far = new Point("far", 9, Optional.empty());
    points.saveAll(List.of(far, near));

    assertThat(points.list(Query.all().oldestFirst())).containsExactly(near, far);
    assertThat(points.list(where("x").greaterThan(3))).containsExactly(far);
    assertThat(points.list(where("x_position").lessThan(3))).containsExactly(near);
    assertThat(points.list(where("id").is("far"))).containsExactly(far);
    assertThat(points.load("near")).contains(near);
  }
}
