package io.stowage.system.coding;

import io.stowage.api.Compression;
import io.stowage.api.KeyProvider;
import io.stowage.spi.SerializationPort;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * One way of storing values.
 *
 * @param codec how items are encoded
 * @param compression how they are compressed
 * @param hasDictionary whether with the store's dictionary
 * @param isEncrypted whether they are encrypted
 */
record Coding(
    SerializationPort codec, Compression compression, boolean hasDictionary, boolean isEncrypted) {

  /** A key set for tests alone. */
  private static final String KEYS =
      "{\"primaryKeyId\":1,\"key\":[{\"keyData\":{\"typeUrl\":"
          + "\"type.googleapis.com/google.crypto.tink.AesGcmKey\",\"value\":"
          + "\"GiAAAQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHw==\","
          + "\"keyMaterialType\":\"SYMMETRIC\"},\"status\":\"ENABLED\",\"keyId\":1,"
          + "\"outputPrefixType\":\"TINK\"}]}";

  /** Bytes that zstd takes as a dictionary: texts such as the contract's items have. */
  private static final byte[] DICTIONARY =
      "{\"id\":\"session\",\"session_id\":\"kind\",\"text\":\"created_at\":\"2025-01-01T00:00:00Z\","
          .repeat(4)
          .getBytes(StandardCharsets.UTF_8);

  /** The installed codec of a name. */
  static SerializationPort codec(String name) {
    return ServiceLoader.load(SerializationPort.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(codec -> codec.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("codec '" + name + "' is not installed"));
  }

  Optional<byte[]> dictionary() {
    return hasDictionary ? Optional.of(DICTIONARY.clone()) : Optional.empty();
  }

  Optional<KeyProvider> keys() {
    return isEncrypted
        ? Optional.of(() -> KEYS.getBytes(StandardCharsets.UTF_8))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return codec.name()
        + ", "
        + compression.algorithm().label()
        + (hasDictionary ? " with dictionary" : "")
        + (isEncrypted ? ", encrypted" : "");
  }
}
