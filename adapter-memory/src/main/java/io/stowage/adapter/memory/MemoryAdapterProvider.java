package io.stowage.adapter.memory;

import io.stowage.spi.AdapterProvider;
import io.stowage.spi.ConnectionSettings;
import io.stowage.spi.StorageAdapter;

/** Serves the URI {@code memory:}; each connection is an empty backend of its own. */
public final class MemoryAdapterProvider implements AdapterProvider {

  private static final String URI = "memory:";

  /** Made by {@link java.util.ServiceLoader}. */
  public MemoryAdapterProvider() {}

  @Override
  public String name() {
    return MemoryAdapter.NAME;
  }

  @Override
  public boolean serves(String scheme) {
    return scheme.equals("memory");
  }

  @Override
  public StorageAdapter connect(ConnectionSettings settings) {
    if (!settings.uri().equalsIgnoreCase(URI)) {
      throw new IllegalArgumentException(
          "URI is '"
              + settings.safeUri()
              + "'; allowed is 'memory:' with nothing after it, since every connection has its own"
              + " data");
    }
    return new MemoryAdapter();
  }
}
