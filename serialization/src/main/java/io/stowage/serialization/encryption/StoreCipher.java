package io.stowage.serialization.encryption;

import io.stowage.api.KeyProvider;
import io.stowage.spi.SerializationException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The keys of one store: encrypts under the primary one, decrypts under any. Safe for use by many
 * threads. Nothing that it answers, throws or logs contains a key.
 *
 * <p>The key set is asked for again once it is older than 30 seconds, by one thread while others go
 * on; if the provider fails then, the keys that are known stay in use. It is also asked for when an
 * unknown key is named, at most once a second, however many are.
 */
public final class StoreCipher {

  private static final Logger LOG = System.getLogger(StoreCipher.class.getName());
  private static final long RENEWAL_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long UNKNOWN_KEY_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** What the provider answered, and when it was asked. */
  private record Reading(KeySet keys, long nanos) {}

  private final KeyProvider provider;
  private final AtomicReference<Reading> latest;
  private final ReentrantLock renewing = new ReentrantLock();
  private long askedForUnknownKey;

  private StoreCipher(KeyProvider provider, Reading first) {
    this.provider = provider;
    this.latest = new AtomicReference<>(first);
    this.askedForUnknownKey = first.nanos() - UNKNOWN_KEY_NANOS;
  }

  /**
   * The cipher of a store.
   *
   * @throws IllegalArgumentException if the provider has no valid key set, or Tink is missing
   */
  public static StoreCipher open(KeyProvider provider) {
    try {
      return new StoreCipher(provider, read(provider));
    } catch (NoClassDefFoundError e) {
      throw new IllegalArgumentException(
          "encryption needs com.google.crypto.tink:tink on the class path", e);
    }
  }

  private static Reading read(KeyProvider provider) {
    long nanos = System.nanoTime();
    return new Reading(KeySet.parse(answer(provider)), nanos);
  }

  /**
   * The provider is the embedder's and may fail in any way. Only the message that it promises to be
   * free of keys is passed on.
   */
  private static byte[] answer(KeyProvider provider) {
    byte[] json;
    try {
      json = provider.keySet();
    } catch (IllegalStateException e) {
      throw new IllegalArgumentException("there is no key set: " + e.getMessage());
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("the key provider failed with " + e.getClass().getName());
    }
    if (json == null) {
      throw new IllegalArgumentException("the key provider answered null");
    }
    return json;
  }

  /** The primary key's id, as known now: what {@link #encrypt} is to be given. */
  public long primaryKey() {
    if (isDue() && renewing.tryLock()) {
      try {
        if (isDue()) {
          renewOrGoOn();
        }
      } finally {
        renewing.unlock();
      }
    }
    return keys().primary();
  }

  private boolean isDue() {
    return System.nanoTime() - Objects.requireNonNull(latest.get()).nanos() > RENEWAL_NANOS;
  }

  private KeySet keys() {
    return Objects.requireNonNull(latest.get()).keys();
  }

  /** If the provider fails, what is known stays in use. */
  private void renewOrGoOn() {
    long now = System.nanoTime();
    try {
      latest.set(read(provider));
    } catch (IllegalArgumentException e) {
      LOG.log(
          Level.WARNING,
          "the key set cannot be read again; the keys that are known stay in use: {0}",
          e.getMessage());
      latest.set(new Reading(keys(), now));
    }
  }

  /**
   * The primary key's id of the key set as the provider answers it during this call.
   *
   * @throws SerializationException if it has no valid one
   */
  public long renewedPrimaryKey() {
    renewing.lock();
    try {
      latest.set(read(provider));
    } catch (IllegalArgumentException e) {
      throw new SerializationException("the key set cannot be read again: " + e.getMessage(), null);
    } finally {
      renewing.unlock();
    }
    return keys().primary();
  }

  /**
   * Encrypts.
   *
   * @param keyId the key
   * @param associated what must be the same when it is decrypted
   * @return 12 bytes of nonce, the encrypted bytes, and 16 bytes of tag
   * @throws SerializationException if there is no key of that id
   */
  public byte[] encrypt(long keyId, byte[] plain, byte[] associated) {
    try {
      return key(keyId).direct().encrypt(plain, associated);
    } catch (GeneralSecurityException e) {
      throw encryptionFailed(keyId);
    }
  }

  /**
   * Encrypts what a write stores, under a key that is derived for it.
   *
   * @param keyId the key from which that one is derived
   * @param write what is the same for no other write
   * @param associated what must be the same when it is decrypted
   * @return as {@link #encrypt} does
   * @throws SerializationException if there is no key of that id
   */
  public byte[] encryptItem(long keyId, byte[] write, byte[] plain, byte[] associated) {
    try {
      return key(keyId).ofItems().of(write).encrypt(plain, associated);
    } catch (GeneralSecurityException e) {
      throw encryptionFailed(keyId);
    }
  }

  private static SerializationException encryptionFailed(long keyId) {
    return new SerializationException("encryption under key " + keyId + " failed", null);
  }

  /**
   * Decrypts what {@link #encrypt} answered.
   *
   * @throws SerializationException if there is no key of that id, or the bytes or what is
   *     associated with them are not as they were
   */
  public byte[] decrypt(long keyId, byte[] sealed, byte[] associated) {
    try {
      return key(keyId).direct().decrypt(sealed, associated);
    } catch (GeneralSecurityException e) {
      throw decryptionFailed(keyId);
    }
  }

  /**
   * Decrypts what {@link #encryptItem} answered.
   *
   * @throws SerializationException as {@link #decrypt} does
   */
  public byte[] decryptItem(long keyId, byte[] write, byte[] sealed, byte[] associated) {
    try {
      return key(keyId).ofItems().of(write).decrypt(sealed, associated);
    } catch (GeneralSecurityException e) {
      throw decryptionFailed(keyId);
    }
  }

  private static SerializationException decryptionFailed(long keyId) {
    return new SerializationException(
        "decryption under key "
            + keyId
            + " failed: it is damaged, was moved from another place, or the key is another one",
        null);
  }

  private KeySet.Key key(long id) {
    KeySet.Key known = keys().key(id);
    if (known == null) {
      renewForUnknownKey();
      known = keys().key(id);
    }
    if (known == null) {
      throw new SerializationException(
          "key " + id + " is not in the key set, which has " + keys().ids(), null);
    }
    return known;
  }

  private void renewForUnknownKey() {
    renewing.lock();
    try {
      long now = System.nanoTime();
      if (now - askedForUnknownKey >= UNKNOWN_KEY_NANOS) {
        askedForUnknownKey = now;
        renewOrGoOn();
      }
    } finally {
      renewing.unlock();
    }
  }

  @Override
  public String toString() {
    return "StoreCipher[" + keys() + "]";
  }
}
