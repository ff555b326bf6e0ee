package io.stowage.serialization.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Document;
import io.stowage.spi.SerializationException;
import io.stowage.spi.SerializationPort;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class JsonCodecDocumentTest {

  private final JsonCodec codec = new JsonCodec();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String text(Object item) {
    return new String(codec.encode(item), StandardCharsets.UTF_8);
  }

  @Test
  void isFoundByItsName() {
    assertThat(ServiceLoader.load(SerializationPort.class))
        .filteredOn(found -> found.name().equals("json"))
        .singleElement()
        .isInstanceOf(JsonCodec.class);
  }

  @Test
  void writesPlainCompactJson() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("sessionId", "s\n\u0001/ü€😀");
    map.put("n", null);
    map.put("list", Arrays.asList(1, null, 2.50, true));
    map.put("big", new BigDecimal("1E+400"));

    assertThat(text(Document.of(map)))
        .isEqualTo(
            "{\"sessionId\":\"s\\n\\u0001/ü€😀\",\"n\":null,\"list\":[1,null,2.5,true],"
                + "\"big\":1E+400}");
    assertThat(text(map)).isEqualTo(text(Document.of(map)));
  }

  @Test
  void documentsEqualThemselvesAfterwards() {
    long seed = Long.getLong("stowage.seed", System.nanoTime());
    System.out.println("documentsEqualThemselvesAfterwards seed " + seed);
    RandomDocuments documents = new RandomDocuments(seed);
    for (int i = 0; i < 5_000; i++) {
      Document document = documents.next();
      byte[] bytes = codec.encode(document.asMap());
      assertThat(Document.of(codec.fields(bytes))).as("seed %d", seed).isEqualTo(document);
      assertThat(codec.decode(bytes, Document.class)).isEqualTo(document);
      assertThat(codec.fields(bytes).keySet()).containsExactlyElementsOf(document.asMap().keySet());
      assertThat(codec.encode(codec.fields(bytes))).isEqualTo(bytes);
    }
  }

  @Test
  void everyTruncationIsRefused() {
    long seed = Long.getLong("stowage.seed", System.nanoTime());
    System.out.println("everyTruncationIsRefused seed " + seed);
    RandomDocuments documents = new RandomDocuments(seed);
    for (int i = 0; i < 50; i++) {
      byte[] whole = codec.encode(documents.next().asMap());
      for (int length = 0; length < whole.length; length++) {
        byte[] cut = Arrays.copyOf(whole, length);
        assertThatThrownBy(() -> codec.fields(cut)).isInstanceOf(SerializationException.class);
      }
    }
  }

  @Test
  void numbersComeAsTheSmallestTypeThatHoldsThem() {
    Map<String, Object> fields =
        codec.fields(
            bytes(
                "{\"a\":1,\"b\":9223372036854775807,\"c\":9223372036854775808,\"d\":0.1,\"e\":1.0,"
                    + "\"f\":0.12345678901234567890123,\"g\":-0.0,\"h\":1e400,\"i\":1e2}"));

    assertThat(fields)
        .containsEntry("a", 1L)
        .containsEntry("b", Long.MAX_VALUE)
        .containsEntry("c", new BigInteger("9223372036854775808"))
        .containsEntry("d", 0.1d)
        .containsEntry("e", 1.0d)
        .containsEntry("f", new BigDecimal("0.12345678901234567890123"))
        .containsEntry("g", -0.0d)
        .containsEntry("h", new BigDecimal("1E+400"))
        .containsEntry("i", 100.0d);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1]",
        "\"text\"",
        "1",
        "true",
        "null",
        " null ",
        "",
        " ",
        "{}{}",
        "{} x",
        "{}]",
        "{",
        "{\"a\":1,\"a\":2}",
        "{\"a\":{\"b\":1,\"b\":1}}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":1,}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":0x1}",
        "/**/{}",
        "{\"a\":tru}",
        "{\"a\":\"\u0001\"}",
        "\ufeff[]"
      })
  void refusesWhatIsNoMapOfFields(String text) {
    assertThatThrownBy(() -> codec.fields(bytes(text)))
        .isInstanceOf(SerializationException.class)
        .hasMessageStartingWith("payload ");
    assertThatThrownBy(() -> codec.decode(bytes(text), Document.class))
        .isInstanceOf(SerializationException.class);
  }

  @Test
  void refusesBytesThatAreNoUtf8() {
    byte[] bad = bytes("{\"a\":\"xy\"}");
    bad[6] = (byte) 0xff;

    assertThatThrownBy(() -> codec.fields(bad)).isInstanceOf(SerializationException.class);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void refusesToWriteWhatIsNoNumber(double number) {
    List<Object> forms =
        List.of(number, (float) number, new double[] {1, number}, new float[] {(float) number});
    for (Object form : forms) {
      assertThatThrownBy(() -> codec.encode(Map.of("a", form)))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining("number is " + number + "; JSON holds finite numbers only");
    }
    assertThat(text(Map.of("a", new double[] {1.5, 2}))).isEqualTo("{\"a\":[1.5,2.0]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud83d", "\ude00", "ab\ud83dc", "\ude00\ud83d", "😀\ud83d"})
  void refusesToWriteLoneSurrogates(String lone) {
    List<Object> forms =
        List.of(
            Map.of("a", lone),
            Map.of(lone, 1),
            Map.of("a", List.of(lone)),
            Map.of("a", new String[] {lone}),
            Map.of("a", lone.toCharArray()));
    for (Object form : forms) {
      assertThatThrownBy(() -> codec.encode(form))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining("text has the lone surrogate U+")
          .hasMessageContaining("which UTF-8 cannot hold");
    }
  }

  @Test
  void nestingUpToTheBoundComesBackAndDeeperIsRefused() {
    Document deepest = Document.of(nested(500));

    assertThat(codec.decode(codec.encode(deepest), Document.class)).isEqualTo(deepest);
    assertThatThrownBy(() -> codec.encode(nested(501))).isInstanceOf(SerializationException.class);
    String deeper = "{\"a\":".repeat(502) + "1" + "}".repeat(502);
    assertThatThrownBy(() -> codec.fields(bytes(deeper)))
        .isInstanceOf(SerializationException.class);
    String abyss = "{\"a\":" + "[".repeat(1_000_000);
    assertThatThrownBy(() -> codec.fields(bytes(abyss))).isInstanceOf(SerializationException.class);
  }

  private static Map<String, Object> nested(int levels) {
    Map<String, Object> map = Map.of("a", 1);
    for (int i = 0; i < levels; i++) {
      map = Map.of("a", map);
    }
    return map;
  }

  @Test
  void largeItemsComeBack() {
    Document document =
        Document.of(
            Map.of(
                "text",
                "ü😀x".repeat(3_000_000),
                "x".repeat(200_000),
                1,
                "list",
                Collections.nCopies(200_000, "element")));

    assertThat(codec.decode(codec.encode(document), Document.class).equals(document)).isTrue();
  }

  @Test
  void longNumbersComeBackAndLongerOnesAreRefused() {
    BigInteger longest = BigInteger.ONE.shiftLeft(33_000).subtract(BigInteger.ONE);
    Document document =
        Document.of(
            Map.of("a", longest, "b", longest.negate(), "c", new BigDecimal(longest, 4_000)));

    assertThat(codec.decode(codec.encode(document), Document.class)).isEqualTo(document);
    BigInteger longer = longest.add(BigInteger.ONE);
    for (Number refused : List.of(longer, new BigDecimal(longer, 3))) {
      assertThatThrownBy(() -> codec.encode(Map.of("a", refused)))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining("number has 33001 bits; allowed are at most 33000");
    }
    assertThatThrownBy(() -> codec.fields(bytes("{\"a\":" + "1".repeat(10_001) + "}")))
        .isInstanceOf(SerializationException.class);
  }

  @Test
  void textsThatLookLikeEscapesAreWritten() {
    for (String text :
        List.of("\\ud83d", "\\\\uD83D", "\\", "\n\"\\u", "\\uD83D\\u0041", "\\uDE00")) {
      Document document = Document.of(Map.of("a", text, "b" + text, "😀" + text));

      assertThat(codec.decode(codec.encode(document), Document.class)).isEqualTo(document);
    }
  }

  @Test
  void loneSurrogatesAreFoundAtEveryPlace() {
    for (int before = 0; before < 20; before++) {
      Map<String, Object> lone =
          Map.of("a", "\n".repeat(before % 3) + "x".repeat(before) + "\ud83d");
      assertThatThrownBy(() -> codec.encode(lone)).isInstanceOf(SerializationException.class);
    }
  }

  @Test
  void theLongestTextsAreWrittenAndReadAndLongerOnesAreNot() {
    String longest = "x".repeat(20_000_000);
    for (Map<String, Object> fits :
        List.<Map<String, Object>>of(Map.of("a", longest), Map.of("a", longest, "b", longest))) {
      assertThat(codec.fields(codec.encode(fits)).equals(fits)).isTrue();
    }
    String longer = longest + "x";
    for (Object refused :
        List.of(Map.of("a", longer), Map.of(longer, "a"), Map.of("a", new StringBuilder(longer)))) {
      assertThatThrownBy(() -> codec.encode(refused))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining("20000001")
          .hasMessageContaining("20000000");
    }
    assertThatThrownBy(() -> codec.fields(bytes("{\"a\":\"" + longer + "\"}")))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("20000001")
        .hasMessageContaining("20000000");
  }

  @Test
  void namesThatWouldBeThereTwiceAreRefused() {
    Map<Object, Object> twice = new LinkedHashMap<>();
    twice.put(1, "a");
    twice.put("1", "b");
    Map<Object, Object> manyAndTwice = new LinkedHashMap<>();
    for (int i = 0; i < 100; i++) {
      manyAndTwice.put(i, Map.of("x", i));
    }
    manyAndTwice.put("7", 7);

    for (Object refused : List.of(twice, List.of(Map.of(), twice), manyAndTwice)) {
      assertThatThrownBy(() -> codec.encode(Map.of("a", refused)))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining("is there twice in one object");
    }
  }

  @Test
  void messagesDoNotQuoteTheWholeContent() {
    String secret = "x".repeat(100_000);
    for (String text :
        List.of("{\"a\":\"" + secret, "[\"" + secret + "\"]", "\"" + secret + "\"")) {
      assertThatThrownBy(() -> codec.fields(bytes(text)))
          .isInstanceOf(SerializationException.class)
          .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
    }
  }
}
