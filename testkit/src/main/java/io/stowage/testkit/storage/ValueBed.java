package io.stowage.testkit.storage;

import static io.stowage.testkit.storage.Docs.doc;
import static io.stowage.testkit.storage.Docs.fields;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Document;
import io.stowage.api.Filter;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Documents that hold one value each, in six places: a field with an exact index, one with a range
 * index, one without, and the same three nested. Every filter must choose the same documents by
 * each of the six, whichever operation asks.
 */
final class ValueBed {

  /** Stands for a field that is not there, as opposed to one that is null. */
  static final Object ABSENT = new Object();

  private static final String NESTED = "in.";
  private static final List<String> PLACES =
      List.of("exact", "range", "bare", "in.exact", "in.range", "in.bare");
  private static final List<String> PLACES_OF_LISTS =
      List.of("exact", "bare", "in.exact", "in.bare");

  private final Storage<Document> storage;
  private final List<String> places;

  private ValueBed(Storage<Document> storage, List<String> places) {
    this.storage = storage;
    this.places = places;
  }

  /** A bed of ids and values in turn. */
  static ValueBed of(ContractStores stores, @Nullable Object... idsAndValues) {
    Storage<Document> storage =
        stores.documents(type -> type.index("exact", "in.exact").range("range", "in.range"));
    return filled(storage, PLACES, idsAndValues);
  }

  /** A bed of ids and values in turn, some of them lists, which a range index does not hold. */
  static ValueBed ofLists(ContractStores stores, @Nullable Object... idsAndValues) {
    Storage<Document> storage = stores.indexed("exact", "in.exact");
    return filled(storage, PLACES_OF_LISTS, idsAndValues);
  }

  private static ValueBed filled(
      Storage<Document> storage, List<String> places, @Nullable Object... idsAndValues) {
    List<Document> items = new ArrayList<>();
    for (int i = 0; i < idsAndValues.length; i += 2) {
      items.add(document(idsAndValues[i], idsAndValues[i + 1]));
    }
    storage.saveAll(items);
    return new ValueBed(storage, places);
  }

  private static Document document(@Nullable Object id, @Nullable Object value) {
    if (value == ABSENT) {
      return doc("id", id, "other", 1);
    }
    Map<String, @Nullable Object> places = fields("exact", value, "range", value, "bare", value);
    Map<String, @Nullable Object> whole = fields("id", id, "in", places);
    whole.putAll(places);
    return Document.of(whole);
  }

  /**
   * Asserts that a condition on the value chooses exactly these documents, wherever it is. What is
   * nested differs in how its value is found alone, so two operations tell.
   */
  void assertMatches(Function<String, Filter> condition, String... ids) {
    for (String place : places) {
      Filter filter = condition.apply(place);
      if (place.startsWith(NESTED)) {
        assertListedAndCounted(filter, ids);
      } else {
        assertMatches(filter, ids);
      }
    }
  }

  /** Asserts that every operation chooses exactly these documents. */
  void assertMatches(Filter filter, String... ids) {
    assertListedAndCounted(filter, ids);
    Query query = Query.matching(filter);
    List<String> oldest = List.of(ids);
    List<String> newest = new ArrayList<>(oldest);
    Collections.reverse(newest);
    assertThat(Docs.ids(storage, query.oldestFirst())).as("oldest of %s", filter).isEqualTo(oldest);
    assertThat(Docs.ids(storage, query.newestFirst())).as("newest of %s", filter).isEqualTo(newest);
    assertThat(Docs.pagedIds(storage, query.newestFirst().limit(4)))
        .as("pages of %s", filter)
        .isEqualTo(newest);
    assertThat(Docs.streamedIds(storage, query))
        .as("stream of %s", filter)
        .containsExactlyInAnyOrderElementsOf(oldest);
    assertThat(storage.estimateCount(query))
        .as("estimate of %s", filter)
        .isGreaterThanOrEqualTo(ids.length);
  }

  private void assertListedAndCounted(Filter filter, String... ids) {
    Query query = Query.matching(filter);
    assertThat(Docs.ids(storage, query)).as("list of %s", filter).containsExactlyInAnyOrder(ids);
    assertThat(storage.count(query)).as("count of %s", filter).isEqualTo(ids.length);
  }
}
