package io.stowage.system.kit.port;

import io.stowage.spi.AtomicPort;
import io.stowage.spi.BlobPort;
import io.stowage.spi.IndexPort;
import io.stowage.spi.IntersectionPort;
import io.stowage.spi.LeasePort;
import io.stowage.spi.PersistencePort;
import io.stowage.spi.StorePorts;
import java.util.Optional;

/** The ports of a store by other ones, with the default methods; what is overridden differs. */
class PortsOver implements StorePorts {

  final StorePorts right;

  PortsOver(StorePorts right) {
    this.right = right;
  }

  @Override
  public PersistencePort records() {
    return right.records();
  }

  @Override
  public IndexPort indexes() {
    return right.indexes();
  }

  @Override
  public LeasePort leases() {
    return right.leases();
  }

  @Override
  public BlobPort blobs() {
    return right.blobs();
  }

  @Override
  public Optional<IntersectionPort> intersections() {
    return right.intersections();
  }

  @Override
  public Optional<AtomicPort> atomic() {
    return right.atomic();
  }
}
