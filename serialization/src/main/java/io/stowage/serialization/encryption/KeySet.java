package io.stowage.serialization.encryption;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeyStatus;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Keys of AES-256-GCM by their ids, one of which is primary. Immutable. What it encrypts has no
 * prefix of Tink's: who keeps it keeps the key's id beside it. Failures say nothing of what was
 * parsed, and have no cause: parsers quote their input.
 */
final class KeySet {

  static final int KEY_BYTES = 32;
  static final int NONCE_BYTES = 12;
  static final int TAG_BYTES = 16;

  /**
   * One key.
   *
   * @param direct encrypts under the key itself
   * @param ofItems the keys that are derived from it
   */
  record Key(Aead direct, ItemKeys ofItems) {}

  private final Map<Long, Key> byId;
  private final long primary;

  private KeySet(Map<Long, Key> byId, long primary) {
    this.byId = byId;
    this.primary = primary;
  }

  /**
   * Reads a key set: JSON in Tink's cleartext format.
   *
   * @param json overwritten before this method ends
   * @throws IllegalArgumentException if it is none
   */
  static KeySet parse(byte[] json) {
    KeysetHandle handle = handle(json);
    Map<Long, Key> byId = new TreeMap<>();
    for (int i = 0; i < handle.size(); i++) {
      KeysetHandle.Entry entry = handle.getAt(i);
      if (entry.getStatus() == KeyStatus.ENABLED) {
        byId.put(id(entry), new Key(aead(entry), itemKeys(entry)));
      }
    }
    return new KeySet(Map.copyOf(byId), id(handle.getPrimary()));
  }

  /**
   * The keys as Tink has them: all of the one kind, one of them primary and enabled.
   *
   * @param json overwritten before this method ends
   * @throws IllegalArgumentException if it is no key set
   */
  static KeysetHandle handle(byte[] json) {
    KeysetHandle handle = parsed(json);
    boolean hasPrimary = false;
    for (int i = 0; i < handle.size(); i++) {
      KeysetHandle.Entry entry = handle.getAt(i);
      requireKind(entry);
      hasPrimary |= entry.isPrimary() && entry.getStatus() == KeyStatus.ENABLED;
    }
    if (!hasPrimary) {
      throw refusal("it has no enabled primary key");
    }
    return handle;
  }

  private static KeysetHandle parsed(byte[] json) {
    try {
      AeadConfig.register();
      KeysetHandle handle =
          TinkJsonProtoKeysetFormat.parseKeyset(
              new String(json, StandardCharsets.UTF_8), InsecureSecretKeyAccess.get());
      for (int i = 0; i < handle.size(); i++) {
        handle.getAt(i); // fails if that key is damaged, which parsing tolerates
      }
      return handle;
    } catch (GeneralSecurityException | RuntimeException e) {
      // Tink lets through whatever its parsers throw; their messages quote what they read.
      throw refusal("it cannot be read");
    } finally {
      Arrays.fill(json, (byte) 0);
    }
  }

  /** The id of a key as it is written: without a sign. */
  static long id(KeysetHandle.Entry entry) {
    return Integer.toUnsignedLong(entry.getId());
  }

  @AccessesPartialKey
  private static AesGcmKey requireKind(KeysetHandle.Entry entry) {
    if (!(entry.getKey() instanceof AesGcmKey key)
        || key.getParameters().getKeySizeBytes() != KEY_BYTES
        || key.getParameters().getIvSizeBytes() != NONCE_BYTES
        || key.getParameters().getTagSizeBytes() != TAG_BYTES) {
      throw refusal("key " + id(entry) + " is of another kind");
    }
    return key;
  }

  @AccessesPartialKey
  private static ItemKeys itemKeys(KeysetHandle.Entry entry) {
    byte[] key = requireKind(entry).getKeyBytes().toByteArray(InsecureSecretKeyAccess.get());
    try {
      return new ItemKeys(key);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** The key without Tink's prefix, which would name its id once more. */
  @AccessesPartialKey
  private static Aead aead(KeysetHandle.Entry entry) {
    AesGcmKey key = requireKind(entry);
    try {
      AesGcmParameters parameters =
          AesGcmParameters.builder()
              .setKeySizeBytes(KEY_BYTES)
              .setIvSizeBytes(NONCE_BYTES)
              .setTagSizeBytes(TAG_BYTES)
              .setVariant(AesGcmParameters.Variant.NO_PREFIX)
              .build();
      AesGcmKey bare =
          AesGcmKey.builder().setParameters(parameters).setKeyBytes(key.getKeyBytes()).build();
      return KeysetHandle.newBuilder()
          .addEntry(KeysetHandle.importKey(bare).withRandomId().makePrimary())
          .build()
          .getPrimitive(RegistryConfiguration.get(), Aead.class);
    } catch (GeneralSecurityException e) {
      throw refusal("key " + id(entry) + " cannot be used");
    }
  }

  private static IllegalArgumentException refusal(String reason) {
    return new IllegalArgumentException(
        "key set is not valid: "
            + reason
            + "; allowed are AES-256-GCM keys in Tink's JSON format, one of them primary, such as"
            + " 'stowage key create' makes");
  }

  /** The id of the primary key. */
  long primary() {
    return primary;
  }

  /** The key of an id; null if it is not there or not enabled. */
  @Nullable Key key(long id) {
    return byId.get(id);
  }

  /** The ids of all keys that can be used. */
  SortedSet<Long> ids() {
    return new TreeSet<>(byId.keySet());
  }

  @Override
  public String toString() {
    return "KeySet[ids=" + ids() + ", primary=" + primary + "]";
  }
}
