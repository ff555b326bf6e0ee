package io.stowage.system.kit.port;

import io.stowage.spi.BlobPort;
import java.util.Optional;

/** Blobs that are kept by another port; what is overridden differs. */
class BlobsOver implements BlobPort {

  final BlobPort right;

  BlobsOver(BlobPort right) {
    this.right = right;
  }

  @Override
  public Optional<byte[]> read(String name) {
    return right.read(name);
  }

  @Override
  public boolean add(String name, byte[] bytes) {
    return right.add(name, bytes);
  }

  @Override
  public void put(String name, byte[] bytes) {
    right.put(name, bytes);
  }

  @Override
  public boolean remove(String name) {
    return right.remove(name);
  }
}
