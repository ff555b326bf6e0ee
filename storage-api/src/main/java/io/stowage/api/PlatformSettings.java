package io.stowage.api;

import java.time.Duration;
import java.util.Optional;

/** The settings of a platform as {@link StoragePlatform.Builder} collected and checked them. */
public record PlatformSettings(
    String uri,
    Optional<String> adapter,
    String codec,
    String keyPrefix,
    Duration connectTimeout,
    Duration commandTimeout,
    int poolSize,
    String clientName) {

  /** Everything but the password in the URI. */
  @Override
  public String toString() {
    return "PlatformSettings[uri=%s, adapter=%s, codec=%s, keyPrefix=%s, connectTimeout=%s, commandTimeout=%s, poolSize=%d, clientName=%s]"
        .formatted(
            uri.replaceAll("//.*@", "//***@"),
            adapter.orElse("-"),
            codec,
            keyPrefix,
            connectTimeout,
            commandTimeout,
            poolSize,
            clientName);
  }
}
