package io.stowage.serialization.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Compression;
import io.stowage.api.Compression.Algorithm;
import io.stowage.spi.Content;
import io.stowage.spi.EnvelopeHeader;
import io.stowage.spi.EnvelopePort;
import io.stowage.spi.EnvelopeProvider;
import io.stowage.spi.SerializationException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class StoreEnvelopesTest {

  private static final String LONG = "{\"text\":\"" + "abcabcabd".repeat(60) + "\"}";

  private static Compression of(Algorithm algorithm) {
    return switch (algorithm) {
      case NONE -> Compression.none();
      case GZIP -> Compression.gzip();
      case ZSTD -> Compression.zstd();
      case LZ4 -> Compression.lz4();
    };
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  private static Content open(EnvelopePort port, byte[] payload) {
    return port.open(payload, Stores.ID, Stores.VERSION);
  }

  @Test
  void isFoundAsService() {
    assertThat(ServiceLoader.load(EnvelopeProvider.class))
        .hasAtLeastOneElementOfType(StowageEnvelopes.class);
  }

  @Test
  void plainJsonIsTheSameArrayAllTheWay() {
    EnvelopePort port = Stores.open(Compression.none());
    Content content = Stores.json(LONG);

    byte[] payload = Stores.payload(port, content);

    assertThat(payload).isSameAs(content.bytes());
    assertThat(open(port, payload).bytes()).isSameAs(payload);
    assertThat(port.header(payload))
        .isEqualTo(
            new EnvelopeHeader(
                "json",
                1,
                Algorithm.NONE,
                OptionalInt.of(LONG.length()),
                OptionalInt.empty(),
                OptionalLong.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "json,    2,   c1 01 01 10 02",
    "json,    300, c1 01 01 10 ac02",
    "msgpack, 1,   c1 01 02 00",
    "kryo,    1,   c1 01 03 00",
    "my-own,  1,   c1 01 00 00 06 6d792d6f776e",
    "my-own,  7,   c1 01 00 10 06 6d792d6f776e 07",
  })
  void headersAreAsTheFormatSays(String codec, int schemaVersion, String head) {
    EnvelopePort port = Stores.open(Compression.none());
    Content content = new Content(codec, schemaVersion, new byte[] {9, 8, 7});

    byte[] payload = Stores.payload(port, content);

    assertThat(payload).isEqualTo(hex(head + "090807"));
    Content back = open(port, payload);
    assertThat(back.codec()).isEqualTo(codec);
    assertThat(back.schemaVersion()).isEqualTo(schemaVersion);
    assertThat(back.bytes()).isEqualTo(content.bytes());
    assertThat(port.header(payload).encodedBytes()).hasValue(3);
  }

  @ParameterizedTest
  @EnumSource(value = Algorithm.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void compressesFromTheThresholdOn(Algorithm algorithm) {
    Content content = Stores.json(LONG);
    EnvelopePort below = Stores.open(of(algorithm).withThreshold(LONG.length() + 1));
    EnvelopePort at = Stores.open(of(algorithm).withThreshold(LONG.length()));

    byte[] compressed = Stores.payload(at, content);

    assertThat(Stores.payload(below, content)).isSameAs(content.bytes());
    assertThat(compressed).hasSizeLessThan(LONG.length() / 4);
    assertThat(Arrays.copyOf(compressed, 6))
        .isEqualTo(
            hex(
                "c1 01 01 0"
                    + List.of("none", "gzip", "zstd", "lz4").indexOf(algorithm.label())
                    + "a704"));
    assertThat(open(below, compressed).bytes()).isEqualTo(content.bytes());
    assertThat(at.header(compressed).compression()).isEqualTo(algorithm);
    assertThat(at.header(compressed).encodedBytes()).hasValue(LONG.length());
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void isNeverLargerThanUncompressed(Algorithm algorithm) {
    Random random = new Random(5);
    EnvelopePort port = Stores.open(of(algorithm).withThreshold(0));
    for (int length = 0; length < 400; length++) {
      byte[] noise = new byte[length];
      random.nextBytes(noise);
      String text = "\"" + HexFormat.of().formatHex(noise).substring(0, length) + "\"";
      byte[] packed = port.pack(Stores.json(text));
      byte[] other = port.pack(new Content("kryo", 1, noise));

      assertThat(packed.length).isLessThanOrEqualTo(text.length());
      assertThat(other.length).isLessThanOrEqualTo(4 + length);
      assertThat(open(port, packed).bytes()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
      assertThat(open(port, other).bytes()).isEqualTo(noise);
    }
  }

  @Test
  void anyMixtureReads() {
    List<EnvelopePort> stores = new ArrayList<>();
    for (Algorithm algorithm : Algorithm.values()) {
      stores.add(Stores.open(of(algorithm)));
    }
    for (EnvelopePort writer : stores) {
      for (String codec : List.of("json", "msgpack", "kryo", "third-party")) {
        for (int version : new int[] {1, 2, 200, Integer.MAX_VALUE}) {
          Content content = new Content(codec, version, LONG.getBytes(StandardCharsets.UTF_8));
          byte[] payload = Stores.payload(writer, content);
          for (EnvelopePort reader : stores) {
            assertThat(open(reader, payload)).usingRecursiveComparison().isEqualTo(content);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void aLargeContentComesBack(Algorithm algorithm) {
    EnvelopePort port = Stores.open(of(algorithm));
    byte[] bytes = LONG.repeat(Stores.MAX / LONG.length()).getBytes(StandardCharsets.UTF_8);

    byte[] payload = Stores.payload(port, new Content("msgpack", 1, bytes));

    assertThat(open(port, payload).bytes()).isEqualTo(bytes);
  }

  @Test
  void refusesWhatIsTooLarge() {
    EnvelopePort port = Stores.open(Compression.zstd());

    assertThatThrownBy(() -> port.pack(new Content("json", 1, new byte[Stores.MAX + 1])))
        .isInstanceOf(SerializationException.class)
        .hasMessage("encoded item is 16777217 bytes; allowed is 16777216 (maxItemSize)");
    assertThatThrownBy(() -> open(port, new byte[Stores.MAX + 1]))
        .isInstanceOf(SerializationException.class)
        .hasMessage("encoded item is 16777217 bytes; allowed is 16777216 (maxItemSize)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                        | payload is empty",
        "c1                        | envelope ends after 1 bytes, in its format",
        "c1 02 01 00               | envelope is of format 2, which this version cannot read; it reads 1",
        "c1 00 01 00               | envelope is of format 0, which this version cannot read; it reads 1",
        "c1 01                     | envelope ends after 2 bytes, in its codec",
        "c1 01 04 00 00            | envelope names codec 4, which this version does not know; it knows 0 to 3",
        "c1 01 01                  | envelope ends after 3 bytes, in its flags",
        "c1 01 01 c0 00            | envelope names flags 192, which this version does not know; it knows 0 to 191",
        "c1 01 01 04 01 00         | envelope names compression 4, which this version does not know; it knows 0 to 3",
        "c1 01 01 21 01 01 00      | envelope has a dictionary with compression 'gzip'; allowed is it with 'zstd'",
        "c1 01 01 10 00            | envelope's schema version is 0; allowed is 1 to 2147483647",
        "c1 01 01 02 00            | envelope's original length is 0; allowed is 1 to 2147483647",
        "c1 01 01 02 ff            | envelope ends after 5 bytes, in its original length",
        "c1 01 01 02 8080808008 00 | envelope's original length is 2147483648; allowed is 1 to 2147483647",
        "c1 01 01 02 80c8afa025 00 | envelope's original length is 10000000000; allowed is 1 to 2147483647",
        "c1 01 01 02 8080808080 01 | envelope's original length is longer than 5 bytes",
        "c1 01 01 02 ffffffff07 00 | original length is 2147483647 bytes; allowed is 16777216 (maxItemSize)",
        "c1 01 01 22 0a 80         | envelope ends after 6 bytes, in its dictionary number",
        "c1 01 01 22 0a 05 00      | compression dictionary 5 is not in the store",
        "c1 01 00 00 ff 61         | envelope ends after 6 bytes, in its codec name",
        "c1 01 00 00 00 61         | codec name is ''; allowed is 1 to 32 lower-case letters, digits and '-'",
        "c1 01 00 00 01 41         | codec name is 'A'; allowed is 1 to 32 lower-case letters, digits and '-'",
        "c1 01 01 40 000003        | envelope ends after 7 bytes, in its key id",
        "c1 01 01 80 000003        | envelope ends after 7 bytes, in its key id",
      })
  void damageIsNamed(String payload, String message) {
    EnvelopePort port = Stores.open(Compression.none());

    assertThatThrownBy(() -> open(port, hex(payload)))
        .isInstanceOf(SerializationException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "zstd", "lz4"})
  void aBodyThatIsCutOrGrownIsRefused(String name) {
    EnvelopePort port = Stores.open(of(Algorithm.valueOf(name.toUpperCase(Locale.ROOT))));
    byte[] payload = Stores.payload(port, Stores.json(LONG));
    for (int length = 0; length < payload.length; length++) {
      byte[] cut = Arrays.copyOf(payload, length);
      assertThatThrownBy(() -> open(port, cut))
          .as("cut to %d", length)
          .isInstanceOf(SerializationException.class);
    }
    assertThatThrownBy(() -> open(port, Arrays.copyOf(payload, payload.length + 1)))
        .isInstanceOf(SerializationException.class);
    for (int difference : new int[] {-1, 1}) {
      byte[] wrong = payload.clone();
      wrong[4] += (byte) difference;
      assertThatThrownBy(() -> open(port, wrong)).isInstanceOf(SerializationException.class);
    }
  }

  @Test
  void namesAndVersionsThatCannotBeWrittenAreRefused() {
    EnvelopePort port = Stores.open(Compression.none());

    assertThatThrownBy(() -> port.pack(new Content("A", 1, new byte[1])))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("codec name is 'A'");
    assertThatThrownBy(() -> port.pack(new Content("json", 0, new byte[1])))
        .isInstanceOf(SerializationException.class)
        .hasMessage("schema version is 0; allowed is 1 and more");
  }

  @Test
  void contentThatLooksLikeAnEnvelopeGetsOne() {
    EnvelopePort port = Stores.open(Compression.none());
    byte[] bytes = {(byte) 0xC1, 1, 1, 0, 5};

    byte[] payload = Stores.payload(port, new Content("json", 1, bytes));

    assertThat(open(port, payload).bytes()).isEqualTo(bytes);
  }
}
