package io.stowage.core;

import io.stowage.adapter.memory.MemoryAdapter;
import io.stowage.spi.AdapterException;
import io.stowage.spi.AdapterProvider;
import io.stowage.spi.ConnectionSettings;
import io.stowage.spi.StorageAdapter;

/** Adapters on the class path of the tests: two that serve one scheme, and one that fails. */
public final class TwinAdapters {

  private TwinAdapters() {}

  /** One of two that serve {@code twin:}. */
  public static final class First implements AdapterProvider {
    @Override
    public String name() {
      return "twin-a";
    }

    @Override
    public boolean serves(String scheme) {
      return scheme.equals("twin");
    }

    @Override
    public StorageAdapter connect(ConnectionSettings settings) {
      return new MemoryAdapter();
    }
  }

  /** The other of two that serve {@code twin:}. */
  public static final class Second implements AdapterProvider {
    @Override
    public String name() {
      return "twin-b";
    }

    @Override
    public boolean serves(String scheme) {
      return scheme.equals("twin");
    }

    @Override
    public StorageAdapter connect(ConnectionSettings settings) {
      return new MemoryAdapter();
    }
  }

  /** Serves {@code down:}, which cannot be reached, or refuses if the place is {@code rights}. */
  public static final class Down implements AdapterProvider {
    @Override
    public String name() {
      return "down";
    }

    @Override
    public boolean serves(String scheme) {
      return scheme.equals("down");
    }

    @Override
    public StorageAdapter connect(ConnectionSettings settings) {
      throw settings.uri().endsWith("rights")
          ? AdapterException.refused("no rights", null)
          : AdapterException.unavailable("no connection", null);
    }
  }
}
