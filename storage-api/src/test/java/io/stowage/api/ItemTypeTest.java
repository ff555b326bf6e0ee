package io.stowage.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.StoreDefinition.IndexDefinition;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemTypeTest {

  private record Message(String id, String session, long turn) {}

  private static ItemType.Builder<Message> messages() {
    return ItemType.of("messages", Message.class).id(Message::id);
  }

  private static void assertRefused(ThrowingCallable use, String message) {
    assertThatThrownBy(use).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void describesATypedStore() {
    ItemType<Message> type =
        messages()
            .index("session", Message::session)
            .range("turn", Message::turn)
            .orderedBy("turn")
            .expiresAt(Message::turn)
            .build();
    Message message = new Message("m", "s", 7);

    assertThat(type.store()).isEqualTo("messages");
    assertThat(type.type()).isEqualTo(Message.class);
    assertThat(type.idOf(message)).isEqualTo("m");
    assertThat(type.withId(message, "generated")).isSameAs(message);
    assertThat(type.expiresAt(message)).isEqualTo(7L);
    assertThat(type.order().orElseThrow().value().apply(message)).isEqualTo(7L);
    assertThat(type.indexes()).extracting(ItemType.Index::name).containsExactly("session", "turn");
    assertThat(type.indexes().get(0).value().apply(message)).isEqualTo("s");
    assertThat(type.definition("json"))
        .isEqualTo(
            new StoreDefinition(
                "json",
                List.of(
                    new IndexDefinition("session", IndexKind.EXACT),
                    new IndexDefinition("turn", IndexKind.RANGE)),
                "turn"));
    assertThat(type).hasToString("ItemType[messages of " + Message.class.getName() + "]");
  }

  @Test
  void leavesOutWhatIsNotSaid() {
    ItemType<Message> type =
        messages().id(Message::id, (m, id) -> new Message(id, m.session(), m.turn())).build();

    assertThat(type.order()).isEmpty();
    assertThat(type.expiresAt(new Message("m", "s", 7))).isNull();
    assertThat(type.withId(new Message(null, "s", 7), "g").id()).isEqualTo("g");
    assertThat(messages().orderedBy("t", Message::turn).build().order()).isPresent();
  }

  @Test
  void describesAStoreOfDocuments() {
    ItemType<Document> type =
        ItemType.documents("docs").index("type", "a.b").range("turn").orderedBy("turn").build();
    Document document =
        Document.of(Map.of("id", 5, "expires_at", 9, "turn", 3, "a", Map.of("b", "x")));

    assertThat(type.idOf(document)).isEqualTo("5");
    assertThat(type.idOf(document.without("id"))).isNull();
    assertThat(type.withId(document, "g").id()).hasValue("g");
    assertThat(type.expiresAt(document)).isEqualTo(9L);
    assertThat(type.indexes().get(1).value().apply(document)).isEqualTo("x");
    assertThat(type.indexes().get(2).value().apply(document)).isEqualTo(3L);
    assertThat(type.order().orElseThrow().value().apply(document)).isEqualTo(3L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".x", "a:b", "a b", "{a}", "ä"})
  void refusesBadNames(String name) {
    String allowed =
        " is '" + name + "'; allowed are 1 to 128 letters, digits, '_', '-' and '.', not '.' first";
    assertRefused(() -> ItemType.of(name, Message.class), "store name" + allowed);
    assertRefused(() -> ItemType.documents(name), "store name" + allowed);
    String path = allowed + ", and '\\' before a '.' that belongs to a name";
    assertRefused(() -> messages().index(name, Message::id), "index name" + path);
    assertRefused(() -> messages().range(name, Message::id), "index name" + path);
    assertRefused(() -> messages().orderedBy(name, Message::id), "order field" + path);
  }

  @Test
  void anOrderMayBeRequiredOnceItIsDeclared() {
    ItemType<Message> type = messages().orderedBy("t", Message::turn).required().build();

    assertThat(type.order().orElseThrow().isRequired()).isTrue();
    assertThat(messages().orderedBy("t", Message::turn).build().order().orElseThrow().isRequired())
        .isFalse();
    assertRefused(
        () -> messages().required(),
        "required() is called without an order field; call orderedBy(...) before");
  }

  @Test
  void namesHaveABound() {
    assertThat(ItemType.documents("x".repeat(128)).build().store()).hasSize(128);
    assertThatThrownBy(() -> ItemType.documents("x".repeat(129)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesContradictions() {
    assertRefused(
        () -> messages().index("a", Message::id).range("a", Message::id),
        "index 'a' is declared twice; allowed is one index a field");
    assertRefused(
        () -> ItemType.of("s", Message.class).build(),
        "id of store 's' is missing; call id(...) with a function that answers it");
    String orderRefusal =
        "order field is 'a'; allowed are the range indexes declared before, or a field with its"
            + " function";
    assertRefused(() -> messages().orderedBy("a"), orderRefusal);
    assertRefused(() -> messages().index("a", Message::id).orderedBy("a"), orderRefusal);
    assertThatThrownBy(() -> messages().index("a..b", Message::id))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("field is 'a..b'");
  }

  @Test
  void definitionsSayHowTheyDiffer() {
    StoreDefinition stored =
        new StoreDefinition("json", List.of(new IndexDefinition("a", IndexKind.EXACT)), null);
    StoreDefinition requested =
        new StoreDefinition("msgpack", List.of(new IndexDefinition("a", IndexKind.RANGE)), "turn");

    assertThat(stored.differences(stored)).isEmpty();
    assertThat(stored.differences(requested))
        .containsExactly(
            "stored order is by time of save, requested by turn",
            "stored exact index 'a' is not requested",
            "requested range index 'a' is not stored");
    assertThat(requested.differences(stored))
        .contains("stored order is by turn, requested by time of save");
  }
}
