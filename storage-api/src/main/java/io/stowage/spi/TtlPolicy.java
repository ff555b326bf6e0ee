package io.stowage.spi;

import java.time.Duration;
import java.util.Optional;

/**
 * How long items live that bring no expiry of their own. A policy of the embedder's own is found
 * with {@link java.util.ServiceLoader} and chosen by its name.
 */
public interface TtlPolicy {

  /** The policy's name. */
  String name();

  /** The expiry of an item that is saved now. */
  Expiry onSave();

  /**
   * The TTL that an item has at least once it is read or updated now; empty to leave the expiry as
   * it is. An item that would live longer still does.
   */
  Optional<Duration> onRead();
}
