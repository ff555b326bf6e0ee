package io.stowage.serialization.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Compression;
import io.stowage.api.KeyProvider;
import io.stowage.serialization.support.MapBlobs;
import io.stowage.spi.Content;
import io.stowage.spi.EnvelopePort;
import io.stowage.spi.SerializationPort;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every combination of codec, compression and encryption, as an earlier build wrote it: what is
 * stored once stays readable. The files are never written again; {@code
 * -Dstowage.golden.write=src/test/resources/golden} writes those that are missing, and no other.
 * The keys and the dictionary are for these tests only.
 */
class GoldenFilesTest {

  /** A codec that is added here needs its files. */
  private static final List<String> CODECS = List.of("json", "kryo", "msgpack");

  private static final Map<String, Compression> COMPRESSIONS =
      Map.of(
          "none", Compression.none(),
          "gzip", Compression.gzip(),
          "zstd", Compression.zstd(),
          "zstd-dictionary", Compression.zstd(),
          "lz4", Compression.lz4());

  private static final String WRITE = "stowage.golden.write";

  static Stream<String> names() {
    TreeSet<String> names = new TreeSet<>();
    for (String codec : CODECS) {
      for (String compression : COMPRESSIONS.keySet()) {
        names.add(codec + "_" + compression + "_plain");
        names.add(codec + "_" + compression + "_encrypted");
      }
    }
    return names.stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void whatWasWrittenOnceIsRead(String name) throws IOException {
    String[] parts = name.split("_", -1);
    SerializationPort codec = codec(parts[0]);
    EnvelopePort port = store(parts[1], parts[2].equals("encrypted"));
    String folder = System.getProperty(WRITE);
    if (folder != null && !Files.exists(Path.of(folder, name + ".bin"))) {
      Content content = new Content(codec.name(), 1, codec.encode(document()));
      Files.write(
          Path.of(folder, name + ".bin"),
          Stores.payload(port, content),
          StandardOpenOption.CREATE_NEW);
      return;
    }
    byte[] payload = Stores.resource(name + ".bin");

    Content content = port.open(payload, Stores.ID, Stores.VERSION);

    assertThat(content.codec()).isEqualTo(codec.name());
    assertThat(content.schemaVersion()).isEqualTo(1);
    assertThat(codec.fields(content.bytes())).isEqualTo(document());
    assertThat(port.header(payload).compression())
        .isEqualTo(COMPRESSIONS.getOrDefault(parts[1], Compression.none()).algorithm());
    assertThat(port.header(payload).dictionary().isPresent())
        .isEqualTo(parts[1].equals("zstd-dictionary"));
    assertThat(port.header(payload).keyId().isPresent()).isEqualTo(parts[2].equals("encrypted"));
  }

  @Test
  void plainJsonIsWrittenTheSameAsEver() {
    assertThat(Stores.resource("json_none_plain.bin")).isEqualTo(codec("json").encode(document()));
  }

  private static SerializationPort codec(String name) {
    return ServiceLoader.load(SerializationPort.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static EnvelopePort store(String compression, boolean encrypted) {
    MapBlobs blobs = new MapBlobs();
    Optional<KeyProvider> keys = encrypted ? Optional.of(Stores.keys()) : Optional.empty();
    int dictionary = compression.equals("zstd-dictionary") ? 1 : 0;
    EnvelopePort port =
        Stores.open(
            COMPRESSIONS.getOrDefault(compression, Compression.none()),
            keys,
            blobs,
            () -> dictionary);
    assertThat(port.dictionaries().orElseThrow().store(1, Stores.resource("dictionary-1.test.bin")))
        .isTrue();
    return port;
  }

  private static Map<String, @Nullable Object> document() {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("id", "item-1");
    document.put("type", "user_message");
    document.put("created_at", "2025-01-01T00:00:00.123456789Z");
    document.put("content", "stored reply, thread, question: answer please again. ".repeat(8));
    document.put("umlauts", "äöü ß € 😀");
    document.put("nothing", null);
    document.put("yes", true);
    document.put("count", 42L);
    document.put("big", new BigInteger("123456789012345678901234567890"));
    document.put("list", List.of("a", "b", List.of(), Map.of("deep", "value")));
    return document;
  }
}
