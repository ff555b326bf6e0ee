package io.stowage.serialization.envelope;

import io.stowage.api.Version;
import io.stowage.serialization.encryption.StoreCipher;
import io.stowage.spi.SerializationException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts payloads, each under a key of its own, and decrypts them. The place of a payload is
 * bound to it: elsewhere it cannot be read.
 *
 * @param store the store's name
 * @param cipher the keys; null if the store has none
 */
record Sealing(String store, @Nullable StoreCipher cipher) {

  private static final byte[] PREFIX = "stowage-value".getBytes(StandardCharsets.US_ASCII);

  /** The payload encrypted under the primary key; the same array if the store has no keys. */
  byte[] seal(byte[] packed, String id, Version version) {
    if (cipher == null) {
      return packed;
    }
    long keyId = cipher.primaryKey();
    Header plain = Header.of(packed);
    byte[] body =
        Header.isEnvelope(packed)
            ? Arrays.copyOfRange(packed, plain.size(), packed.length)
            : packed;
    Header header = plain.encryptedWith(keyId);
    byte[] head = new byte[header.size()];
    header.write(head);
    byte[] write = write(id, version);
    byte[] sealed = cipher.encryptItem(keyId, write, body, joined(write, head, head.length));
    byte[] payload = Arrays.copyOf(head, Math.addExact(head.length, sealed.length));
    System.arraycopy(sealed, 0, payload, head.length, sealed.length);
    return payload;
  }

  /** The body of an encrypted payload. */
  byte[] unseal(Header header, byte[] payload, String id, Version version) {
    if (cipher == null) {
      throw new SerializationException(
          "payload is encrypted under key "
              + header.keyId()
              + ", and the store has no keys: its option 'encryption' is not set",
          null);
    }
    int size = header.size();
    byte[] sealed = Arrays.copyOfRange(payload, size, payload.length);
    byte[] write = write(id, version);
    byte[] associated = joined(write, payload, size);
    return header.hasItemKey()
        ? cipher.decryptItem(header.keyId(), write, sealed, associated)
        : cipher.decrypt(header.keyId(), sealed, associated);
  }

  /** Where a payload belongs, and which one it is of those that are stored there in turn. */
  private byte[] write(String id, Version version) {
    byte[] storeName = store.getBytes(StandardCharsets.UTF_8);
    byte[] itemId = id.getBytes(StandardCharsets.UTF_8);
    int length = PREFIX.length + 2 * Integer.BYTES + storeName.length + itemId.length + Long.BYTES;
    return ByteBuffer.allocate(length)
        .put(PREFIX)
        .putInt(storeName.length)
        .put(storeName)
        .putInt(itemId.length)
        .put(itemId)
        .putLong(version.bits())
        .array();
  }

  /** What is associated with a payload: the write, and the header. */
  private static byte[] joined(byte[] write, byte[] head, int size) {
    byte[] all = Arrays.copyOf(write, write.length + size);
    System.arraycopy(head, 0, all, write.length, size);
    return all;
  }
}
