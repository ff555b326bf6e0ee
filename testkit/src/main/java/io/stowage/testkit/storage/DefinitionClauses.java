package io.stowage.testkit.storage;

import static io.stowage.api.Query.where;
import static io.stowage.testkit.storage.Docs.doc;
import static io.stowage.testkit.storage.Docs.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stowage.api.Document;
import io.stowage.api.IndexKind;
import io.stowage.api.ItemType;
import io.stowage.api.Outcome;
import io.stowage.api.ScanPolicy;
import io.stowage.api.Storage;
import io.stowage.api.StorageException;
import io.stowage.api.StoragePlatform;
import io.stowage.api.StoreDefinition;
import io.stowage.api.StoreDefinition.IndexDefinition;
import io.stowage.api.StoreDefinitionException;
import io.stowage.api.StoreOptions;
import io.stowage.testkit.contract.Clause;
import java.util.List;

/** The definition that is kept beside a store's data. */
interface DefinitionClauses extends Clauses {

  @Clause
  default void s163_reopen() {
    StoragePlatform platform = stores().platform();
    ItemType<Document> type = ItemType.documents(stores().freshName()).index("session").build();
    Storage<Document> first = platform.store(type);
    first.save(doc("id", "a", "session", "s"));

    Storage<Document> second = platform.store(type);
    second.save(doc("id", "b", "session", "s"));

    assertThat(ids(second, where("session").is("s").oldestFirst())).containsExactly("a", "b");
    assertThat(ids(first, where("session").is("s").oldestFirst())).containsExactly("a", "b");
  }

  @Clause
  default void s164_otherDefinition() {
    StoragePlatform platform = stores().platform();
    String name = stores().freshName();
    Storage<Document> storage =
        platform.store(ItemType.documents(name).index("session", "type").build());
    storage.save(doc("id", "a", "session", "s"));

    StoreDefinitionException refusal =
        catchThrowableOfType(
            StoreDefinitionException.class,
            () ->
                platform.store(
                    ItemType.documents(name)
                        .index("session")
                        .range("type")
                        .orderedBy("turn")
                        .build()));

    assertThat(refusal).isNotNull().isInstanceOf(StorageException.class);
    assertThat(refusal.differences())
        .hasSize(3)
        .anyMatch(line -> line.contains("order") && line.contains("turn"))
        .anyMatch(line -> line.contains("exact index 'type'"))
        .anyMatch(line -> line.contains("range index 'type'"));
    assertThat(refusal).hasMessageContaining(name).hasMessageContaining("turn");
    assertThat(refusal.isTransient()).isFalse();
    assertThat(refusal.outcome()).isEqualTo(Outcome.NOT_APPLIED);
    assertThat(ids(storage, where("session").is("s"))).containsExactly("a");
  }

  @Clause
  default void s165_defaultDocuments() {
    StoragePlatform platform = stores().platform();
    String name = stores().freshName();
    StoreOptions strict = StoreOptions.builder().scanPolicy(ScanPolicy.FORBID).build();
    Storage<Document> storage = platform.documents(name, strict);
    storage.save(doc("id", "a", "session_id", "s", "thread_id", "t", "type", "x"));

    for (String[] pair : new String[][] {{"session_id", "s"}, {"thread_id", "t"}, {"type", "x"}}) {
      assertThat(ids(storage, where(pair[0]).is(pair[1]))).containsExactly("a");
    }
    assertThat(platform.definition(name).orElseThrow().indexes())
        .containsExactlyInAnyOrder(
            new IndexDefinition("session_id", IndexKind.EXACT),
            new IndexDefinition("thread_id", IndexKind.EXACT),
            new IndexDefinition("type", IndexKind.EXACT));
  }

  @Clause
  default void s166_documentsAsDefined() {
    StoragePlatform platform = stores().platform();
    String name = stores().freshName();
    Storage<Document> defined =
        platform.store(
            ItemType.documents(name)
                .index("color", "in.tags")
                .range("size")
                .orderedBy("size")
                .build());
    defined.save(doc("id", "big", "color", "red", "size", 9));
    StoreOptions strict = StoreOptions.builder().scanPolicy(ScanPolicy.FORBID).build();

    Storage<Document> found = platform.documents(name, strict);
    found.save(doc("id", "small", "color", "red", "size", 1));

    assertThat(ids(found, where("color").is("red").newestFirst())).containsExactly("big", "small");
    assertThat(ids(found, where("size").lessThan(5))).containsExactly("small");
    assertThat(ids(defined, where("color").is("red").oldestFirst()))
        .containsExactly("small", "big");
  }

  @Clause
  default void s167_unknownDefinition() {
    StoragePlatform platform = stores().platform();
    String name = stores().freshName();

    assertThat(platform.definition(name)).isEmpty();
    assertThat(platform.definition(name)).isEmpty();
    assertThat(
            platform
                .store(ItemType.documents(name).index("only").build())
                .list(where("only").is(1)))
        .isEmpty();
  }

  @Clause
  default void s168_storedDefinition() {
    StoragePlatform platform = stores().platform();
    String name = stores().freshName();
    platform.store(
        ItemType.documents(name).index("b", "a.c").range("turn").orderedBy("turn").build());

    StoreDefinition definition = platform.definition(name).orElseThrow();

    assertThat(definition.codec()).isNotEmpty();
    assertThat(definition.order()).contains("turn");
    assertThat(definition.indexes())
        .containsExactly(
            new IndexDefinition("b", IndexKind.EXACT),
            new IndexDefinition("a.c", IndexKind.EXACT),
            new IndexDefinition("turn", IndexKind.RANGE));
  }

  @Clause
  default void s169_emptyDefinition() {
    StoragePlatform platform = stores().platform();
    String name = stores().freshName();
    platform.store(ItemType.documents(name).build());

    assertThat(platform.definition(name).orElseThrow().indexes()).isEmpty();
    assertThatThrownBy(() -> platform.store(ItemType.documents(name).index("a").build()))
        .isInstanceOf(StoreDefinitionException.class);
  }

  @Clause
  default void s170_badStoreNames() {
    for (String name : List.of("", "a:b", "a b", "{a}", "a*", ".a", "ä", "x".repeat(129), "a\n")) {
      assertThatThrownBy(() -> stores().platform().documents(name))
          .as(name)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'" + name + "'");
    }
  }
}
