package io.stowage.serialization.encryption;

import io.stowage.spi.BlobPort;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The pieces of data of a store, in a map that tests can look into and write to. */
record MapBlobs(Map<String, byte[]> pieces) implements BlobPort {

  MapBlobs() {
    this(new ConcurrentHashMap<>());
  }

  @Override
  public Optional<byte[]> read(String name) {
    return Optional.ofNullable(pieces.get(name)).map(byte[]::clone);
  }

  @Override
  public boolean add(String name, byte[] bytes) {
    return pieces.putIfAbsent(name, bytes.clone()) == null;
  }

  @Override
  public void put(String name, byte[] bytes) {
    pieces.put(name, bytes.clone());
  }

  @Override
  public boolean remove(String name) {
    return pieces.remove(name) != null;
  }
}
