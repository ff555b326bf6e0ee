package io.stowage.core.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Document;
import io.stowage.api.ItemType;
import io.stowage.api.Version;
import io.stowage.serialization.json.JsonCodec;
import io.stowage.spi.Content;
import io.stowage.spi.EnvelopePort;
import io.stowage.spi.SerializationException;
import io.stowage.spi.StoredRecord;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ItemCoderTest {

  /** The third shape: a name in one field. */
  record Person(String id, String name, int age) {}

  private static final ItemType<Person> TYPE =
      ItemType.of("people", Person.class)
          .id(Person::id)
          .upcast(1, stored -> stored.with("age", 0))
          .upcast(
              2,
              stored ->
                  stored
                      .with("name", stored.get("first") + " " + stored.get("last"))
                      .without("first")
                      .without("last"))
          .build();

  private static final Version VERSION = Version.of(1, 1);

  /** A coder to which every payload is the JSON of a schema version. */
  private static <T> ItemCoder<T> coder(ItemType<T> type, String codec, int schemaVersion) {
    EnvelopePort plain = new PlainEnvelopes(codec);
    EnvelopePort envelopes =
        (EnvelopePort)
            Proxy.newProxyInstance(
                EnvelopePort.class.getClassLoader(),
                new Class<?>[] {EnvelopePort.class},
                (proxy, method, arguments) ->
                    method.getName().equals("open")
                        ? new Content(codec, schemaVersion, (byte[]) arguments[0])
                        : method.invoke(plain, arguments));
    return new ItemCoder<>(type, Codecs.of(new JsonCodec(), List.of()), envelopes);
  }

  private static StoredRecord record(String json) {
    return new StoredRecord(VERSION, json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void anItemOfAnOlderShapeGoesThroughAllUpcastersFromThereOn() {
    Person ada = new Person("a", "Ada Lovelace", 0);

    assertThat(
            coder(TYPE, "json", 1)
                .decode("a", record("{\"id\":\"a\",\"first\":\"Ada\",\"last\":\"Lovelace\"}"))
                .item())
        .isEqualTo(ada);
    ItemImage<Person> second =
        coder(TYPE, "json", 2)
            .decode(
                "a", record("{\"id\":\"a\",\"first\":\"Ada\",\"last\":\"Lovelace\",\"age\":36}"));
    assertThat(second.item()).isEqualTo(new Person("a", "Ada Lovelace", 36));
    assertThat(second.content().schemaVersion()).isEqualTo(3);
    assertThat(coder(TYPE, "json", 1).fields(second.content()))
        .isEqualTo(Map.of("id", "a", "name", "Ada Lovelace", "age", 36L));
    assertThat(
            coder(TYPE, "json", 3)
                .decode("a", record("{\"id\":\"a\",\"name\":\"Ada Lovelace\"}"))
                .item())
        .isEqualTo(ada);
  }

  @Test
  void shapesOutOfReachAreRefused() {
    ItemType<Document> late =
        ItemType.documents("d").upcast(4, stored -> stored).upcast(5, stored -> stored).build();

    for (int schemaVersion : new int[] {1, 3, 7}) {
      assertThatThrownBy(() -> coder(late, "json", schemaVersion).decode("a", record("{}")))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining("schema version " + schemaVersion)
          .hasMessageContaining("4 to 6");
    }
    assertThat(coder(late, "json", 4).decode("a", record("{}")).item())
        .isEqualTo(Document.of(Map.of()));
  }

  @Test
  void anUpcasterThatFailsMakesTheItemUnreadable() {
    ItemType<Document> type =
        ItemType.documents("d")
            .upcast(
                1,
                stored -> {
                  throw new IllegalStateException("no way");
                })
            .build();

    assertThatThrownBy(() -> coder(type, "json", 1).decode("a", record("{}")))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("schema version 1")
        .hasMessageContaining("no way");
  }

  @Test
  void aDamagedRecordIsNotDecoded() {
    StoredRecord damaged = new StoredRecord(VERSION, new byte[] {'{', '}'}, "checksum is wrong");

    assertThatThrownBy(() -> coder(ItemType.documents("d").build(), "json", 1).decode("a", damaged))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("checksum is wrong");
  }

  @Test
  void aCodecThatIsNotThereIsNamed() {
    assertThatThrownBy(
            () -> coder(ItemType.documents("d").build(), "own", 1).decode("a", record("{}")))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("'own'")
        .hasMessageContaining("[json]");
  }

  @Test
  void upcastersMustLeaveNoGap() {
    assertThatThrownBy(() -> ItemType.documents("d").upcast(1, d -> d).upcast(3, d -> d).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("schema version 2 is missing");
    assertThatThrownBy(() -> ItemType.documents("d").upcast(1, d -> d).upcast(1, d -> d))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("twice");
    assertThatThrownBy(() -> ItemType.documents("d").upcast(0, d -> d))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0");
  }
}
