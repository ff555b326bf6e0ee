package io.stowage.core.support;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.stowage.api.KeyProvider;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/** A key set that can be rotated. */
public final class TestKeys implements KeyProvider {

  private KeysetHandle keys;

  /** A key set of one key. */
  public TestKeys() {
    try {
      AeadConfig.register();
      keys = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The id of the primary key. */
  public synchronized long primary() {
    return Integer.toUnsignedLong(keys.getPrimary().getId());
  }

  /** Adds a key and makes it the primary one. */
  public synchronized void rotate() {
    try {
      keys =
          KeysetHandle.newBuilder(keys)
              .addEntry(
                  KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                      .withRandomId()
                      .makePrimary())
              .build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Removes all keys but the primary one. */
  public synchronized void forgetOthers() {
    try {
      KeysetHandle.Entry primary = keys.getPrimary();
      keys =
          KeysetHandle.newBuilder()
              .addEntry(
                  KeysetHandle.importKey(primary.getKey())
                      .withFixedId(primary.getId())
                      .makePrimary())
              .build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public synchronized byte[] keySet() {
    try {
      return TinkJsonProtoKeysetFormat.serializeKeyset(keys, InsecureSecretKeyAccess.get())
          .getBytes(StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
