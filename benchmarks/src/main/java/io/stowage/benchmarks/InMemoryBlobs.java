package io.stowage.benchmarks;

import io.stowage.spi.BlobPort;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Blobs in the heap. */
final class InMemoryBlobs implements BlobPort {
  private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();

  @Override
  public Optional<byte[]> read(String name) {
    return Optional.ofNullable(blobs.get(name)).map(byte[]::clone);
  }

  @Override
  public boolean add(String name, byte[] bytes) {
    return blobs.putIfAbsent(name, bytes.clone()) == null;
  }

  @Override
  public void put(String name, byte[] bytes) {
    blobs.put(name, bytes.clone());
  }

  @Override
  public boolean remove(String name) {
    return blobs.remove(name) != null;
  }
}
