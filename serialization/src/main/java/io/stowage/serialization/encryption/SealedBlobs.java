package io.stowage.serialization.encryption;

import io.stowage.spi.BlobPort;
import io.stowage.spi.SerializationException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The pieces of data of one store, encrypted if the store encrypts. The first byte of what is
 * stored says whether it is: 0 before plain bytes; 1 before the key's id (4 bytes, big-endian) and
 * the encrypted bytes, to which the store and the name are bound. Safe for use by many threads.
 */
public final class SealedBlobs {

  private static final byte PLAIN = 0;
  private static final byte ENCRYPTED = 1;
  private static final int HEADER_BYTES = 1 + Integer.BYTES;
  private static final byte[] PURPOSE = "stowage blob".getBytes(StandardCharsets.US_ASCII);

  private final String store;
  private final BlobPort blobs;
  private final @Nullable StoreCipher cipher;

  /**
   * The pieces of a store.
   *
   * @param cipher encrypts; null if the store does not
   */
  public SealedBlobs(String store, BlobPort blobs, @Nullable StoreCipher cipher) {
    this.store = store;
    this.blobs = blobs;
    this.cipher = cipher;
  }

  /** The same pieces, through another port. */
  public SealedBlobs through(BlobPort other) {
    return new SealedBlobs(store, other, cipher);
  }

  /** Whether what is added is encrypted. */
  boolean isEncrypting() {
    return cipher != null;
  }

  /** Whether a piece is there, in whatever form. One round trip. */
  public boolean isThere(String name) {
    return blobs.read(name).isPresent();
  }

  /**
   * The bytes of a piece, if it is there. One round trip.
   *
   * @throws SerializationException if it cannot be decrypted
   */
  public Optional<byte[]> read(String name) {
    return blobs.read(name).map(stored -> open(name, stored));
  }

  /**
   * The bytes of a piece that nobody may write who has no key, if it is there. One round trip.
   *
   * @throws SerializationException if it is not encrypted or cannot be decrypted
   */
  Optional<byte[]> readEncrypted(String name) {
    return blobs.read(name).map(stored -> openEncrypted(name, stored));
  }

  /**
   * Stores a piece if there is none of that name. One round trip.
   *
   * @return whether there was none
   */
  public boolean add(String name, byte[] bytes) {
    return blobs.add(name, seal(name, bytes));
  }

  /**
   * Encrypts a piece under the primary key, if it is there and is not. Two round trips.
   *
   * @throws SerializationException if it cannot be decrypted, or there is no valid key set
   */
  public void reseal(String name) {
    reseal(name, this::open);
  }

  /**
   * Encrypts a piece under the primary key, if it is there and is encrypted under another. Two
   * round trips.
   *
   * @throws SerializationException if it is not encrypted, cannot be decrypted, or there is no
   *     valid key set
   */
  void resealEncrypted(String name) {
    reseal(name, this::openEncrypted);
  }

  private void reseal(String name, BiFunction<String, byte[], byte[]> opener) {
    StoreCipher by = cipher;
    if (by == null) {
      throw new SerializationException(
          "blob '"
              + name
              + "' of store '"
              + store
              + "' cannot be encrypted: there are no keys; give them with StoreOptions.encryption",
          null);
    }
    long primary = by.renewedPrimaryKey();
    byte[] stored = blobs.read(name).orElse(null);
    if (stored != null && !(isEncrypted(stored) && keyId(stored) == primary)) {
      blobs.put(name, seal(name, opener.apply(name, stored)));
    }
  }

  private byte[] seal(String name, byte[] bytes) {
    if (cipher == null) {
      byte[] plain = new byte[1 + bytes.length];
      plain[0] = PLAIN;
      System.arraycopy(bytes, 0, plain, 1, bytes.length);
      return plain;
    }
    long key = cipher.primaryKey();
    byte[] sealed = cipher.encrypt(key, bytes, associated(name));
    return ByteBuffer.allocate(HEADER_BYTES + sealed.length)
        .put(ENCRYPTED)
        .putInt((int) key)
        .put(sealed)
        .array();
  }

  private byte[] open(String name, byte[] stored) {
    if (isEncrypted(stored)) {
      return decrypt(name, stored);
    }
    if (stored.length == 0 || stored[0] != PLAIN) {
      throw new SerializationException(
          "blob '" + name + "' of store '" + store + "' is of no known form", null);
    }
    return Arrays.copyOfRange(stored, 1, stored.length);
  }

  private byte[] openEncrypted(String name, byte[] stored) {
    if (!isEncrypted(stored)) {
      throw new SerializationException(
          "blob '"
              + name
              + "' of store '"
              + store
              + "' is not encrypted as it must be; somebody without a key has written it",
          null);
    }
    return decrypt(name, stored);
  }

  private byte[] decrypt(String name, byte[] stored) {
    byte[] sealed = Arrays.copyOfRange(stored, HEADER_BYTES, stored.length);
    return requireCipher(name).decrypt(keyId(stored), sealed, associated(name));
  }

  private static boolean isEncrypted(byte[] stored) {
    return stored.length >= HEADER_BYTES && stored[0] == ENCRYPTED;
  }

  private static long keyId(byte[] stored) {
    return Integer.toUnsignedLong(ByteBuffer.wrap(stored).getInt(1));
  }

  private StoreCipher requireCipher(String name) {
    if (cipher == null) {
      throw new SerializationException(
          "blob '"
              + name
              + "' of store '"
              + store
              + "' is encrypted; give keys with StoreOptions.encryption",
          null);
    }
    return cipher;
  }

  private byte[] associated(String name) {
    return Lengths.joined(PURPOSE, Lengths.utf8(store), Lengths.utf8(name));
  }
}
