package io.stowage.serialization.encryption;

/** The keyed hashes of one store's blind indexes. */
@SuppressWarnings("DoNotCallSuggester") // until it is written
public final class BlindHash {

  public BlindHash(String store, SealedBlobs blobs) {}

  public String of(String index, String value) {
    throw new UnsupportedOperationException();
  }

  /** Encrypts the secret of the hashes under the primary key. */
  public void reseal() {
    throw new UnsupportedOperationException();
  }
}
