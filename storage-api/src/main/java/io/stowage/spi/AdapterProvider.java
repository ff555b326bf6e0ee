package io.stowage.spi;

/** Makes adapters of one kind; found with {@link java.util.ServiceLoader}. */
public interface AdapterProvider {

  /** The adapter's name, such as {@code redis-lettuce}. */
  String name();

  /** Whether the adapter serves URIs of this scheme, given in lower case without the colon. */
  boolean serves(String scheme);

  /**
   * Connects.
   *
   * @throws IllegalArgumentException if the URI cannot be understood
   * @throws AdapterException if the backend cannot be reached or refuses the connection
   */
  StorageAdapter connect(ConnectionSettings settings);
}
