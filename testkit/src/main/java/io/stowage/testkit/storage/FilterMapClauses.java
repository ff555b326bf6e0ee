package io.stowage.testkit.storage;

import static io.stowage.testkit.storage.Docs.doc;
import static io.stowage.testkit.storage.Docs.fields;
import static io.stowage.testkit.storage.Docs.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Document;
import io.stowage.api.Filter;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.testkit.contract.Clause;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;

/** Filters in the form of maps. */
interface FilterMapClauses extends Clauses {

  private Storage<Document> chat() {
    Storage<Document> storage = stores().documents(type -> type.index("type").range("turn"));
    storage.save(doc("id", "a", "type", "user_message", "turn", 2, "meta", fields("lang", "de")));
    storage.save(doc("id", "b", "type", "user_message", "turn", 4, "meta", fields("lang", "en")));
    storage.save(doc("id", "c", "type", "tool_call", "turn", 6, "tags", List.of("x", "y")));
    storage.save(doc("id", "d", "turn", null));
    return storage;
  }

  private static void assertChosen(
      Storage<Document> storage, Map<String, @Nullable Object> filter, String... ids) {
    assertThat(ids(storage, Query.matching(filter).oldestFirst()))
        .as("%s", filter)
        .containsExactly(ids);
  }

  @Clause
  @Order(Clause.FIRST)
  default void s075_fieldsOfAMap() {
    Storage<Document> storage = chat();
    assertChosen(storage, fields("turn", fields("$gt", 3), "type", "user_message"), "b");
    assertChosen(storage, fields("meta.lang", "de"), "a");
    assertChosen(storage, fields(), "a", "b", "c", "d");
  }

  @Clause
  @Order(Clause.FIRST)
  default void s076_operatorsOfAMap() {
    Storage<Document> storage = chat();
    assertChosen(storage, fields("turn", fields("$eq", 4)), "b");
    assertChosen(storage, fields("turn", fields("$ne", 4)), "a", "c");
    assertChosen(storage, fields("turn", fields("$in", List.of(2, 6))), "a", "c");
    assertChosen(storage, fields("turn", fields("$nin", List.of(2, 6))), "b");
    assertChosen(storage, fields("turn", fields("$gt", 2, "$lt", 6)), "b");
    assertChosen(storage, fields("turn", fields("$gte", 4, "$lte", 6)), "b", "c");
    assertChosen(storage, fields("turn", fields("$exists", true)), "a", "b", "c");
    assertChosen(storage, fields("turn", fields("$exists", false)), "d");
    assertChosen(storage, fields("turn", fields("$not", fields("$gt", 3))), "a", "d");
    assertChosen(storage, fields("tags", fields("$in", List.of("y"))), "c");
  }

  @Clause
  @Order(Clause.FIRST)
  default void s077_combinationsOfMaps() {
    Storage<Document> storage = chat();
    Map<String, @Nullable Object> user = fields("type", "user_message");
    Map<String, @Nullable Object> late = fields("turn", fields("$gt", 3));
    assertChosen(storage, fields("$and", List.of(user, late)), "b");
    assertChosen(storage, fields("$or", List.of(user, late)), "a", "b", "c");
    assertChosen(storage, fields("$not", user), "c", "d");
    assertChosen(storage, fields("$not", fields("$or", List.of(user, late)), "id", "d"), "d");
  }

  @Clause
  @Order(Clause.FIRST)
  default void s078_mapsThatAreNoFilter() {
    assertRefused(fields("turn", fields("$near", 3)), "$near");
    assertRefused(fields("$turn", 3), "$turn");
    assertRefused(fields("turn", List.of(1, 2)), "turn");
    assertRefused(fields("turn", fields()), "turn");
    assertRefused(fields("turn", fields("$exists", "yes")), "yes");
    assertRefused(fields("turn", null), "turn");
    assertRefused(fields("turn", fields("$gt", null)), "turn");
    assertRefused(fields("turn", fields("$in", 3)), "$in");
    assertRefused(fields("turn", fields("$in", Arrays.asList(1, null))), "turn");
    assertRefused(fields("$or", List.of()), "or");
    assertRefused(fields("$and", fields("a", 1)), "$and");
    assertRefused(fields("$not", 3), "$not");
    assertRefused(fields("turn", fields("sub", 3)), "sub");
    assertRefused(fields("a..b", 3), "a..b");
    assertRefused(fields("", 3), "field");
  }

  private static void assertRefused(Map<String, @Nullable Object> filter, String part) {
    assertThatThrownBy(() -> Filter.parse(filter))
        .as("%s", filter)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(part);
  }

  @Clause
  @Order(Clause.FIRST)
  default void s079_mapsNestedTooDeep() {
    Map<String, @Nullable Object> filter = fields("turn", 1);
    for (int i = 0; i < 100_000; i++) {
      filter = fields("$not", filter);
    }
    Map<String, @Nullable Object> tooDeep = filter;
    assertThatThrownBy(() -> Filter.parse(tooDeep))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("64");
  }
}
