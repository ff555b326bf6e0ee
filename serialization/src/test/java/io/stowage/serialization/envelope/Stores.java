package io.stowage.serialization.envelope;

import io.stowage.api.Compression;
import io.stowage.api.KeyProvider;
import io.stowage.api.Version;
import io.stowage.serialization.support.MapBlobs;
import io.stowage.spi.Content;
import io.stowage.spi.EnvelopePort;
import io.stowage.spi.EnvelopeSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;

/** Envelopes of a store in memory, and what is put into them. */
final class Stores {

  static final int MAX = 16 << 20;
  static final String ID = "item-1";
  static final Version VERSION = Version.of(1_700_000_000_000_000L, 7);

  private Stores() {}

  static EnvelopePort open(
      Compression compression, Optional<KeyProvider> keys, MapBlobs blobs, IntSupplier current) {
    return new StowageEnvelopes()
        .open(
            new EnvelopeSettings(
                "messages",
                compression,
                keys,
                MAX,
                blobs,
                () -> upTo(current.getAsInt()),
                () -> false));
  }

  private static List<Integer> upTo(int last) {
    return IntStream.rangeClosed(1, last).boxed().toList();
  }

  static EnvelopePort open(Compression compression) {
    return open(compression, Optional.empty(), new MapBlobs(), () -> 0);
  }

  static EnvelopePort encrypted(Compression compression) {
    return open(compression, Optional.of(keys()), new MapBlobs(), () -> 0);
  }

  static KeyProvider keys() {
    return () -> resource("test-keys-not-secret.json");
  }

  static KeyProvider rotatedKeys() {
    return () -> resource("test-keys-rotated-not-secret.json");
  }

  static byte[] resource(String name) {
    try (InputStream in = Stores.class.getResourceAsStream("/golden/" + name)) {
      if (in == null) {
        throw new IllegalStateException("no resource golden/" + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Content json(String text) {
    return new Content("json", 1, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] payload(EnvelopePort port, Content content) {
    return port.seal(port.pack(content), ID, VERSION);
  }

  /** JSON of a message of some hundred bytes. */
  static String message(Random random) {
    StringBuilder text = new StringBuilder();
    String[] words = {
      "stored", "reply", "thread", "question", "answer", "please", "again", "order"
    };
    for (int i = 0; i < 30 + random.nextInt(30); i++) {
      text.append(words[random.nextInt(words.length)]).append(' ').append(random.nextInt(100));
    }
    return "{\"session_id\":\"session-"
        + random.nextInt(1000)
        + "\",\"type\":\"user_message\",\"created_at\":\"2025-01-01T00:00:"
        + (10 + random.nextInt(50))
        + "Z\",\"content\":\""
        + text
        + "\"}";
  }

  static List<byte[]> samples(int count, long seed) {
    Random random = new Random(seed);
    List<byte[]> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      samples.add(message(random).getBytes(StandardCharsets.UTF_8));
    }
    return samples;
  }
}
