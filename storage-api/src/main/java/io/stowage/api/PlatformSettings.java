package io.stowage.api;

import java.util.Optional;

/**
 * The settings of a platform as {@link StoragePlatform.Builder} collected and checked them.
 *
 * @param codec the name of the codec that writes
 * @param ownCodec that codec, if the embedder gave one rather than a name
 */
public record PlatformSettings(
    String uri,
    Optional<String> adapter,
    String codec,
    Optional<Codec> ownCodec,
    String keyPrefix,
    String clientName,
    NetworkSettings network,
    TlsSettings tls,
    Optional<Credentials> sentinelCredentials,
    MaintenanceListener listener) {

  /** Everything but the passwords. */
  @Override
  public String toString() {
    return "PlatformSettings[uri=%s, adapter=%s, codec=%s, keyPrefix=%s, clientName=%s, %s, %s]"
        .formatted(
            uri.replaceAll("//.*@", "//***@"),
            adapter.orElse("-"),
            codec,
            keyPrefix,
            clientName,
            network,
            tls);
  }
}
