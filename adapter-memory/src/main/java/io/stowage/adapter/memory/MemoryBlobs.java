package io.stowage.adapter.memory;

import io.stowage.spi.BlobNames;
import io.stowage.spi.BlobPort;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The blobs of one store in the heap; bytes are copied on their way in and out. */
final class MemoryBlobs implements BlobPort {

  private final Lifetime lifetime;
  private final ConcurrentHashMap<String, byte[]> blobs = new ConcurrentHashMap<>();

  MemoryBlobs(Lifetime lifetime) {
    this.lifetime = lifetime;
  }

  @Override
  public Optional<byte[]> read(String name) {
    return Optional.ofNullable(blobs.get(checked(name))).map(byte[]::clone);
  }

  @Override
  public boolean add(String name, byte[] bytes) {
    return blobs.putIfAbsent(checked(name), bytes.clone()) == null;
  }

  @Override
  public void put(String name, byte[] bytes) {
    blobs.put(checked(name), bytes.clone());
  }

  @Override
  public boolean remove(String name) {
    return blobs.remove(checked(name)) != null;
  }

  private String checked(String name) {
    lifetime.requireOpen();
    return BlobNames.check(name);
  }
}
