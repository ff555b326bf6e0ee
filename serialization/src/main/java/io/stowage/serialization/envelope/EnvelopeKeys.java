package io.stowage.serialization.envelope;

import io.stowage.api.Version;
import io.stowage.serialization.encryption.BlindHash;
import io.stowage.serialization.encryption.SealedBlobs;
import io.stowage.serialization.encryption.StoreCipher;
import io.stowage.spi.BlobPort;
import io.stowage.spi.KeyPort;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a store, for rotation and blind indexes.
 *
 * @param dictionaries answers the numbers of the store's dictionaries
 */
record EnvelopeKeys(
    StoreCipher cipher,
    Sealing sealing,
    SealedBlobs blobs,
    BlindHash hash,
    Supplier<List<Integer>> dictionaries)
    implements KeyPort {

  @Override
  public long primaryKey() {
    return cipher.renewedPrimaryKey();
  }

  @Override
  public byte @Nullable [] reseal(byte[] payload, String id, Version version) {
    Header header = Header.of(payload);
    if (!header.encrypted()) {
      return sealing.seal(payload, id, version);
    }
    if (header.hasItemKey() && header.keyId() == cipher.primaryKey()) {
      return null;
    }
    byte[] body = sealing.unseal(header, payload, id, version);
    Header plain = header.decrypted();
    int size = plain.size();
    byte[] packed = new byte[Math.addExact(size, body.length)];
    plain.write(packed);
    System.arraycopy(body, 0, packed, size, body.length);
    return sealing.seal(packed, id, version);
  }

  @Override
  public void resealBlobs() {
    for (int number : dictionaries.get()) {
      blobs.reseal(StoreDictionaries.blobName(number));
    }
    hash.reseal();
  }

  @Override
  public void restore() {
    hash.restore();
  }

  /** Has replicas confirm the secret of blind indexes, if it was used. */
  void confirm(BlobPort confirmed) {
    hash.confirm(confirmed);
  }

  /** How many secrets were used. */
  int pieces() {
    return hash.secrets();
  }

  @Override
  public String blind(String index, String value) {
    return hash.of(index, value);
  }
}
