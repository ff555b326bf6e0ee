package io.stowage.serialization.encryption;

import io.stowage.spi.AdapterException;
import io.stowage.spi.BlobPort;
import io.stowage.spi.SerializationException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The keyed hashes of one store's blind indexes: HMAC-SHA-256 under a secret that belongs to the
 * store. The secret is made at random by whoever needs it first, and kept encrypted beside the
 * items, so the keys can be rotated without a change of the hashes. None is made for a store that
 * has hashes: they are of another secret, which is lost then, and may still be known to others.
 * Safe for use by many threads.
 */
public final class BlindHash {

  private static final Logger LOG = System.getLogger(BlindHash.class.getName());
  private static final String SECRET = "blind";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SECRET_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String store;
  private final SealedBlobs blobs;
  private final BooleanSupplier hasHashes;
  private final AtomicReference<@Nullable Secret> known = new AtomicReference<>();
  private final AtomicInteger secrets = new AtomicInteger();

  /** The secret, and what hashes under it. A class, so that {@code toString} shows neither. */
  private static final class Secret {

    private final byte[] bytes;
    private final Mac mac;

    Secret(byte[] bytes) {
      this.bytes = bytes;
      this.mac = prepare(bytes);
    }
  }

  /**
   * The hashes of a store.
   *
   * @param hasHashes answers whether the store has hashes
   * @throws IllegalArgumentException if the store does not encrypt
   */
  public BlindHash(String store, SealedBlobs blobs, BooleanSupplier hasHashes) {
    if (!blobs.isEncrypting()) {
      throw new IllegalArgumentException(
          "store '"
              + store
              + "' has a blind index but no keys; give them with"
              + " StoreOptions.encryption");
    }
    this.store = store;
    this.blobs = blobs;
    this.hasHashes = hasHashes;
  }

  /**
   * The hash of a value: 43 characters of the URL alphabet of Base64. The first call costs a round
   * trip, or three for a store without a secret.
   *
   * @throws SerializationException if the secret cannot be decrypted, or is stored plain: then
   *     somebody without a key has put it there to know the hashes
   * @throws AdapterException if the secret is gone while the store has hashes
   */
  public String of(String index, String value) {
    byte[] message = Lengths.joined(Lengths.utf8(index), Lengths.utf16(value));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(mac().doFinal(message));
  }

  /** A copy of the prepared one: a {@code Mac} serves one thread at a time. */
  private Mac mac() {
    Secret secret = known.get();
    if (secret == null) {
      secret = use(secret());
    }
    try {
      return (Mac) secret.mac.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(ALGORITHM + " of this JDK cannot be cloned", e);
    }
  }

  private Secret use(byte[] bytes) {
    Secret secret = new Secret(bytes);
    known.set(secret);
    secrets.incrementAndGet();
    return secret;
  }

  /** How many secrets were used, one after the other. */
  public int secrets() {
    return secrets.get();
  }

  /**
   * Has replicas confirm the secret, if it was used. One round trip or two.
   *
   * @param confirmed where writes wait for replicas
   * @throws SerializationException if another secret is stored, which is used from now on
   */
  public void confirm(BlobPort confirmed) {
    Secret secret = known.get();
    if (secret == null || blobs.through(confirmed).add(SECRET, secret.bytes)) {
      return;
    }
    byte[] stored = checked(blobs.readEncrypted(SECRET).orElse(null));
    if (!MessageDigest.isEqual(stored, secret.bytes)) {
      use(stored);
      throw new SerializationException(
          "the secret of the blind indexes of store '" + store + "' was replaced; try again", null);
    }
  }

  private static Mac prepare(byte[] secret) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(ALGORITHM + " is missing in this JDK", e);
    }
  }

  private byte[] secret() {
    byte[] stored = blobs.readEncrypted(SECRET).orElse(null);
    if (stored == null) {
      requireNoHashes();
      byte[] made = new byte[SECRET_BYTES];
      RANDOM.nextBytes(made);
      stored = blobs.add(SECRET, made) ? made : blobs.readEncrypted(SECRET).orElse(null);
    }
    return checked(stored);
  }

  private void requireNoHashes() {
    if (hasHashes.getAsBoolean()) {
      throw AdapterException.refused(
          "the secret of the blind indexes of store '"
              + store
              + "' is gone, and entries that were made with it are there: a program that has the"
              + " store open puts it back; if there is none, drop its blind indexes and add them"
              + " again with a reindex",
          null);
    }
  }

  private byte[] checked(byte @Nullable [] stored) {
    if (stored == null || stored.length != SECRET_BYTES) {
      throw new SerializationException(
          "the secret of the blind indexes of store '" + store + "' is gone or damaged", null);
    }
    return stored;
  }

  /**
   * Stores the secret again if it was used and is gone. If there is another one, that one holds
   * from now on. One round trip, or two.
   *
   * @throws SerializationException if the secret that is stored cannot be decrypted or is plain
   */
  public void restore() {
    Secret secret = known.get();
    if (secret == null) {
      return;
    }
    byte[] stored = blobs.readEncrypted(SECRET).orElse(null);
    if (stored == null) {
      if (blobs.add(SECRET, secret.bytes)) {
        return;
      }
      stored = blobs.readEncrypted(SECRET).orElse(null);
    }
    if (!MessageDigest.isEqual(checked(stored), secret.bytes)) {
      use(checked(stored));
      LOG.log(
          Level.WARNING,
          "the secret of the blind indexes of store ''{0}'' was replaced; items that were saved here"
              + " with the one before are found again by them after ''stowage doctor --repair''",
          store);
    }
  }

  /**
   * Encrypts the secret of the hashes under the primary key. Two round trips.
   *
   * @throws SerializationException if the secret cannot be decrypted or is stored plain, or there
   *     is no valid key set
   */
  public void reseal() {
    blobs.resealEncrypted(SECRET);
  }
}
