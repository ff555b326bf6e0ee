package io.stowage.spi;

import io.stowage.api.Version;
import org.jspecify.annotations.Nullable;

/** The keys of one store. Nothing that it answers or throws contains a key. */
public interface KeyPort {

  /**
   * The id of the primary key, of the key set as its provider answers it now.
   *
   * @throws SerializationException if the provider has no valid key set
   */
  long primaryKey();

  /**
   * The payload of a record encrypted under the primary key; null if it is already.
   *
   * @throws SerializationException if it cannot be decrypted
   */
  byte @Nullable [] reseal(byte[] payload, String id, Version version);

  /** Encrypts what the store keeps beside its records under the primary key. */
  void resealBlobs();

  /**
   * Puts back the secret of blind indexes if it was used and is gone. A round trip or two.
   *
   * @throws SerializationException if it cannot be encrypted, or the one there cannot be decrypted
   */
  void restore();

  /**
   * The form in which a blind index keeps a value: a keyed hash (HMAC-SHA-256), in at most 64
   * characters of the URL alphabet of Base64. The same for every process that uses the store,
   * whatever its primary key. The first call costs a round trip or two.
   */
  String blind(String index, String value);
}
