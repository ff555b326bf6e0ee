package io.stowage.testkit.storage;

import static io.stowage.api.Query.where;
import static io.stowage.testkit.storage.Docs.doc;
import static io.stowage.testkit.storage.Docs.fields;
import static io.stowage.testkit.storage.Docs.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Document;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.testkit.contract.Clause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Nothing is shared between the caller and the store. */
interface AliasingClauses extends Clauses {

  @Clause
  default void s147_givenItemsAreNotShared() {
    Storage<Basket> storage = stores().baskets();
    Basket basket = Basket.of("a", "milk");
    storage.save(basket);

    basket.getGoods().add("bread");
    basket.setId("b");

    assertThat(storage.load("a").orElseThrow().getGoods()).containsExactly("milk");
    assertThat(storage.load("a").orElseThrow().getId()).isEqualTo("a");
    assertThat(storage.count(where("goods").is("bread"))).isZero();
  }

  @Clause
  default void s148_answeredItemsAreNotShared() {
    Storage<Basket> storage = stores().baskets();
    storage.save(Basket.of("a", "milk"));
    Query query = where("goods").is("milk");
    List<Basket> answers = new ArrayList<>();
    answers.add(storage.load("a").orElseThrow());
    answers.add(storage.loadVersioned("a").orElseThrow().item());
    answers.add(storage.loadAll(List.of("a")).values().iterator().next());
    answers.add(storage.list(query).get(0));
    answers.add(storage.page(query).items().get(0));
    try (var stream = storage.stream(query)) {
      answers.add(stream.findFirst().orElseThrow());
    }

    for (Basket answer : answers) {
      assertThat(answer.getGoods()).containsExactly("milk");
      answer.getGoods().clear();
    }

    assertThat(storage.load("a").orElseThrow().getGoods()).containsExactly("milk");
    assertThat(storage.list(query)).hasSize(1);
  }

  @Clause
  default void s149_failedUpdateLeavesNoTrace() {
    Storage<Basket> storage = stores().baskets();
    storage.save(Basket.of("a", "milk"));

    assertThatThrownBy(
            () ->
                storage.update(
                    "a",
                    basket -> {
                      basket.getGoods().add("bread");
                      throw new IllegalMonitorStateException("after the change");
                    }))
        .isInstanceOf(IllegalMonitorStateException.class);
    assertThat(storage.load("a").orElseThrow().getGoods()).containsExactly("milk");
  }

  @Clause
  default void s150_updateInPlace() {
    Storage<Basket> storage = stores().baskets();
    storage.save(Basket.of("a", "milk"));

    storage.update(
        "a",
        basket -> {
          basket.getGoods().add("bread");
          return basket;
        });

    assertThat(storage.load("a").orElseThrow().getGoods()).containsExactly("milk", "bread");
    assertThat(storage.list(where("goods").is("bread"))).hasSize(1);
  }

  @Clause
  default void s151_documentsAreImmutable() {
    Storage<Document> storage = stores().plain();
    List<Object> tags = new ArrayList<>(List.of("x"));
    Map<String, @Nullable Object> meta = fields("tags", tags);
    Map<String, @Nullable Object> item = fields("id", "a", "meta", meta);
    Document document = Document.of(item);
    storage.save(document);

    tags.add("y");
    meta.put("more", 1);
    item.put("id", "b");

    Document expected = doc("id", "a", "meta", fields("tags", List.of("x")));
    assertThat(document).isEqualTo(expected);
    Document loaded = storage.load("a").orElseThrow();
    assertThat(loaded).isEqualTo(expected);
    assertThatThrownBy(() -> loaded.asMap().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(loaded.get("meta.tags"))
        .isInstanceOfSatisfying(
            List.class,
            answered ->
                assertThatThrownBy(answered::clear)
                    .isInstanceOf(UnsupportedOperationException.class));
    assertThat(storage.load("a")).contains(expected);
  }

  @Clause
  default void s152_givenCollectionsAreNotKept() {
    Storage<Document> storage = stores().indexed("session");
    List<Document> items = new ArrayList<>(List.of(doc("id", "a", "session", "s")));
    List<String> asked = new ArrayList<>(List.of("a"));
    var results = storage.saveAll(items);
    items.clear();
    Map<String, Document> found = storage.loadAll(asked);
    asked.clear();

    assertThat(results).hasSize(1);
    assertThat(found).containsOnlyKeys("a");
    assertThat(ids(storage, where("session").is("s"))).containsExactly("a");
  }
}
