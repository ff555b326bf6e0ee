package io.stowage.serialization.encryption;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.Key;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.stowage.api.KeyProvider;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A key set that can be changed; counts how often it was asked for. */
final class Keys implements KeyProvider {

  private final AtomicReference<KeysetHandle> keys;
  private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
  final AtomicInteger asked = new AtomicInteger();

  private Keys(KeysetHandle keys) {
    this.keys = new AtomicReference<>(keys);
  }

  /** A set of one key of AES-256-GCM. */
  static Keys ofOne() {
    return of(PredefinedAeadParameters.AES256_GCM);
  }

  static Keys of(Parameters parameters) {
    try {
      AeadConfig.register();
      return new Keys(KeysetHandle.generateNew(parameters));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Adds a key and makes it the primary one. */
  long rotate() {
    try {
      keys.set(
          KeysetHandle.newBuilder(keys.get())
              .addEntry(
                  KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                      .withRandomId()
                      .makePrimary())
              .build());
      return primary();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Removes all keys but the primary one. */
  void forgetOthers() {
    try {
      KeysetHandle.Entry primary = keys.get().getPrimary();
      Key key = primary.getKey();
      keys.set(
          KeysetHandle.newBuilder()
              .addEntry(KeysetHandle.importKey(key).withFixedId(primary.getId()).makePrimary())
              .build());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  long primary() {
    return Integer.toUnsignedLong(keys.get().getPrimary().getId());
  }

  /** What the provider throws from now on; null for nothing. */
  void failWith(RuntimeException exception) {
    failure.set(exception);
  }

  String json() {
    try {
      return TinkJsonProtoKeysetFormat.serializeKeyset(keys.get(), InsecureSecretKeyAccess.get());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public byte[] keySet() {
    asked.incrementAndGet();
    RuntimeException thrown = failure.get();
    if (thrown != null) {
      throw thrown;
    }
    return json().getBytes(StandardCharsets.UTF_8);
  }
}
