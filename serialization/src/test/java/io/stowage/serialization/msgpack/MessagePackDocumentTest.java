package io.stowage.serialization.msgpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Document;
import io.stowage.serialization.json.JsonCodec;
import io.stowage.serialization.json.RandomDocuments;
import io.stowage.spi.SerializationException;
import io.stowage.spi.SerializationPort;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class MessagePackDocumentTest {

  private final MessagePackCodec codec = new MessagePackCodec();
  private final JsonCodec json = new JsonCodec();

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  @Test
  void isFoundByItsName() {
    assertThat(ServiceLoader.load(SerializationPort.class))
        .filteredOn(found -> found.name().equals("msgpack"))
        .singleElement()
        .isInstanceOf(MessagePackCodec.class);
  }

  @Test
  void documentsAreEqualAfterwardsAndThroughJson() {
    long seed = Long.getLong("stowage.seed", System.nanoTime());
    System.out.println("documentsAreEqualAfterwardsAndThroughJson seed " + seed);
    RandomDocuments documents = new RandomDocuments(seed);
    for (int i = 0; i < 5_000; i++) {
      Document document = documents.next();
      byte[] bytes = codec.encode(document);

      assertThat(codec.decode(bytes, Document.class)).as("seed %d", seed).isEqualTo(document);
      assertThat(codec.encode(document.asMap())).isEqualTo(bytes);
      assertThat(codec.fields(bytes))
          .as("seed %d", seed)
          .isEqualTo(json.fields(json.encode(document)));
      assertThat(codec.fields(bytes).keySet()).containsExactlyElementsOf(document.asMap().keySet());
      Document fromJson = json.decode(json.encode(document), Document.class);
      assertThat(codec.decode(codec.encode(fromJson), Document.class)).isEqualTo(document);
      Document there = codec.decode(bytes, Document.class);
      assertThat(json.decode(json.encode(there), Document.class)).isEqualTo(document);
    }
  }

  @Test
  void mapsThatAreNoDocumentsHaveTheFieldsOfTheirJson() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("decimal", new BigDecimal("2.50"));
    map.put("whole decimal", new BigDecimal("5"));
    map.put("large decimal", new BigDecimal("1E+3"));
    map.put("float", 0.1f);
    map.put("bytes", new byte[] {0, 1, (byte) 0xff});
    map.put("negative zero", -0.0);
    map.put("small", new BigInteger("3"));
    map.put("unsigned", new BigInteger("18446744073709551615"));
    map.put("beyond", new BigInteger("18446744073709551616"));
    map.put("least", BigInteger.valueOf(Long.MIN_VALUE));
    map.put("below", BigInteger.valueOf(Long.MIN_VALUE).subtract(BigInteger.ONE));
    map.put("moment", java.time.Instant.parse("2025-01-01T00:00:00.000000001Z"));
    map.put("array", new int[] {1, 2, 300, 70_000});

    assertThat(codec.fields(codec.encode(map))).isEqualTo(json.fields(json.encode(map)));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 81 a1 61 01",
    "127, 81 a1 61 7f",
    "-1, 81 a1 61 ff",
    "9223372036854775807, 81 a1 61 cf 7f ff ff ff ff ff ff ff",
    "18446744073709551615, 81 a1 61 cf ff ff ff ff ff ff ff ff",
    "18446744073709551616, 81 a1 61 c7 09 01 01 00 00 00 00 00 00 00 00",
    "0.125, 81 a1 61 c7 05 02 00 00 00 03 7d",
    "1E+400, 81 a1 61 c7 05 02 ff ff fe 70 01"
  })
  void numbersHaveTheseForms(BigDecimal number, String form) {
    assertThat(codec.encode(Map.of("a", number))).isEqualTo(hex(form));
  }

  @Test
  void sizesOfEveryFormComeBack() {
    for (int size : new int[] {0, 15, 16, 31, 32, 255, 256, 65_535, 65_536, 70_000}) {
      List<Object> list = new ArrayList<>();
      Map<String, Object> map = new LinkedHashMap<>();
      for (int i = 0; i < size; i++) {
        list.add((long) i);
        map.put("n" + i, List.of(Map.of(), List.of(), (long) i));
      }
      Document document =
          Document.of(Map.of("list", list, "map", map, "text", "x".repeat(size), "end", 1));

      assertThat(codec.decode(codec.encode(document), Document.class).equals(document)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "c0",
        "c1",
        "01",
        "a1 61",
        "90",
        "80 80",
        "80 c1",
        "81",
        "81 a1 61",
        "81 01 02",
        "81 c4 01 61 02",
        "82 a1 61 01 a1 61 02",
        "81 a1 61 a1 ff",
        "81 a1 61 a3 ed a0 80",
        "81 a1 61 cb 7f f8 00 00 00 00 00 00",
        "81 a1 61 ca 7f 80 00 00",
        "81 a1 61 db 7f ff ff ff",
        "81 a1 61 db ff ff ff ff",
        "81 a1 61 c6 7f ff ff ff",
        "81 a1 61 dd 7f ff ff ff",
        "81 a1 61 df 7f ff ff ff",
        "81 a1 61 c9 7f ff ff ff 01",
        "df ff ff ff ff",
        "81 a1 61 d4 03 00",
        "81 a1 61 c7 00 01",
        "81 a1 61 d6 02 00 00 00 00",
        "81 a1 61 c7 05 02 7f ff ff ff 01",
        "81 a1 61 d4 ff 00",
        "81 a1 61 c7 0c ff 00 00 00 00 7f ff ff ff ff ff ff ff"
      })
  void refusesWhatIsNoMapOfFields(String form) {
    assertThatThrownBy(() -> codec.fields(hex(form)))
        .isInstanceOf(SerializationException.class)
        .hasMessageStartingWith("payload ");
    assertThatThrownBy(() -> codec.decode(hex(form), Document.class))
        .isInstanceOf(SerializationException.class);
  }

  @Test
  void nestingUpToTheBoundComesBackAndDeeperIsRefused() {
    Map<String, Object> map = Map.of("a", 1L);
    for (int i = 0; i < 500; i++) {
      map = Map.of("a", map);
    }
    Map<String, Object> deepest = map;
    Map<String, Object> deeper = Map.of("a", deepest);

    assertThat(codec.fields(codec.encode(deepest))).isEqualTo(deepest);
    assertThatThrownBy(() -> codec.encode(deeper)).isInstanceOf(SerializationException.class);
    assertThat(codec.fields(hex("81a161".repeat(500) + "80"))).isNotEmpty();
    assertThatThrownBy(() -> codec.fields(hex("81a161".repeat(501) + "80")))
        .isInstanceOf(SerializationException.class);
    assertThatThrownBy(() -> codec.fields(hex("81a161" + "91".repeat(1_000_000))))
        .isInstanceOf(SerializationException.class);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void refusesToWriteWhatIsNoNumber(double number) {
    for (Object form :
        List.<Object>of(
            number, (float) number, new double[] {1, number}, new float[] {(float) number})) {
      assertThatThrownBy(() -> codec.encode(Map.of("a", form)))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining("number is " + number);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud83d", "\ude00", "ab\ud83dc", "\ude00\ud83d", "😀\ud83d"})
  void refusesToWriteLoneSurrogates(String lone) {
    for (Object form :
        List.of(Map.of("a", lone), Map.of(lone, 1), Map.of("a", lone.toCharArray()))) {
      assertThatThrownBy(() -> codec.encode(form))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining("lone surrogate U+");
    }
  }

  @Test
  void longNumbersAndTextsComeBackAndLongerOnesAreRefused() {
    BigInteger longest = BigInteger.ONE.shiftLeft(33_000).subtract(BigInteger.ONE);
    Map<String, Object> fits =
        Map.of(
            "a",
            longest,
            "b",
            longest.negate(),
            "c",
            new BigDecimal(longest, 4_000),
            "d",
            "ü".repeat(20_000_000),
            "\uFFFD",
            "replacement character \uFFFD");

    assertThat(codec.fields(codec.encode(fits)).equals(fits)).isTrue();
    BigInteger longer = longest.add(BigInteger.ONE);
    for (Object refused :
        List.of(
            longer, new BigDecimal(longer, 3), "x".repeat(20_000_001), "ü".repeat(20_000_001))) {
      assertThatThrownBy(() -> codec.encode(Map.of("a", refused)))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining("allowed are at most");
    }
    byte[] text = "x".repeat(20_000_001).getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[text.length + 8];
    byte[] header = hex("81 a1 61 db 01 31 2d 01");
    System.arraycopy(header, 0, bytes, 0, header.length);
    System.arraycopy(text, 0, bytes, header.length, text.length);
    assertThatThrownBy(() -> codec.fields(bytes))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("text has 20000001 characters");
  }

  @Test
  void namesThatWouldBeThereTwiceAreRefused() {
    Map<Object, Object> twice = new LinkedHashMap<>();
    for (int i = 0; i < 100; i++) {
      twice.put(i, Map.of("x", i));
    }
    twice.put("7", 7);

    assertThatThrownBy(() -> codec.encode(Map.of("a", twice)))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("name '7' is there twice in one object");
  }

  @Test
  void aRefusedItemLeavesNothingBehind() {
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(() -> codec.encode(Map.of("a", List.of("x".repeat(1000), Double.NaN))))
          .isInstanceOf(SerializationException.class);
      assertThat(codec.encode(Map.of("a", 1))).isEqualTo(hex("81 a1 61 01"));
    }
  }
}
