package io.stowage.serialization.envelope;

import io.stowage.api.Compression;
import io.stowage.api.Compression.Algorithm;
import io.stowage.serialization.compression.Compressor;
import io.stowage.serialization.compression.Compressors;
import io.stowage.serialization.compression.Scratch;
import io.stowage.serialization.encryption.BlindHash;
import io.stowage.serialization.encryption.SealedBlobs;
import io.stowage.serialization.encryption.StoreCipher;
import io.stowage.spi.EnvelopePort;
import io.stowage.spi.EnvelopeProvider;
import io.stowage.spi.EnvelopeSettings;
import io.stowage.spi.SerializationException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Envelopes of format 1, as the stored format's documentation lays them down. Content of the codec
 * {@code json} in schema version 1 that is neither compressed nor encrypted is stored as it is.
 */
public final class StowageEnvelopes implements EnvelopeProvider {

  /** Compresses, where a store that does not compress is asked what zstd would give. */
  private static final int USUAL_LEVEL = Compression.zstd().level();

  @Override
  public EnvelopePort open(EnvelopeSettings settings) {
    Compression compression = settings.compression();
    @Nullable Compressor compressor = compressor(compression);
    @Nullable StoreCipher cipher = settings.keys().map(StoreCipher::open).orElse(null);
    SealedBlobs blobs = new SealedBlobs(settings.store(), settings.blobs(), cipher);
    Sealing sealing = new Sealing(settings.store(), cipher);
    Optional<EnvelopeKeys> keys = Optional.empty();
    if (cipher != null) {
      BlindHash hash = new BlindHash(settings.store(), blobs, settings.hasBlindEntries());
      keys = Optional.of(new EnvelopeKeys(cipher, sealing, blobs, hash, settings.dictionaries()));
    }
    int level = compression.algorithm() == Algorithm.ZSTD ? compression.level() : USUAL_LEVEL;
    Scratch scratch = new Scratch();
    StoreDictionaries dictionaries = new StoreDictionaries(blobs, level, scratch);
    return new StoreEnvelopes(settings, compressor, dictionaries, sealing, keys, scratch);
  }

  private static @Nullable Compressor compressor(Compression compression) {
    if (compression.algorithm() == Algorithm.NONE) {
      return null;
    }
    try {
      return Compressors.of(compression);
    } catch (SerializationException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
