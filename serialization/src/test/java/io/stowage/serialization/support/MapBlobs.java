package io.stowage.serialization.support;

import io.stowage.spi.BlobPort;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The pieces of data of a store, in a map that tests can look into and write to. */
public final class MapBlobs implements BlobPort {

  private final Map<String, byte[]> pieces = new ConcurrentHashMap<>();
  private final AtomicInteger reads = new AtomicInteger();

  public Map<String, byte[]> pieces() {
    return pieces;
  }

  /** How often a piece was asked for. */
  public int reads() {
    return reads.get();
  }

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
