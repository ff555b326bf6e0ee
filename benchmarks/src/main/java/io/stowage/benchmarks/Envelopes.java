package io.stowage.benchmarks;

import io.stowage.api.Compression;
import io.stowage.api.Document;
import io.stowage.serialization.json.JsonCodec;
import io.stowage.spi.BlobPort;
import io.stowage.spi.Content;
import io.stowage.spi.DictionaryPort;
import io.stowage.spi.EnvelopePort;
import io.stowage.spi.EnvelopeProvider;
import io.stowage.spi.EnvelopeSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The ways in which a store may compress, each ready for use, and something to compress. */
@SuppressWarnings("ImmutableEnumChecker") // a compression is immutable
public enum Envelopes {
  /** gzip at its usual level. */
  GZIP(Compression.gzip(), false),
  /** Zstandard at its usual level. */
  ZSTD(Compression.zstd(), false),
  /** Zstandard with a dictionary of items like the one that is compressed. */
  ZSTD_DICTIONARY(Compression.zstd(), true),
  /** LZ4. */
  LZ4(Compression.lz4(), false);

  private static final int MAX_ITEM_SIZE = 1 << 24;
  private static final int DICTIONARY_BYTES = 16 << 10;
  private static final int SAMPLES = 1_000;

  private final Compression compression;
  private final boolean withDictionary;

  Envelopes(Compression compression, boolean withDictionary) {
    this.compression = compression;
    this.withDictionary = withDictionary;
  }

  /** The envelopes of a store that compresses so. */
  public EnvelopePort open() {
    InMemoryBlobs blobs = new InMemoryBlobs();
    if (!withDictionary) {
      return open(blobs, List.of());
    }
    DictionaryPort dictionaries = open(blobs, List.of()).dictionaries().orElseThrow();
    List<byte[]> samples = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      samples.add(content(i).bytes());
    }
    dictionaries.store(1, dictionaries.train(samples, DICTIONARY_BYTES));
    return open(blobs, List.of(1));
  }

  private EnvelopePort open(BlobPort blobs, List<Integer> dictionaries) {
    return open(compression, blobs, dictionaries);
  }

  /** The envelopes of a store that compresses in a way. */
  static EnvelopePort open(Compression compression, BlobPort blobs, List<Integer> dictionaries) {
    EnvelopeProvider provider =
        ServiceLoader.load(EnvelopeProvider.class)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no envelope provider is installed"));
    return provider.open(
        new EnvelopeSettings(
            "messages",
            compression,
            Optional.empty(),
            MAX_ITEM_SIZE,
            blobs,
            () -> dictionaries,
            () -> false));
  }

  /** An encoded item; each number makes another. */
  public static Content content(int number) {
    JsonCodec codec = new JsonCodec();
    Document message = Document.of(codec.fields(codec.encode(Message.sample())));
    Document changed =
        message
            .with("id", "id-" + number * 7_919L)
            .with("session_id", "session-" + number % 50)
            .with("turn", number);
    return new Content("json", 1, codec.encode(changed));
  }
}
