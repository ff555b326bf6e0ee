package io.stowage.api;

import java.nio.file.Path;

/**
 * Gives the keys under which a store encrypts values. It is asked when a store is opened, again now
 * and then so that a changed key set is picked up, and at once when a record names a key that is
 * not known. Implementations are safe for use by many threads, and may block.
 *
 * <p>A key set is JSON as Google Tink writes a cleartext key set of AES-256-GCM keys: keys with
 * ids, one of which is primary. Writers encrypt with the primary key, readers decrypt with any.
 */
@FunctionalInterface
public interface KeyProvider {

  /**
   * The key set as it is now.
   *
   * @return the caller's own copy, which the caller overwrites after use
   * @throws IllegalStateException if there is none; the message contains nothing of a key
   */
  byte[] keySet();

  /** The key set in a file, which is read again each time. */
  static KeyProvider file(Path path) {
    return new FileKeys(path);
  }

  /** The key set in a variable of the process's environment. */
  static KeyProvider environment(String variable) {
    return new EnvironmentKeys(variable);
  }
}
