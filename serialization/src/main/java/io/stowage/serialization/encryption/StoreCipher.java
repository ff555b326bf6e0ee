package io.stowage.serialization.encryption;

import io.stowage.api.KeyProvider;

/** The keys of one store: encrypts under the primary one, decrypts under any. */
@SuppressWarnings("DoNotCallSuggester") // until it is written
public final class StoreCipher {

  private StoreCipher() {}

  /**
   * The cipher of a store.
   *
   * @throws IllegalArgumentException if the provider's key set is not valid, or Tink is missing
   */
  public static StoreCipher open(KeyProvider provider) {
    throw new UnsupportedOperationException();
  }

  /** The primary key's id, as known now: what {@link #encrypt} is to be given. */
  public long primaryKey() {
    throw new UnsupportedOperationException();
  }

  /** The primary key's id of the key set as the provider answers it during this call. */
  public long renewedPrimaryKey() {
    throw new UnsupportedOperationException();
  }

  public byte[] encrypt(long keyId, byte[] plain, byte[] associated) {
    throw new UnsupportedOperationException();
  }

  public byte[] decrypt(long keyId, byte[] sealed, byte[] associated) {
    throw new UnsupportedOperationException();
  }
}
