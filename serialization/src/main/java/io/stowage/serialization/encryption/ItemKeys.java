package io.stowage.serialization.encryption;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of single writes, derived from one key of the key set: the KDF in counter mode of NIST
 * SP 800-108r1 (4.1) with HMAC-SHA-256, one block. AES-GCM with random nonces allows 2^32 messages
 * under one key (NIST SP 800-38D, 8.3), which a busy store reaches within days. Here every write
 * has a key of its own, so that limit is out of reach; Gueron and Lindell, <em>Better Bounds for
 * Block Cipher Modes of Operation via Nonce-Based Key Derivation</em> (CCS 2017), give the bounds.
 * Safe for use by many threads.
 */
final class ItemKeys {

  private static final String ALGORITHM = "HmacSHA256";
  private static final byte[] COUNTER = {0, 0, 0, 1};
  private static final byte[] LABEL = "stowage item key".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LENGTH_IN_BITS = {0, 0, 1, 0};

  private final Mac prepared;

  /**
   * The keys that are derived from a key.
   *
   * @param key not kept
   */
  ItemKeys(byte[] key) {
    try {
      prepared = Mac.getInstance(ALGORITHM);
      prepared.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(ALGORITHM + " is missing in this JDK", e);
    }
  }

  /**
   * The key of a write.
   *
   * @param write what is the same for no other write
   */
  Aead of(byte[] write) throws GeneralSecurityException {
    Mac mac = copy();
    mac.update(COUNTER);
    mac.update(LABEL);
    mac.update((byte) 0);
    mac.update(write);
    mac.update(LENGTH_IN_BITS);
    byte[] key = mac.doFinal();
    try {
      return new AesGcmJce(key);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** A {@code Mac} serves one thread at a time. */
  private Mac copy() {
    try {
      return (Mac) prepared.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(ALGORITHM + " of this JDK cannot be cloned", e);
    }
  }
}
