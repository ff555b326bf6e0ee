package io.stowage.serialization.kryo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Document;
import io.stowage.serialization.json.JsonCodec;
import io.stowage.serialization.msgpack.MessagePackCodec;
import io.stowage.spi.SerializationException;
import io.stowage.spi.SerializationPort;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class KryoCodecDocumentTest {

  private final KryoCodec codec = new KryoCodec();
  private final JsonCodec json = new JsonCodec();

  @Test
  void isFoundByItsName() {
    assertThat(ServiceLoader.load(SerializationPort.class))
        .filteredOn(port -> port.name().equals("kryo"))
        .singleElement()
        .isInstanceOf(KryoCodec.class);
  }

  @Test
  void documentsEqualThemselvesAfterwardsAndThroughJson() {
    long seed = Seed.of("documentsEqualThemselvesAfterwardsAndThroughJson");
    RandomItems items = new RandomItems(seed);
    for (int i = 0; i < 5_000; i++) {
      Document document = items.document();
      byte[] bytes = codec.encode(document);

      assertThat(codec.decode(bytes, Document.class)).as("seed %d", seed).isEqualTo(document);
      assertThat(codec.fields(bytes).keySet()).containsExactlyElementsOf(document.asMap().keySet());
      assertThat(codec.encode(document.asMap())).isEqualTo(bytes);
      assertThat(codec.encode(codec.fields(bytes))).isEqualTo(bytes);
      Document throughJson = json.decode(json.encode(document), Document.class);
      assertThat(codec.decode(codec.encode(throughJson), Document.class)).isEqualTo(document);
      assertThat(json.decode(json.encode(codec.fields(bytes)), Document.class)).isEqualTo(document);
    }
  }

  @Test
  void documentsOfOtherCodecsComeBackAndGoBack() {
    long seed = Seed.of("documentsOfOtherCodecsComeBackAndGoBack");
    RandomItems items = new RandomItems(seed);
    for (SerializationPort other : List.of(json, new MessagePackCodec())) {
      for (int i = 0; i < 1_000; i++) {
        Document document = items.document();
        Document first = other.decode(other.encode(document), Document.class);
        Document second = codec.decode(codec.encode(first), Document.class);
        Document third = other.decode(other.encode(second), Document.class);

        assertThat(second).as("%s seed %d", other.name(), seed).isEqualTo(document);
        assertThat(third).as("%s seed %d", other.name(), seed).isEqualTo(document);
      }
    }
  }

  @Test
  void holdsTheBytesThatTheFormatLaysDown() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("a", "ü");
    map.put("n", null);
    map.put("l", List.of(1L, true));

    assertThat(codec.encode(Document.of(map)))
        .containsExactly(1, 9, 7, 2, 'a', 2, 3, 0xC3, 0xBC, 2, 'n', 0, 2, 'l', 8, 2, 4, 2, 3, 1);
  }

  @Test
  void takesMapsAsDocumentsDo() {
    Map<String, Object> map = new HashMap<>();
    map.put("int", 1);
    map.put("float", 0.1f);

    assertThat(codec.fields(codec.encode(map)))
        .containsEntry("int", 1L)
        .containsEntry("float", 0.1);
    assertThatThrownBy(() -> codec.encode(Map.of("at", Instant.EPOCH)))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("'at'");
    assertThatThrownBy(() -> codec.encode(Map.of(1, 2))).isInstanceOf(SerializationException.class);
  }

  @Test
  void nestsAsDeepAsDocumentsMay() {
    Map<String, Object> deep = Map.of("leaf", 1L);
    for (int i = 0; i < 500; i++) {
      deep = Map.of("m", deep);
    }
    Document document = Document.of(deep);

    assertThat(codec.decode(codec.encode(document), Document.class)).isEqualTo(document);
    assertThat(json.decode(json.encode(document), Document.class)).isEqualTo(document);
  }

  @Test
  void refusesLoneSurrogates() {
    for (String text : List.of("a\uD800", "\uDC00b", "\uDC00\uD800", "\uD800\uD800\uDC00")) {
      assertThatThrownBy(() -> codec.encode(Map.of("t", text)))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining("lone surrogate at position");
      assertThatThrownBy(() -> codec.encode(Map.of(text, "t")))
          .isInstanceOf(SerializationException.class);
    }
  }

  @Test
  void everyTruncationAndWhatFollowsIsRefused() {
    RandomItems items = new RandomItems(Seed.of("everyTruncationAndWhatFollowsIsRefused"));
    for (int i = 0; i < 50; i++) {
      byte[] whole = codec.encode(items.document());
      for (int length = 0; length < whole.length; length++) {
        byte[] cut = Arrays.copyOf(whole, length);
        assertThatThrownBy(() -> codec.fields(cut)).isInstanceOf(SerializationException.class);
      }
      assertThatThrownBy(() -> codec.fields(Arrays.copyOf(whole, whole.length + 1)))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining("1 bytes after");
    }
  }

  @Test
  void refusesWhatDocumentsNeverHave() {
    byte[][] forged = {
      {1, 15, 0, 0}, // an instant
      {1, 1, 3, 'A', '/', 0}, // a class
      {1, 64}, // a name
      {1, 8, 0}, // a list
      {1, 2, 1}, // a text
      {1, 0}, // null
      {1, 9, 5, 2, 'a', 0, 2, 'a', 0}, // the same name twice
      {1, 9, 3, 0, 0}, // a name that is null
      {1, 9, 3, 2, 'a', 2, 2, (byte) 0xC3}, // no UTF-8
      {1, 9, 3, 2, 'a', 3, 2}, // a boolean of 2
      {0, 9, 0},
      {'{', '}'},
      {(byte) 0xC1, 1},
    };
    for (byte[] bytes : forged) {
      assertThatThrownBy(() -> codec.fields(bytes))
          .as(Arrays.toString(bytes))
          .isInstanceOf(SerializationException.class);
    }
  }

  record Typed(String someName, int turn) {}

  @Test
  void givesItemsOfAnyTypeOutOfMapsOfTheirFields() {
    byte[] bytes = codec.encode(Map.of("some_name", "n", "turn", 3));

    assertThat(codec.decode(bytes, Typed.class)).isEqualTo(new Typed("n", 3));
    assertThatThrownBy(() -> codec.decode(codec.encode(Map.of("turn", "x")), Typed.class))
        .isInstanceOf(SerializationException.class);
  }
}
