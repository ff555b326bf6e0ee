package io.stowage.spi;

import java.util.Optional;

/**
 * The connection to one backend. Once closed, every method of it and of its ports but {@code name}
 * and {@code close} throws {@link IllegalStateException}.
 */
public interface StorageAdapter extends AutoCloseable {

  /** The adapter's name, such as {@code redis-lettuce}. */
  String name();

  /**
   * The ports of a store; nothing is sent. Stores of different names share nothing.
   *
   * @param store a name of letters, digits, {@code _}, {@code -} and {@code .}
   */
  StorePorts store(String store);

  /** The ability to tell about the backend's servers, if it is there. */
  default Optional<ServerPort> servers() {
    return Optional.empty();
  }

  /** Disconnects. A second call does nothing. */
  @Override
  void close();
}
