package io.stowage.core.item;

import io.stowage.api.Version;
import io.stowage.spi.AdapterException;

/** Makes the payloads of one item's records. */
@FunctionalInterface
public interface PayloadSource {

  /**
   * The payload of the record of a version.
   *
   * @throws AdapterException if it cannot be made; nothing was sent
   */
  byte[] payload(Version version);
}
