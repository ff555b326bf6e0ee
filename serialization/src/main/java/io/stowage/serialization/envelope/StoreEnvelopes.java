package io.stowage.serialization.envelope;

import io.stowage.api.Compression;
import io.stowage.api.Compression.Algorithm;
import io.stowage.api.Version;
import io.stowage.serialization.compression.Compressor;
import io.stowage.serialization.compression.Compressors;
import io.stowage.serialization.compression.Library;
import io.stowage.serialization.compression.Scratch;
import io.stowage.spi.BlobPort;
import io.stowage.spi.Content;
import io.stowage.spi.DictionaryPort;
import io.stowage.spi.EnvelopeHeader;
import io.stowage.spi.EnvelopePort;
import io.stowage.spi.EnvelopeSettings;
import io.stowage.spi.KeyPort;
import io.stowage.spi.SerializationException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The stored form of one store's values. */
final class StoreEnvelopes implements EnvelopePort {

  private static final Compression GZIP = Compression.gzip().withThreshold(0);
  private static final Compression ZSTD = Compression.zstd().withThreshold(0);
  private static final Compression LZ4 = Compression.lz4().withThreshold(0);

  private final EnvelopeSettings settings;
  private final Compression compression;

  /** Compresses without a dictionary; null if nothing is compressed. */
  private final @Nullable Compressor compressor;

  private final StoreDictionaries dictionaries;
  private final Sealing sealing;
  private final Optional<EnvelopeKeys> keys;
  private final Scratch scratch;

  StoreEnvelopes(
      EnvelopeSettings settings,
      @Nullable Compressor compressor,
      StoreDictionaries dictionaries,
      Sealing sealing,
      Optional<EnvelopeKeys> keys,
      Scratch scratch) {
    this.settings = settings;
    this.compression = settings.compression();
    this.compressor = compressor;
    this.dictionaries = dictionaries;
    this.sealing = sealing;
    this.keys = keys;
    this.scratch = scratch;
  }

  @Override
  public byte[] pack(Content content) {
    byte[] bytes = content.bytes();
    checkSize("encoded item", bytes.length);
    boolean plain =
        content.schemaVersion() == 1
            && content.codec().equals(Header.PLAIN_CODEC)
            && bytes.length > 0
            && !Header.isEnvelope(bytes);
    Header header = plain ? Header.PLAIN : uncompressed(content);
    byte[] compressed = compress(header, bytes, plain && sealing.cipher() == null);
    if (compressed != null) {
      return compressed;
    }
    if (plain) {
      return bytes;
    }
    int size = header.size();
    byte[] packed = new byte[Math.addExact(size, bytes.length)];
    header.write(packed);
    System.arraycopy(bytes, 0, packed, size, bytes.length);
    return packed;
  }

  private static Header uncompressed(Content content) {
    if (content.schemaVersion() < 1) {
      throw new SerializationException(
          "schema version is " + content.schemaVersion() + "; allowed is 1 and more", null);
    }
    return new Header(
        Header.checkName(content.codec()), content.schemaVersion(), Algorithm.NONE, 0, 0);
  }

  /**
   * The bytes in an envelope, compressed; null if that is not to be done, or is not smaller.
   *
   * @param headless whether the bytes would be stored without a header if not compressed
   */
  private byte @Nullable [] compress(Header header, byte[] bytes, boolean headless) {
    if (compressor == null || bytes.length < compression.threshold() || bytes.length == 0) {
      return null;
    }
    int number = compression.algorithm() == Algorithm.ZSTD ? currentDictionary() : 0;
    Compressor chosen = number == 0 ? compressor : dictionaries.compressor(number);
    Header compressed =
        new Header(
            header.codec(), header.schemaVersion(), compression.algorithm(), bytes.length, number);
    int size = compressed.size();
    int bound = chosen.bound(bytes.length);
    byte[] buffer = scratch.take(bound);
    try {
      int body = chosen.compress(bytes, 0, bytes.length, buffer, 0, bound);
      int otherwise = (headless ? 0 : header.size()) + bytes.length;
      if (body < 0 || size + body >= otherwise) {
        return null;
      }
      byte[] packed = new byte[size + body];
      compressed.write(packed);
      System.arraycopy(buffer, 0, packed, size, body);
      return packed;
    } finally {
      scratch.give(buffer);
    }
  }

  /** The number of the dictionary to compress with; 0 if there is none, or it is gone. */
  private int currentDictionary() {
    List<Integer> numbers = settings.dictionaries().get();
    int last = numbers.isEmpty() ? 0 : numbers.get(numbers.size() - 1);
    return last != 0 && dictionaries.isThere(last) ? last : 0;
  }

  @Override
  public byte[] seal(byte[] packed, String id, Version version) {
    return sealing.seal(packed, id, version);
  }

  @Override
  public Content open(byte[] payload, String id, Version version) {
    Header header = Header.of(payload);
    checkSize("original length", header.originalLength());
    byte[] body = payload;
    int start = Header.isEnvelope(payload) ? header.size() : 0;
    if (header.encrypted()) {
      body = sealing.unseal(header, payload, id, version);
      start = 0;
    }
    byte[] bytes;
    if (header.compressed()) {
      bytes = new byte[header.originalLength()];
      reader(header).decompress(body, start, body.length - start, bytes);
    } else {
      checkSize("encoded item", body.length - start);
      bytes = start == 0 ? body : Arrays.copyOfRange(body, start, body.length);
    }
    return new Content(header.codec(), header.schemaVersion(), bytes);
  }

  private Compressor reader(Header header) {
    return switch (header.compression()) {
      case NONE -> throw new IllegalStateException("payload is not compressed");
      case GZIP -> Compressors.of(GZIP);
      case ZSTD ->
          header.dictionary() == 0
              ? Compressors.of(ZSTD)
              : dictionaries.compressor(header.dictionary());
      case LZ4 -> Compressors.of(LZ4);
    };
  }

  private void checkSize(String what, int bytes) {
    if (bytes > settings.maxItemSize()) {
      throw new SerializationException(
          what + " is " + bytes + " bytes; allowed is " + settings.maxItemSize() + " (maxItemSize)",
          null);
    }
  }

  @Override
  public EnvelopeHeader header(byte[] payload) {
    Header header = Header.of(payload);
    OptionalInt encoded;
    if (header.compressed()) {
      encoded = OptionalInt.of(header.originalLength());
    } else if (header.encrypted()) {
      encoded = OptionalInt.empty();
    } else {
      encoded = OptionalInt.of(payload.length - (Header.isEnvelope(payload) ? header.size() : 0));
    }
    return new EnvelopeHeader(
        header.codec(),
        header.schemaVersion(),
        header.compression(),
        encoded,
        header.dictionary() == 0 ? OptionalInt.empty() : OptionalInt.of(header.dictionary()),
        header.encrypted() ? OptionalLong.of(header.keyId()) : OptionalLong.empty());
  }

  @Override
  public void restore() {
    dictionaries.restore();
    keys.ifPresent(KeyPort::restore);
  }

  @Override
  public void confirm(BlobPort confirmed) {
    dictionaries.confirm(confirmed);
    keys.ifPresent(own -> own.confirm(confirmed));
  }

  @Override
  public int pieces() {
    return dictionaries.count() + keys.map(EnvelopeKeys::pieces).orElse(0);
  }

  @Override
  public Optional<DictionaryPort> dictionaries() {
    return Library.ZSTD.present() ? Optional.of(dictionaries) : Optional.empty();
  }

  @Override
  public Optional<KeyPort> keys() {
    return keys.map(own -> own);
  }
}
