package io.stowage.serialization.envelope;

import io.stowage.spi.BlobPort;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The pieces of data of a store in memory; counts how often it was read. */
final class MemoryBlobs implements BlobPort {

  private final Map<String, byte[]> pieces = new ConcurrentHashMap<>();
  final AtomicInteger reads = new AtomicInteger();

  @Override
  public Optional<byte[]> read(String name) {
    reads.incrementAndGet();
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
