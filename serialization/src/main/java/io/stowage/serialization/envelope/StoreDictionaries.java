package io.stowage.serialization.envelope;

import io.stowage.api.Compression;
import io.stowage.serialization.compression.Compressor;
import io.stowage.serialization.compression.Compressors;
import io.stowage.serialization.compression.Dictionaries;
import io.stowage.serialization.compression.Scratch;
import io.stowage.serialization.encryption.SealedBlobs;
import io.stowage.spi.BlobPort;
import io.stowage.spi.DictionaryPort;
import io.stowage.spi.SerializationException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The compression dictionaries of one store. Those that were used once stay in memory, ready for
 * use: a number stands for the same bytes for ever. Safe for use by many threads.
 */
final class StoreDictionaries implements DictionaryPort {

  /** A dictionary that was asked for in vain, and when. */
  private record Missing(int number, long nanos) {}

  private static final Logger LOG = System.getLogger(StoreDictionaries.class.getName());
  private static final long MISSING_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final StoredDictionary[] NONE = {};

  private final SealedBlobs blobs;
  private final int level;
  private final Scratch scratch;

  /** The dictionaries used so far: few, so that looking through them costs least. */
  private volatile StoredDictionary[] known = NONE;

  private volatile @Nullable Missing missing;

  StoreDictionaries(SealedBlobs blobs, int level, Scratch scratch) {
    this.blobs = blobs;
    this.level = level;
    this.scratch = scratch;
  }

  /** The name under which the store keeps a dictionary. */
  static String blobName(int number) {
    return "dictionary-" + number;
  }

  /**
   * Zstandard with the dictionary of that number.
   *
   * @throws SerializationException if it is not there
   */
  Compressor compressor(int number) {
    return dictionary(number).compressor();
  }

  private StoredDictionary dictionary(int number) {
    for (StoredDictionary one : known) {
      if (one.number() == number) {
        return one;
      }
    }
    byte[] bytes =
        blobs
            .read(blobName(number))
            .orElseThrow(
                () ->
                    new SerializationException(
                        "compression dictionary " + number + " is not in the store", null));
    return remember(number, bytes);
  }

  /**
   * Whether a dictionary can be compressed with. One that is gone is told of, and asked for again
   * half a minute later.
   *
   * @throws SerializationException if it cannot be decrypted
   */
  boolean isThere(int number) {
    if (isKnown(number)) {
      return true;
    }
    Missing before = missing;
    long now = System.nanoTime();
    if (before != null && before.number() == number && now - before.nanos() < MISSING_NANOS) {
      return false;
    }
    byte[] bytes = blobs.read(blobName(number)).orElse(null);
    if (bytes == null) {
      missing = new Missing(number, now);
      LOG.log(
          Level.WARNING,
          "compression dictionary {0} is not in the store: items are compressed without it, and"
              + " those that need it cannot be read; train another one",
          Integer.toString(number));
      return false;
    }
    StoredDictionary unused = remember(number, bytes);
    return true;
  }

  private boolean isKnown(int number) {
    for (StoredDictionary one : known) {
      if (one.number() == number) {
        return true;
      }
    }
    return false;
  }

  /** Stores those that were used again, where they are gone. A round trip each. */
  void restore() {
    for (StoredDictionary one : known) {
      if (!blobs.isThere(blobName(one.number()))) {
        blobs.add(blobName(one.number()), one.bytes());
      }
    }
  }

  /** Has replicas confirm those that were used. */
  void confirm(BlobPort port) {
    SealedBlobs confirmed = blobs.through(port);
    for (StoredDictionary one : known) {
      confirmed.add(blobName(one.number()), one.bytes());
    }
  }

  /** How many were used. */
  int count() {
    return known.length;
  }

  private synchronized StoredDictionary remember(int number, byte[] bytes) {
    StoredDictionary[] before = known;
    for (StoredDictionary one : before) {
      if (one.number() == number) {
        return one;
      }
    }
    StoredDictionary read = new StoredDictionary(number, bytes, Compressors.zstd(level, bytes));
    StoredDictionary[] after = Arrays.copyOf(before, before.length + 1);
    after[before.length] = read;
    known = after;
    return read;
  }

  @Override
  public byte[] train(List<byte[]> samples, int maxBytes) {
    return Dictionaries.train(samples, maxBytes);
  }

  @Override
  public long compressedSize(List<byte[]> samples, byte[] dictionary) {
    Compressor compressor =
        dictionary.length == 0
            ? Compressors.of(Compression.zstd(level))
            : Compressors.zstd(level, dictionary.clone());
    long total = 0;
    for (byte[] sample : samples) {
      int bound = compressor.bound(sample.length);
      byte[] buffer = scratch.take(bound);
      try {
        total += compressor.compress(sample, 0, sample.length, buffer, 0, bound);
      } finally {
        scratch.give(buffer);
      }
    }
    return total;
  }

  @Override
  public byte[] read(int number) {
    return dictionary(checkNumber(number)).bytes().clone();
  }

  @Override
  public boolean store(int number, byte[] dictionary) {
    return blobs.add(blobName(checkNumber(number)), dictionary);
  }

  private static int checkNumber(int number) {
    if (number < 1) {
      throw new IllegalArgumentException(
          "dictionary number is " + number + "; allowed is 1 and more");
    }
    return number;
  }
}
